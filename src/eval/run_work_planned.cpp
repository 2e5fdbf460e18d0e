// RunWork under a budget: the floors, then a first look at every task, then the rest of the budget
// step by step for the task whose widest interval an answer is expected to narrow most for its
// cost. One-step lookahead (the knowledge gradient: Frazier, Powell & Dayanik 2008, SIAM J. Control
// Optim. 47:2410), with the expected width for the expected value of a decision.
#include <algorithm>
#include <utility>

#include "eval/information.h"
#include "eval/run_work.h"

namespace assay::eval {
namespace {

/// Answers by which a task is judged first; enough to see what an answer costs.
constexpr std::int64_t kFirstLook = 16;

/// A step is half of what is there already, so that what it tells is worth making figures again.
std::int64_t step(std::int64_t done) { return std::max(kFirstLook, done / 2); }

}  // namespace

/// A visit to a task. `others`: tasks to leave a fair part of the budget for.
assay::Status RunWork::visit(Unit& unit, std::int64_t answers, const std::vector<double>& others) {
  const std::size_t before = unit.run->asked();
  control_.meter.begin_task(unit.task->info().name, unit.lang, unit.run->planned(),
                            unit.run->done());
  ASSAY_CHECK(unit.run->work(others, static_cast<std::size_t>(answers)));
  control_.meter.show(steady_seconds());
  unit.work = unit.work_of_all = unit.run->work_left();
  unit.asked = unit.run->asked() == before;  // nothing more is left, or can be afforded
  return {};
}

/// How unsure the task's figures are by now. What making them costs is the budget's, too; after the
/// first time twice, since they are made once more in the end.
assay::Status RunWork::look_at(Unit& unit, bool first) {
  const double began = steady_seconds();
  ASSAY_TRY(const TaskOutcome outcome, unit.run->outcome(outcomes_, /*examples=*/false));
  unit.uncertainty = uncertainty(outcome);
  control_.seconds.spent((steady_seconds() - began) * (first ? 2.0 : 1.0), 0.0);
  return {};
}

/// The tasks that are expected to cost least come first: by then more is known of what work costs,
/// and one that turns out far dearer than expected (an agent's) takes no other's part.
assay::Status RunWork::first_looks() {
  const auto part = [](const Unit& of) {
    const double missing =
        static_cast<double>(std::max<std::int64_t>(1, of.run->planned() - of.run->done()));
    return of.work * std::min(1.0, static_cast<double>(kFirstLook) / missing);
  };
  std::vector<Unit*> open;
  for (Unit& unit : units_) {
    if (unit.run && !unit.is_floor()) open.push_back(&unit);
  }
  std::stable_sort(open.begin(), open.end(),
                   [&](const Unit* a, const Unit* b) { return part(*a) < part(*b); });
  for (std::size_t i = 0; i < open.size(); ++i) {
    Unit& unit = *open[i];
    std::vector<double> others;
    for (std::size_t j = i + 1; j < open.size(); ++j) others.push_back(part(*open[j]));
    const std::int64_t missing = kFirstLook - unit.run->done();
    if (missing > 0) ASSAY_CHECK(visit(unit, missing, others));
    if (stopped()) return {};
    ASSAY_CHECK(look_at(unit, true));
  }
  return {};
}

RunWork::Unit* RunWork::most_telling() {
  Unit* best = nullptr;
  double most = 0.0;
  for (Unit& unit : units_) {
    if (!unit.run || unit.asked || unit.is_floor()) continue;
    const std::int64_t done = unit.run->done();
    const std::int64_t more = std::min(step(done), unit.run->planned() - done);
    const std::optional<double> cost = unit.run->share_per_answer();
    if (!cost || more <= 0) continue;
    const double worth = narrowing(unit.uncertainty, done, more) /
                         std::max(1e-12, *cost * static_cast<double>(more));
    if (best != nullptr && worth <= most) continue;
    best = &unit;
    most = worth;
  }
  return best;
}

assay::Status RunWork::work_planned() {
  for (std::size_t i = 0; i < units_.size() && units_[i].is_floor() && !stopped(); ++i) {
    ASSAY_CHECK(work_on(i));
  }
  if (!stopped()) ASSAY_CHECK(first_looks());
  while (!stopped() && !control_.stop.requested()) {
    Unit* const unit = most_telling();
    if (unit == nullptr) break;
    ASSAY_CHECK(visit(*unit, step(unit->run->done()), {}));
    if (!stopped()) ASSAY_CHECK(look_at(*unit, false));
  }
  for (Unit& unit : units_) {
    if (control_.cancelled()) return {};
    if (unit.closed) continue;
    if (unit.outcome) {
      ASSAY_CHECK(close(unit, std::move(*unit.outcome)));
    } else if (!control_.model.halted()) {
      ASSAY_CHECK(conclude_own(unit));
    }
  }
  return {};
}

}  // namespace assay::eval
