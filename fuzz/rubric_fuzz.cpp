// links: eval
// Rubrics on any bytes, as YAML and as JSON; what is read must make a prompt and read its own
// labels.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "eval/judge/prompt.h"
#include "eval/task_files/yaml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const bool yaml : {true, false}) {
    const auto json = yaml ? eval::task_files::parse_yaml(bytes, "r") : parse_json(bytes, "r");
    if (!json) continue;
    const auto rubric = eval::parse_rubric(*json, "r");
    if (!rubric) {
      if (rubric.error().what.empty()) std::abort();
      continue;
    }
    const eval::JudgeItem item{"q", "a", "r", Lang::zh};
    const auto request = eval::judge_request(*rubric, item, true, false);
    if (request.grammar.empty() == request.json_schema.is_null()) std::abort();
    if (rubric->pairwise) continue;
    for (std::size_t i = 0; i < rubric->labels.size(); ++i) {
      const Json reply{{"label", rubric->labels[i].name}};
      if (eval::read_label(*rubric, dump_json(reply), false) != i) std::abort();
    }
  }
  return 0;
}
