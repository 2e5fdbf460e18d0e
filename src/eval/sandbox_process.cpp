#include "eval/sandbox_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <thread>

#include "base/text.h"

extern char** environ;

namespace assay::eval {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kErrorBytes = 4096;
constexpr char kStands = '\x06';
/// The child's descriptors: what is given here lies at 10, 11, ... there.
constexpr int kFirstFd = 10;
constexpr std::chrono::milliseconds kLook{20};  ///< between two looks at the processes

tl::unexpected<Error> system_failure(const std::string& what) {
  return fail(ErrorKind::io, what + ": " + std::strerror(errno), "sandbox");
}

tl::unexpected<Error> no_box(const std::string& what, const std::string& why) {
  return fail(ErrorKind::unsupported, what, why, "`assay doctor` says what is missing");
}

/// A memory file with this content, read position at its beginning, closed on exec.
Result<Fd> memory_file(const std::string& content) {
  Fd fd(::memfd_create("assay-job", MFD_CLOEXEC));
  if (fd.get() < 0) return system_failure("no memory file can be made");
  for (std::size_t at = 0; at < content.size();) {
    const ssize_t n = ::write(fd.get(), content.data() + at, content.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return system_failure("a memory file cannot be written");
    at += static_cast<std::size_t>(n);
  }
  if (::lseek(fd.get(), 0, SEEK_SET) != 0) return system_failure("a memory file cannot be read");
  return fd;
}

/// The read-only root: /usr, and the top folders that are links into it or folders of the system.
void add_root(std::vector<std::string>& words) {
  words.insert(words.end(), {"--ro-bind", "/usr", "/usr"});
  for (const char* folder : {"/bin", "/sbin", "/lib", "/lib64", "/lib32"}) {
    std::error_code error;
    if (std::filesystem::is_symlink(folder, error)) {
      const auto target = std::filesystem::read_symlink(folder, error);
      words.insert(words.end(), {"--symlink", target.string(), folder});
    } else if (std::filesystem::is_directory(folder, error)) {
      words.insert(words.end(), {"--ro-bind", folder, folder});
    }
  }
  words.insert(words.end(), {"--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"});
  words.insert(words.end(), {"--ro-bind-try", "/etc/alternatives", "/etc/alternatives"});
}

struct Child {
  pid_t pid = -1;
  Fd output;
  Fd errors;
};

Result<Child> start(std::vector<std::string> words, const std::vector<Fd>& given) {
  std::array<int, 2> out{};
  std::array<int, 2> err{};
  if (::pipe2(out.data(), O_CLOEXEC) != 0) return system_failure("no pipe can be made");
  Child child;
  child.output = Fd(out[0]);
  const Fd out_write(out[1]);
  if (::pipe2(err.data(), O_CLOEXEC) != 0) return system_failure("no pipe can be made");
  child.errors = Fd(err[0]);
  const Fd err_write(err[1]);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out_write.get(), 1);
  posix_spawn_file_actions_adddup2(&actions, err_write.get(), 2);
  // Moved far up first, so that no target overwrites a source that is still needed.
  for (std::size_t i = 0; i < given.size(); ++i) {
    posix_spawn_file_actions_adddup2(&actions, given[i].get(), kFirstFd + static_cast<int>(i));
  }
  // Nothing else that this process has open (a model, the store) may be seen in the box.
  for (int fd = 3; fd < kFirstFd; ++fd) posix_spawn_file_actions_addclose(&actions, fd);
  posix_spawn_file_actions_addclosefrom_np(&actions, kFirstFd + static_cast<int>(given.size()));
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const int code = posix_spawnp(&child.pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (code == 0) return child;
  return no_box("bubblewrap cannot be started", std::strerror(code));
}

/// Descriptors that are given to the child lie above its targets, so that none is overwritten.
Result<Fd> lifted(Fd fd) {
  Fd high(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 64));
  if (high.get() < 0) return system_failure("too many open files");
  return high;
}

/// Processes below a process, and what they have in memory.
struct Crowd {
  int processes = 0;
  std::int64_t memory_bytes = 0;
};

/// Counts until there are too many; what ends meanwhile is not counted.
void count(pid_t pid, int most, Crowd& crowd) {
  if (crowd.processes > most) return;
  ++crowd.processes;
  const std::string folder = "/proc/" + std::to_string(pid);
  std::int64_t pages = 0;
  std::ifstream(folder + "/statm") >> pages >> pages;
  crowd.memory_bytes += pages * ::sysconf(_SC_PAGESIZE);
  std::error_code error;
  for (std::filesystem::directory_iterator task(folder + "/task", error), end;
       !error && task != end; task.increment(error)) {
    std::ifstream children(task->path() / "children");
    for (pid_t child = 0; children >> child;) count(child, most, crowd);
  }
}

SandboxEnd looked(pid_t pid, const BoxLimits& limits) {
  if (limits.processes <= 0 && limits.memory_bytes <= 0) return SandboxEnd::exited;
  constexpr int any = 1 << 20;
  constexpr int own = 4;  // bwrap's two, the shell and ours
  const int most = limits.processes > 0 ? limits.processes + own : any;
  Crowd crowd;
  count(pid, most, crowd);
  if (crowd.processes > most) return SandboxEnd::too_many_processes;
  const bool full = limits.memory_bytes > 0 && crowd.memory_bytes > limits.memory_bytes;
  return full ? SandboxEnd::too_much_memory : SandboxEnd::exited;
}

/// Takes what is there; false at the end of the stream.
bool read_some(const Fd& fd, std::string& text, std::size_t most) {
  std::array<char, 8192> buffer{};
  const ssize_t n = ::read(fd.get(), buffer.data(), buffer.size());
  if (n < 0) return errno == EINTR || errno == EAGAIN;
  const auto got = static_cast<std::size_t>(n);
  if (text.size() < most) text.append(buffer.data(), std::min(got, most - text.size()));
  return n > 0;
}

/// Waits for the end of bwrap until the deadline; its status, or nothing.
bool wait_until(pid_t pid, Clock::time_point deadline, int& status) {
  while (true) {
    const pid_t done = ::waitpid(pid, &status, WNOHANG);
    if (done == pid || (done < 0 && errno != EINTR)) return done == pid;
    if (Clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

/// Reads both streams until they end, the deadline comes or there is too much.
SandboxEnd follow(Child& child, const BoxLimits& limits, Clock::time_point deadline,
                  SandboxRun& run) {
  const std::size_t most = static_cast<std::size_t>(limits.output_bytes) + 1;
  while (child.output.get() >= 0 || child.errors.get() >= 0) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return SandboxEnd::out_of_time;
    std::array<pollfd, 2> streams = {
        {{child.output.get(), POLLIN, 0}, {child.errors.get(), POLLIN, 0}}};
    const bool watched = limits.processes > 0 || limits.memory_bytes > 0;
    const auto wait = watched ? std::min<std::int64_t>(left, kLook.count()) : left;
    const int ready = ::poll(streams.data(), streams.size(), static_cast<int>(wait));
    if (watched) {
      const SandboxEnd end = looked(child.pid, limits);
      if (end != SandboxEnd::exited) return end;
    }
    if (ready < 0) continue;
    if (streams[0].revents != 0 && !read_some(child.output, run.output, most + 1)) {
      child.output.reset();
    }
    if (streams[1].revents != 0 && !read_some(child.errors, run.errors, kErrorBytes)) {
      child.errors.reset();
    }
    // One byte more than allowed, beside the one that says that the box stands.
    if (run.output.size() > most) return SandboxEnd::too_much_text;
  }
  return SandboxEnd::exited;
}

void finish(Child& child, Clock::time_point deadline, SandboxRun& run) {
  int status = 0;
  if (run.end == SandboxEnd::exited && wait_until(child.pid, deadline, status)) {
    // bwrap passes a signal of the program on as 128 + its number.
    run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (run.exit_code > 128) run.end = SandboxEnd::signalled;
    return;
  }
  if (run.end == SandboxEnd::exited) run.end = SandboxEnd::out_of_time;
  ::kill(child.pid, SIGKILL);  // takes the box's first process with it, and so all others
  while (::waitpid(child.pid, &status, 0) < 0 && errno == EINTR) {
  }
  run.exit_code = 128 + SIGKILL;
}

}  // namespace

BoxCommand::BoxCommand()
    : words_{"bwrap",         "--unshare-all", "--die-with-parent",
             "--new-session", "--cap-drop",    "ALL",
             "--hostname",    "box",           "--clearenv",
             "--setenv",      "PATH",          "/usr/bin:/bin",
             "--setenv",      "LC_ALL",        "C.UTF-8"} {
  add_root(words_);
  add({"--dev", "/dev"});
}

void BoxCommand::add(const std::vector<std::string>& words) {
  words_.insert(words_.end(), words.begin(), words.end());
}

Status BoxCommand::add_file(const std::string& path, const std::string& content) {
  ASSAY_TRY(auto fd, memory_file(content));
  ASSAY_TRY(auto high, lifted(std::move(fd)));
  add({"--ro-bind-data", std::to_string(kFirstFd + static_cast<int>(given_.size())), path});
  given_.push_back(std::move(high));
  return {};
}

Status BoxCommand::add_filter(const std::string& filter) {
  if (filter.empty()) return {};
  ASSAY_TRY(auto fd, memory_file(filter));
  ASSAY_TRY(auto high, lifted(std::move(fd)));
  add({"--seccomp", std::to_string(kFirstFd + static_cast<int>(given_.size()))});
  given_.push_back(std::move(high));
  return {};
}

Result<std::string> box_python() {
  for (const char* path : {"/usr/bin/python3", "/usr/local/bin/python3"}) {
    if (::access(path, X_OK) == 0) return path;
  }
  return no_box("there is no Python under /usr", "python3");
}

namespace {

/// Root is exempt from RLIMIT_NPROC, so a fork bomb of root's has no bound but our counting. Where
/// Assay runs as root, boxes that may start processes run as nobody.
std::vector<std::string> as_nobody(const BoxLimits& limits) {
  const bool can = ::geteuid() == 0 && ::access("/usr/bin/setpriv", X_OK) == 0;
  if (limits.processes <= 0 || !can) return {};
  return {"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
}

/// Nothing where the box did not come to stand; `errors` says why.
Result<std::optional<SandboxRun>> try_box(std::vector<std::string> words, const BoxCommand& command,
                                          const BoxLimits& limits, std::string& errors) {
  words.insert(words.end(), command.words().begin(), command.words().end());
  for (const Fd& fd : command.given()) {
    if (::lseek(fd.get(), 0, SEEK_SET) != 0) return system_failure("a memory file cannot be read");
  }
  const auto deadline = Clock::now() + limits.wall;
  ASSAY_TRY(auto child, start(std::move(words), command.given()));
  SandboxRun run;
  run.end = follow(child, limits, deadline, run);
  finish(child, deadline, run);
  if (run.output.empty() || run.output.front() != kStands) {
    errors = std::string(trim(run.errors));
    return std::optional<SandboxRun>();
  }
  run.output.erase(0, 1);
  return std::optional<SandboxRun>(std::move(run));
}

}  // namespace

Result<SandboxRun> run_box(const BoxCommand& command, const BoxLimits& limits) {
  std::string errors;
  if (auto words = as_nobody(limits); !words.empty()) {
    ASSAY_TRY(auto run, try_box(std::move(words), command, limits, errors));
    if (run) return *std::move(run);  // else nobody may make no box here: as root then
  }
  ASSAY_TRY(auto run, try_box({}, command, limits, errors));
  if (run) return *std::move(run);
  return no_box("the sandbox cannot start here", errors);
}

}  // namespace assay::eval
