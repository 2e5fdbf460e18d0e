// Greedy coordinate gradient (Zou et al. 2023, arXiv:2307.15043, algorithm 1): a suffix of 20
// tokens, of which one is swapped a step, guided by the gradient.
#include "attack/optimised/swap_attack.h"

namespace assay::attack {

void register_gcg(Attacks& registry);

namespace {

AttackInfo make_info() {
  AttackInfo info;
  info.name = "gcg";
  info.title = {"greedy coordinate gradient (GCG)", "贪心坐标梯度（GCG）"};
  info.description = {
      "A suffix of 20 tokens: each step the gradient proposes 512 single swaps, and the one that "
      "makes the wanted beginning of the answer likeliest is taken; at most 500 steps. Every ten "
      "steps the model answers freely.",
      "由20个词元组成的后缀：每一步由梯度提出512种单个替换，取最能让回答以预想方式开头者；"
      "最多500步。每十步让模型自由回答一次。"};
  info.limits = {"FLOPs are those of a plain implementation of the same steps.",
                 "运算量按同样步骤的普通实现计。"};
  info.random = true;
  info.citation = "Zou et al. 2023, arXiv:2307.15043";
  return info;
}

class Gcg : public SwapAttack {
 public:
  Gcg() : SwapAttack(make_info(), GcgOptions{}) {}
};

}  // namespace

void register_gcg(Attacks& registry) { registry.add(std::make_shared<Gcg>()); }

}  // namespace assay::attack
