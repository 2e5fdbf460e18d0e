#include "attack/optimised/gcg_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "stats/rank.h"

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

/// All top_k swaps of one position, drawn uniformly.
std::vector<Tokens> swaps_of_one(const Tokens& suffix, const Tensor& gradient,
                                 const GcgOptions& options, Rng& rng) {
  const std::size_t position = rng.index(suffix.size());
  std::vector<Tokens> out;
  for (const std::int32_t token :
       best_tokens(gradient.row(static_cast<std::int64_t>(position)), options)) {
    if (token == suffix[position]) continue;
    out.push_back(suffix);
    out.back()[position] = token;
  }
  return out;
}

Result<std::vector<model::PrefixHandle>> encoded(model::WhiteBox& box,
                                                 const std::vector<GcgProblem>& problems) {
  std::vector<model::PrefixHandle> out;
  for (const GcgProblem& problem : problems) {
    model::PrefixHandle prefix;
    if (!problem.before.empty()) {
      ASSAY_TRY(prefix, box.encode(problem.before));
    }
    out.push_back(std::move(prefix));
  }
  return out;
}

Status check_probe(const model::WhiteBox& box, const ProbeSampling& probe) {
  if (probe.draft != nullptr && probe.draft->info().vocabulary != box.info().vocabulary) {
    return fail(ErrorKind::usage, "the draft model has another vocabulary than the model",
                probe.draft->info().name, "Name a smaller model of the same family");
  }
  if (probe.sampling < 1 || probe.reduction < 1) {
    return fail(ErrorKind::usage, "the numbers of probe sampling are out of range", {},
                "sampling and reduction must be at least 1");
  }
  return {};
}

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
  }
  ASSAY_TRY(search.prefixes_, encoded(box, search.problems_));
  if (const auto& probe = search.options_.probe) {
    ASSAY_CHECK(check_probe(box, *probe));
    if (probe->draft != nullptr) {
      ASSAY_TRY(search.draft_prefixes_, encoded(*probe->draft, search.problems_));
    }
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

std::int64_t GcgSearch::draft_parameters() const {
  const bool model = options_.probe && options_.probe->draft != nullptr;
  return model ? options_.probe->draft->info().parameters : 0;
}

Result<std::vector<double>> GcgSearch::losses(std::span<const Tokens> candidates, Losses which,
                                              const CancelToken* cancel) {
  const bool draft = which == Losses::draft;
  model::WhiteBox& box = draft ? *options_.probe->draft : *box_;
  std::vector<double> out(candidates.size(), 0.0);
  for (std::size_t i = 0; i < active_; ++i) {
    model::CandidateRequest ask;
    ask.prefix = (draft ? draft_prefixes_ : prefixes_)[i];
    ask.candidates = candidates;
    ask.reference = suffix_;
    ask.tail = problems_[i].after;
    ask.target = problems_[i].target;
    ask.fast = which != Losses::exact;
    ask.cancel = cancel;
    ASSAY_TRY(const Tensor values, box.candidate_losses(ask));
    for (std::size_t j = 0; j < candidates.size(); ++j) {
      double sum = 0;
      for (const float value : values.row(static_cast<std::int64_t>(j)))
        sum += static_cast<double>(value);
      out[j] += sum / static_cast<double>(problems_[i].target.size() * active_);
    }
  }
  return out;
}

Result<std::vector<double>> GcgSearch::drafts(std::span<const Tokens> candidates,
                                              const Tensor& slope, const CancelToken* cancel) {
  if (options_.probe->draft != nullptr) return losses(candidates, Losses::draft, cancel);
  std::vector<double> out;
  for (const Tokens& candidate : candidates) {
    double change = 0.0;
    for (std::size_t i = 0; i < candidate.size(); ++i) {
      const auto row = slope.row(static_cast<std::int64_t>(i));
      change += static_cast<double>(row[static_cast<std::size_t>(candidate[i])]) -
                static_cast<double>(row[static_cast<std::size_t>(suffix_[i])]);
    }
    out.push_back(change);
  }
  return out;
}

Result<std::vector<double>> GcgSearch::narrow(std::vector<Tokens>& candidates, const Tensor& slope,
                                              GcgStep& step, Rng& rng, const CancelToken* cancel) {
  const ProbeSampling& probe = *options_.probe;
  ASSAY_TRY(const auto drafted_losses, drafts(candidates, slope, cancel));
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), 0U);
  rng.shuffle(order);
  const std::size_t probes =
      std::min(order.size(),
               std::max<std::size_t>(3, order.size() / static_cast<std::size_t>(probe.sampling)));
  const auto end_of_probes = order.begin() + static_cast<std::ptrdiff_t>(probes);
  std::vector<Tokens> chosen;
  std::vector<double> drafted;
  for (auto at = order.begin(); at != end_of_probes; ++at) {
    chosen.push_back(candidates[*at]);
    drafted.push_back(drafted_losses[*at]);
  }
  ASSAY_TRY(std::vector<double> out, losses(chosen, Losses::approximate, cancel));
  const double rho = stats::spearman(drafted, out).value;
  step.rank_correlation = std::isfinite(rho) ? rho : 0.0;
  const double disagreement = (1.0 - *step.rank_correlation) / 2.0;
  const double share = disagreement / static_cast<double>(probe.reduction);
  const auto others = std::max<std::size_t>(
      1, static_cast<std::size_t>(share * static_cast<double>(candidates.size())));
  std::stable_sort(end_of_probes, order.end(), [&](std::size_t a, std::size_t b) {
    return drafted_losses[a] < drafted_losses[b];
  });
  std::vector<Tokens> lowest;
  for (auto at = end_of_probes; at != order.end() && lowest.size() < others; ++at) {
    lowest.push_back(candidates[*at]);
  }
  if (!lowest.empty()) {
    ASSAY_TRY(const auto more, losses(lowest, Losses::approximate, cancel));
    out.insert(out.end(), more.begin(), more.end());
    chosen.insert(chosen.end(), lowest.begin(), lowest.end());
  }
  candidates = std::move(chosen);
  return out;
}

