// How the report writes numbers: percents and units with as many digits as the interval bears.
//
// The step of the last digit is at most a quarter of the interval's width and more than a
// fortieth of it, so 0.6217 with an interval of 0.50 to 0.73 is "62%", and with an interval of
// 0.6211 to 0.6223 "62.17%".
// Two exceptions: a one-sided bound carries two significant digits ("at most 0.99%"), and what is
// neither 0 nor 1 is never written as 0% or 100%.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <string>

#include "base/lang.h"
#include "stats/estimate.h"

namespace assay::report {

/// 12345 -> "12,345" (both languages).
std::string count(std::int64_t n);
/// A plain proportion with `decimals` digits after the point of the percent: percent(0.62, 0).
std::string percent(double proportion, int decimals);
/// A proportion with two significant digits: 0.00994 -> "0.99%".
std::string percent_bound(double proportion);
/// "62%", "3.2 J", "+4 percentage points"; "no figure" where there is none.
std::string value_text(const stats::Estimate& estimate, Lang lang);
/// "50% to 73%", "at most 0.99%", "at least 4 J", "no bound".
std::string interval_text(const stats::Estimate& estimate, Lang lang);
/// A number on the scale and with the digits of `estimate` (chance, ceiling, worst case).
std::string on_scale_of(const stats::Estimate& estimate, double x, Lang lang);
/// A difference on that scale: percentage points where the estimate is a proportion.
std::string difference_on_scale_of(const stats::Estimate& estimate, double x, Lang lang);
/// "95%".
std::string level_text(double level);
/// "41 s", "6 min 12 s", "2 h 5 min"; Chinese: 秒, 分, 小时.
std::string duration_text(double seconds, Lang lang);
/// "820 J", "12.3 kJ".
std::string joules_text(double joules, Lang lang);
/// Three significant digits with thousands, M, G, T: "134 M".
std::string short_number(double x);

Text value_text(const stats::Estimate& estimate);
Text interval_text(const stats::Estimate& estimate);

}  // namespace assay::report
