#include "model/energy.h"

#include <chrono>
#include <fstream>
#include <optional>

namespace assay::model {
namespace {

constexpr double watts_per_core = 5.0;
constexpr double watts_memory = 5.0;

std::optional<std::uint64_t> read_number(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::uint64_t value = 0;
  if (stream >> value) return value;
  return std::nullopt;
}

double now_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// "intel-rapl:0" is a package; "intel-rapl:0:1" is a part of one and would be counted twice.
bool is_package(const std::string& name) {
  constexpr std::string_view prefix = "intel-rapl:";
  return name.rfind(prefix, 0) == 0 && name.find(':', prefix.size()) == std::string::npos;
}

}  // namespace

EnergyMeter::EnergyMeter(int threads, std::filesystem::path powercap) : threads_(threads) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(powercap, error)) {
    if (!is_package(entry.path().filename().string())) continue;
    const auto range = read_number(entry.path() / "max_energy_range_uj");
    if (!range || !read_number(entry.path() / "energy_uj")) continue;
    counters_.push_back({entry.path() / "energy_uj", *range, 0});
  }
}

void EnergyMeter::start() {
  started_s_ = now_seconds();
  read_s_ = started_s_;
  joules_ = 0.0;
  readable_ = !counters_.empty();
  for (auto& counter : counters_) {
    const auto value = read_number(counter.file);
    readable_ = readable_ && value.has_value();
    counter.last_uj = value.value_or(0);
  }
}

void EnergyMeter::poll() {
  if (!counters_.empty() && now_seconds() - read_s_ >= 10.0) read();
}

void EnergyMeter::read() {
  read_s_ = now_seconds();
  for (auto& counter : counters_) {
    const auto value = read_number(counter.file);
    if (!value) {
      readable_ = false;
      continue;
    }
    const std::uint64_t used = *value >= counter.last_uj
                                   ? *value - counter.last_uj
                                   : counter.range_uj - counter.last_uj + *value;
    joules_ += static_cast<double>(used) * 1e-6;
    counter.last_uj = *value;
  }
}

Energy EnergyMeter::stop() {
  read();
  if (readable_) return {joules_, false};
  const double watts = watts_per_core * threads_ + watts_memory;
  return {watts * (now_seconds() - started_s_), true};
}

}  // namespace assay::model
