// links: attack
// The reader of attack artifacts on any bytes, and the effort figures of what it reads: attempts
// that keep their promises and figures that can be written, or an error that says what and where.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "attack/effort.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay::attack;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto artifact = parse_artifact(bytes, "fuzz.json");
  if (!artifact) {
    if (artifact.error().what.empty() || artifact.error().where.empty()) std::abort();
    return 0;
  }
  if (artifact->attempts.empty() || artifact->method.empty()) std::abort();
  const EffortTrials trials = effort_of(*artifact);
  for (const EffortTrial& t : trials.trials) {
    if (!(t.cost >= 0.0) || t.cost > trials.budget) std::abort();
  }
  const EffortFigures figures = effort_figures(trials);
  if (figures.broken.known() && !(figures.broken.interval.low <= figures.broken.value &&
                                  figures.broken.value <= figures.broken.interval.high)) {
    std::abort();
  }
  double before = 0.0;
  for (const auto& [cost, success] : figures.at) {
    if (success.known() && success.value < before) std::abort();
    if (success.known()) before = success.value;
  }
  if (assay::dump_json(to_json(figures)).empty()) std::abort();
  return 0;
}
