// Items of the task calibration: beginnings of sentences with four ends of the same kind, in four
// grades of difficulty: facts that everyone knows, facts that few know, easy and hard arithmetic.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

struct GradedItem {
  std::string key;  ///< the same in each run, e.g. "rare-c07"; of arithmetic, the calculation
  std::string beginning;
  std::string right;
  std::vector<std::string> wrong;  ///< three
};

/// Capitals of countries that are seldom spoken of, and atomic numbers; `seed` draws the wrong
/// ends.
std::vector<GradedItem> rare_fact_items(Lang lang, std::uint64_t seed);

/// "sums_easy": two numbers below 30; "sums_hard": products and differences of larger numbers. The
/// wrong ends are slips of a digit and have as many digits as the right one.
GradedItem graded_sum(Lang lang, std::string_view group, Rng& rng);

}  // namespace assay::eval
