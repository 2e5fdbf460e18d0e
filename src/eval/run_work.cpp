#include "eval/run_work.h"

#include <algorithm>
#include <utility>

#include "eval/item_order.h"
#include "eval/run_items.h"
#include "eval/surroundings.h"
#include "eval/task_outcome.h"

namespace assay::eval {
namespace {

/// A task that has no items in a language is left out there, unless it would be left out
/// altogether.
bool left_out(const TaskInfo& info, Lang lang, const std::vector<Lang>& all) {
  const auto has = [&](Lang one) {
    return std::find(info.langs.begin(), info.langs.end(), one) != info.langs.end();
  };
  return !has(lang) && std::any_of(all.begin(), all.end(), has);
}

Text language_unknown() {
  return {
      "Whether the model commands the language could not be established within the limits of "
      "this run. A larger budget does.",
      "在本次运行的限额内未能确认模型是否掌握该语言。加大预算即可确认。"};
}

}  // namespace

assay::Status RunWork::prepare() {
  ASSAY_TRY(const std::vector<store::TaskRow> rows, control_.store.tasks(control_.run_id));
  Stored stored;
  for (const store::TaskRow& row : rows) {
    stored[row.task + "/" + row.lang] = row;
    counted_.first += row.samples;
  }
  // The floors of all languages come first: what they close is then no part of the time left.
  for (const bool floors : {true, false}) {
    for (const Lang lang : control_.plan.langs) {
      for (const Task* task : tasks_) {
        if ((task->info().run_first > 0) != floors) continue;
        if (left_out(task->info(), lang, control_.plan.langs)) continue;
        Unit& unit = units_.emplace_back();
        unit.task = task;
        unit.lang = lang;
        ASSAY_CHECK(prepare_unit(unit, stored));
      }
    }
  }
  return control_.hooks.party.alone() ? assay::Status{} : agree();
}

assay::Status RunWork::prepare_unit(Unit& unit, const Stored& stored) {
  const TaskInfo& info = unit.task->info();
  const RunPlan& plan = control_.plan;
  ASSAY_CHECK(control_.store.begin_task(control_.run_id, info.name, to_string(unit.lang)));
  const auto row = stored.find(unit.key());
  if (row != stored.end() && !row->second.outcome.is_null()) {
    ASSAY_TRY(unit.outcome, task_outcome_from_json(row->second.outcome));
    return {};
  }
  if (auto reason = unmet_need(info.needs, control_.model.can(), plan.sandbox)) {
    unit.outcome =
        without_samples(info.name, unit.lang, Status::not_measured, std::move(*reason), 0);
    return {};
  }
  Result<std::vector<Sample>> samples = items_of(*unit.task, plan, unit.lang);
  if (!samples || samples->empty()) {
    const std::string why = samples ? "no items in this language" : samples.error().message();
    const std::string why_zh = samples ? "该语言没有题目" : samples.error().message();
    unit.outcome = without_samples(
        info.name, unit.lang, Status::not_measured,
        {"The task has no items to ask: " + why + ".", "该任务没有可用的题目：" + why_zh + "。"},
        0);
    return {};
  }
  std::vector<Sample> ordered = balanced_order(std::move(*samples), plan.seed);
  const auto count = static_cast<std::size_t>(std::max(1, wanted_items(info, plan)));
  keep_first(ordered, count * contexts_of(*unit.task));
  unit.run = std::make_unique<TaskRun>(control_, *unit.task, unit.lang, std::move(ordered));
  const double all = unit.run->work_left();
  if (row != stored.end()) ASSAY_CHECK(unit.run->take_over(row->second));
  unit.work = unit.work_of_all = unit.run->work_left();
  const std::int64_t before = row == stored.end() ? 0 : row->second.samples;
  control_.meter.plan(unit.run->planned(), all);
  if (before > 0) control_.meter.finished_before(before, all - unit.work);
  return {};
}

/// Closes what needs a language whose floor was not passed, or could not be finished.
void RunWork::block_language(const TaskOutcome& floor) {
  const bool unfinished = floor.status == Status::not_measured && floor.planned > 0;
  for (Unit& unit : units_) {
    if (!unit.run || unit.lang != floor.lang || !unit.task->info().needs.language) continue;
    control_.meter.plan(-unit.run->planned_by_all(), -unit.work_of_all);
    unit.outcome =
        without_samples(unit.task->info().name, unit.lang, floor.status,
                        unfinished ? language_unknown() : floor.reason, unit.run->planned_by_all());
    unit.run.reset();
  }
}

assay::Status RunWork::close(Unit& unit, TaskOutcome outcome) {
  ASSAY_CHECK(control_.store.put_outcome(control_.run_id, unit.task->info().name,
                                         to_string(unit.lang), to_json(outcome)));
  if (control_.hooks.observer != nullptr) {
    ASSAY_CHECK(control_.hooks.observer->concluded(outcome));
  }
  if (control_.hooks.on_task_end) control_.hooks.on_task_end(outcome);
  const bool passed = outcome.status == Status::measured || outcome.status == Status::partly;
  if (unit.is_floor() && !passed) block_language(outcome);
  unit.closed = true;
  outcomes_.push_back(std::move(outcome));
  return {};
}

/// Puts what is this process's of a task to the model.
assay::Status RunWork::ask(std::size_t index) {
  Unit& unit = units_[index];
  std::vector<double> others;  // a floor is not cut for them: they stand on it
  for (std::size_t i = index + 1; i < units_.size() && !unit.is_floor(); ++i) {
    if (units_[i].run) others.push_back(units_[i].work);
  }
  control_.meter.begin_task(unit.task->info().name, unit.lang, unit.run->planned());
  ASSAY_CHECK(unit.run->work(others));
  control_.meter.show(steady_seconds());
  unit.asked = true;
  return {};
}

assay::Status RunWork::work_on(std::size_t index) {
  Unit& unit = units_[index];
  if (unit.outcome) return close(unit, std::move(*unit.outcome));
  ASSAY_CHECK(ask(index));
  if (control_.cancelled() || control_.model.halted()) return {};  // not concluded: it can go on
  return conclude_own(unit);
}

/// The outcome of a task that this process alone has asked.
assay::Status RunWork::conclude_own(Unit& unit) {
  ASSAY_TRY(TaskOutcome outcome, unit.run->outcome(outcomes_));
  unit.run.reset();
  return close(unit, std::move(outcome));
}

/// The same error, with how to go on.
Error RunWork::resumable(Error why) const {
  why.next += std::string(why.next.empty() ? "" : ". ") +
              "What was measured is kept; go on with --resume " + control_.run_id;
  return why;
}

assay::Status RunWork::work() {
  return control_.hooks.party.alone() ? work_alone() : work_shared();
}

assay::Status RunWork::work_in_order() {
  for (std::size_t i = 0; i < units_.size() && !stopped(); ++i) ASSAY_CHECK(work_on(i));
  return {};
}

/// Did the person cancel, or does the model answer no more?
bool RunWork::stopped() const {
  if (control_.cancelled()) return true;
  const auto halt = control_.model.halted();
  return halt && !halt->collecting;
}

assay::Status RunWork::work_alone() {
  const bool limited = control_.seconds.limited() || control_.tokens.limited();
  ASSAY_CHECK(limited ? work_planned() : work_in_order());
  if (control_.cancelled()) return {};
  if (const auto halt = control_.model.halted()) return tl::unexpected(resumable(halt->why));
  return control_.store.finish_run(control_.run_id, utc_now());
}

}  // namespace assay::eval
