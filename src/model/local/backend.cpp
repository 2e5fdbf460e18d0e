#include "model/local/backend.h"

#include <deque>
#include <fstream>
#include <mutex>
#include <set>
#include <string_view>
#include <thread>
#include <utility>

#include "base/digest.h"
#include "base/text.h"
#include "llama.h"
#include "log.h"
#include "model/local/local.h"

namespace assay::model::local {
namespace {

constexpr std::size_t kept_lines = 4;
constexpr std::size_t kept_bytes = 300;

std::mutex log_mutex;
std::deque<std::string>& log_lines() {
  static std::deque<std::string> lines;
  return lines;
}
thread_local int guards = 0;

void keep_log(ggml_log_level level, const char* text, void* /*user*/) {
  if (level != GGML_LOG_LEVEL_ERROR || text == nullptr) return;
  const std::string_view line = trim(text);
  if (line.empty()) return;
  const std::lock_guard lock(log_mutex);
  log_lines().emplace_back(line.substr(0, kept_bytes));
  if (log_lines().size() > kept_lines) log_lines().pop_front();
}

void on_abort(const char* message) {
  if (guards > 0) throw EngineAbort(message);
}

}  // namespace

void start_backend() {
  static std::once_flag once;
  std::call_once(once, [] {
    llama_log_set(keep_log, nullptr);
    common_log_set_verbosity_thold(-1);
    ggml_set_abort_callback(on_abort);
    llama_backend_init();
  });
}

void clear_engine_log() {
  const std::lock_guard lock(log_mutex);
  log_lines().clear();
}

std::string engine_log() {
  const std::lock_guard lock(log_mutex);
  std::string joined;
  for (const auto& line : log_lines()) joined += (joined.empty() ? "" : "; ") + line;
  if (joined.size() > kept_bytes) joined.resize(kept_bytes);
  return joined;
}

AbortGuard::AbortGuard() { ++guards; }
AbortGuard::~AbortGuard() { --guards; }

int physical_cores() {
  // A core is a (package, core id) pair; hardware threads of one core share it.
  std::ifstream stream("/proc/cpuinfo");
  std::set<std::pair<std::string, std::string>> cores;
  std::string line;
  std::string package;
  while (std::getline(stream, line)) {
    const auto colon = line.find(':');
    if (colon == std::string::npos) continue;
    const std::string_view key = trim(std::string_view(line).substr(0, colon));
    const std::string value(trim(std::string_view(line).substr(colon + 1)));
    if (key == "physical id") package = value;
    if (key == "core id") cores.emplace(package, value);
  }
  const int threads = static_cast<int>(std::thread::hardware_concurrency());
  const int found = static_cast<int>(cores.size());
  if (found > 0 && (threads == 0 || found <= threads)) return found;
  return threads > 0 ? threads : 1;
}

std::size_t available_memory() {
  std::ifstream stream("/proc/meminfo");
  std::string key;
  std::size_t kib = 0;
  std::string unit;
  while (stream >> key >> kib >> unit) {
    if (key == "MemAvailable:") return kib * 1024;
  }
  return std::size_t{2} << 30U;
}

std::string processor_key() {
  std::ifstream stream("/proc/cpuinfo");
  std::string all;
  std::string line;
  while (std::getline(stream, line) && !line.empty()) {
    const bool names = line.starts_with("model name") || line.starts_with("flags") ||
                       line.starts_with("Features") || line.starts_with("CPU part");
    if (names) all += line;
  }
  return sha256_hex(all).substr(0, 16);
}

std::string engine_version() {
  const char* version = llama_version();
  return std::string("llama.cpp ") + (version != nullptr ? version : "");
}

}  // namespace assay::model::local
