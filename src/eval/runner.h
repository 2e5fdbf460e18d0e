// Runner: puts tasks to a model under limits, and writes every finished sample into the store
// before the next batch. The same plan, model and machine give the same outcome.
//
// Legal call order: make a plan -> run() -> a RunOutcome (also readable later by load_outcome()).
// A run that was stopped (Ctrl-C, SIGKILL, full disk) goes on with resume(): finished samples are
// read back, none is asked again, none is lost. Several processes share a run as a party
// (party.h): rank 0 calls run() or resume(), the others join(). Thread-safety: one run at a time
// per store and model.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "eval/figure.h"
#include "eval/party.h"
#include "eval/registry.h"
#include "eval/vary/varied_task.h"
#include "model/model.h"
#include "store/store.h"

namespace assay::eval {

/// How several answers to one sample become one figure; see reducers.h.
enum class Reducer { mean, majority, at_least_k, pass_at_k };

/// Temperature of repeated answers (epochs > 1) where the solver is greedy: repeats of a greedy
/// answer would all be the same.
inline constexpr double kRepeatTemperature = 0.7;

struct RunPlan {
  std::string profile = "standard";  ///< quick | standard | full
  std::vector<Lang> langs{Lang::en, Lang::zh};
  std::vector<std::string> topics;  ///< only tasks of these topics (an area such as "misuse" is
                                    ///< all of its topics); empty = all
  std::vector<std::string> tasks;   ///< only these tasks; empty = all of Assay's own
  std::uint64_t seed = 1;
  int epochs = 1;  ///< answers per sample, each with a seed of its own; 1 for tasks without
                   ///< generation, whose answers cannot differ
  Reducer reducer = Reducer::mean;
  int reducer_k = 1;
  std::optional<int> max_items;            ///< per task and language, under the profile's count;
                                           ///< floors keep what the quick profile has
  std::optional<std::int64_t> max_tokens;  ///< of the whole run
  std::optional<std::chrono::milliseconds> max_time;  ///< --budget; goes, after the floors, where
                                                      ///< answers tell most (information.h)
  bool sandbox = false;                               ///< bubblewrap works here
  std::optional<Variation> vary;  ///< each item in several contexts (vary/contexts.h)
  /// What the command that began the run needs to go on with it ({"command": ...}), or null.
  Json more{};
};
Json to_json(const RunPlan& plan);
Result<RunPlan> run_plan_from_json(const Json& json);

struct Progress {
  std::string task;
  Lang lang = Lang::en;
  std::int64_t task_done = 0, task_planned = 0;
  std::int64_t done = 0, planned = 0;  ///< samples x epochs of the whole run
  double samples_per_second = 0.0;     ///< recent
  double tokens_per_second = 0.0;
  double seconds_left = -1.0;  ///< < 0: not known yet
};

/// Who is told what has become durable in the store, after it has (an evidence log, say). Its
/// errors stop the run as those of the store do: what was measured is kept.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  /// A run has begun, or is gone on with.
  virtual assay::Status begun(const store::RunRow& run) = 0;
  /// Samples that this process has stored.
  virtual assay::Status stored(const std::string& task, Lang lang,
                               std::span<const store::NewSample> samples) = 0;
  virtual assay::Status concluded(const TaskOutcome& outcome) = 0;
};

struct RunHooks {
  std::function<void(const Progress&)> on_progress;
  std::function<void(const TaskOutcome&)> on_task_end;
  /// What a person should know of the other ranks.
  std::function<void(const std::string&)> on_note;
  const CancelToken* cancel = nullptr;
  RunObserver* observer = nullptr;
  Party party;
};

/// The tasks that a plan means, in the order in which they run: floors (TaskInfo::run_first) first.
/// Floors are added wherever a chosen task needs the language. Errors: usage, with near names;
/// those of Task::available() for tasks that are named.
Result<std::vector<const Task*>> select_tasks(const Registry& registry, const RunPlan& plan);
/// The same, with those replaced that the plan varies; `owner` owns the replacements and must
/// outlive the tasks. Errors: as select_tasks() and VariedTasks::replace().
Result<std::vector<const Task*>> select_tasks(const Registry& registry, const RunPlan& plan,
                                              VariedTasks& owner);

/// Begins a run and works until done, cancelled or out of budget. A cancelled run returns its
/// outcome so far with `finished` empty. Errors: usage (unknown topic or task, with near names),
/// io (store), busy.
Result<RunOutcome> run(model::Model& model, const Registry& registry, store::Store& store,
                       const RunPlan& plan, const RunHooks& hooks = {});
/// Goes on with an unfinished run; refuses another model (digest) or version of a task.
Result<RunOutcome> resume(model::Model& model, const Registry& registry, store::Store& store,
                          const std::string& run_id, const RunHooks& hooks = {});
/// A rank other than 0 does its part of the run that rank 0 announced; what it returns is not yet
/// the outcome of all. Errors: as resume(), and not_found where rank 0 ended before it.
Result<RunOutcome> join(model::Model& model, const Registry& registry, store::Store& store,
                        const std::string& run_id, const RunHooks& hooks);
/// A finished or unfinished run as it is in the store; needs no model. `run_id` may also be the
/// beginning of an id, or "latest". Tasks that had not ended have counts, but no figures.
Result<RunOutcome> load_outcome(store::Store& store, const std::string& run_id);
/// The scored samples of a task in a language, ordered by sample and epoch: the input of its
/// summary, and of comparisons of runs.
Result<std::vector<Scored>> load_scored(store::Store& store, const std::string& run_id,
                                        const std::string& task, Lang lang);

}  // namespace assay::eval
