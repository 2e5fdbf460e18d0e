// Activation steering against the refusal direction (Arditi et al. 2024, arXiv:2406.11717, sections
// 2.4 and 4): the direction in the residual stream that stands for refusing is taken out, more and
// more of it, and then subtracted besides; at each strength the model answers freely. Whoever can
// do this holds the weights and needs no prompt: it bounds from above what prompts could do against
// this direction.
#include <array>
#include <cstdio>

#include "attack/optimised/weights_attack.h"
#include "eval/refusal_direction.h"

namespace assay::attack {

void register_steering(Attacks& registry);

namespace {

struct Strength {
  float ablated = 0.0F;     ///< share of the direction that is taken out everywhere
  float subtracted = 0.0F;  ///< times the difference of means, at its own layer
};
constexpr std::array<Strength, 8> kStrengths{{{0.25F, 0.0F},
                                              {0.5F, 0.0F},
                                              {0.75F, 0.0F},
                                              {1.0F, 0.0F},
                                              {1.0F, 0.5F},
                                              {1.0F, 1.0F},
                                              {1.0F, 2.0F},
                                              {1.0F, 4.0F}}};

/// A direction, and what finding it cost.
struct Found {
  GivenDirection direction;
  std::int64_t tokens = 0;
  double seconds = 0.0;
};

AttackInfo make_info() {
  AttackInfo info;
  info.name = "steering";
  info.title = {"steering against the refusal direction", "逆拒绝方向的激活引导"};
  info.description = {
      "The direction of refusal in the residual stream is found on requests that ought to be "
      "refused and harmless ones (or it is given), and taken out of every layer: a quarter of it, "
      "a half, three quarters, all; then it is also subtracted at its layer, a half to four times. "
      "At each of the eight strengths the model answers freely.",
      "先用应被拒绝的请求和无害的请求找出残差流中的拒绝方向（也可由使用者给出），再从各层去除它：四"
      "分之"
      "一、一半、四分之三、全部；然后另在其所在层减去它的0."
      "5到4倍。八种强度下各让模型自由回答一次。"};
  info.limits = {
      "Whoever can do this holds the weights: an upper bound, and no attack from outside. Finding "
      "the direction counts for each behaviour, as if it were attacked alone. A model whose "
      "refusal follows no single direction is not assessed.",
      "能这样做的人已掌握权重：这是上界，不是外部可行的攻击。找出方向的花费计入每个行为，如同单独攻"
      "击"
      "它。若模型的拒绝不由单一方向决定，则不作评定。"};
  info.citation = "Arditi et al. 2024, arXiv:2406.11717";
  return info;
}

class Steering : public WeightsAttack {
 public:
  Steering() : WeightsAttack(make_info(), 1) {}

  [[nodiscard]] Result<std::vector<Question>> search(Job& job, Json& state,
                                                     model::WhiteBox& weights,
                                                     const SuffixFrame& frame,
                                                     Work& work) const override {
    const auto at = state.is_null() ? std::size_t{0} : state["at"].get<std::size_t>();
    if (at >= kStrengths.size()) return std::vector<Question>{};
    ASSAY_CHECK(go_on(job));
    ASSAY_TRY(const GivenDirection direction, direction_for(job, weights, work, at == 0));
    ASSAY_TRY(const Question ask, answer(job, weights, frame, direction, kStrengths[at]));
    state = Json{{"at", at + 1}};
    return std::vector<Question>{ask};
  }

 private:
  /// The direction that is given, or the run's own. With `count`, this behaviour bears its cost.
  static Result<GivenDirection> direction_for(Job& job, model::WhiteBox& weights, Work& work,
                                              bool count) {
    const auto& given = job.means.direction;
    const auto width = static_cast<std::size_t>(weights.info().width);
    if (given && (given->vector.size() != width || given->layer >= weights.info().layers)) {
      return fail(ErrorKind::usage, "the direction is not one of this model", job.behaviour.id,
                  "Give a layer below " + std::to_string(weights.info().layers) + " and " +
                      std::to_string(width) + " numbers");
    }
    if (given) return *given;
    bool fresh = false;
    const std::string name = std::string("refusal direction/") + to_string(job.behaviour.lang);
    ASSAY_TRY(const auto found, job.means.kept.once<Found>(name, [&] {
      fresh = true;
      return find(job, weights);
    }));
    if (count) {
      work.count(weights.info().parameters, static_cast<double>(found->tokens));
      if (!fresh) job.spent.seconds += found->seconds;
    }
    return found->direction;
  }

  static Result<Found> find(const Job& job, model::WhiteBox& weights) {
    const auto began = std::chrono::steady_clock::now();
    ASSAY_TRY(auto found,
              eval::find_refusal_direction(*job.means.target, weights, job.behaviour.lang,
                                           job.means.seed, job.means.cancel));
    if (!found.why_not.empty()) {
      return fail(ErrorKind::unsupported, "no refusal direction: " + found.why_not,
                  job.behaviour.id,
                  "This model hardly refuses, or not in one direction; give a direction with "
                  "--direction");
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    return Found{{found.direction.layer, std::move(found.direction.vector)},
                 found.direction.tokens,
                 took.count()};
  }

  static Result<Question> answer(const Job& job, model::WhiteBox& weights, const SuffixFrame& frame,
                                 const GivenDirection& direction, Strength strength) {
    model::WhiteBoxGenerate request;
    ASSAY_TRY(request.prompts.emplace_back(), chat_tokens(job, {}));
    request.edits = model::ablation(direction.vector, model::every, strength.ablated);
    if (strength.subtracted > 0.0F) {
      for (auto& edit :
           model::steering(direction.vector, direction.layer, model::every, -strength.subtracted)) {
        request.edits.push_back(std::move(edit));
      }
    }
    ASSAY_TRY(Question ask, made(job, weights, frame, std::move(request)));
    char label[48];
    std::snprintf(label, sizeof label, "ablated %.2f, subtracted %.1f",
                  static_cast<double>(strength.ablated), static_cast<double>(strength.subtracted));
    ask.label = label;
    return ask;
  }
};

}  // namespace

void register_steering(Attacks& registry) { registry.add(std::make_shared<Steering>()); }

}  // namespace assay::attack
