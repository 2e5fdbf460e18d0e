#include "eval/reducers.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "stats/passk.h"

namespace assay::eval {
namespace {

constexpr const char* kUndecided = "the answers to the item do not decide";

std::ptrdiff_t count(const std::vector<Scored>& epochs, Verdict verdict) {
  return std::count_if(epochs.begin(), epochs.end(),
                       [&](const Scored& s) { return s.score.verdict == verdict; });
}

Verdict decide(const std::vector<Scored>& epochs, Reducer reducer, int k) {
  const auto successes = count(epochs, Verdict::success);
  const auto failures = count(epochs, Verdict::failure);
  const auto all = static_cast<std::ptrdiff_t>(epochs.size());
  if (reducer == Reducer::majority) {
    if (2 * successes > all) return Verdict::success;
    return 2 * failures > all ? Verdict::failure : Verdict::unassessed;
  }
  if (successes >= k) return Verdict::success;
  return all - failures < k ? Verdict::failure : Verdict::unassessed;
}

Scored one_score(std::vector<Scored> epochs, Reducer reducer, int k) {
  const Verdict verdict = decide(epochs, reducer, k);
  const auto winner = std::find_if(epochs.begin(), epochs.end(),
                                   [&](const Scored& s) { return s.score.verdict == verdict; });
  if (winner == epochs.end()) {
    Scored out = std::move(epochs.front());
    out.score = Score::unassessed(kUndecided, std::move(out.score.answer));
    return out;
  }
  Scored out = std::move(*winner);
  out.epoch = 0;
  return out;
}

/// Calls `use` with the epochs of each sample.
template <class Use>
void for_each_sample(std::vector<Scored>&& scored, Use use) {
  for (auto at = scored.begin(); at != scored.end();) {
    const auto end = std::find_if(at, scored.end(),
                                  [&](const Scored& s) { return s.sample_id != at->sample_id; });
    use(std::vector<Scored>(std::make_move_iterator(at), std::make_move_iterator(end)));
    at = end;
  }
}

}  // namespace

const char* to_string(Reducer reducer) {
  switch (reducer) {
    case Reducer::mean: return "mean";
    case Reducer::majority: return "majority";
    case Reducer::at_least_k: return "at_least_k";
    case Reducer::pass_at_k: return "pass_at_k";
  }
  return "mean";
}

Result<Reducer> parse_reducer(std::string_view name) {
  for (const Reducer reducer :
       {Reducer::mean, Reducer::majority, Reducer::at_least_k, Reducer::pass_at_k}) {
    if (name == to_string(reducer)) return reducer;
  }
  return fail(ErrorKind::usage, "unknown reducer '" + std::string(name) + "'", "reducer",
              "Use mean, majority, at_least_k or pass_at_k");
}

std::vector<Scored> reduce(std::vector<Scored> scored, Reducer reducer, int k) {
  if (reducer == Reducer::mean || reducer == Reducer::pass_at_k) return scored;
  std::vector<Scored> out;
  for_each_sample(std::move(scored), [&](std::vector<Scored>&& epochs) {
    out.push_back(one_score(std::move(epochs), reducer, k));
  });
  return out;
}

Figure pass_at_k_figure(const std::vector<Scored>& scored, int k, const SummaryContext& context) {
  std::vector<stats::Attempts> items;
  stats::ClusterIds clusters;
  for_each_sample(std::vector<Scored>(scored), [&](const std::vector<Scored>& epochs) {
    const Scored& first = epochs.front();
    const std::uint32_t cluster =
        clusters.of(first.cluster.empty() ? first.sample_id : first.cluster);
    const auto successes = static_cast<std::int64_t>(count(epochs, Verdict::success));
    const auto failures = static_cast<std::int64_t>(count(epochs, Verdict::failure));
    items.push_back({successes + failures, successes, cluster});
  });
  stats::ClusterOptions options;
  options.seed = context.seed;
  const std::string number = std::to_string(k);
  Figure figure;
  figure.id = std::string("pass_at_").append(number) + "." + to_string(context.lang);
  figure.label = {std::string("At least one success in ").append(number) + " answers",
                  std::string(number).append(" 次回答中至少一次成功")};
  figure.estimate = stats::pass_at_k(items, k, options);
  figure.direction = Direction::higher_better;
  figure.lang = to_string(context.lang);
  return figure;
}

}  // namespace assay::eval
