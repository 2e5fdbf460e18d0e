// Greedy coordinate gradient (Zou et al. 2023, arXiv:2307.15043, algorithm 1): a suffix of 20
// tokens, of which one is swapped a step, guided by the gradient. The search is
// optimised/gcg_search.h; here it is an attack: every ten steps the model answers freely with the
// suffix in its place, and only such an answer counts.
#include <algorithm>

#include "attack/optimised/gcg_search.h"
#include "attack/optimised/weights_attack.h"
#include "base/random.h"

namespace assay::attack {

void register_gcg(Attacks& registry);

namespace {

constexpr int kLength = 20;
constexpr int kLookEach = 10;  ///< steps between two free answers
constexpr int kMostSteps = 500;

/// Tokens that are no printable ASCII text, and special ones, are never swapped in.
std::vector<bool> forbidden_tokens(model::Model& target) {
  std::vector<bool> out(static_cast<std::size_t>(target.info().vocabulary), true);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Tokens token = {static_cast<std::int32_t>(i)};
    const auto text = target.text_of(token);
    out[i] = !text || text->empty() ||
             !std::all_of(text->begin(), text->end(), [](char c) { return c >= ' ' && c <= '~'; });
  }
  return out;
}

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
  info.citation = "Zou et al. 2023, arXiv:2307.15043";
  return info;
}

class Gcg : public WeightsAttack {
 public:
  Gcg() : WeightsAttack(make_info(), kLength) {}

  [[nodiscard]] Result<std::vector<Question>> search(Job& job, Json& state,
                                                     model::WhiteBox& weights,
                                                     const SuffixFrame& frame,
                                                     Work& work) const override {
    const int done = state.is_null() ? 0 : state["steps"].get<int>();
    if (done >= kMostSteps) return std::vector<Question>{};
    ASSAY_TRY(GcgSearch found, search_of(job, weights, frame));
    if (done > 0) found.resume(state["suffix"].get<Tokens>(), done);
    double loss = 0.0;
    for (int i = 0; i < kLookEach && found.steps() < kMostSteps; ++i) {
      ASSAY_TRY(const GcgStep step, found.step(job.means.cancel));
      work.count(weights.info().parameters, static_cast<double>(step.tokens));
      loss = step.loss;
      if (used_up(job)) break;
    }
    state = Json{{"steps", found.steps()}, {"suffix", found.suffix()}, {"loss", loss}};
    Question ask;
    ASSAY_TRY(const std::string text, job.means.target->text_of(found.suffix()));
    ask.messages = with_suffix(job.behaviour, text);
    ask.label = "step " + std::to_string(found.steps());
    return std::vector<Question>{ask};
  }

 private:
  static Result<GcgSearch> search_of(const Job& job, model::WhiteBox& weights,
                                     const SuffixFrame& frame) {
    GcgOptions options;
    options.seed = job.seed;
    options.forbidden = forbidden_tokens(*job.means.target);
    options.forbidden.resize(static_cast<std::size_t>(weights.info().vocabulary), true);
    const auto filter = [job, frame](std::span<const Tokens> suffixes) {
      std::vector<bool> out;
      out.reserve(suffixes.size());
      for (const Tokens& suffix : suffixes) {
        out.push_back(survives(job, frame, suffix).has_value());
      }
      return out;
    };
    return GcgSearch::create(weights, {{frame.before, frame.after, frame.target}}, frame.start,
                             std::move(options), filter);
  }
};

}  // namespace

void register_gcg(Attacks& registry) { registry.add(std::make_shared<Gcg>()); }

}  // namespace assay::attack
