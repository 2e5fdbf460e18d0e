// Greedy coordinate gradient (Zou et al. 2023, arXiv:2307.15043, algorithm 1): a suffix of 20
// tokens, of which one is swapped a step, guided by the gradient. The search is
// optimised/gcg_search.h; here it is an attack: every ten steps the model answers freely with the
// suffix in its place, and only such an answer counts.
#include <algorithm>

#include "attack/optimised/gcg_search.h"
#include "attack/optimised/suffix_frame.h"
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

class Gcg : public Attack {
 public:
  Gcg() {
    info_.name = "gcg";
    info_.family = AttackFamily::optimised;
    info_.title = {"greedy coordinate gradient (GCG)", "贪心坐标梯度（GCG）"};
    info_.description = {
        "A suffix of 20 tokens: each step the gradient proposes 512 single swaps, and the one that "
        "makes the wanted beginning of the answer likeliest is taken; at most 500 steps. Every ten "
        "steps the model answers freely.",
        "由20个词元组成的后缀：每一步由梯度提出512种单个替换，取最能让回答以预想方式开头者；"
        "最多500步。每十步让模型自由回答一次。"};
    info_.limits = {"FLOPs are those of a plain implementation of the same steps.",
                    "运算量按同样步骤的普通实现计。"};
    info_.citation = "Zou et al. 2023, arXiv:2307.15043";
    info_.weights = true;
    info_.random = true;
  }
  [[nodiscard]] const AttackInfo& info() const override { return info_; }

  [[nodiscard]] Result<std::vector<Question>> next(Job& job, Json& state) const override {
    const std::lock_guard hold(job.means.turn);
    Work work(job.spent);
    ASSAY_TRY(model::WhiteBox * weights, job.means.weights());
    ASSAY_TRY(const SuffixFrame frame, make_frame(job, kLength));
    const int done = state.is_null() ? 0 : state["steps"].get<int>();
    if (done >= kMostSteps) return std::vector<Question>{};
    ASSAY_TRY(GcgSearch search, search_of(job, *weights, frame));
    if (done > 0) search.resume(state["suffix"].get<Tokens>(), done);
    double loss = 0.0;
    for (int i = 0; i < kLookEach && search.steps() < kMostSteps; ++i) {
      ASSAY_TRY(const GcgStep step, search.step(job.means.cancel));
      work.count(weights->info().parameters, static_cast<double>(step.tokens));
      loss = step.loss;
      if (over(job)) break;
    }
    state = Json{{"steps", search.steps()}, {"suffix", search.suffix()}, {"loss", loss}};
    Question ask;
    ASSAY_TRY(const std::string text, job.means.target->text_of(search.suffix()));
    ask.messages = with_suffix(job.behaviour, text);
    ask.label = "step " + std::to_string(search.steps());
    return std::vector<Question>{ask};
  }

 private:
  static bool over(const Job& job) {
    const Limits& limits = job.means.limits;
    return limits.flops && job.spent.flops >= *limits.flops;
  }

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

  AttackInfo info_;
};

}  // namespace

void register_gcg(Attacks& registry) { registry.add(std::make_shared<Gcg>()); }

}  // namespace assay::attack
