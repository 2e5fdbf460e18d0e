// BEAST (Sadasivan et al. 2024, arXiv:2402.15570): a beam search over suffixes that the model
// itself finds likely, so that they read like text: each beam is lengthened by tokens drawn from
// the model's distribution, and those that make the wanted beginning likeliest are kept. No
// gradient.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "attack/optimised/weights_attack.h"
#include "base/random.h"

namespace assay::attack {

void register_beast(Attacks& registry);

namespace {

constexpr std::size_t kBeams = 15;    // k1 of the paper
constexpr std::size_t kDrawn = 15;    // k2
constexpr std::size_t kLength = 40;   // tokens of suffix
constexpr std::size_t kLookEach = 5;  // tokens between two free answers

/// `count` different tokens, drawn without replacement from softmax(logits) (Gumbel's trick).
std::vector<std::int32_t> draw(std::span<const float> logits, std::size_t count, Rng& rng) {
  std::vector<std::pair<double, std::int32_t>> keys(logits.size());
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const double u = std::max(rng.uniform(), 1e-300);
    keys[i] = {static_cast<double>(logits[i]) - std::log(-std::log(u)),
               static_cast<std::int32_t>(i)};
  }
  count = std::min(count, keys.size());
  std::partial_sort(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(count), keys.end(),
                    std::greater<>());
  std::vector<std::int32_t> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(keys[i].second);
  return out;
}

AttackInfo make_info() {
  AttackInfo info;
  info.name = "beast";
  info.title = {"beam search (BEAST)", "束搜索（BEAST）"};
  info.description = {
      "A suffix grows token by token: 15 beams, each lengthened by 15 tokens that the model "
      "finds "
      "likely; kept are those that make the wanted beginning of the answer likeliest. Every five "
      "tokens the model answers freely.",
      "后缀逐词元加长：15束，每束接上15个模型认为可能的词元，保留最能让回答以预想方式开头者；"
      "每加长五个词元让模型自由回答一次。"};
  info.random = true;
  info.citation = "Sadasivan et al. 2024, arXiv:2402.15570";
  return info;
}

class Beast : public WeightsAttack {
 public:
  Beast() : WeightsAttack(make_info(), 1) {}

  [[nodiscard]] Result<std::vector<Question>> search(Job& job, Json& state,
                                                     model::WhiteBox& weights,
                                                     const SuffixFrame& frame,
                                                     Work& work) const override {
    std::vector<Tokens> beams{{}};
    if (!state.is_null()) beams = state["beams"].get<std::vector<Tokens>>();
    if (beams.front().size() >= kLength) return std::vector<Question>{};
    ASSAY_TRY(const model::PrefixHandle prefix, weights.encode(frame.before));
    work.count(weights.info().parameters, static_cast<double>(frame.before.size()));
    for (std::size_t i = 0; i < kLookEach; ++i) {
      ASSAY_CHECK(go_on(job));
      ASSAY_TRY(beams, lengthen(job, weights, frame, prefix, beams, work));
    }
    state = Json{{"beams", beams}};
    return free_answer(job, frame, beams);
  }

 private:
  static Result<std::vector<Tokens>> lengthen(const Job& job, model::WhiteBox& weights,
                                              const SuffixFrame& frame,
                                              const model::PrefixHandle& prefix,
                                              const std::vector<Tokens>& beams, Work& work) {
    model::RunRequest run;
    for (const Tokens& beam : beams) {
      Tokens tokens = frame.before;
      tokens.insert(tokens.end(), beam.begin(), beam.end());
      run.sequences.push_back(std::move(tokens));
    }
    run.logits = model::LogitsAt::last;
    run.cancel = job.means.cancel;
    ASSAY_TRY(const model::RunResult out, weights.run(run));
    const std::size_t length = beams.front().size();
    Rng rng(stable_hash("beast " + std::to_string(length), job.seed));
    std::vector<Tokens> longer;
    for (std::size_t b = 0; b < beams.size(); ++b) {
      // The first step has one beam, which must fill all of them.
      const std::size_t count = beams.size() == 1 ? kBeams * kDrawn : kDrawn;
      for (const std::int32_t token : draw(out.logits[b].row(0), count, rng)) {
        Tokens& next = longer.emplace_back(beams[b]);
        next.push_back(token);
      }
    }
    model::CandidateRequest request;
    request.prefix = prefix;
    request.candidates = longer;
    request.tail = frame.after;
    request.target = frame.target;
    request.cancel = job.means.cancel;
    ASSAY_TRY(const model::Tensor losses, weights.candidate_losses(request));
    const auto computed = static_cast<double>(
        longer.size() * (length + 1 + frame.after.size() + frame.target.size()) +
        beams.size() * (frame.before.size() + length));
    work.count(weights.info().parameters, computed);
    return best(longer, losses);
  }

  static std::vector<Tokens> best(const std::vector<Tokens>& all, const model::Tensor& losses) {
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto row = losses.row(static_cast<std::int64_t>(i));
      order.emplace_back(std::accumulate(row.begin(), row.end(), 0.0), i);
    }
    std::sort(order.begin(), order.end());
    std::vector<Tokens> out;
    for (std::size_t i = 0; i < std::min(kBeams, order.size()); ++i) {
      out.push_back(all[order[i].second]);
    }
    return out;
  }

  /// With the best suffix that is the same tokens when its text is read in the chat.
  static std::vector<Question> free_answer(const Job& job, const SuffixFrame& frame,
                                           const std::vector<Tokens>& beams) {
    Question ask;
    ask.label = "suffix of " + std::to_string(beams.front().size());
    const auto text = job.means.target->text_of(beams.front());
    std::string suffix = text ? *text : std::string();
    for (const Tokens& beam : beams) {
      if (const auto same = survives(job, frame, beam)) {
        suffix = *same;
        break;
      }
    }
    ask.messages = with_suffix(job.behaviour, suffix);
    return {ask};
  }
};

}  // namespace

void register_beast(Attacks& registry) { registry.add(std::make_shared<Beast>()); }

}  // namespace assay::attack
