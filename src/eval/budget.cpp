#include "eval/budget.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace assay::eval {

Budget::Budget(std::optional<double> limit, double used_before)
    : limit_(limit), used_(used_before) {}

void Budget::begin_task(std::vector<double> others, std::optional<double> unit_cost) {
  others_ = std::move(others);
  task_cost_ = 0.0;
  task_unit_cost_ = unit_cost;
}

void Budget::spent(double cost, double work) {
  used_ += cost;
  task_cost_ += cost;
  cost_ += cost;
  work_ += work;
  if (work > 0.0) task_unit_cost_ = cost / work;
}

std::optional<double> Budget::unit_cost() const {
  if (work_ <= 0.0) return std::nullopt;
  return cost_ / work_;
}

bool Budget::exhausted() const { return limit_ && used_ >= *limit_; }

double Budget::fair_part(double total, std::vector<double> wants) {
  std::sort(wants.begin(), wants.end());
  auto sharers = static_cast<double>(wants.size() + 1);
  for (const double want : wants) {
    if (want > total / sharers) break;
    total -= want;
    sharers -= 1.0;
  }
  return std::max(0.0, total / sharers);
}

double Budget::affordable(double least) const {
  if (!limit_) return std::numeric_limits<double>::infinity();
  if (exhausted()) return 0.0;
  const double unknown = std::numeric_limits<double>::infinity();
  const std::optional<double> unit = unit_cost();
  std::vector<double> wants;
  for (const double work : others_) wants.push_back(unit ? work * *unit : unknown);
  const double part = fair_part(*limit_ - used_ + task_cost_, std::move(wants)) - task_cost_;
  if (part <= 0.0) return 0.0;
  if (!task_unit_cost_ || *task_unit_cost_ <= 0.0) {
    return unit && *unit > 0.0 ? std::min(least, part / *unit) : least;
  }
  const double work = part / *task_unit_cost_;
  return work < 2.0 * least ? work : work / 2.0;
}

}  // namespace assay::eval
