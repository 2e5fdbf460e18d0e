// llama-server of the same llama.cpp source, for the life of the object, on a free port of
// loopback. Looked for in $ASSAY_LLAMA_SERVER, then in the user's cache.
#pragma once

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "base/paths.h"
#include "http/client.h"
#include "stub_server.h"

namespace assay::test {

/// Empty where there is none.
inline std::filesystem::path llama_server_program() {
  namespace fs = std::filesystem;
  if (const char* set = std::getenv("ASSAY_LLAMA_SERVER"); set != nullptr && *set != '\0') {
    return set;
  }
  std::error_code error;
  for (const char* folder : {"llama", "bench"}) {
    for (const auto& entry : fs::directory_iterator(user_cache_dir() / folder, error)) {
      const auto program = entry.path() / "bin/llama-server";
      if (fs::is_regular_file(program, error)) return program;
    }
  }
  return {};
}

class LlamaServer {
 public:
  explicit LlamaServer(const std::filesystem::path& model) {
    {
      const StubServer taken([](const StubRequest&) { return StubReply{}; });
      port_ = taken.port();
    }
    const std::string program = llama_server_program().string();
    std::vector<std::string> words = {
        program, "-m",   model.string(), "--host", "127.0.0.1", "--port", std::to_string(port_),
        "-c",    "2048", "-np",          "2",      "-t",        "1",      "--no-webui"};
    pid_ = ::fork();
    if (pid_ == 0) {
      const int null = ::open("/dev/null", O_RDWR);
      for (const int fd : {0, 1, 2}) ::dup2(null, fd);
      std::vector<char*> arguments;
      for (std::string& word : words) arguments.push_back(word.data());
      arguments.push_back(nullptr);
      ::execv(program.c_str(), arguments.data());
      ::_exit(127);
    }
  }
  LlamaServer(const LlamaServer&) = delete;
  LlamaServer& operator=(const LlamaServer&) = delete;
  ~LlamaServer() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  /// Waits until the model is loaded; false when the program ended instead.
  bool ready() {
    for (int i = 0; i < 600; ++i) {
      if (http::get(root() + "/health", 1000)) return true;
      if (::waitpid(pid_, nullptr, WNOHANG) == pid_) {
        pid_ = -1;
        return false;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
  }
  [[nodiscard]] std::string root() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  pid_t pid_ = -1;
  int port_ = 0;
};

}  // namespace assay::test
