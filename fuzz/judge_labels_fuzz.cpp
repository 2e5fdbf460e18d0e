// links: eval
// Labels on any bytes as JSONL and as CSV, and a calibration as JSON: values or an error with
// words.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "eval/judge/calibration.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const bool csv : {true, false}) {
    const auto records =
        csv ? eval::data::parse_csv(bytes, "l") : eval::data::parse_jsonl(bytes, "l");
    if (!records) continue;
    const auto labels = eval::parse_labels(*records, nullptr);
    if (!labels && labels.error().what.empty()) std::abort();
    if (labels && labels->size() != records->size()) std::abort();
    if (labels) {
      for (const auto& answer : *labels) (void)answer.consensus();
    }
  }
  const auto json = parse_json(bytes, "c");
  if (!json) return 0;
  const auto calibration = eval::calibration_from_json(*json, "c");
  if (!calibration) {
    if (calibration.error().what.empty()) std::abort();
    return 0;
  }
  const auto again = eval::calibration_from_json(eval::to_json(*calibration), "c");
  if (!again) std::abort();
  eval::judged_rates({}, {}, "j", &*calibration);
  return 0;
}
