// The order of events: the files and the filter go into memory files; bwrap makes the box and
// starts /bin/sh in it, which writes one byte ("the box stands"), sets the rlimits and becomes
// Python. If that byte does not come, the sandbox has failed, not the program.
#include "eval/sandbox.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "base/text.h"
#include "eval/sandbox_filter.h"

extern char** environ;

namespace assay::eval {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kErrorBytes = 4096;
constexpr char kStands = '\x06';

class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { reset(); }
  void reset() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_ = -1;
};

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

/// The system's Python: the one that lies under /usr, which is all that the box shows.
std::string python() {
  for (const char* path : {"/usr/bin/python3", "/usr/local/bin/python3"}) {
    if (::access(path, X_OK) == 0) return path;
  }
  return {};
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

/// The child's descriptors: what is given here lies at 10, 11, ... there.
constexpr int kFirstFd = 10;

std::vector<std::string> command(const std::vector<SandboxFile>& files, bool filter,
                                 const SandboxLimits& limits, const std::string& interpreter) {
  std::vector<std::string> words = {"bwrap",         "--unshare-all", "--die-with-parent",
                                    "--new-session", "--cap-drop",    "ALL",
                                    "--hostname",    "box",           "--clearenv",
                                    "--setenv",      "PATH",          "/usr/bin:/bin",
                                    "--setenv",      "LC_ALL",        "C.UTF-8"};
  add_root(words);
  words.insert(words.end(), {"--dev", "/dev"});
  int fd = kFirstFd;
  for (const SandboxFile& file : files) {
    words.insert(words.end(), {"--ro-bind-data", std::to_string(fd++), "/job/" + file.name});
  }
  if (filter) words.insert(words.end(), {"--seccomp", std::to_string(fd++)});
  // Nothing can be written, neither in the root nor in /dev/shm; and there is no /proc, in which
  // one who runs Assay as root could write to the kernel's settings.
  words.insert(words.end(), {"--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/job"});
  const std::string shell = "printf '\\006'; ulimit -t " + std::to_string(limits.cpu_seconds) +
                            "; ulimit -v " + std::to_string(limits.memory_bytes / 1024) +
                            "; ulimit -f 0; ulimit -n 32; ulimit -c 0; exec \"$@\"";
  words.insert(words.end(), {"/bin/sh", "-c", shell, "sh", interpreter, "-I", "-S", "-B",
                             "/job/" + files.front().name});
  return words;
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
SandboxEnd follow(Child& child, const SandboxLimits& limits, Clock::time_point deadline,
                  SandboxRun& run) {
  const std::size_t most = static_cast<std::size_t>(limits.output_bytes) + 1;
  while (child.output.get() >= 0 || child.errors.get() >= 0) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return SandboxEnd::out_of_time;
    std::array<pollfd, 2> streams = {
        {{child.output.get(), POLLIN, 0}, {child.errors.get(), POLLIN, 0}}};
    if (::poll(streams.data(), streams.size(), static_cast<int>(left)) < 0) continue;
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

Result<SandboxRun> run_python(const std::vector<SandboxFile>& files, const SandboxLimits& limits) {
  const std::string interpreter = python();
  if (interpreter.empty()) return no_box("there is no Python under /usr", "python3");
  if (files.empty()) return fail(ErrorKind::usage, "the sandbox has no program to run");
  std::vector<Fd> given;
  for (const SandboxFile& file : files) {
    ASSAY_TRY(auto fd, memory_file(file.content));
    ASSAY_TRY(auto high, lifted(std::move(fd)));
    given.push_back(std::move(high));
  }
  const std::string filter = sandbox_seccomp_filter();
  if (!filter.empty()) {
    ASSAY_TRY(auto fd, memory_file(filter));
    ASSAY_TRY(auto high, lifted(std::move(fd)));
    given.push_back(std::move(high));
  }
  const auto deadline = Clock::now() + limits.wall;
  ASSAY_TRY(auto child, start(command(files, !filter.empty(), limits, interpreter), given));
  SandboxRun run;
  run.end = follow(child, limits, deadline, run);
  finish(child, deadline, run);
  if (run.output.empty() || run.output.front() != kStands) {
    return no_box("the sandbox cannot start here", std::string(trim(run.errors)));
  }
  run.output.erase(0, 1);
  return run;
}

}  // namespace assay::eval
