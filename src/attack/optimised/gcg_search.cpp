#include "attack/optimised/gcg_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

namespace assay::attack {
namespace {

using model::Tensor;
using model::Tokens;

/// The top_k allowed tokens with the lowest gradient, lowest first; ties by number.
Tokens best_tokens(std::span<const float> gradient, const GcgOptions& options) {
  Tokens order;
  for (std::size_t token = 0; token < gradient.size(); ++token) {
    if (options.forbidden.empty() || !options.forbidden[token]) {
      order.push_back(static_cast<std::int32_t>(token));
    }
  }
  const auto k = std::min(order.size(), static_cast<std::size_t>(options.top_k));
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k), order.end(),
                    [&](std::int32_t a, std::int32_t b) {
                      const float left = gradient[static_cast<std::size_t>(a)];
                      const float right = gradient[static_cast<std::size_t>(b)];
                      return left != right ? left < right : a < b;
                    });
  order.resize(k);
  return order;
}

/// Of the differences between approximate and exact losses.
struct Errors {
  std::vector<double> seen;
  void add(double error) { seen.push_back(error); }
  [[nodiscard]] double largest() const {
    double out = 0;
    for (const double error : seen) out = std::max(out, std::abs(error));
    return out;
  }
  /// Above this no error is expected.
  [[nodiscard]] double bound(double spread) const {
    const double mean =
        std::accumulate(seen.begin(), seen.end(), 0.0) / static_cast<double>(seen.size());
    double squares = 0;
    for (const double error : seen) squares += (error - mean) * (error - mean);
    const double deviation =
        std::sqrt(squares / std::max(1.0, static_cast<double>(seen.size()) - 1));
    return std::max(*std::max_element(seen.begin(), seen.end()), mean + spread * deviation);
  }
};

}  // namespace

std::vector<Tokens> draw_swaps(const Tokens& suffix, const Tensor& gradient,
                               const GcgOptions& options, Rng& rng) {
  std::vector<Tokens> best;
  for (std::size_t i = 0; i < suffix.size(); ++i) {
    best.push_back(best_tokens(gradient.row(static_cast<std::int64_t>(i)), options));
  }
  std::vector<Tokens> out;
  for (int i = 0; i < options.candidates; ++i) {
    const std::size_t position = rng.index(suffix.size());
    Tokens candidate = suffix;
    candidate[position] = rng.pick(best[position]);
    out.push_back(std::move(candidate));
  }
  return out;
}

GcgSearch::GcgSearch(model::WhiteBox& box, std::vector<GcgProblem> problems, Tokens suffix,
                     GcgOptions options, GcgFilter filter)
    : box_(&box),
      problems_(std::move(problems)),
      suffix_(std::move(suffix)),
      options_(std::move(options)),
      filter_(std::move(filter)),
      active_(problems_.size()) {}

Result<GcgSearch> GcgSearch::create(model::WhiteBox& box, std::vector<GcgProblem> problems,
                                    Tokens suffix, GcgOptions options, GcgFilter filter) {
  const auto vocabulary = static_cast<std::size_t>(box.info().vocabulary);
  if (problems.empty() || suffix.empty()) {
    return fail(ErrorKind::usage, "a GCG search needs a problem and a suffix", {}, "Give both");
  }
  std::size_t allowed = vocabulary;
  if (!options.forbidden.empty()) {
    if (options.forbidden.size() != vocabulary) {
      return fail(ErrorKind::usage, "the list of forbidden tokens is not as long as the vocabulary",
                  {}, "Make it of this model's vocabulary");
    }
    allowed -= static_cast<std::size_t>(
        std::count(options.forbidden.begin(), options.forbidden.end(), true));
  }
  if (options.candidates < 1 || options.top_k < 1 || allowed < 1 || options.first_exact < 2) {
    return fail(ErrorKind::usage, "GCG's numbers are out of range", {},
                "candidates and top_k must be at least 1, first_exact 2");
  }
  GcgSearch search(box, std::move(problems), std::move(suffix), std::move(options),
                   std::move(filter));
  for (const GcgProblem& problem : search.problems_) {
    if (problem.target.empty()) {
      return fail(ErrorKind::usage, "a problem has no target", {}, "Give the answer's beginning");
    }
    model::PrefixHandle prefix;
    if (!problem.before.empty()) {
      ASSAY_TRY(prefix, box.encode(problem.before));
    }
    search.prefixes_.push_back(std::move(prefix));
  }
  return search;
}

void GcgSearch::set_active(std::size_t problems) {
  active_ = std::clamp<std::size_t>(problems, 1, problems_.size());
}

void GcgSearch::resume(Tokens suffix, int steps) {
  suffix_ = std::move(suffix);
  steps_ = steps;
}