Result<std::size_t> GcgSearch::choose(const std::vector<Tokens>& candidates,
                                      const std::vector<double>& approximate, GcgStep& step,
                                      const CancelToken* cancel) {
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), 0U);
  std::size_t next = candidates.size();
  if (!options_.exact) {
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
    ASSAY_TRY(const auto exact, losses(some, Losses::exact, cancel));
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

std::vector<Tokens> GcgSearch::draw(const Tensor& slope, Rng& rng) const {
  const auto drawn = options_.draw == Draw::anywhere ? draw_swaps(suffix_, slope, options_, rng)
                                                     : swaps_of_one(suffix_, slope, options_, rng);
  std::vector<Tokens> out;
  std::set<Tokens> known;
  for (const auto& candidate : drawn) {
    if (known.insert(candidate).second) out.push_back(candidate);
  }
  if (!filter_) return out;
  const auto keep = filter_(out);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (keep.at(i)) std::swap(out[kept++], out[i]);
  }
  out.resize(kept);
  return out;
}

Result<GcgStep> GcgSearch::step(const CancelToken* cancel) {
  GcgStep step;
  Rng rng = Rng::named(options_.seed, "gcg/" + std::to_string(steps_));
  ASSAY_TRY(const Tensor slope, gradient(step.loss_before));
  std::vector<Tokens> candidates = draw(slope, rng);
  step.loss = step.loss_before;
  step.drawn = static_cast<int>(candidates.size());
  if (candidates.empty() && options_.draw == Draw::anywhere) {
    return fail(ErrorKind::unsupported, "no candidate stays the same when it is tokenized again",
                {}, "Begin with another suffix, or forbid tokens that are parts of characters");
  }
  if (!candidates.empty()) {
    std::vector<double> approximate(candidates.size(), 0.0);
    if (options_.probe) {
      ASSAY_TRY(approximate, narrow(candidates, slope, step, rng, cancel));
    } else if (!options_.exact) {
      ASSAY_TRY(approximate, losses(candidates, Losses::approximate, cancel));
    }
    ASSAY_TRY(const std::size_t best, choose(candidates, approximate, step, cancel));
    if (options_.draw == Draw::anywhere || step.loss < step.loss_before) {
      suffix_ = candidates[best];
    } else {
      step.loss = step.loss_before;
    }
  }
  ++steps_;
  step.suffix = suffix_;
  step.looked_at = static_cast<int>(candidates.size());
  count(step);
  return step;
}

void GcgSearch::count(GcgStep& step) const {
  step.queries = static_cast<std::int64_t>(step.looked_at + 1) * static_cast<std::int64_t>(active_);
  for (std::size_t i = 0; i < active_; ++i) {
    const auto length =
        static_cast<std::int64_t>(problems_[i].before.size() + suffix_.size() +
                                  problems_[i].after.size() + problems_[i].target.size());
    step.tokens += (step.looked_at + 3) * length;  // backward: twice
    if (options_.probe && options_.probe->draft != nullptr)
      step.draft_tokens += step.drawn * length;
  }
}

}  // namespace assay::attack
