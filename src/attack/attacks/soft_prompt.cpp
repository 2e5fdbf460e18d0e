// Soft prompt (Schwinn et al. 2024, arXiv:2402.09063): free embeddings behind the request, trained
// by gradient descent until the model begins the answer as wanted. No text says them, so this is no
// attack for somebody outside: it bounds from above what any suffix could do.
#include <cmath>
#include <vector>

#include "attack/optimised/weights_attack.h"
#include "base/random.h"

namespace assay::attack {

void register_soft_prompt(Attacks& registry);

namespace {

constexpr std::int64_t kRows = 20;
constexpr int kSteps = 200;
constexpr int kLookEach = 10;  ///< steps between two free answers
constexpr double kRate = 1e-2, kBeta1 = 0.9, kBeta2 = 0.999, kEpsilon = 1e-8;

/// Adam (Kingma & Ba 2015, algorithm 1) on one tensor.
class Adam {
 public:
  explicit Adam(std::size_t size) : mean_(size, 0.0), square_(size, 0.0) {}
  void step(std::vector<float>& values, std::span<const float> gradient) {
    ++steps_;
    const double first = 1.0 - std::pow(kBeta1, steps_);
    const double second = 1.0 - std::pow(kBeta2, steps_);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto g = static_cast<double>(gradient[i]);
      mean_[i] = kBeta1 * mean_[i] + (1.0 - kBeta1) * g;
      square_[i] = kBeta2 * square_[i] + (1.0 - kBeta2) * g * g;
      const double change =
          kRate * (mean_[i] / first) / (std::sqrt(square_[i] / second) + kEpsilon);
      values[i] = static_cast<float>(static_cast<double>(values[i]) - change);
    }
  }

 private:
  std::vector<double> mean_, square_;
  int steps_ = 0;
};

AttackInfo make_info() {
  AttackInfo info;
  info.name = "soft_prompt";
  info.title = {"soft prompt", "软提示"};
  info.description = {
      "Twenty free embeddings behind the request are trained until the model begins the answer "
      "as "
      "wanted; every ten steps it answers freely with them.",
      "在请求之后训练二十个自由的嵌入向量，使模型以预想方式开头；每十步让它带着这些向量自由回答一"
      "次。"};
  info.limits = {"No text says these embeddings: an upper bound, and no attack from outside.",
                 "没有文本能表达这些嵌入：这是上界，不是外部可行的攻击。"};
  info.random = true;
  info.citation = "Schwinn et al. 2024, arXiv:2402.09063";
  return info;
}

class SoftPrompt : public WeightsAttack {
 public:
  SoftPrompt() : WeightsAttack(make_info(), 1) {}

  /// All in one: the embeddings would be a heavy state. It stops when an answer succeeds.
  [[nodiscard]] Result<std::vector<Question>> search(Job& job, Json& state,
                                                     model::WhiteBox& weights,
                                                     const SuffixFrame& frame,
                                                     Work& work) const override {
    std::vector<Question> out;
    if (!state.is_null()) return out;
    state = "done";
    ASSAY_TRY(const model::PrefixHandle prefix, weights.encode(frame.before));
    work.count(weights.info().parameters, static_cast<double>(frame.before.size()));
    ASSAY_TRY(std::vector<float> rows, start(job, weights));
    Adam adam(rows.size());
    const std::vector<std::int64_t> shape{kRows, weights.info().width};
    for (int step = 1; step <= kSteps; ++step) {
      ASSAY_CHECK(go_on(job));
      ASSAY_CHECK(descend(weights, frame, prefix, shape, rows, adam, work));
      if (step % kLookEach != 0) continue;
      ASSAY_TRY(const Question ask,
                answer(job, weights, frame, model::Tensor::of(shape, rows), step));
      out.push_back(ask);
      const Outcome outcome = check_reply(job.behaviour, ask.continuation, ask.messages);
      if (outcome.state == Outcome::State::elicited) break;
      if (used_up(job, out.size())) break;
    }
    return out;
  }

 private:
  /// Embeddings of random tokens, so that they begin where embeddings are.
  static Result<std::vector<float>> start(const Job& job, model::WhiteBox& weights) {
    Rng rng(stable_hash("soft prompt", job.seed));
    Tokens tokens;
    for (std::int64_t i = 0; i < kRows; ++i) {
      tokens.push_back(static_cast<std::int32_t>(
          rng.index(static_cast<std::size_t>(weights.info().vocabulary))));
    }
    ASSAY_TRY(const model::Tensor rows, weights.embedding(tokens));
    return std::vector<float>(rows.data.begin(), rows.data.end());
  }

  static Status descend(model::WhiteBox& weights, const SuffixFrame& frame,
                        const model::PrefixHandle& prefix, const std::vector<std::int64_t>& shape,
                        std::vector<float>& rows, Adam& adam, Work& work) {
    model::GradientRequest request;
    request.prefix = prefix;
    request.tokens = frame.after;
    request.tokens.insert(request.tokens.end(), frame.target.begin(), frame.target.end());
    const auto position = kRows + static_cast<std::int64_t>(frame.after.size()) - 1;
    request.metric = model::cross_entropy(frame.target, position);
    request.hooks = {"hook_embed"};
    request.soft_prompt = model::Tensor::of(shape, rows);
    ASSAY_TRY(const model::GradientResult out, weights.gradient(request));
    const model::Tensor& gradient = out.gradients.at("hook_embed");
    adam.step(rows, gradient.data.first(rows.size()));
    work.count(weights.info().parameters, 0.0,
               static_cast<double>(kRows) + static_cast<double>(request.tokens.size()));
    return {};
  }

  static Result<Question> answer(const Job& job, model::WhiteBox& weights, const SuffixFrame& frame,
                                 model::Tensor rows, int step) {
    model::WhiteBoxGenerate request;
    Tokens& prompt = request.prompts.emplace_back(frame.before);
    prompt.insert(prompt.end(), frame.after.begin(), frame.after.end());
    request.soft_prompt =
        model::SoftToken{static_cast<std::int64_t>(frame.before.size()), std::move(rows)};
    ASSAY_TRY(Question ask, made(job, weights, frame, std::move(request)));
    ask.label = "step " + std::to_string(step);
    ask.read += kRows;
    return ask;
  }
};

}  // namespace

void register_soft_prompt(Attacks& registry) { registry.add(std::make_shared<SoftPrompt>()); }

}  // namespace assay::attack