/// One problem: its gradient. Several: the sum, each row of each problem made of length 1, so that
/// no problem outweighs the others (as in the paper's published code).
Result<Tensor> GcgSearch::gradient(double& loss) {
  std::vector<float> sum;
  std::vector<std::int64_t> shape;
  loss = 0;
  for (std::size_t i = 0; i < active_; ++i) {
    const GcgProblem& problem = problems_[i];
    model::GradientRequest ask;
    ask.prefix = prefixes_[i];
    ask.tokens = suffix_;
    ask.tokens.insert(ask.tokens.end(), problem.after.begin(), problem.after.end());
    const auto position = static_cast<std::int64_t>(ask.tokens.size()) - 1;
    ask.tokens.insert(ask.tokens.end(), problem.target.begin(), problem.target.end() - 1);
    ask.metric = model::cross_entropy(problem.target, position);
    ask.one_hot_end = static_cast<std::int64_t>(suffix_.size());
    ASSAY_TRY(const auto result, box_->gradient(ask));
    loss += result.value / static_cast<double>(active_);
    if (active_ == 1) return result.one_hot;
    if (sum.empty()) sum.assign(result.one_hot.data.size(), 0.0F);
    shape = result.one_hot.shape;
    for (std::int64_t row = 0; row < shape[0]; ++row) {
      const auto values = result.one_hot.row(row);
      double squares = 0;
      for (const float value : values)
        squares += static_cast<double>(value) * static_cast<double>(value);
      const auto scale = static_cast<float>(1.0 / std::max(1e-30, std::sqrt(squares)));
      for (std::size_t j = 0; j < values.size(); ++j) {
        sum[static_cast<std::size_t>(row) * values.size() + j] += values[j] * scale;
      }
    }
  }
  return Tensor::of(shape, std::move(sum));
}

Result<std::vector<double>> GcgSearch::losses(std::span<const Tokens> candidates, bool fast,
                                              const CancelToken* cancel) {
  std::vector<double> out(candidates.size(), 0.0);
  for (std::size_t i = 0; i < active_; ++i) {
    model::CandidateRequest ask;
    ask.prefix = prefixes_[i];
    ask.candidates = candidates;
    ask.reference = suffix_;
    ask.tail = problems_[i].after;
    ask.target = problems_[i].target;
    ask.fast = fast;
    ask.cancel = cancel;
    ASSAY_TRY(const Tensor values, box_->candidate_losses(ask));
    for (std::size_t j = 0; j < candidates.size(); ++j) {
      double sum = 0;
      for (const float value : values.row(static_cast<std::int64_t>(j)))
        sum += static_cast<double>(value);
      out[j] += sum / static_cast<double>(problems_[i].target.size() * active_);
    }
  }
  return out;
}

Result<std::size_t> GcgSearch::choose(const std::vector<Tokens>& candidates, GcgStep& step,
                                      const CancelToken* cancel) {
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), 0U);
  std::vector<double> approximate(candidates.size(), 0.0);
  std::size_t next = candidates.size();
  if (!options_.exact) {
    ASSAY_TRY(approximate, losses(candidates, true, cancel));
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return approximate[a] < approximate[b]; });
    next = std::min(candidates.size(), static_cast<std::size_t>(options_.first_exact));
  }
  Errors errors;
  std::size_t done = 0;
  std::size_t best = order[0];
  double lowest = std::numeric_limits<double>::infinity();
  while (done < next) {
    std::vector<Tokens> some;
    for (std::size_t i = done; i < next; ++i) some.push_back(candidates[order[i]]);
    ASSAY_TRY(const auto exact, losses(some, false, cancel));
    for (std::size_t i = 0; i < exact.size(); ++i) {
      const std::size_t at = order[done + i];
      errors.add(approximate[at] - exact[i]);
      // As a plain arg min would: of equal losses the first that was drawn.
      if (exact[i] < lowest || (exact[i] == lowest && at < best)) {
        lowest = exact[i];
        best = at;
      }
    }
    done = next;
    const double bound = lowest + errors.bound(options_.spread);
    while (next < order.size() && approximate[order[next]] <= bound) ++next;
  }
  step.exact = static_cast<int>(done);
  step.largest_error = options_.exact ? 0.0 : errors.largest();
  step.loss = lowest;
  return best;
}

Result<GcgStep> GcgSearch::step(const CancelToken* cancel) {
  GcgStep step;
  Rng rng = Rng::named(options_.seed, "gcg/" + std::to_string(steps_));
  ASSAY_TRY(const Tensor slope, gradient(step.loss_before));
  std::vector<Tokens> candidates;
  std::set<Tokens> known;
  for (auto& candidate : draw_swaps(suffix_, slope, options_, rng)) {
    if (known.insert(candidate).second) candidates.push_back(std::move(candidate));
  }
  if (filter_) {
    const auto keep = filter_(candidates);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (keep.at(i)) std::swap(candidates[kept++], candidates[i]);
    }
    candidates.resize(kept);
  }
  if (candidates.empty()) {
    return fail(ErrorKind::unsupported, "no candidate stays the same when it is tokenized again",
                {}, "Begin with another suffix, or forbid tokens that are parts of characters");
  }
  ASSAY_TRY(const std::size_t best, choose(candidates, step, cancel));
  suffix_ = candidates[best];
  ++steps_;
  step.suffix = suffix_;
  step.drawn = static_cast<int>(candidates.size());
  step.queries =
      static_cast<std::int64_t>(candidates.size() + 1) * static_cast<std::int64_t>(active_);
  for (std::size_t i = 0; i < active_; ++i) {
    const auto length = problems_[i].before.size() + suffix_.size() + problems_[i].after.size() +
                        problems_[i].target.size();
    step.tokens += static_cast<std::int64_t>((candidates.size() + 3) * length);  // backward: twice
  }
  return step;
}

}  // namespace assay::attack
