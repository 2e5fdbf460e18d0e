// Contrast: a mean of clustered values (log-odds, differences within a profile) with its interval,
// the sign-flip p-value of "the mean is 0" and the smallest mean that could have been seen. Several
// contrasts of one task are adjusted together by Holm.
//
// Order: add() values -> finish() each Contrast -> adjust() all of them.
// Thread-safety: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "stats/clustered.h"

namespace assay::eval {

class Contrast {
 public:
  void add(double value, std::string_view cluster) {
    values_.push_back({value, clusters_.of(cluster)});
  }
  void add_unassessed() { ++unassessed_; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  /// clustered_mean with `options` (unassessed is filled here) and, where it is known, the minimum
  /// detectable mean at 80% power from the spread of the cluster means.
  [[nodiscard]] stats::Estimate finish(stats::ClusterOptions options) const;
  /// Two-sided sign-flip p-value over clusters of "the mean is `null_value`"; NaN without values.
  [[nodiscard]] double p_value(std::uint64_t seed, double null_value = 0.0) const;

 private:
  std::vector<stats::Observation> values_;
  stats::ClusterIds clusters_;
  std::int64_t unassessed_ = 0;
};

/// The number `key` of a score's metadata; nothing where there is none (a score of another origin).
std::optional<double> metadata_number(const Json& metadata, const char* key);

/// A number for a sentence: `digits` significant digits, e.g. "0.042"; "<0.001" for p-values below.
std::string short_number(double value, int digits = 2);
std::string p_text(double p);

/// "Sign-flip test over N clusters of ... : p = ..., Holm-adjusted over K tests: ..." for a note.
Text adjusted_note(double p, double adjusted, std::size_t tests);

}  // namespace assay::eval
