// Energy of a stretch of work. Read from RAPL (Running Average Power Limit) counters where the
// kernel lets us (/sys/class/powercap/intel-rapl:N/energy_uj, microjoules a processor package, all
// programs on it together; also AMD's counters appear there), else modelled.
// The model: 5 W for each physical core in use plus 5 W for memory, times the time. 5 W a core is
// what thermal design power over cores gives for server processors (AMD EPYC 9654: 360 W / 96;
// Intel Xeon 8480+: 350 W / 56); desktop parts draw up to twice that. It is an order of magnitude.
// Legal call order: start(), any number of poll(), stop(); again from start(). One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace assay::model {

struct Energy {
  double joules = 0.0;
  bool modelled = true;  ///< false only if read from a counter
};

class EnergyMeter {
 public:
  /// `threads`: physical cores in use. `powercap`: folder of the counters.
  explicit EnergyMeter(int threads, std::filesystem::path powercap = "/sys/class/powercap");
  void start();
  /// Counters wrap, after 10 minutes to hours at full load: call this often in long work. It looks
  /// at them every 10 seconds at most.
  void poll();
  Energy stop();

 private:
  void read();
  struct Counter {
    std::filesystem::path file;
    std::uint64_t range_uj = 0;  ///< value at which it wraps
    std::uint64_t last_uj = 0;
  };
  std::vector<Counter> counters_;
  int threads_;
  double started_s_ = 0.0;
  double read_s_ = 0.0;
  double joules_ = 0.0;
  bool readable_ = false;
};

}  // namespace assay::model
