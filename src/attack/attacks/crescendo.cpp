// Crescendo (Russinovich et al. 2024, arXiv:2404.01833): small steps in one conversation, from the
// harmless towards the goal; what is declined is struck and another step tried.
#include "attack/conversational/dialogue_attack.h"

namespace assay::attack {

void register_crescendo(Attacks& registry);

void register_crescendo(Attacks& registry) {
  AttackInfo info;
  info.name = "crescendo";
  info.title = {"small steps in one conversation (Crescendo)", "对话中步步深入（Crescendo）"};
  info.description = {
      "An attacking model leads one conversation in small steps from the harmless towards the "
      "goal; a declined "
      "answer is struck and another step tried; at most ten turns.",
      "攻击模型在同一对话中由无害逐步引向目标；遭拒绝的一步会被撤回并另试；最多十轮。"};
  info.citation = "Russinovich et al. 2024, arXiv:2404.01833";
  registry.add(std::make_shared<DialogueAttack>(std::move(info), Plan::Method::crescendo));
}

}  // namespace assay::attack
