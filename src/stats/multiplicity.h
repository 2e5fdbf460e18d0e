// P-values adjusted for having tested many things at once. Adjusted values come back in the order
// given; reject where the adjusted value is <= alpha. NaN (no test) stays NaN and is not counted.
// Thread-safety: pure functions.
#pragma once

#include <span>
#include <vector>

namespace assay::stats {

/// Family-wise error, any dependence: for claims. Holm 1979, Scand. J. Statist. 6, 65-70.
std::vector<double> holm(std::span<const double> p_values);

/// False discovery rate, independent or positively dependent tests: for screens.
/// Benjamini & Hochberg 1995, JRSS B 57, 289-300.
std::vector<double> benjamini_hochberg(std::span<const double> p_values);

}  // namespace assay::stats
