// PAIR (Chao et al. 2023, arXiv:2310.08419): an attacking model refines its message by the score of
// the last answer, in several streams.
#include "attack/conversational/dialogue_attack.h"

namespace assay::attack {

void register_pair(Attacks& registry);

void register_pair(Attacks& registry) {
  AttackInfo info;
  info.name = "pair";
  info.title = {"refinement by a model (PAIR)", "模型改写（PAIR）"};
  info.description = {
      "An attacking model writes a message, sees the answer and how far it went, and improves the "
      "message; "
      "20 streams of three messages each.",
      "攻击模型写出一条消息，看到回答及其得分后加以改进；共20条线，每条三次消息。"};
  info.citation = "Chao et al. 2023, arXiv:2310.08419";
  registry.add(std::make_shared<DialogueAttack>(std::move(info), Plan::Method::pair));
}

}  // namespace assay::attack
