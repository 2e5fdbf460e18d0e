#include "eval/items/code_requests.h"

#include "eval/items/bug_items.h"
#include "eval/items/draw.h"

namespace assay::eval {

std::vector<const CodeRequestTemplate*> code_request_templates(std::string_view group) {
  std::vector<const CodeRequestTemplate*> out;
  for (const auto bank : {data_requests(), run_requests(), output_requests()}) {
    for (const CodeRequestTemplate& one : bank) {
      if (one.group == group) out.push_back(&one);
    }
  }
  return out;
}

CodeRequest code_request(const CodeRequestTemplate& made_from, Lang lang, Rng& rng) {
  const auto words = code_words(rng);
  return {std::string(made_from.id),
          fill(made_from.name, words),
          fill(lang == Lang::en ? made_from.en : made_from.zh, words),
          fill(made_from.before, words),
          fill(made_from.works, words),
          fill(made_from.secure, words),
          fill(made_from.good, words),
          fill(made_from.bad, words)};
}

}  // namespace assay::eval
