// links: eval
// What an agent brings in from outside: calls in a model's text, and the state of its work. Any
// bytes give a call or none, a state or an error; a state that is read is written back the same,
// and none of its paths leads out of the work folder.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/json.h"
#include "eval/agent/agent.h"
#include "eval/scorers/job_report.h"
#include "eval/tool_form.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const std::string text(reinterpret_cast<const char*>(data), size);
  model::GenerateResult result;
  result.text = text;
  eval::read_tool_text(result);
  if (result.tool_calls.size() > 1 || result.text.size() > text.size()) std::abort();
  if (eval::job_report(text) == eval::JobReport::done && text.empty()) std::abort();
  const auto json = parse_json(text, "state");
  if (!json) return 0;
  if (const auto files = eval::WorkFiles::from_json(*json)) {
    for (const std::string& path : files->paths()) {
      if (path.empty() || path.front() == '/' || ("/" + path + "/").find("/../") != path.npos) {
        std::abort();
      }
    }
  }
  if (const auto state = eval::agent_state(*json); state && !json->is_null()) {
    const auto again = eval::agent_state(eval::to_json(*state));
    if (!again || eval::to_json(*again) != eval::to_json(*state)) std::abort();
  }
  return 0;
}
