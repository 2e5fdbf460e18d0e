// What Assay finds around it: folders, disk space, models, the sandbox, the energy counter.
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "base/files.h"
#include "base/paths.h"
#include "cli/doctor_checks.h"
#include "cli/model_name.h"
#include "eval/sandbox.h"
#include "store/store.h"

extern char** environ;

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

Check folder_check(const std::string& name, const fs::path& folder, const char* variable) {
  const Status written = try_writing(folder);
  if (written) return {name, Mark::fine, folder.string() + " can be written", ""};
  return {name, Mark::failure, folder.string() + " cannot be written: " + written.error().what,
          std::string("Set ") + variable + " to a folder that you may write"};
}

/// The store that is meant: a server is really written to, and that undone.
Check store_check(const std::string& store) {
  if (store.empty()) return folder_check("store", user_data_dir(), "XDG_DATA_HOME");
  if (!store::is_server(store)) {
    const fs::path folder = fs::path(store).parent_path();
    return folder_check("store", folder.empty() ? fs::path(".") : folder, "--store");
  }
  const auto server = store::try_server(store);
  if (server) return {"store", Mark::fine, *server + " can be written", ""};
  return {"store", Mark::failure, server.error().what + " (" + server.error().where + ")",
          server.error().next};
}

Check disk() {
  fs::path folder = user_cache_dir();
  std::error_code error;
  while (!fs::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
  const auto space = fs::space(folder, error);
  if (error) return {"disk", Mark::warning, folder.string() + ": " + error.message(), ""};
  const auto gib = static_cast<double>(space.available) / (1024.0 * 1024.0 * 1024.0);
  char text[64];
  std::snprintf(text, sizeof text, "%.1f GiB free at ", gib);
  if (gib >= 2.0) return {"disk", Mark::fine, text + folder.string(), ""};
  return {"disk", Mark::warning, text + folder.string(),
          "Free some, or set XDG_CACHE_HOME to a folder on a larger disk"};
}

Check models() {
  std::string found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(model_cache_dir(), error)) {
    if (entry.path().extension() != ".gguf") continue;
    found += (found.empty() ? "" : ", ") + entry.path().filename().string();
  }
  if (!found.empty()) return {"models", Mark::fine, found, ""};
  return {"models", Mark::note, "none in " + model_cache_dir().string(),
          "Run `assay model fetch smollm2`, or give a GGUF file's path"};
}

/// Runs a program with its output closed; its exit status, or -1 if it can't start or hangs (10 s).
int run_quietly(std::vector<std::string> words) {
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  for (const int fd : {0, 1, 2}) {
    posix_spawn_file_actions_addopen(&files, fd, "/dev/null", fd == 0 ? O_RDONLY : O_WRONLY, 0);
  }
  pid_t pid = -1;
  const int code = posix_spawnp(&pid, argv[0], &files, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (code != 0) return -1;
  int status = 0;
  for (int waited = 0; waited < 1000; ++waited) {
    if (waitpid(pid, &status, WNOHANG) == pid) return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  kill(pid, SIGKILL);
  waitpid(pid, &status, 0);
  return -1;
}

Check sandbox() {
  const std::vector<std::string> box = {
      "bwrap", "--ro-bind", "/",      "/",     "--unshare-all", "--die-with-parent",
      "--dev", "/dev",      "--proc", "/proc", "--new-session"};
  if (run_quietly({"bwrap", "--version"}) != 0) {
    return {"sandbox", Mark::warning,
            "bubblewrap is not installed; tasks that run code are skipped",
            "apt-get install bubblewrap"};
  }
  auto words = box;
  words.emplace_back("true");
  if (run_quietly(words) != 0) {
    return {"sandbox", Mark::warning, "bubblewrap cannot start; tasks that run code are skipped",
            "Allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, or the container's "
            "--security-opt seccomp=unconfined)"};
  }
  // The box that tasks use is tighter than this one.
  const auto run = eval::run_python({{"probe.py", "print(1)\n"}});
  if (!run || run->output != "1\n") {
    const std::string reason = run ? run->errors : run.error().what + " " + run.error().where;
    return {"sandbox", Mark::warning,
            "Python does not run in it (" + reason + "); tasks that run code are skipped",
            "apt-get install python3"};
  }
  return {"sandbox", Mark::fine, "bubblewrap runs Python without network on a read-only system",
          ""};
}

Check energy() {
  const char* counter = "/sys/class/powercap/intel-rapl:0/energy_uj";
  std::error_code error;
  std::ifstream stream(counter);
  std::uint64_t microjoules = 0;
  if (stream >> microjoules) return {"energy", Mark::fine, "measured by RAPL", ""};
  if (fs::exists(counter, error)) {
    return {"energy", Mark::note, "the RAPL counter may not be read; energy is estimated",
            std::string("chmod a+r ") + counter + " as root"};
  }
  return {"energy", Mark::note, "no RAPL counter; energy is estimated, and marked so", ""};
}

}  // namespace

const char* to_string(Mark mark) {
  switch (mark) {
    case Mark::fine: return "fine";
    case Mark::note: return "note";
    case Mark::warning: return "warning";
    case Mark::failure: return "failure";
  }
  return "failure";
}

Json to_json(const Check& check) {
  return Json{{"name", check.name},
              {"mark", to_string(check.mark)},
              {"found", check.found},
              {"remedy", check.remedy}};
}

std::vector<Check> check_surroundings(const std::string& store) {
  return {store_check(store),
          folder_check("cache", user_cache_dir(), "XDG_CACHE_HOME"),
          disk(),
          models(),
          sandbox(),
          energy()};
}

}  // namespace assay::cli
