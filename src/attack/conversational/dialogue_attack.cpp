#include "attack/conversational/dialogue_attack.h"

#include <utility>

namespace assay::attack {
namespace {

Question question_of(Ask ask, std::size_t index) {
  Question out;
  out.who = ask.who == Ask::Who::target ? Question::Who::target : Question::Who::attacker;
  out.messages = std::move(ask.messages);
  out.schema = std::move(ask.schema);
  out.max_tokens = ask.max_tokens;
  out.temperature = ask.temperature;
  out.seed = index;
  return out;
}

}  // namespace

DialogueAttack::DialogueAttack(AttackInfo info, Plan::Method method)
    : info_(std::move(info)), method_(method) {
  info_.family = AttackFamily::conversational;
  info_.attacker = true;
  info_.random = true;
}

Plan DialogueAttack::plan_of(const Job& job) const {
  Plan plan = standard_plan(method_);
  plan.seed = job.seed;
  // A model that attacks itself does not grade itself as well: success and failure guide it then.
  const bool other = job.means.attacker != nullptr && job.means.attacker != job.means.target;
  plan.rated = plan.rated && other;
  plan.topic = plan.topic && other;
  return plan;
}

Result<std::vector<Question>> DialogueAttack::next(Job& job, Json& state) const {
  const Plan plan = plan_of(job);
  State search = begin(plan);
  if (!state.is_null()) {
    ASSAY_TRY(search, search_state_from_json(state["search"]));
  }
  std::vector<Question> out;
  for (Ask& ask : attack::next(job.behaviour, plan, search)) {
    out.push_back(question_of(std::move(ask), out.size()));
  }
  state = Json{{"search", to_json(search)}, {"heard", 0}};
  return out;
}

void DialogueAttack::take(Job& job, Json& state, const Heard& heard) const {
  const auto index = state["heard"].get<std::size_t>();
  state["heard"] = index + 1;
  auto search = search_state_from_json(state["search"]);
  if (!search) return;
  // What could not be asked is a reply that cannot be read.
  attack::take(job.behaviour, plan_of(job), *search, index, heard.error ? "" : heard.reply);
  state["search"] = to_json(*search);
}

}  // namespace assay::attack
