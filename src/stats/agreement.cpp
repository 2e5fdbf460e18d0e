#include "stats/agreement.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "stats/clustered.h"
#include "stats/special.h"

namespace assay::stats {
namespace {

constexpr double kFewItems = 15.0;
constexpr Interval kWidest{-1.0, 1.0};

/// Ratings as category numbers: counts[item][category].
struct Counts {
  std::vector<double> values;               // of each category, ascending
  std::vector<std::vector<double>> counts;  // per item with at least one rating
  [[nodiscard]] std::size_t categories() const { return values.size(); }
};

Counts count_ratings(const RatingTable& table) {
  Counts out;
  for (const double rating : table.cells) {
    if (!std::isnan(rating)) out.values.push_back(rating);
  }
  std::sort(out.values.begin(), out.values.end());
  out.values.erase(std::unique(out.values.begin(), out.values.end()), out.values.end());
  for (std::size_t i = 0; i < table.items(); ++i) {
    std::vector<double> row(out.values.size(), 0.0);
    bool any = false;
    for (std::size_t r = 0; r < table.raters; ++r) {
      const double rating = table.cells[i * table.raters + r];
      if (std::isnan(rating)) continue;
      const auto at = std::lower_bound(out.values.begin(), out.values.end(), rating);
      row[static_cast<std::size_t>(at - out.values.begin())] += 1.0;
      any = true;
    }
    if (any) out.counts.push_back(std::move(row));
  }
  return out;
}

double total(const std::vector<double>& row) {
  double out = 0.0;
  for (const double x : row) out += x;
  return out;
}

std::optional<std::string> refuse(const RatingTable& table, double level) {
  if (table.raters < 2) return "fewer than two raters";
  if (table.cells.size() % table.raters != 0) return "the table of ratings is not rectangular";
  if (!(level > 0.0 && level < 1.0)) return "impossible level";
  for (const double x : table.cells) {
    if (std::isinf(x)) return "a rating is infinite";
  }
  return std::nullopt;
}

Estimate described(Estimate out, const AgreementOptions& options, std::size_t items,
                   std::string method) {
  out.level = options.level;
  out.unit = "agreement coefficient";
  out.n = out.clusters = static_cast<std::int64_t>(items);
  out.method = std::move(method);
  out.assumptions.emplace_back("items are independent draws; the raters are those at hand");
  return out;
}

/// Squared difference functions of Krippendorff 2011 between categories of a marginal count.
class Disagreement {
 public:
  Disagreement(const Counts& counts, Metric metric) : counts_(counts), metric_(metric) {
    for (const auto& row : counts.counts) {
      if (total(row) >= 2.0) units_.push_back(&row);
    }
  }

  [[nodiscard]] std::size_t units() const { return units_.size(); }

  /// alpha of these units (indices may repeat); NaN where one value only occurs.
  double alpha(std::span<const std::uint32_t> indices) const {
    std::vector<double> marginal(counts_.categories(), 0.0);
    for (const std::uint32_t u : indices) {
      for (std::size_t c = 0; c < marginal.size(); ++c) marginal[c] += (*units_[u])[c];
    }
    const std::vector<double> position = positions(marginal);
    double observed = 0.0;
    for (const std::uint32_t u : indices) {
      observed += spread(*units_[u], position) / (total(*units_[u]) - 1.0);
    }
    return 1.0 - observed * (total(marginal) - 1.0) / spread(marginal, position);
  }

  /// Largest difference function over the categories, and the expected disagreement, of all units.
  std::pair<double, double> scale() const {
    std::vector<double> marginal(counts_.categories(), 0.0);
    for (const auto* unit : units_) {
      for (std::size_t c = 0; c < marginal.size(); ++c) marginal[c] += (*unit)[c];
    }
    const std::vector<double> position = positions(marginal);
    const double n = total(marginal);
    const double span = position.empty() ? 0.0 : position.back() - position.front();
    const double largest = metric_ == Metric::nominal ? 1.0 : span * span;
    return {largest, spread(marginal, position) / (n * (n - 1.0))};
  }

 private:
  /// Where each category lies, so that the difference function is a squared distance: its value, or
  /// for ordinal data the mid-rank in the marginal counts (sum of n_g from c to k less the means of
  /// both ends is the distance of mid-ranks).
  [[nodiscard]] std::vector<double> positions(const std::vector<double>& marginal) const {
    if (metric_ != Metric::ordinal) return counts_.values;
    std::vector<double> out(marginal.size());
    double below = 0.0;
    for (std::size_t c = 0; c < marginal.size(); ++c) {
      out[c] = below + marginal[c] / 2.0;
      below += marginal[c];
    }
    return out;
  }

