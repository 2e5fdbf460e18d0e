#include "stats/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "stats/special.h"

namespace assay::stats {
namespace {

/// Uniform index below n from 32 random bits by multiply and shift; draws the 32-bit halves of
/// the generator's output in turn, low half first.
class IndexSource {
 public:
  IndexSource(std::uint32_t n, Rng& rng) : n_(n), reject_below_((0U - n) % n), rng_(rng) {}

  std::uint32_t next() {
    while (true) {
      const std::uint64_t product = std::uint64_t{half()} * n_;
      if (static_cast<std::uint32_t>(product) >= reject_below_) {
        return static_cast<std::uint32_t>(product >> 32U);
      }
    }
  }

 private:
  std::uint32_t half() {
    if (have_) {
      have_ = false;
      return static_cast<std::uint32_t>(bits_ >> 32U);
    }
    bits_ = rng_.bits();
    have_ = true;
    return static_cast<std::uint32_t>(bits_);
  }

  std::uint32_t n_;
  std::uint32_t reject_below_;
  Rng& rng_;
  std::uint64_t bits_ = 0;
  bool have_ = false;
};

}  // namespace

void fill_indices(std::span<std::uint32_t> out, std::uint32_t n, Rng& rng) {
  IndexSource source(n, rng);
  for (std::uint32_t& index : out) index = source.next();
}

std::vector<double> ratio_draws(std::span<const double> sums, std::span<const double> sizes,
                                int draws, Rng& rng) {
  struct Pair {
    double sum, size;
  };
  std::vector<Pair> clusters(sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) clusters[i] = {sums[i], sizes[i]};
  const auto k = static_cast<std::uint32_t>(clusters.size());
  std::vector<double> out(static_cast<std::size_t>(std::max(draws, 0)));
  if (k == 0) return {};
  IndexSource source(k, rng);
  for (double& value : out) {
    double sum = 0.0;
    double size = 0.0;
    for (std::uint32_t i = 0; i < k; ++i) {
      const Pair& cluster = clusters[source.next()];
      sum += cluster.sum;
      size += cluster.size;
    }
    value = sum / size;
  }
  return out;
}

std::vector<double> ratio_jackknife(std::span<const double> sums, std::span<const double> sizes) {
  const double sum = std::accumulate(sums.begin(), sums.end(), 0.0);
  const double size = std::accumulate(sizes.begin(), sizes.end(), 0.0);
  std::vector<double> out(sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) out[i] = (sum - sums[i]) / (size - sizes[i]);
  return out;
}

namespace {

/// Sums from which a ratio and its linearised variance follow: with m = s/n,
/// sum (s_i - m n_i)^2 = ss - 2 m sn + m^2 nn.
struct RatioSums {
  double s = 0.0, n = 0.0, ss = 0.0, sn = 0.0, nn = 0.0;

