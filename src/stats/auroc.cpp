#include "stats/auroc.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <vector>

#include "stats/intervals.h"
#include "stats/special.h"

namespace assay::stats {
namespace {

struct Sides2 {
  std::vector<std::size_t> positive, negative;  ///< indices of cases
};

/// Share of `others` (sorted) below x, ties half.
double placement(const std::vector<double>& others, double x) {
  const auto low = std::lower_bound(others.begin(), others.end(), x);
  const auto high = std::upper_bound(low, others.end(), x);
  const double below = static_cast<double>(low - others.begin());
  return (below + 0.5 * static_cast<double>(high - low)) / static_cast<double>(others.size());
}

std::vector<double> sorted_scores(std::span<const LabelledScore> cases,
                                  const std::vector<std::size_t>& of) {
  std::vector<double> out;
  out.reserve(of.size());
  for (const std::size_t i : of) out.push_back(cases[i].score);
  std::sort(out.begin(), out.end());
  return out;
}

double square_sum(const std::vector<double>& values, double mean) {
  return std::accumulate(values.begin(), values.end(), 0.0,
                         [mean](double sum, double x) { return sum + (x - mean) * (x - mean); });
}

double delong(const std::vector<double>& of_positive, const std::vector<double>& of_negative,
              double area) {
  const auto m = static_cast<double>(of_positive.size());
  const auto n = static_cast<double>(of_negative.size());
  double out = 0.0;
  if (m > 1.0) out += square_sum(of_positive, area) / (m - 1.0) / m;
  if (n > 1.0) out += square_sum(of_negative, area) / (n - 1.0) / n;
  return out;
}

/// What a case adds to the area's error, summed by cluster.
double obuchowski(std::span<const LabelledScore> cases, const Sides2& sides,
                  const std::vector<double>& of_positive, const std::vector<double>& of_negative,
                  double area) {
  struct Sums {
    double positive = 0.0, negative = 0.0;
  };
  std::map<std::uint32_t, Sums> clusters;
  for (std::size_t i = 0; i < sides.positive.size(); ++i) {
    clusters[cases[sides.positive[i]].cluster].positive += of_positive[i] - area;
  }
  for (std::size_t i = 0; i < sides.negative.size(); ++i) {
    clusters[cases[sides.negative[i]].cluster].negative += of_negative[i] - area;
  }
  std::set<std::uint32_t> with_positive;
  std::set<std::uint32_t> with_negative;
  for (const std::size_t i : sides.positive) with_positive.insert(cases[i].cluster);
  for (const std::size_t i : sides.negative) with_negative.insert(cases[i].cluster);
  const auto m = static_cast<double>(sides.positive.size());
  const auto n = static_cast<double>(sides.negative.size());
  const auto widened = [](std::size_t k) {
    const auto count = static_cast<double>(k);
    return k > 1 ? count / (count - 1.0) : 1.0;
  };
  double s10 = 0.0;
  double s01 = 0.0;
  double s11 = 0.0;
  for (const auto& [id, sums] : clusters) {
    s10 += sums.positive * sums.positive;
    s01 += sums.negative * sums.negative;
    s11 += sums.positive * sums.negative;
  }
  return s10 * widened(with_positive.size()) / (m * m) +
         s01 * widened(with_negative.size()) / (n * n) +
         2.0 * s11 * widened(clusters.size()) / (m * n);
}

Interval on_logit_scale(double area, double variance, double level) {
  const double z = normal_quantile(0.5 + level / 2.0);
  const double centre = std::log(area / (1.0 - area));
  const double half = z * std::sqrt(variance) / (area * (1.0 - area));
  const auto back = [](double x) { return 1.0 / (1.0 + std::exp(-x)); };
  return {back(centre - half), back(centre + half)};
}

}  // namespace

Estimate auroc(std::span<const LabelledScore> cases, double level, std::int64_t unassessed) {
  Sides2 sides;
  std::set<std::uint32_t> clusters;
  bool finite = true;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    (cases[i].positive ? sides.positive : sides.negative).push_back(i);
    clusters.insert(cases[i].cluster);
    finite = finite && std::isfinite(cases[i].score);
  }
  if (sides.positive.empty() || sides.negative.empty() || !finite ||
      !(level > 0.0 && level < 1.0)) {
    return no_estimate("needs finite scores of positive and of negative cases");
  }
  const auto positive = sorted_scores(cases, sides.positive);
  const auto negative = sorted_scores(cases, sides.negative);
  std::vector<double> of_positive;
  std::vector<double> of_negative;
  for (const std::size_t i : sides.positive) {
    of_positive.push_back(placement(negative, cases[i].score));
  }
  for (const std::size_t i : sides.negative) {
    of_negative.push_back(1.0 - placement(positive, cases[i].score));
  }
  const double area = std::accumulate(of_positive.begin(), of_positive.end(), 0.0) /
                      static_cast<double>(of_positive.size());
  const bool own = clusters.size() == cases.size();
  const double variance = own ? delong(of_positive, of_negative, area)
                              : std::max(delong(of_positive, of_negative, area),
                                         obuchowski(cases, sides, of_positive, of_negative, area));
  Estimate out;
  out.value = area;
  out.level = level;
  out.unit = "1";
  out.chance = 0.5;
  out.n = static_cast<std::int64_t>(cases.size());
  out.clusters = static_cast<std::int64_t>(clusters.size());
  out.unassessed = unassessed;
  if (variance > 0.0 && area > 0.0 && area < 1.0) {
    out.interval = on_logit_scale(area, variance, level);
    out.method = own ? "delong-logit" : "obuchowski-logit";
  } else {
    const auto rarer = static_cast<double>(
        std::min({sides.positive.size(), sides.negative.size(), clusters.size()}));
    out.interval = clopper_pearson(area * rarer, rarer, level);
    out.method = "clopper-pearson-rarer-label";
  }
  if (own) out.assumptions.emplace_back("items are independent draws");
  return out;
}

}  // namespace assay::stats
