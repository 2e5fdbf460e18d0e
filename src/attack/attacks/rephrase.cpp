// The plain request in other words, turn after turn in one conversation: a baseline of our own for
// the attacks that plan.
#include "attack/conversational/dialogue_attack.h"

namespace assay::attack {

void register_rephrase(Attacks& registry);

void register_rephrase(Attacks& registry) {
  AttackInfo info;
  info.name = "rephrase";
  info.title = {"asking again in other words", "换种说法追问"};
  info.description = {
      "An attacking model says the plain request in other words each turn, in one conversation of "
      "at most ten turns.",
      "攻击模型在同一对话中每轮换一种说法提出同一请求，最多十轮。"};
  info.citation = "";
  registry.add(std::make_shared<DialogueAttack>(std::move(info), Plan::Method::rephrase));
}

}  // namespace assay::attack
