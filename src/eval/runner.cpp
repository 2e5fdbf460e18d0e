#include "eval/runner.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <memory>
#include <thread>
#include <utility>

#include "base/digest.h"
#include "eval/item_order.h"
#include "eval/surroundings.h"
#include "eval/task_outcome.h"
#include "eval/task_run.h"

namespace assay::eval {
namespace {

/// Sets `stop` when the person cancels or the time is up, also while the model is at work.
class Watch {
 public:
  Watch(RunControl& control, std::optional<double> deadline)
      : thread_([this, &control, deadline] {
          while (!ended_.load()) {
            const bool late = deadline && steady_seconds() > *deadline;
            if (late || control.cancelled()) control.stop.request();
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
          }
        }) {}
  ~Watch() {
    ended_.store(true);
    thread_.join();
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  std::atomic<bool> ended_{false};
  std::thread thread_;
};

assay::Status check(const RunPlan& plan) {
  const auto wrong = [](std::string what, std::string next) {
    return fail(ErrorKind::usage, std::move(what), "", std::move(next));
  };
  if (plan.profile != "quick" && plan.profile != "standard" && plan.profile != "full") {
    return wrong("unknown profile '" + plan.profile + "'", "Use quick, standard or full");
  }
  if (plan.langs.empty()) return wrong("no language was chosen", "Use en, zh or both");
  if (plan.langs.size() > 2 || (plan.langs.size() == 2 && plan.langs[0] == plan.langs[1])) {
    return wrong("a language was chosen twice", "Use en, zh or both");
  }
  if (plan.epochs < 1) return wrong("there must be at least one epoch", "Use 1 or more");
  if (plan.reducer_k < 1 || plan.reducer_k > plan.epochs) {
    return wrong("k must be between 1 and the number of epochs",
                 "Choose a smaller k or more epochs");
  }
  if (plan.max_items && *plan.max_items < 1) {
    return wrong("a limit of items must be at least 1", "Use 1 or more");
  }
  if (plan.max_tokens && *plan.max_tokens < 1) {
    return wrong("a limit of tokens must be at least 1", "Use 1 or more");
  }
  if (plan.vary && (plan.vary->contexts < 0 || plan.vary->contexts == 1 ||
                    plan.vary->contexts > kMostContexts)) {
    return wrong("a run can be varied in 2 to " + std::to_string(kMostContexts) + " contexts",
                 "Choose such a number, or leave it out");
  }
  if (plan.max_time && plan.max_time->count() < 1) {
    return wrong("a budget of time must be more than 0", "Use e.g. 5m");
  }
  return {};
}

int wanted_items(const TaskInfo& info, const RunPlan& plan) {
  int count = info.items.standard;
  if (plan.profile == "quick") count = info.items.quick;
  if (plan.profile == "full") count = info.items.full;
  return plan.max_items ? std::min(count, *plan.max_items) : count;
}

Result<std::vector<Sample>> samples_of(const Task& task, const TaskContext& context) {
  try {
    return task.samples(context);
  } catch (const std::exception& problem) {
    return fail(ErrorKind::internal, problem.what(), task.info().name);
  }
}

/// One task in one language of the plan: with samples to ask, or with its outcome already.
struct Unit {
  const Task* task = nullptr;
  Lang lang = Lang::en;
  std::optional<TaskOutcome> outcome;
  std::unique_ptr<TaskRun> run;
  double work = 0.0;
  [[nodiscard]] std::string key() const { return task->info().name + "/" + to_string(lang); }
};

/// A task that has no items in a language is left out there, unless it would be left out
/// altogether.
bool left_out(const TaskInfo& info, Lang lang, const std::vector<Lang>& all) {
  const auto has = [&](Lang one) {
    return std::find(info.langs.begin(), info.langs.end(), one) != info.langs.end();
  };
  return !has(lang) && std::any_of(all.begin(), all.end(), has);
}

bool is_floor(const Task& task) { return task.info().run_first > 0; }

Text language_unknown() {
  return {
      "Whether the model commands the language could not be established within the limits of "
      "this run. A larger budget does.",
      "在本次运行的限额内未能确认模型是否掌握该语言。加大预算即可确认。"};
}

class RunWork {
 public:
  RunWork(RunControl& control, std::vector<const Task*> tasks)
      : control_(control), tasks_(std::move(tasks)) {}

  assay::Status prepare();
  assay::Status work();

 private:
  assay::Status prepare_unit(Unit& unit, const std::map<std::string, store::TaskRow>& stored);
  assay::Status work_on(std::size_t index);
  assay::Status close(Unit& unit, TaskOutcome outcome);
  void block_language(const TaskOutcome& floor);
  [[nodiscard]] Error resumable(Error why) const;

