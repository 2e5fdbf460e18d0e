// links: eval
// The readers of stored samples, traces, scores, plans and outcomes on any bytes: a value or an
// error; what was read is written and read back the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "eval/figure.h"
#include "eval/runner.h"
#include "eval/sample.h"
#include "eval/score.h"

namespace {

using namespace assay;

template <class T, class Read>
void check(const Result<T>& value, Read read) {
  if (!value) {
    if (value.error().what.empty()) std::abort();
    return;
  }
  const std::string text = dump_json(eval::to_json(*value));
  const auto parsed = parse_json(text, "fuzz");
  if (!parsed) std::abort();
  const auto again = read(*parsed);
  if (!again || dump_json(eval::to_json(*again)) != text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = parse_json({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!json) return 0;
  check(eval::sample_from_json(*json), eval::sample_from_json);
  check(eval::trace_from_json(*json), eval::trace_from_json);
  check(eval::score_from_json(*json), eval::score_from_json);
  check(eval::run_plan_from_json(*json), eval::run_plan_from_json);
  check(eval::figure_from_json(*json), eval::figure_from_json);
  check(eval::task_outcome_from_json(*json), eval::task_outcome_from_json);
  check(eval::run_outcome_from_json(*json), eval::run_outcome_from_json);
  return 0;
}