  /// Sum over ordered pairs of ratings of the difference function.
  [[nodiscard]] double spread(const std::vector<double>& row,
                              const std::vector<double>& position) const {
    const double n = total(row);
    double sum = 0.0;
    if (metric_ == Metric::nominal) {
      for (const double count : row) sum += count * (n - count);
      return sum;
    }
    double mean = 0.0;
    for (std::size_t c = 0; c < row.size(); ++c) mean += row[c] * position[c] / n;
    for (std::size_t c = 0; c < row.size(); ++c) {
      sum += row[c] * (position[c] - mean) * (position[c] - mean);
    }
    return 2.0 * n * sum;
  }

  const Counts& counts_;
  Metric metric_;
  std::vector<const std::vector<double>*> units_;
};

/// Raw agreement per item, mapped to a chance-corrected coefficient with the chance held fixed.
Interval mapped(const std::vector<Observation>& agreement, double chance,
                const AgreementOptions& options) {
  ClusterOptions exact;
  exact.level = options.level;
  exact.purpose = Purpose::safety;
  exact.support = Interval{0.0, 1.0};
  const bool real = std::any_of(agreement.begin(), agreement.end(), [](const Observation& o) {
    return o.value != 0.0 && o.value != 1.0;
  });
  if (real) exact.method = ClusterMethod::conservative;
  const Interval raw = clustered_mean(agreement, exact).interval;
  return {std::max(-1.0, (raw.low - chance) / (1.0 - chance)),
          std::min(1.0, (raw.high - chance) / (1.0 - chance))};
}

/// Whether disagreement, or agreement, was seen on few items only.
bool few(const std::vector<Observation>& agreement) {
  double sum = 0.0;
  for (const Observation& o : agreement) sum += o.value;
  return std::min(sum, static_cast<double>(agreement.size()) - sum) < kFewItems;
}

}  // namespace

Estimate krippendorff_alpha(const RatingTable& table, Metric metric,
                            const AgreementOptions& options) {
  if (auto reason = refuse(table, options.level)) return no_estimate(*reason, kWidest);
  const Counts counts = count_ratings(table);
  const Disagreement disagreement(counts, metric);
  const std::size_t units = disagreement.units();
  if (units == 0) return no_estimate("no item has two ratings", kWidest);
  std::vector<std::uint32_t> all(units);
  for (std::size_t i = 0; i < units; ++i) all[i] = static_cast<std::uint32_t>(i);
  Estimate out;
  out.value = disagreement.alpha(all);
  if (!out.known()) return no_estimate("all ratings are the same value", kWidest);

  Rng rng = Rng::named(options.seed, "stats/krippendorff");
  const auto statistic = [&](std::span<const std::uint32_t> i) { return disagreement.alpha(i); };
  const auto bca = bca_interval(statistic_draws(units, statistic, options.draws, rng), out.value,
                                statistic_jackknife(units, statistic), options.level);
  if (bca && bca->low < bca->high) {
    out.interval = {std::max(-1.0, bca->low), std::min(1.0, bca->high)};
    return described(std::move(out), options, units, "krippendorff-bca");
  }
  // Nothing disagrees (or too little to resample): at most a share q of the items could.
  const auto [largest, expected] = disagreement.scale();
  const double q = proportion(0, static_cast<std::int64_t>(units), 0,
                              {Purpose::safety, Sides::two, options.level})
                       .interval.high;
  const double reach = q * largest / expected;
  out.interval = {std::max(-1.0, out.value - reach), std::min(1.0, out.value + reach)};
  return described(std::move(out), options, units, "krippendorff-exact");
}

Estimate gwet_ac1(const RatingTable& table, const AgreementOptions& options) {
  if (auto reason = refuse(table, options.level)) return no_estimate(*reason, kWidest);
  const Counts counts = count_ratings(table);
  const auto q =
      static_cast<double>(std::max({counts.categories(), options.categories, std::size_t{2}}));
  const auto n = static_cast<double>(counts.counts.size());
  std::vector<double> share(counts.categories(), 0.0);
  std::vector<Observation> agreement;  // of items with at least two ratings
  for (std::size_t i = 0; i < counts.counts.size(); ++i) {
    const auto& row = counts.counts[i];
    const double r = total(row);
    double pairs = 0.0;
    for (std::size_t c = 0; c < row.size(); ++c) {
      share[c] += row[c] / (r * n);
      pairs += row[c] * (row[c] - 1.0);
    }
    if (r >= 2.0) agreement.push_back({pairs / (r * (r - 1.0)), static_cast<std::uint32_t>(i)});
  }
  if (agreement.empty()) return no_estimate("no item has two ratings", kWidest);
  double chance = 0.0;
  for (const double s : share) chance += s * (1.0 - s) / (q - 1.0);
  const auto rated = static_cast<double>(agreement.size());
  double raw = 0.0;
  for (const Observation& o : agreement) raw += o.value / rated;
  Estimate out;
  out.value = (raw - chance) / (1.0 - chance);
  if (few(agreement)) {
    out.interval = mapped(agreement, chance, options);
    return described(std::move(out), options, counts.counts.size(), "gwet-ac1-exact");
  }
  std::vector<double> linear(counts.counts.size(), 0.0);
  for (const Observation& o : agreement) {
    linear[o.cluster] = n / rated * (o.value - chance) / (1.0 - chance);
  }
  double variance = 0.0;
  for (std::size_t i = 0; i < counts.counts.size(); ++i) {
    double own_chance = 0.0;
    const double r = total(counts.counts[i]);
    for (std::size_t c = 0; c < share.size(); ++c) {
      own_chance += counts.counts[i][c] / r * (1.0 - share[c]) / (q - 1.0);
    }
    linear[i] -= 2.0 * (1.0 - out.value) * (own_chance - chance) / (1.0 - chance);
    variance += (linear[i] - out.value) * (linear[i] - out.value) / (n * (n - 1.0));
  }
  const double half =
      t_quantile(1.0 - tail_of(options.level, Sides::two), n - 1.0) * std::sqrt(variance);
  out.interval = {std::max(-1.0, out.value - half), std::min(1.0, out.value + half)};
  return described(std::move(out), options, counts.counts.size(), "gwet-ac1");
}

Estimate cohen_kappa(const RatingTable& table, const AgreementOptions& options) {
  if (auto reason = refuse(table, options.level)) return no_estimate(*reason, kWidest);
  if (table.raters != 2) return no_estimate("Cohen's kappa is for two raters", kWidest);
  std::map<std::pair<double, double>, double> joint;
  std::map<double, double> first;
  std::map<double, double> second;
  std::vector<Observation> agreement;
  for (std::size_t i = 0; i < table.items(); ++i) {
    const double a = table.cells[2 * i];
    const double b = table.cells[2 * i + 1];
    if (std::isnan(a) || std::isnan(b)) continue;
    joint[{a, b}] += 1.0;
    first[a] += 1.0;
    second[b] += 1.0;
    agreement.push_back({a == b ? 1.0 : 0.0, static_cast<std::uint32_t>(i)});
  }
  if (agreement.empty()) return no_estimate("no item has two ratings", kWidest);
  const auto n = static_cast<double>(agreement.size());
  double raw = 0.0;
  double chance = 0.0;
  for (const Observation& o : agreement) raw += o.value / n;
  for (const auto& [value, count] : first) {
    if (const auto other = second.find(value); other != second.end()) {
      chance += count * other->second / (n * n);
    }
  }
  if (chance >= 1.0) return no_estimate("all ratings are the same value", kWidest);
  Estimate out;
  out.value = (raw - chance) / (1.0 - chance);
  if (few(agreement)) {
    out.interval = mapped(agreement, chance, options);
    return described(std::move(out), options, agreement.size(), "cohen-kappa-exact");
  }
  const double k = 1.0 - out.value;
  double spread = 0.0;  // E of the squared influence before its mean is taken off
  for (const auto& [pair, count] : joint) {
    const double margins = (first[pair.second] + second[pair.first]) / n;
    const double influence = (pair.first == pair.second ? 1.0 : 0.0) - margins * k;
    spread += count / n * influence * influence;
  }
  const double centre = out.value - chance * k;
  const double variance = (spread - centre * centre) / (n * (1.0 - chance) * (1.0 - chance));
  const double half = normal_quantile(1.0 - tail_of(options.level, Sides::two)) *
                      std::sqrt(std::max(0.0, variance));
  out.interval = {std::max(-1.0, out.value - half), std::min(1.0, out.value + half)};
  return described(std::move(out), options, agreement.size(), "cohen-kappa");
}

}  // namespace assay::stats
