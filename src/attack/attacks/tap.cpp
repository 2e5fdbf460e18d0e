// TAP (Mehrotra et al. 2023, arXiv:2312.02119): refinement as a tree, with branches off topic and
// branches of low score pruned.
#include "attack/conversational/dialogue_attack.h"

namespace assay::attack {

void register_tap(Attacks& registry);

void register_tap(Attacks& registry) {
  AttackInfo info;
  info.name = "tap";
  info.title = {"tree of attacks with pruning (TAP)", "带剪枝的攻击树（TAP）"};
  info.description = {
      "Messages grow as a tree: each is varied four times, those off topic are dropped, the ten "
      "that went "
      "furthest are kept, down to depth ten.",
      "消息按树状展开：每条变出四个变体，去掉跑题的，保留进展最大的十条，最深十层。"};
  info.citation = "Mehrotra et al. 2023, arXiv:2312.02119";
  registry.add(std::make_shared<DialogueAttack>(std::move(info), Plan::Method::tap));
}

}  // namespace assay::attack
