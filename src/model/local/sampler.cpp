#include "model/local/sampler.h"

#include <algorithm>
#include <cmath>

#include "model/local/logits.h"

namespace assay::model::local {
namespace {

/// Beyond this many candidates, sorting all costs more than the network does on a small model.
constexpr std::size_t first_sort = 256;

}  // namespace

Status check_sampling(const Sampling& s) {
  const auto refuse = [](const char* what, const char* next) {
    return fail(ErrorKind::usage, what, {}, next);
  };
  if (!(s.temperature >= 0.0) || !std::isfinite(s.temperature)) {
    return refuse("the temperature is not a finite number of at least 0", "Use 0 for greedy");
  }
  if (!(s.top_p > 0.0) || s.top_p > 1.0) return refuse("top_p is not in (0, 1]", "Use 1 for off");
  if (!(s.min_p >= 0.0) || s.min_p > 1.0) return refuse("min_p is not in [0, 1]", "Use 0 for off");
  if (s.top_k < 0) return refuse("top_k is negative", "Use 0 for off");
  return {};
}

Choice Sampler::choose(std::span<const float> logits, bool want_logprob) {
  Choice choice;
  choice.token = pick(logits);
  if (grammar_ != nullptr && !grammar_->allows(choice.token)) choice.token = pick_allowed(logits);
  if (want_logprob && choice.token >= 0) {
    choice.logprob = static_cast<double>(logits[static_cast<std::size_t>(choice.token)]) -
                     summarise_row(logits).log_normaliser;
  }
  return choice;
}

std::int32_t Sampler::pick(std::span<const float> logits) {
  if (sampling_.temperature == 0.0 || sampling_.top_k == 1) return best_of_row(logits);
  collect(logits);
  return draw();
}

std::int32_t Sampler::pick_allowed(std::span<const float> logits) {
  std::vector<float> allowed(logits.begin(), logits.end());
  return grammar_->mask(allowed) ? pick(allowed) : -1;
}

void Sampler::accept(std::int32_t token) {
  if (grammar_ != nullptr) grammar_->accept(token);
}

/// Fills candidates_, best first where an order is needed, after top-k, top-p and min-p.
void Sampler::collect(std::span<const float> logits) {
  const float best = logits[static_cast<std::size_t>(best_of_row(logits))];
  // min-p alone needs no order: p_i / p_best >= min_p, that is logit_i >= best + log(min_p).
  const auto floor =
      sampling_.min_p > 0.0 ? best + static_cast<float>(std::log(sampling_.min_p)) : -INFINITY;
  candidates_.clear();
  const bool order = sampling_.top_k > 0 || sampling_.top_p < 1.0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    if (order || logits[i] >= floor) candidates_.push_back({logits[i], static_cast<int>(i)});
  }
  const auto better = [](const Candidate& a, const Candidate& b) {
    return a.logit != b.logit ? a.logit > b.logit : a.token < b.token;
  };
  const auto k = static_cast<std::size_t>(sampling_.top_k);
  if (k > 0 && k < candidates_.size()) {
    std::partial_sort(candidates_.begin(), candidates_.begin() + static_cast<std::ptrdiff_t>(k),
                      candidates_.end(), better);
    candidates_.resize(k);
  }
  if (sampling_.top_p < 1.0) keep_top_p();
  if (order && floor > -INFINITY) {
    std::erase_if(candidates_, [&](const Candidate& c) { return c.logit < floor; });
  }
}

/// The fewest best candidates whose probabilities, among the candidates, reach top_p.
void Sampler::keep_top_p() {
  const auto better = [](const Candidate& a, const Candidate& b) {
    return a.logit != b.logit ? a.logit > b.logit : a.token < b.token;
  };
  const auto top = std::min_element(candidates_.begin(), candidates_.end(), better)->logit;
  double total = 0.0;
  for (const auto& c : candidates_) total += std::exp(static_cast<double>(c.logit - top));
  double reached = 0.0;
  std::size_t kept = 0;
  std::size_t sorted = 0;
  while (kept < candidates_.size() && reached < sampling_.top_p * total) {
    if (kept == sorted) {
      const std::size_t end = std::min(candidates_.size(), std::max(first_sort, 8 * sorted));
      std::partial_sort(candidates_.begin() + static_cast<std::ptrdiff_t>(sorted),
                        candidates_.begin() + static_cast<std::ptrdiff_t>(end), candidates_.end(),
                        better);
      sorted = end;
    }
    reached += std::exp(static_cast<double>(candidates_[kept++].logit - top));
  }
  candidates_.resize(std::max<std::size_t>(kept, 1));
}

std::int32_t Sampler::draw() {
  float top = candidates_.front().logit;
  for (const auto& c : candidates_) top = std::max(top, c.logit);
  const auto weight = [&](const Candidate& c) {
    return std::exp(static_cast<double>(c.logit - top) / sampling_.temperature);
  };
  double total = 0.0;
  for (const auto& c : candidates_) total += weight(c);
  double left = rng_.uniform() * total;
  for (const auto& c : candidates_) {
    left -= weight(c);
    if (left < 0.0) return c.token;
  }
  return std::max_element(candidates_.begin(), candidates_.end(),
                          [](auto& a, auto& b) { return a.logit < b.logit; })
      ->token;
}

}  // namespace assay::model::local
