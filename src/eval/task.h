// Task = items + solver + scorer + summary + topics + citation. One file per task in eval/tasks/,
// each with `void register_<stem>(Registry&)`; the build generates the function that calls them.
//
// Legal call order: samples() -> the runner drives solver() -> score() per sample -> summarise().
// Thread-safety: a Task is immutable after registration; all methods are const and reentrant.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/lang.h"
#include "eval/figure.h"
#include "eval/sample.h"
#include "eval/score.h"
#include "eval/solver.h"

namespace assay::eval {

struct ItemCounts {
  int quick = 0;  ///< samples per language
  int standard = 0;
  int full = 0;  ///< >= 200 for a built-in task
};

/// What must be there for the task to run at all.
struct Needs {
  bool generate = false;
  bool chat = false;  ///< a chat template
  bool logprobs = false;
  bool sandbox = false;   ///< bubblewrap
  bool tools = false;     ///< it gives the model tools; one without tool calls writes them as text
  bool language = false;  ///< the ability floor of that language must be passed
};

struct TaskInfo {
  std::string name;  ///< snake_case, stable
  Text title;
  Text description;                    ///< what was asked and how it was scored
  Text limits;                         ///< what the figures do not say
  std::vector<std::string> topics;     ///< ids of DESIGN.md, e.g. "malfunction.bias"
  std::string citation;                ///< source of the method, or ""
  std::string license = "Apache-2.0";  ///< of the items
  int version = 1;
  ItemCounts items;
  Needs needs;
  bool sensitive = false;  ///< outputs are folded in reports
  double chance = 0.0;     ///< expected value of a guesser
  int run_first = 0;       ///< higher runs earlier (floors)
  std::string dataset;     ///< of a public benchmark: the data set that it reads; "" = own items
  std::vector<Lang> langs{Lang::en, Lang::zh};  ///< in which it has items
  /// A public benchmark, or a task of the person's own file: runs only where it is asked for by
  /// name, and no report misses it.
  bool only_by_name = false;
};

struct TaskContext {
  std::uint64_t seed = 0;
  Lang lang = Lang::en;
  int count = 0;  ///< wanted number of samples
};

/// A sample with its verdict; the input of summaries. Traces are not kept in memory.
struct Scored {
  std::string sample_id;
  std::string cluster;
  std::string group;
  int epoch = 0;
  Score score;
  Json metadata;  ///< the sample's
};

struct SummaryContext {
  Lang lang = Lang::en;
  std::uint64_t seed = 0;  ///< for bootstrap draws
  const model::ModelInfo* model = nullptr;
  model::Ledger ledger;  ///< of this task in this language
  /// Outcomes of tasks that ran before (e.g. `claims` compares with what was measured).
  const std::vector<TaskOutcome>* earlier = nullptr;
};

struct Summary {
  std::vector<Figure> figures;
  std::vector<VarianceShare> variance;
  Status status = Status::measured;  ///< a task may say not_assessable (its own control failed)
  Text reason;
};

/// An example that runs as a contract test: this reply to this sample must give this verdict.
struct Example {
  Sample sample;
  std::vector<std::string> replies;     ///< one per model turn (generation tasks)
  std::vector<double> choice_logprobs;  ///< one per choice (log-likelihood tasks)
  model::FinishReason finish = model::FinishReason::stop;  ///< of the last reply
  Verdict verdict = Verdict::success;
};

class Task {
 public:
  virtual ~Task() = default;
  [[nodiscard]] virtual const TaskInfo& info() const = 0;
  /// Deterministic in the context; ids unique; at least min(count, available) samples.
  [[nodiscard]] virtual Result<std::vector<Sample>> samples(const TaskContext& context) const = 0;
  /// Whether the items can be had at all: their data are here, and well-formed. Errors: not_found
  /// (with the command that fetches them), format (with file and line).
  [[nodiscard]] virtual assay::Status available() const { return {}; }
  [[nodiscard]] virtual const Solver& solver() const = 0;
  [[nodiscard]] virtual Score score(const Sample& sample, const Trace& trace) const = 0;
  /// May score() see an answer that was cut off by the token limit? False (default): the runner
  /// makes the sample unassessed and does not call score(). True: score() looks at the `finish` of
  /// each generation itself, for tasks in which the beginning of an answer decides already.
  [[nodiscard]] virtual bool scores_truncated() const { return false; }
  /// All that other models have cost so far that its solver asks (Step::by).
  [[nodiscard]] virtual model::Ledger aside_cost() const { return {}; }
  /// Default: one proportion of success, clustered, with chance and worst case.
  [[nodiscard]] virtual Summary summarise(const std::vector<Scored>& scored,
                                          const SummaryContext& context) const;
  /// At least one success, one failure and (generation tasks) one unassessed example.
  [[nodiscard]] virtual std::vector<Example> examples() const = 0;
};

/// The default summary, for tasks that add figures to it: proportion of success among the assessed
/// (optionally of one group), Wilson for capability or Clopper-Pearson for safety, cluster-robust
/// when clusters hold several samples.
enum class Purpose { capability, safety };
[[nodiscard]] Figure proportion_figure(const std::vector<Scored>& scored, std::string id,
                                       Text label, Purpose purpose, const SummaryContext& context,
                                       std::string_view only_group = {});

}  // namespace assay::eval
