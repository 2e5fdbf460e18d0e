// Runs tests/unit/http/server.py for the life of the object.
#pragma once

#include <csignal>
#include <cstdio>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::http {

class LocalServer {
 public:
  LocalServer() {
    int in[2];
    int out[2];
    if (pipe(in) != 0 || pipe(out) != 0) return;
    pid_ = fork();
    if (pid_ == 0) {
      dup2(in[0], 0);
      dup2(out[1], 1);
      close(in[1]);
      close(out[0]);
      execlp("python3", "python3", ASSAY_SOURCE_DIR "/tests/unit/http/server.py", nullptr);
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    stdin_ = in[1];
    std::FILE* answer = fdopen(out[0], "r");
    if (std::fscanf(answer, "%d", &port_) != 1) port_ = 0;
    std::fclose(answer);
  }
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;
  ~LocalServer() {
    close(stdin_);
    waitpid(pid_, nullptr, 0);
  }
  [[nodiscard]] std::string url(const std::string& path, const std::string& user = "") const {
    return "http://" + (user.empty() ? "" : user + "@") + "127.0.0.1:" + std::to_string(port_) +
           path;
  }
  [[nodiscard]] int port() const { return port_; }

 private:
  pid_t pid_ = -1;
  int stdin_ = -1;
  int port_ = 0;
};

}  // namespace assay::http
