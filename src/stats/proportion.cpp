#include "stats/proportion.h"

#include <algorithm>
#include <limits>
#include <string>

#include "stats/intervals.h"

namespace assay::stats {
namespace {

/// Fewest successes (and failures) from which Wilson's interval covers level - 2 points at every p.
std::int64_t wilson_from(double level) {
  if (level >= 0.95) return 15;
  if (level >= 0.90) return 40;
  return std::numeric_limits<std::int64_t>::max();
}

bool wilson_will_do(std::int64_t successes, std::int64_t n, const ProportionOptions& options) {
  return options.purpose == Purpose::capability && options.sides == Sides::two &&
         std::min(successes, n - successes) >= wilson_from(options.level);
}

bool impossible(std::int64_t successes, std::int64_t n, double level) {
  return successes < 0 || n < successes || !(level > 0.0 && level < 1.0);
}

}  // namespace

Estimate proportion(std::int64_t successes, std::int64_t n, std::int64_t unassessed,
                    const ProportionOptions& options) {
  if (impossible(successes, n, options.level) || unassessed < 0) {
    return no_estimate("impossible counts or level");
  }
  Estimate out = n > 0 ? Estimate{} : no_estimate("no assessed observations");
  out.level = options.level;
  out.sides = options.sides;
  out.unit = "proportion";
  out.n = out.clusters = n;
  out.unassessed = unassessed;
  if (n + unassessed > 0) {
    const auto all = static_cast<double>(n + unassessed);
    out.worst_case = Interval{static_cast<double>(successes) / all,
                              static_cast<double>(successes + unassessed) / all};
  }
  if (n == 0) return out;
  const auto x = static_cast<double>(successes);
  const auto size = static_cast<double>(n);
  out.value = x / size;
  const bool approximate = wilson_will_do(successes, n, options);
  out.method = approximate ? "wilson" : "clopper-pearson";
  out.interval = approximate ? wilson(x, size, options.level)
                             : clopper_pearson(x, size, options.level, options.sides);
  out.assumptions.emplace_back("items are independent draws from the population of such items");
  return out;
}

Estimate difference_of_proportions(std::int64_t successes1, std::int64_t n1,
                                   std::int64_t successes2, std::int64_t n2, double level,
                                   std::int64_t unassessed) {
  if (impossible(successes1, n1, level) || impossible(successes2, n2, level) || unassessed < 0) {
    return no_estimate("impossible counts or level", {-1.0, 1.0});
  }
  if (n1 == 0 || n2 == 0) return no_estimate("a group has no assessed observations", {-1.0, 1.0});
  const ProportionOptions options{Purpose::capability, Sides::two, level};
  const Estimate first = proportion(successes1, n1, 0, options);
  const Estimate second = proportion(successes2, n2, 0, options);
  Estimate out;
  out.value = first.value - second.value;
  out.interval = square_and_add(first.value, first.interval, second.value, second.interval);
  out.level = level;
  out.method = first.method == "wilson" && second.method == "wilson" ? "newcombe" : "mover-exact";
  out.unit = "difference of proportions";
  out.n = out.clusters = n1 + n2;
  out.unassessed = unassessed;
  out.assumptions.emplace_back("the two groups are independent, and so are the items in each");
  return out;
}

}  // namespace assay::stats
