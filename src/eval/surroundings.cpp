#include "eval/surroundings.h"

#include <array>
#include <ctime>
#include <fstream>
#include <sqlite3.h>
#include <sys/utsname.h>
#include <thread>
#include <unistd.h>

#include "base/text.h"

namespace assay::eval {
namespace {

/// The value of the first line "key: value" or "key=value" of a small text file; or "".
std::string value_of(const char* file, std::string_view key, char separator) {
  std::ifstream in(file);
  std::string line;
  while (std::getline(in, line)) {
    const std::size_t at = line.find(separator);
    if (at == std::string::npos || trim(std::string_view(line).substr(0, at)) != key) continue;
    std::string value(trim(std::string_view(line).substr(at + 1)));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    return value;
  }
  return {};
}

std::string operating_system() {
  std::string name = value_of("/etc/os-release", "PRETTY_NAME", '=');
  utsname kernel{};
  if (uname(&kernel) == 0) {
    if (!name.empty()) name += ", ";
    name.append(kernel.sysname).append(" ").append(kernel.release);
  }
  return name;
}

}  // namespace

Json machine_facts() {
  const auto pages = static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES));
  const auto page = static_cast<std::int64_t>(sysconf(_SC_PAGESIZE));
  return Json{{"cpu", value_of("/proc/cpuinfo", "model name", ':')},
              {"cores", std::thread::hardware_concurrency()},
              {"memory_bytes", pages > 0 && page > 0 ? pages * page : 0},
              {"os", operating_system()}};
}

Json version_facts(const model::ModelInfo& model) {
  return Json{{"assay", ASSAY_VERSION},
              {"engine", model.engine},
              {"compiler", __VERSION__},
              {"sqlite", sqlite3_libversion()}};
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  const std::size_t n = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), n};
}

}  // namespace assay::eval
