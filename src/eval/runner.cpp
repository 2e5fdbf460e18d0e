#include "eval/runner.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <memory>
#include <thread>
#include <utility>

#include "base/digest.h"
#include "eval/companions.h"
#include "eval/run_work.h"
#include "eval/surroundings.h"
#include "eval/task_outcome.h"

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

/// What earlier processes spent on an unfinished run: seconds and tokens.
Result<std::pair<double, double>> spent_before(store::Store& store, const std::string& run) {
  ASSAY_TRY(const std::vector<store::TaskRow> rows, store.tasks(run));
  double seconds = 0.0;
  double tokens = 0.0;
  for (const store::TaskRow& row : rows) {
    const bool concluded = !row.outcome.is_null();
    ASSAY_TRY(const model::Ledger ledger,
              concluded ? ledger_from_json(row.outcome.value("ledger", Json::object()))
                        : cost_so_far(row));
    seconds += ledger.seconds;
    tokens += static_cast<double>(ledger.computed_tokens);
  }
  return std::pair(seconds, tokens);
}

Result<RunOutcome> go(model::Model& model, const Registry& registry, store::Store& store,
                      const std::string& run_id, const RunPlan& plan, const RunHooks& hooks) {
  VariedTasks varied;
  ASSAY_TRY(std::vector<const Task*> tasks, select_tasks(registry, plan, varied));
  if (hooks.observer != nullptr) {
    ASSAY_TRY(const store::RunRow row, store.find_run(run_id));
    ASSAY_CHECK(hooks.observer->begun(row));
  }
  ASSAY_TRY(const auto spent, spent_before(store, run_id));
  std::optional<double> seconds;
  std::optional<double> tokens;
  const double ranks = hooks.party.size;  // all have the same time, and share the tokens
  if (plan.max_time) seconds = static_cast<double>(plan.max_time->count()) / 1000.0;
  if (plan.max_tokens) tokens = static_cast<double>(*plan.max_tokens) / ranks;
  // The budget ends tasks between their waves; only a wave that took far longer than expected is
  // interrupted.
  std::optional<double> deadline;
  if (seconds) {
    deadline = steady_seconds() + std::max(0.0, *seconds - spent.first / ranks) * 1.05 + 1.0;
  }
  RunControl control{model,
                     store,
                     plan,
                     hooks,
                     run_id,
                     !model.can().chat,
                     {},
                     Budget(seconds, spent.first / ranks),
                     Budget(tokens, spent.second / ranks),
                     ProgressMeter(hooks.on_progress, deadline),
                     std::nullopt};
  const Watch watch(control, deadline);
  RunWork work(control, std::move(tasks));
  ASSAY_CHECK(work.prepare());
  ASSAY_CHECK(work.work());
  return load_outcome(store, run_id);
}

/// The files of the public data, or of the person's own, that the tasks read: name -> file ->
/// SHA-256.
Result<Json> data_of(const Registry& registry, const std::vector<const Task*>& tasks,
                     const CancelToken* cancel) {
  Json out = Json::object();
  for (const Task* task : tasks) {
    const std::string& name = task->info().dataset;
    if (name.empty() || out.contains(name)) continue;
    const auto dataset = registry.find_dataset(name);
    const auto folder =
        dataset ? registry.folders().find(**dataset) : tl::unexpected(dataset.error());
    if (!folder) continue;  // the task itself says what is missing
    ASSAY_TRY(const auto digests, data::digests(**dataset, *folder, cancel));
    Json& files = out[name] = Json::object();
    for (const auto& [file, digest] : digests) files[file] = digest;
  }
  return out;
}

Json header_of(const model::Model& model, const std::vector<const Task*>& tasks, Json data) {
  Json versions = Json::object();
  for (const Task* task : tasks) versions[task->info().name] = task->info().version;
  return Json{{"model", model::to_json(model.info())},
              {"machine", machine_facts()},
              {"versions", version_facts(model.info())},
              {"tasks", std::move(versions)},
              {"data", std::move(data)}};
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
  ASSAY_TRY(Json data, data_of(registry, tasks, hooks.cancel));
  begun.header = header_of(model, tasks, std::move(data));
  begun.config_digest =
      sha256_hex(dump_json(Json{{"plan", begun.config}, {"tasks", begun.header["tasks"]}}));
  ASSAY_TRY(const std::string id, store.create_run(begun));
  return go(model, registry, store, id, plan, hooks);
}

Result<RunOutcome> resume(model::Model& model, const Registry& registry, store::Store& store,
                          const std::string& run_id, const RunHooks& hooks) {
  ASSAY_TRY(const store::RunRow row, store.resume_run(run_id));
  if (!row.finished.empty()) {
    ASSAY_CHECK(tell_finished(store, row.id, hooks));
    return load_outcome(store, row.id);
  }
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

Result<RunOutcome> join(model::Model& model, const Registry& registry, store::Store& store,
                        const std::string& run_id, const RunHooks& hooks) {
  return resume(model, registry, store, run_id, hooks);
}

}  // namespace assay::eval