  void add(const RatioSums& other) {
    s += other.s;
    n += other.n;
    ss += other.ss;
    sn += other.sn;
    nn += other.nn;
  }
  [[nodiscard]] double mean() const { return s / n; }
  [[nodiscard]] double error() const {
    const double m = mean();
    return std::sqrt(std::max(0.0, ss - 2.0 * m * sn + m * m * nn)) / n;
  }
};

}  // namespace

std::optional<Interval> bootstrap_t_interval(std::span<const double> sums,
                                             std::span<const double> sizes, int draws, Rng& rng,
                                             double level, Sides sides) {
  std::vector<RatioSums> clusters(sums.size());
  RatioSums all;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    clusters[i] = {sums[i], sizes[i], sums[i] * sums[i], sums[i] * sizes[i], sizes[i] * sizes[i]};
    all.add(clusters[i]);
  }
  if (clusters.size() < 2 || draws < 1 || !(all.error() > 0.0)) return std::nullopt;
  const double tiny = 1e-9 * all.error();
  IndexSource source(static_cast<std::uint32_t>(clusters.size()), rng);
  std::vector<double> t(static_cast<std::size_t>(draws));
  for (double& value : t) {
    RatioSums drawn;
    for (std::size_t i = 0; i < clusters.size(); ++i) drawn.add(clusters[source.next()]);
    const double distance = drawn.mean() - all.mean();
    const double error = drawn.error();
    // A draw of one cluster only has no error of its own: it counts as infinitely far off.
    value = error > tiny ? distance / error
                         : std::copysign(std::numeric_limits<double>::max(), distance);
  }
  std::sort(t.begin(), t.end());
  const double tail = tail_of(level, sides);
  const auto limit = [&](double fraction) {
    return all.mean() -
           all.error() *
               t[static_cast<std::size_t>(fraction * static_cast<double>(t.size() - 1) + 0.5)];
  };
  Interval out{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  if (sides != Sides::upper) out.low = limit(1.0 - tail);
  if (sides != Sides::lower) out.high = limit(tail);
  return out;
}

std::vector<double> statistic_draws(std::size_t clusters, const ClusterStatistic& statistic,
                                    int draws, Rng& rng) {
  std::vector<double> out;
  if (clusters == 0) return out;
  std::vector<std::uint32_t> indices(clusters);
  out.reserve(static_cast<std::size_t>(std::max(draws, 0)));
  for (int b = 0; b < draws; ++b) {
    fill_indices(indices, static_cast<std::uint32_t>(clusters), rng);
    const double value = statistic(indices);
    if (!std::isnan(value)) out.push_back(value);
  }
  return out;
}

std::vector<double> statistic_jackknife(std::size_t clusters, const ClusterStatistic& statistic) {
  std::vector<double> out;
  if (clusters < 2) return out;
  std::vector<std::uint32_t> indices(clusters - 1);
  for (std::size_t left_out = 0; left_out < clusters; ++left_out) {
    for (std::size_t i = 0, j = 0; i < clusters; ++i) {
      if (i != left_out) indices[j++] = static_cast<std::uint32_t>(i);
    }
    const double value = statistic(indices);
    if (!std::isnan(value)) out.push_back(value);
  }
  return out;
}

double sorted_quantile(std::span<const double> sorted, double fraction) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double position = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double part = position - static_cast<double>(below);
  return sorted[below] + part * (sorted[above] - sorted[below]);
}

std::optional<Interval> bca_interval(std::vector<double> draws, double estimate,
                                     std::span<const double> jackknife, double level, Sides sides) {
  if (draws.empty() || jackknife.empty()) return std::nullopt;
  std::sort(draws.begin(), draws.end());
  if (draws.front() == draws.back()) return std::nullopt;
  const auto below = std::lower_bound(draws.begin(), draws.end(), estimate) - draws.begin();
  const auto up_to = std::upper_bound(draws.begin(), draws.end(), estimate) - draws.begin();
  const double share =
      static_cast<double>(below + up_to) / (2.0 * static_cast<double>(draws.size()));
  if (share <= 0.0 || share >= 1.0) return std::nullopt;
  const double bias = normal_quantile(share);

  const double mean = std::accumulate(jackknife.begin(), jackknife.end(), 0.0) /
                      static_cast<double>(jackknife.size());
  double squares = 0.0;
  double cubes = 0.0;
  for (const double value : jackknife) {
    const double d = mean - value;
    squares += d * d;
    cubes += d * d * d;
  }
  const double acceleration = squares > 0.0 ? cubes / (6.0 * std::pow(squares, 1.5)) : 0.0;
  const double z = normal_quantile(1.0 - tail_of(level, sides));
  const auto limit = [&](double quantile) {
    const double shifted = bias + quantile;
    return sorted_quantile(draws, normal_cdf(bias + shifted / (1.0 - acceleration * shifted)));
  };
  Interval out{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  if (sides != Sides::upper) out.low = limit(-z);
  if (sides != Sides::lower) out.high = limit(z);
  return out;
}

}  // namespace assay::stats
