// GCG with probe sampling (Zhao et al. 2024, arXiv:2403.01251, algorithm 1): losses are computed
// for a sixteenth of the candidates, and for those that a draft holds to be the best, as few as the
// draft is trustworthy. The draft is a smaller model (--draft), else the gradient itself: the
// change of the loss to first order, which costs nothing and on SmolLM2 tells little. Other drafts
// by the model itself were tried on SmolLM2 (docs/performance.md): its first blocks, or some of
// them left out, order candidates no better than chance.
#include "attack/optimised/swap_attack.h"

namespace assay::attack {

void register_probe_gcg(Attacks& registry);

namespace {

AttackInfo make_info() {
  AttackInfo info;
  info.name = "probe_gcg";
  info.title = {"GCG with probe sampling", "带探针采样的GCG"};
  info.description = {
      "GCG's 512 candidates a step, of which losses are computed only for 32 at random and for "
      "those that a draft holds to be the best, at most 64: the more the draft's order agrees with "
      "the losses, the fewer. The draft is a smaller model, or the gradient. A suffix of 20 "
      "tokens, at most 500 steps; every ten steps the model answers freely.",
      "每步与GCG一样提出512个候选，但只对随机的32个以及草稿认为最好的候选（至多64个）计算损失：草稿"
      "的"
      "排序与损失越一致，计算得越少。草稿来自较小的模型，或来自梯度。后缀20个词元，最多500步；每十"
      "步"
      "让模型自由回答一次。"};
  info.limits = {
      "FLOPs are those of a plain implementation of the same steps. How well the draft orders the "
      "candidates stands beside each answer.",
      "运算量按同样步骤的普通实现计。每个回答旁附有草稿排序与损失的秩相关。"};
  info.random = true;
  info.citation = "Zhao et al. 2024, arXiv:2403.01251";
  return info;
}

GcgOptions make_options() {
  GcgOptions out;
  out.probe.emplace();
  out.first_exact = 8;  // of some fifty that are looked at
  return out;
}

class ProbeGcg : public SwapAttack {
 public:
  ProbeGcg() : SwapAttack(make_info(), make_options()) {}

 protected:
  Status prepare(const Job& job, GcgOptions& options) const override {
    if (job.means.draft.file.empty()) return {};
    ASSAY_TRY(options.probe->draft, job.means.draft.open());
    return {};
  }
};

}  // namespace

void register_probe_gcg(Attacks& registry) { registry.add(std::make_shared<ProbeGcg>()); }

}  // namespace assay::attack