  RunControl& control_;
  std::vector<const Task*> tasks_;
  std::vector<Unit> units_;
  std::vector<TaskOutcome> outcomes_;
};

/// Makes the samples of all tasks, so that the whole work is known before the first question.
assay::Status RunWork::prepare() {
  ASSAY_TRY(const std::vector<store::TaskRow> rows, control_.store.tasks(control_.run_id));
  std::map<std::string, store::TaskRow> stored;
  for (const store::TaskRow& row : rows) stored[row.task + "/" + row.lang] = row;
  for (const Lang lang : control_.plan.langs) {
    for (const Task* task : tasks_) {
      if (left_out(task->info(), lang, control_.plan.langs)) continue;
      Unit& unit = units_.emplace_back();
      unit.task = task;
      unit.lang = lang;
      ASSAY_CHECK(prepare_unit(unit, stored));
    }
  }
  return {};
}

assay::Status RunWork::prepare_unit(Unit& unit,
                                    const std::map<std::string, store::TaskRow>& stored) {
  const TaskInfo& info = unit.task->info();
  const RunPlan& plan = control_.plan;
  ASSAY_CHECK(control_.store.begin_task(control_.run_id, info.name, to_string(unit.lang)));
  const auto row = stored.find(unit.key());
  if (row != stored.end() && !row->second.outcome.is_null()) {
    ASSAY_TRY(unit.outcome, task_outcome_from_json(row->second.outcome));
    return {};
  }
  const int count = wanted_items(info, plan);
  if (auto reason = unmet_need(info.needs, control_.model.can(), plan.sandbox)) {
    unit.outcome =
        without_samples(info.name, unit.lang, Status::not_measured, std::move(*reason), 0);
    return {};
  }
  Result<std::vector<Sample>> samples = samples_of(*unit.task, {plan.seed, unit.lang, count});
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
  keep_first(ordered, static_cast<std::size_t>(std::max(1, count)) * contexts_of(*unit.task));
  unit.run = std::make_unique<TaskRun>(control_, *unit.task, unit.lang, std::move(ordered));
  const double all = unit.run->work_left();
  if (row != stored.end()) ASSAY_CHECK(unit.run->take_over(row->second));
  unit.work = unit.run->work_left();
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
    control_.meter.plan(-unit.run->planned(), -unit.work);
    unit.outcome =
        without_samples(unit.task->info().name, unit.lang, floor.status,
                        unfinished ? language_unknown() : floor.reason, unit.run->planned());
    unit.run.reset();
  }
}

assay::Status RunWork::close(Unit& unit, TaskOutcome outcome) {
  ASSAY_CHECK(control_.store.put_outcome(control_.run_id, unit.task->info().name,
                                         to_string(unit.lang), to_json(outcome)));
  if (control_.hooks.on_task_end) control_.hooks.on_task_end(outcome);
  const bool passed = outcome.status == Status::measured || outcome.status == Status::partly;
  if (is_floor(*unit.task) && !passed) block_language(outcome);
  outcomes_.push_back(std::move(outcome));
  return {};
}

assay::Status RunWork::work_on(std::size_t index) {
  Unit& unit = units_[index];
  const TaskInfo& info = unit.task->info();
  if (unit.outcome) return close(unit, std::move(*unit.outcome));
  std::vector<double> others;  // a floor is not cut for them: they stand on it
  for (std::size_t i = index + 1; i < units_.size() && !is_floor(*unit.task); ++i) {
    if (units_[i].run) others.push_back(units_[i].work);
  }
  control_.meter.begin_task(info.name, unit.lang, unit.run->planned());
  ASSAY_CHECK(unit.run->work(others));
  control_.meter.show(steady_seconds());
  if (control_.cancelled() || control_.model.halted()) return {};  // not concluded: it can go on
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
  for (std::size_t i = 0; i < units_.size(); ++i) {
    if (control_.cancelled()) return {};
    ASSAY_CHECK(work_on(i));
    if (const auto halt = control_.model.halted(); halt && !halt->collecting) break;
  }
  if (control_.cancelled()) return {};
  if (const auto halt = control_.model.halted()) return tl::unexpected(resumable(halt->why));
  return control_.store.finish_run(control_.run_id, utc_now());
}

/// What earlier processes spent on an unfinished run: seconds and tokens.
Result<std::pair<double, double>> spent_before(store::Store& store, const std::string& run) {
  ASSAY_TRY(const std::vector<store::TaskRow> rows, store.tasks(run));
  double seconds = 0.0;
  double tokens = 0.0;
  for (const store::TaskRow& row : rows) {
    if (row.ledger.is_null()) continue;
    ASSAY_TRY(const model::Ledger ledger, ledger_from_json(row.ledger));
    seconds += ledger.seconds;
    tokens += static_cast<double>(ledger.computed_tokens);
  }
  return std::pair(seconds, tokens);
}

Result<RunOutcome> go(model::Model& model, const Registry& registry, store::Store& store,
                      const std::string& run_id, const RunPlan& plan, const RunHooks& hooks) {
  VariedTasks varied;
  ASSAY_TRY(std::vector<const Task*> tasks, select_tasks(registry, plan, varied));
  ASSAY_TRY(const auto spent, spent_before(store, run_id));
  std::optional<double> seconds;
  std::optional<double> tokens;
  if (plan.max_time) seconds = static_cast<double>(plan.max_time->count()) / 1000.0;
  if (plan.max_tokens) tokens = static_cast<double>(*plan.max_tokens);
  // The budget ends tasks between their waves; only a wave that took far longer than expected is
  // interrupted.
  std::optional<double> deadline;
  if (seconds) deadline = steady_seconds() + std::max(0.0, *seconds - spent.first) * 1.05 + 1.0;
  RunControl control{model,
                     store,
                     plan,
                     hooks,
                     run_id,
                     !model.can().chat,
                     {},
                     Budget(seconds, spent.first),
                     Budget(tokens, spent.second),
                     ProgressMeter(hooks.on_progress, deadline),
                     std::nullopt};
  const Watch watch(control, deadline);
  RunWork work(control, std::move(tasks));
  ASSAY_CHECK(work.prepare());
  ASSAY_CHECK(work.work());
  return load_outcome(store, run_id);
}

Json header_of(const model::Model& model, const std::vector<const Task*>& tasks) {
  Json versions = Json::object();
  for (const Task* task : tasks) versions[task->info().name] = task->info().version;
  return Json{{"model", model::to_json(model.info())},
              {"machine", machine_facts()},
              {"versions", version_facts(model.info())},
              {"tasks", std::move(versions)}};
}

assay::Status same_model(const store::RunRow& row, const model::ModelInfo& now,
                         const model::ModelInfo& then) {
  const std::string where = "run " + row.id;
  if (now.digest != then.digest || now.template_digest != then.template_digest) {
    return fail(ErrorKind::usage, "the run was begun with another model, " + then.name, where,
                "Resume it with that model, or start a new run");
  }
  if (now.scored_dtype != then.scored_dtype) {
    return fail(ErrorKind::usage, "the run was begun with weights as " + then.scored_dtype, where,
                "Resume it with the same --dtype, or start a new run");
  }
  return {};
}

assay::Status same_tasks(const store::RunRow& row, const Json& then,
                         const std::vector<const Task*>& tasks) {
  for (const Task* task : tasks) {
    const auto version = then.find(task->info().name);
    if (version != then.end() && *version == task->info().version) continue;
    return fail(ErrorKind::usage, "the run was begun with another version of " + task->info().name,
                "run " + row.id, "Start a new run with this version of assay");
  }
  return {};
}

}  // namespace

Result<RunOutcome> run(model::Model& model, const Registry& registry, store::Store& store,
                       const RunPlan& plan, const RunHooks& hooks) {
  ASSAY_CHECK(check(plan));
  VariedTasks varied;
  ASSAY_TRY(const std::vector<const Task*> tasks, select_tasks(registry, plan, varied));
  store::NewRun begun;
  begun.created = utc_now();
  begun.profile = plan.profile;
  begun.model = model.info().name;
  begun.model_digest = model.info().digest;
  begun.template_digest = model.info().template_digest;
  begun.config = to_json(plan);
  begun.header = header_of(model, tasks);
  begun.config_digest =
      sha256_hex(dump_json(Json{{"plan", begun.config}, {"tasks", begun.header["tasks"]}}));
  ASSAY_TRY(const std::string id, store.create_run(begun));
  return go(model, registry, store, id, plan, hooks);
}

Result<RunOutcome> resume(model::Model& model, const Registry& registry, store::Store& store,
                          const std::string& run_id, const RunHooks& hooks) {
  ASSAY_TRY(const store::RunRow row, store.find_run(run_id));
  if (!row.finished.empty()) return load_outcome(store, row.id);
  ASSAY_TRY(const RunPlan plan, run_plan_from_json(row.begun.config));
  ASSAY_CHECK(check(plan));
  const auto info = row.begun.header.find("model");
  const auto versions = row.begun.header.find("tasks");
  if (info == row.begun.header.end() || versions == row.begun.header.end()) {
    return fail(ErrorKind::format, "the run's header is damaged", "run " + row.id,
                "Start a new run");
  }
  ASSAY_TRY(const model::ModelInfo then, model_info_from_json(*info));
  ASSAY_CHECK(same_model(row, model.info(), then));
  ASSAY_TRY(const std::vector<const Task*> tasks, select_tasks(registry, plan));
  ASSAY_CHECK(same_tasks(row, *versions, tasks));
  return go(model, registry, store, row.id, plan, hooks);
}

}  // namespace assay::eval
