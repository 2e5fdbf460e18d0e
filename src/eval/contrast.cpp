#include "eval/contrast.h"

#include <cmath>
#include <cstdio>
#include <limits>

#include "stats/paired.h"
#include "stats/power.h"

namespace assay::eval {
namespace {

/// Sums and sizes of the clusters, in order of their numbers.
struct Clusters {
  std::vector<double> sums;
  std::vector<double> sizes;
};

Clusters clusters_of(std::span<const stats::Observation> values, std::size_t count) {
  Clusters out{std::vector<double>(count, 0.0), std::vector<double>(count, 0.0)};
  for (const stats::Observation& value : values) {
    out.sums[value.cluster] += value.value;
    out.sizes[value.cluster] += 1.0;
  }
  return out;
}

double deviation_of_means(const Clusters& clusters) {
  const auto count = static_cast<double>(clusters.sums.size());
  double mean = 0.0;
  for (std::size_t i = 0; i < clusters.sums.size(); ++i) {
    mean += clusters.sums[i] / clusters.sizes[i] / count;
  }
  double squares = 0.0;
  for (std::size_t i = 0; i < clusters.sums.size(); ++i) {
    const double off = clusters.sums[i] / clusters.sizes[i] - mean;
    squares += off * off;
  }
  return std::sqrt(squares / (count - 1.0));
}

}  // namespace

stats::Estimate Contrast::finish(stats::ClusterOptions options) const {
  options.unassessed = unassessed_;
  stats::Estimate out = stats::clustered_mean(values_, options);
  const std::size_t count = clusters_.size();
  if (!out.known() || count < 3 || out.minimum_detectable) return out;
  const double spread = deviation_of_means(clusters_of(values_, count));
  if (spread > 0.0) {
    out.minimum_detectable = stats::detectable_mean(static_cast<double>(count), spread);
  }
  return out;
}

double Contrast::p_value(std::uint64_t seed, double null_value) const {
  if (values_.empty()) return std::numeric_limits<double>::quiet_NaN();
  const Clusters clusters = clusters_of(values_, clusters_.size());
  std::vector<double> sums = clusters.sums;
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] -= null_value * clusters.sizes[i];
  return stats::sign_flip_p(sums, seed);
}

std::optional<double> metadata_number(const Json& metadata, const char* key) {
  if (!metadata.is_object()) return std::nullopt;
  const auto at = metadata.find(key);
  if (at == metadata.end() || !at->is_number()) return std::nullopt;
  return at->get<double>();
}

std::string short_number(double value, int digits) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*g", digits, value);
  return text;
}

std::string p_text(double p) {
  return p < 0.001 ? std::string("<0.001") : std::string("=").append(short_number(p));
}

Text adjusted_note(double p, double adjusted, std::size_t tests) {
  if (std::isnan(p)) return {"No test: no assessed items.", "未检验：没有可评定的题目。"};
  const std::string count = std::to_string(tests);
  const bool seen = adjusted <= 0.05;
  return {std::string("Sign-flip test over clusters: p") + p_text(p) + ", Holm-adjusted over " +
              count + " groups p" + p_text(adjusted) +
              (seen ? ": a difference beyond chance." : ": no difference beyond chance shown."),
          "按聚类做符号翻转检验：p" + p_text(p) + "，对 " + count + " 个群体作 Holm 校正后 p" +
              p_text(adjusted) + (seen ? "，差异超出偶然。" : "，未显示超出偶然的差异。")};
}

}  // namespace assay::eval
