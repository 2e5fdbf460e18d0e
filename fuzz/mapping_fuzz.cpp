// links: eval
// Records and mappings on any bytes: the first line is a mapping, the rest JSONL; and the whole as
// a Moonshot set. Items or an error that says what and where.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "eval/data/moonshot_file.h"
#include "eval/data/records.h"
#include "eval/task_files/mapping.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto set = eval::data::parse_moonshot(bytes, "fuzz"); set) {
    for (const auto& example : set->examples) (void)eval::data::as_choice(example);
  } else if (set.error().what.empty()) {
    std::abort();
  }
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos) return 0;
  const auto mapping = parse_json(bytes.substr(0, end), "mapping");
  const auto records = eval::data::parse_jsonl(bytes.substr(end + 1), "data");
  if (!mapping || !mapping->is_object() || !records) return 0;
  const auto samples = eval::task_files::map_records(*mapping, "mapping", *records);
  if (!samples && samples.error().what.empty()) std::abort();
  if (samples && samples->size() != records->size()) std::abort();
  return 0;
}
