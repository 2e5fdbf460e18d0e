#include "attack/optimised/swap_attack.h"

#include <algorithm>
#include <cstdio>

namespace assay::attack {
namespace {

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

std::string label_of(int steps, const std::vector<double>& correlations) {
  std::string out = "step " + std::to_string(steps);
  if (correlations.empty()) return out;
  double sum = 0.0;
  for (const double each : correlations) sum += each;
  char text[48];
  std::snprintf(text, sizeof text, ", rank correlation %.2f",
                sum / static_cast<double>(correlations.size()));
  return out + text;
}

}  // namespace

SwapAttack::SwapAttack(AttackInfo info, GcgOptions options)
    : WeightsAttack(std::move(info), kLength), options_(std::move(options)) {}

Status SwapAttack::prepare(const Job& /*job*/, GcgOptions& /*options*/) const { return {}; }

Result<std::vector<Question>> SwapAttack::search(Job& job, Json& state, model::WhiteBox& weights,
                                                 const SuffixFrame& frame, Work& work) const {
  const int done = state.is_null() ? 0 : state["steps"].get<int>();
  if (done >= kMostSteps) return std::vector<Question>{};
  ASSAY_TRY(GcgSearch found, search_of(job, weights, frame));
  if (done > 0) found.resume(state["suffix"].get<Tokens>(), done);
  double loss = 0.0;
  std::vector<double> correlations;
  for (int i = 0; i < kLookEach && found.steps() < kMostSteps; ++i) {
    ASSAY_TRY(const GcgStep step, found.step(job.means.cancel));
    work.count(weights.info().parameters, static_cast<double>(step.tokens));
    work.count(found.draft_parameters(), static_cast<double>(step.draft_tokens));
    loss = step.loss;
    if (step.rank_correlation) correlations.push_back(*step.rank_correlation);
    if (used_up(job)) break;
  }
  const std::string label = label_of(found.steps(), correlations);
  if (!state.is_null() && state.contains("rank_correlations")) {
    const auto before = state["rank_correlations"].get<std::vector<double>>();
    correlations.insert(correlations.begin(), before.begin(), before.end());
  }
  state = Json{{"steps", found.steps()}, {"suffix", found.suffix()}, {"loss", loss}};
  if (!correlations.empty()) state["rank_correlations"] = correlations;
  Question ask;
  ASSAY_TRY(const std::string text, job.means.target->text_of(found.suffix()));
  ask.messages = with_suffix(job.behaviour, text);
  ask.label = label;
  return std::vector<Question>{ask};
}

Result<GcgSearch> SwapAttack::search_of(const Job& job, model::WhiteBox& weights,
                                        const SuffixFrame& frame) const {
  GcgOptions options = options_;
  options.seed = job.seed;
  options.forbidden = forbidden_tokens(*job.means.target);
  options.forbidden.resize(static_cast<std::size_t>(weights.info().vocabulary), true);
  ASSAY_CHECK(prepare(job, options));
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

}  // namespace assay::attack
