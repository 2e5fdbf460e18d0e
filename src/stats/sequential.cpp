#include "stats/sequential.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace assay::stats {
namespace {

/// sin^2 spacing: cells near 0 and 1 are about grid times narrower than those in the middle.
std::vector<double> unit_grid(int cells) {
  const auto count = static_cast<std::size_t>(std::max(cells, 2)) + 1;
  std::vector<double> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double s =
        std::sin(0.5 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(count - 1));
    out[i] = s * s;
  }
  out.back() = 1.0;
  return out;
}

double alpha_of_bet(const SequenceOptions& options) {
  return options.sides == Sides::two ? (1.0 - options.level) / 2.0 : 1.0 - options.level;
}

}  // namespace

PluginBets::PluginBets(double alpha_of_bet) : log_term_(2.0 * std::log(1.0 / alpha_of_bet)) {}

double PluginBets::next() const {
  const auto seen = static_cast<double>(t_);
  const double variance = (0.25 + squares_) / (seen + 1.0);
  const double t = seen + 1.0;
  return std::sqrt(log_term_ / (variance * t * std::log(1.0 + t)));
}

void PluginBets::observe(double unit_value) {
  ++t_;
  sum_ += unit_value;
  const double mean = (0.5 + sum_) / (static_cast<double>(t_) + 1.0);
  squares_ += (unit_value - mean) * (unit_value - mean);
}

BettingSequence::BettingSequence(SequenceOptions options)
    : options_(std::move(options)),
      bets_(alpha_of_bet(options_)),
      threshold_((options_.sides == Sides::two ? 2.0 : 1.0) / (1.0 - options_.level)),
      grid_(unit_grid(options_.grid)),
      above_(grid_.size(), 1.0),
      below_(grid_.size(), 1.0),
      last_(grid_.size()) {}

void BettingSequence::observe(double value) {
  const double width = options_.support.high - options_.support.low;
  const double x = (value - options_.support.low) / width;
  if (!(x >= 0.0 && x <= 1.0)) {
    ++unassessed_;
    return;
  }
  const double bet = bets_.next();
  const double c = options_.truncation;
  for (std::size_t i = first_; i < last_; ++i) {
    const double m = grid_[i];
    above_[i] *= 1.0 + (bet * m > c ? c / m : bet) * (x - m);
    below_[i] *= 1.0 - (bet * (1.0 - m) > c ? c / (1.0 - m) : bet) * (x - m);
  }
  bets_.observe(x);
  sum_ += value;
  ++n_;
  drop();
}

/// Drops candidates from both ends. If the two sides should ever meet (an event of probability
/// below alpha), the last candidate stays.
void BettingSequence::drop() {
  if (options_.sides != Sides::upper) {
    while (first_ + 1 < last_ && above_[first_] >= threshold_) ++first_;
  }
  if (options_.sides != Sides::lower) {
    while (first_ + 1 < last_ && below_[last_ - 1] >= threshold_) --last_;
  }
}

Interval BettingSequence::interval() const {
  const double low = first_ == 0 ? 0.0 : grid_[first_ - 1];
  const double high = last_ == grid_.size() ? 1.0 : grid_[last_];
  const double width = options_.support.high - options_.support.low;
  return {options_.support.low + width * low, options_.support.low + width * high};
}

Estimate BettingSequence::estimate() const {
  Estimate out = n_ > 0 ? Estimate{} : no_estimate("no assessed observations", options_.support);
  out.level = options_.level;
  out.sides = options_.sides;
  out.unit = options_.unit;
  out.n = out.clusters = n_;
  out.unassessed = unassessed_;
  if (n_ == 0) return out;
  out.interval = interval();
  const auto n = static_cast<double>(n_);
  const auto missing = static_cast<double>(unassessed_);
  out.value = std::clamp(sum_ / n, out.interval.low, out.interval.high);
  out.worst_case = Interval{(sum_ + missing * options_.support.low) / (n + missing),
                            (sum_ + missing * options_.support.high) / (n + missing)};
  out.method = "betting-sequence";
  out.assumptions.emplace_back(
      "observations have one mean given those before them; may be looked at and stopped at any "
      "time");
  return out;
}

}  // namespace assay::stats
