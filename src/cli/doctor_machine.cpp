// The machine and what Assay was built with: versions, processor, memory, graphics, libtorch.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <sys/utsname.h>
#include <thread>
#include <unistd.h>

#include "base/digest.h"
#include "base/text.h"
#include "cli/doctor_checks.h"
#include "model/whitebox.h"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

std::string value_after_colon(const std::string& line) {
  const auto colon = line.find(':');
  return colon == std::string::npos ? "" : std::string(trim(line.substr(colon + 1)));
}

/// The first line of /proc/cpuinfo that starts with one of these.
std::string cpuinfo_line(std::initializer_list<const char*> starts) {
  std::ifstream stream("/proc/cpuinfo");
  std::string line;
  while (std::getline(stream, line)) {
    for (const char* start : starts) {
      if (line.starts_with(start)) return line;
    }
  }
  return {};
}

Check versions() {
  utsname system{};
  uname(&system);
  return {"assay", Mark::fine,
          std::string(ASSAY_VERSION) + ", " + ASSAY_COMPILER + ", " + system.sysname + " " +
              system.release + " " + system.machine,
          ""};
}

Check processor() {
  const std::string model = value_after_colon(cpuinfo_line({"model name", "Model"}));
  std::string found = (model.empty() ? "processor" : model) + ", " +
                      std::to_string(std::thread::hardware_concurrency()) + " threads;";
  std::istringstream flags(value_after_colon(cpuinfo_line({"flags", "Features"})));
  const std::set<std::string> all{std::istream_iterator<std::string>(flags), {}};
  bool fast_vectors = false;
  for (const char* name : {"avx2", "fma", "f16c", "avx512f", "avx512_vnni", "avx512_bf16",
                           "amx_bf16", "asimd", "asimddp", "i8mm", "bf16", "sve"}) {
    if (!all.contains(name)) continue;
    found += std::string(" ") + name;
    fast_vectors = true;
  }
  if (fast_vectors) return {"processor", Mark::fine, found, ""};
  return {"processor", Mark::warning, found + " no AVX2 or NEON",
          "Everything works, but slowly; use a newer machine for large models"};
}

/// The engine is compiled for one processor; its build recorded a hash of that one's features.
Check engine() {
  const std::string found = "source of llama-cpp-python " ASSAY_LLAMA_VERSION;
  const std::string here = sha256_hex(cpuinfo_line({"flags", "Features"}) + "\n").substr(0, 16);
  if (here == ASSAY_LLAMA_CPU) return {"llama.cpp", Mark::fine, found, ""};
  return {"llama.cpp", Mark::warning, found + ", built on a processor with other features",
          "If it stops with an illegal instruction, run `make deps build` on this machine"};
}

Check memory() {
  std::ifstream stream("/proc/meminfo");
  std::string line;
  double total_gib = 0.0;
  double free_gib = 0.0;
  constexpr double kib_per_gib = 1024.0 * 1024.0;
  while (std::getline(stream, line)) {
    if (line.starts_with("MemTotal:")) total_gib = std::stod(line.substr(9)) / kib_per_gib;
    if (line.starts_with("MemAvailable:")) free_gib = std::stod(line.substr(13)) / kib_per_gib;
  }
  char text[100];
  std::snprintf(text, sizeof text, "%.1f GiB, of which %.1f GiB are available", total_gib,
                free_gib);
  if (free_gib >= 1.0) return {"memory", Mark::fine, text, ""};
  return {"memory", Mark::warning, text,
          "Close other programs: a model needs its file's size and about half as much again"};
}

Check graphics() {
  std::error_code error;
  std::string found;
  if (fs::exists("/proc/driver/nvidia/version", error)) found = "NVIDIA driver";
  if (fs::exists("/dev/kfd", error)) found += found.empty() ? "AMD ROCm" : ", AMD ROCm";
  if (found.empty()) return {"GPU", Mark::note, "none; the processor does the work", ""};
  return {"GPU", Mark::note, found + " found; this build uses the processor only", ""};
}

/// The white box' plug-in, and with it libtorch.
Check torch() {
  const auto engine = model::whitebox_engine();
  if (engine) return {"libtorch", Mark::fine, *engine + ", for the white box", ""};
  return {"libtorch", Mark::note, engine.error().what, engine.error().next};
}

}  // namespace

std::vector<Check> check_machine() {
  return {versions(), processor(), memory(), graphics(), engine(), torch()};
}

}  // namespace assay::cli
