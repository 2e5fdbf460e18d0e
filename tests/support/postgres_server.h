// A PostgreSQL server of our own for tests, in a folder that goes with it: on a free port of
// loopback, and on a socket in its folder. It dies with the test's process, however that ends.
// Users: postgres may all, without password; "guarded" must give the password "p:w/d@1%".
// Thread-safety: one thread.
#pragma once

#include <arpa/inet.h>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <grp.h>
#include <memory>
#include <netinet/in.h>
#include <pwd.h>
#include <string>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace assay::test {

class PostgresServer {
 public:
  /// The one of this process; null, and why() says it, where there is no PostgreSQL.
  static PostgresServer* shared() {
    static const std::unique_ptr<PostgresServer> server = begin();
    return server.get();
  }
  static const char* why() { return "no PostgreSQL server here; apt-get install postgresql"; }

  /// A new, empty database with the given words of CREATE DATABASE; its address on the socket.
  std::string new_database(const std::string& how = "") {
    const std::string name = "d" + std::to_string(++databases_);
    sql("postgres", "CREATE DATABASE " + name + " " + how);
    return address(name);
  }
  [[nodiscard]] std::string address(const std::string& database,
                                    const std::string& user = "postgres") const {
    return "postgresql://" + user + "@127.0.0.1:" + std::to_string(port_) + "/" + database;
  }
  [[nodiscard]] std::string socket_address(const std::string& database) const {
    return "postgresql://postgres@/" + database + "?host=" + folder_.string() +
           "&port=" + std::to_string(port_);
  }
  /// Runs statements by psql; what it prints.
  std::string sql(const std::string& database, const std::string& statements) const {
    const std::filesystem::path out = folder_ / "psql.out";
    const int ended = run({(programs_ / "psql").string(), "-X", "-q", "-A", "-t", "-v",
                           "ON_ERROR_STOP=1", "-d", socket_address(database), "-c", statements},
                          out, false);
    std::ifstream in(out);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (ended != 0) throw std::runtime_error("psql: " + text);
    return text;
  }
  [[nodiscard]] int port() const { return port_; }
  /// As `pg_ctl stop -m immediate`, which is what a crash is to its clients; and again.
  void stop() {
    if (pid_ <= 0) return;
    kill(pid_, SIGQUIT);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
  void start() {
    std::vector<std::string> words = {(programs_ / "postgres").string(),
                                      "-D",
                                      (folder_ / "data").string(),
                                      "-p",
                                      std::to_string(port_),
                                      "-k",
                                      folder_.string(),
                                      "-h",
                                      "127.0.0.1",
                                      "-F"};
    pid_ = spawn(words, folder_ / "log", true);
    for (int i = 0; i < 600 && !answers(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  ~PostgresServer() {
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

 private:
  static std::unique_ptr<PostgresServer> begin() {
    const auto programs = find_programs();
    if (programs.empty()) return nullptr;
    auto server = std::unique_ptr<PostgresServer>(new PostgresServer(programs));
    const std::string data = (server->folder_ / "data").string();
    const int made = server->run({(programs / "initdb").string(), "-D", data, "-U", "postgres",
                                  "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"},
                                 server->folder_ / "initdb.log", true);
    if (made != 0) return nullptr;
    std::ofstream(data + "/pg_hba.conf") << "host all guarded 127.0.0.1/32 scram-sha-256\n"
                                            "host all all 127.0.0.1/32 trust\n"
                                            "local all all trust\n";
    server->start();
    server->sql("postgres", "CREATE ROLE guarded LOGIN PASSWORD 'p:w/d@1%'");
    return server;
  }

  explicit PostgresServer(std::filesystem::path programs)
      : programs_(std::move(programs)), port_(free_port()) {
    std::string pattern = "/tmp/assay-pg-XXXXXX";  // a socket's path must be short
    folder_ = mkdtemp(pattern.data());
    if (const passwd* const user = server_user()) {
      if (chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) std::perror("chown");
    }
  }

  static std::filesystem::path find_programs() {
    std::filesystem::path found;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", error)) {
      const auto programs = entry.path() / "bin";
      if (access((programs / "initdb").c_str(), X_OK) == 0 && programs > found) found = programs;
    }
    const char* const path = std::getenv("PATH");
    std::string rest = found.empty() && path != nullptr ? path : "";
    while (!rest.empty()) {
      const std::size_t colon = std::min(rest.find(':'), rest.size());
      const std::filesystem::path folder = rest.substr(0, colon);
      if (access((folder / "initdb").c_str(), X_OK) == 0) return folder;
      rest.erase(0, colon + 1);
    }
    return found;
  }
  /// The server refuses to be root.
  static const passwd* server_user() {
    if (geteuid() != 0) return nullptr;
    const passwd* const user = getpwnam("postgres");
    return user != nullptr ? user : getpwnam("nobody");
  }
  static int free_port() {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0) std::perror("bind");
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    close(fd);
    return ntohs(address.sin_port);
  }
  [[nodiscard]] bool answers() const {
    return run({(programs_ / "pg_isready").string(), "-h", folder_.string(), "-p",
                std::to_string(port_)},
               "/dev/null", false) == 0;
  }

  static pid_t spawn(const std::vector<std::string>& words, const std::filesystem::path& out,
                     bool as_server) {
    std::vector<char*> argv;
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const passwd* const user = as_server ? server_user() : nullptr;
    const pid_t child = fork();
    if (child != 0) return child;
    const int fd = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    dup2(fd, 1);
    dup2(fd, 2);
    if (user != nullptr) {
      const bool left = setgroups(0, nullptr) == 0 && setgid(user->pw_gid) == 0 &&
                        setuid(user->pw_uid) == 0 && chdir("/") == 0;
      if (!left) _exit(126);
    }
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    execv(argv[0], argv.data());
    _exit(127);
  }
  static int run(const std::vector<std::string>& words, const std::filesystem::path& out,
                 bool as_server) {
    int status = 0;
    waitpid(spawn(words, out, as_server), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::filesystem::path programs_;
  std::filesystem::path folder_;
  int port_;
  pid_t pid_ = -1;
  int databases_ = 0;
};

}  // namespace assay::test
