// links: eval
// Task YAML of lm-evaluation-harness on any bytes, with two fixed records: items, or an error.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "eval/data/records.h"
#include "eval/task_files/harness.h"
#include "eval/task_files/yaml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  if (size > 4096) return 0;
  static const auto records = eval::data::parse_jsonl(
      R"({"question": "Why?", "choices": {"text": ["no", "yes"], "label": ["A", "B"]}, "answer": 1}
{"question": "How?", "choices": {"text": ["so", "not"], "label": ["A", "B"]}, "answer": 0})",
      "d.jsonl");
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.find("range") != std::string_view::npos) return 0;  // a template may loop for long
  const auto yaml = eval::task_files::parse_yaml(text, "fuzz.yaml");
  if (!yaml) {
    if (yaml.error().where.empty()) std::abort();
    return 0;
  }
  const auto spec = eval::task_files::harness_task(*yaml, "fuzz.yaml", *records, *records);
  if (!spec && spec.error().what.empty()) std::abort();
  if (spec && spec->samples.size() != records->size()) std::abort();
  return 0;
}
