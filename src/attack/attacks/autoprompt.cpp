// AutoPrompt (Shin et al. 2020, arXiv:2010.15980, section 2.2), as an attack: a suffix of 20
// tokens; each step looks at one position only, drawn at random, at all the tokens that the
// gradient likes best there, and swaps one in if it makes the wanted beginning likelier. Number of
// tokens and of candidates as in GCG's comparison (Zou et al. 2023, section 3.1), so that the two
// differ in how they choose.
#include "attack/optimised/swap_attack.h"

namespace assay::attack {

void register_autoprompt(Attacks& registry);

namespace {

AttackInfo make_info() {
  AttackInfo info;
  info.name = "autoprompt";
  info.title = {"AutoPrompt (one position at a time)", "AutoPrompt（逐个位置）"};
  info.description = {
      "A suffix of 20 tokens: each step takes one position at random, tries the 256 tokens that "
      "the gradient likes best there, and swaps one in only if the wanted beginning of the answer "
      "becomes likelier; at most 500 steps. Every ten steps the model answers freely.",
      "由20个词元组成的后缀：每一步随机取一个位置，试遍该处梯度最看好的256个词元，仅当预想的回答开"
      "头变"
      "得更可能时才替换；最多500步。每十步让模型自由回答一次。"};
  info.limits = {"FLOPs are those of a plain implementation of the same steps.",
                 "运算量按同样步骤的普通实现计。"};
  info.random = true;
  info.citation = "Shin et al. 2020, arXiv:2010.15980";
  return info;
}

GcgOptions make_options() {
  GcgOptions out;
  out.draw = Draw::one_position;
  return out;
}

class AutoPrompt : public SwapAttack {
 public:
  AutoPrompt() : SwapAttack(make_info(), make_options()) {}
};

}  // namespace

void register_autoprompt(Attacks& registry) { registry.add(std::make_shared<AutoPrompt>()); }

}  // namespace assay::attack
