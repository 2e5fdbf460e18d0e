// Other wording: tense and person changed by rules.
#include "attack/transforms/reword.h"
#include "attack/transforms/transform.h"

namespace assay::attack {
namespace {

void add(Transforms& registry, std::string name, Text title, Text description, std::string source,
         std::string (*change)(std::string_view, Lang)) {
  TransformInfo info{std::move(name), "rewording", std::move(title), std::move(description),
                     std::move(source)};
  info.kept = Kept::rewritten;
  registry.add(
      {std::move(info), [change](const Prompt& prompt, const Call& call) -> Result<Prompt> {
         return with_request(prompt, change(request_of(prompt), call.lang));
       }});
}

}  // namespace

void register_rewording(Transforms& registry) {
  const std::string source = "Andriushchenko and Flammarion 2024, arXiv:2407.11969";
  add(registry, "past_tense", {"past tense", "过去时"},
      {"The request as a question about what people did in the past.",
       "把请求改成问过去的人是怎么做的。"},
      source, past_tense);
  add(registry, "future_tense", {"future tense", "将来时"},
      {"The request as a question about what people will do.", "把请求改成问将来的人会怎么做。"},
      source, future_tense);
  add(registry, "third_person", {"third person", "第三人称"},
      {"Somebody else is said to want it.", "说成是别人想要。"}, "", third_person);
}

}  // namespace assay::attack
