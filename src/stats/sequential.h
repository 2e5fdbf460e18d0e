// A confidence sequence for the mean of bounded observations: an interval that may be looked at
// after every observation, and stopped on, without losing its level.
//
// Hedged capital with predictable plug-in bets: Waudby-Smith & Ramdas 2024, JRSS B 86, 1-27,
// theorem 3 (capital and hedge), equation 26 (bets, truncated at c/m and c/(1-m)). With the running
// mean mu_t = (1/2 + sum X)/(t+1), variance s_t = (1/4 + sum (X_i - mu_i)^2)/(t+1) and
//   bet_t = sqrt(2 log(2/alpha) / (s_{t-1} t log(1+t))),
// a mean m is dropped for ever once
//   max( 1/2 prod(1 + min(bet, c/m)(X_i - m)),  1/2 prod(1 - min(bet, c/(1-m))(X_i - m)) ) >=
//   1/alpha.
// The two products are monotone in m, so what is left is an interval; it is found on a grid that is
// finest near the ends of the support, and rounded outwards to the next dropped grid point.
//
// Order: construct -> observe() as results come -> interval() or estimate() at any time.
// Observations must be independent given the past with one mean; repeats of one item must be
// averaged into one observation first. An observation outside the support counts as unassessed.
// Thread-safety: one object per thread.
#pragma once

#include <cstdint>
#include <vector>

#include "stats/estimate.h"

namespace assay::stats {

struct SequenceOptions {
  double level = 0.95;
  Sides sides = Sides::two;  ///< one-sided: all capital on one direction, alpha undivided
  Interval support{0.0, 1.0};
  int grid = 2000;          ///< grid cells over the support
  double truncation = 0.5;  ///< c: largest part of the capital at risk in one bet
  std::string unit = "proportion";
};

/// The predictable bets; shared by the sequence and by tests of its error.
class PluginBets {
 public:
  /// `alpha_of_bet`: the alpha in log(1/alpha_of_bet) of the formula above.
  explicit PluginBets(double alpha_of_bet);
  [[nodiscard]] double next() const;  ///< bet for the observation to come; > 0
  void observe(double unit_value);    ///< in [0, 1]

 private:
  double log_term_;
  double sum_ = 0.0;
  double squares_ = 0.0;
  std::int64_t t_ = 0;
};

class BettingSequence {
 public:
  explicit BettingSequence(SequenceOptions options = {});
  void observe(double value);
  void observe_unassessed() { ++unassessed_; }
  [[nodiscard]] Interval interval() const;
  [[nodiscard]] Estimate estimate() const;
  [[nodiscard]] std::int64_t n() const { return n_; }

 private:
  void drop();

  SequenceOptions options_;
  PluginBets bets_;
  double threshold_;
  std::vector<double> grid_;   // candidate means on the unit scale, ascending
  std::vector<double> above_;  // capital that bets on a mean above each candidate
  std::vector<double> below_;  // capital that bets on a mean below it
  std::size_t first_ = 0;      // live candidates are [first_, last_)
  std::size_t last_ = 0;
  double sum_ = 0.0;
  std::int64_t n_ = 0;
  std::int64_t unassessed_ = 0;
};

}  // namespace assay::stats
