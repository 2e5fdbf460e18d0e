// Benchmark: a task whose items are read from a public data set in its original format. A benchmark
// is one file in eval/benchmarks/ with `void register_<stem>(Registry&)`, which adds the data set
// (unless another file does) and the task; it runs only where it is asked for by name.
//
// The base class finds the folder, loads it once, hands out the samples of a language in the
// order of the data (the runner draws a balanced part of them), and says beside each figure whether
// the files are those whose hash is known. A benchmark implements load(), figures() and examples(),
// and where it is not multiple choice by log-likelihood, solver() and score().
//
// Legal call order: as Task. Thread-safety: as Task; loading is guarded.
#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/registry.h"
#include "eval/task.h"
#include "stats/bootstrap.h"

namespace assay::eval {

class Benchmark : public Task {
 public:
  /// `info.dataset` names a data set of the registry; its licence becomes the task's. All samples
  /// belong to `info.langs`.
  Benchmark(TaskInfo info, const Registry& registry);

  [[nodiscard]] const TaskInfo& info() const final { return info_; }
  [[nodiscard]] assay::Status available() const final;
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const final;
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const final;
  /// Default: log-likelihood of each choice after the raw context.
  [[nodiscard]] const Solver& solver() const override { return choice_solver_; }
  /// Default: choice_score().
  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override;

  /// Every sample of the folder, in the order of the data; ids unique, clusters set where items
  /// belong together. Errors: format, with file and line. Public for tests and for tasks that look
  /// at a whole set.
  [[nodiscard]] virtual Result<std::vector<Sample>> load(
      const std::filesystem::path& folder) const = 0;

 protected:
  /// Default: the rate of right answers with chance, and by length (acc_norm) where choices have
  /// lengths to speak of.
  [[nodiscard]] virtual Summary figures(const std::vector<Scored>& scored,
                                        const SummaryContext& context) const;

 private:
  const Result<std::vector<Sample>>& all() const;
  [[nodiscard]] Result<std::vector<Sample>> load_all() const;

  TaskInfo info_;
  const data::Dataset* dataset_;
  data::DataFolders folders_;
  ChoiceSolver choice_solver_;
  mutable std::once_flag loaded_;
  mutable Result<std::vector<Sample>> samples_;
  mutable Text data_note_;  ///< empty before loading
};

/// Multiple choice as lm-evaluation-harness scores it: success where the right choice has the
/// highest total log-probability. Metadata: "logprobs" [choices] (nats), "by_length": whether the
/// right choice has the highest log-probability per character (acc_norm; Unicode code points,
/// without the space before it). Unassessed: a score that is missing, or a tie at the top.
Score choice_score(const Sample& sample, const Trace& trace);

/// What a sample contributes to a mean: a value, nothing (not concerned), or `unassessed`.
struct Contribution {
  enum class Kind { value, unassessed, not_concerned } kind = Kind::not_concerned;
  double value = 0.0;
  static Contribution of(double value) { return {Kind::value, value}; }
  static Contribution unassessed() { return {Kind::unassessed, 0.0}; }
  static Contribution none() { return {}; }
};

struct MeanFigure {
  std::string id;  ///< ".LANG" is added
  Text label;
  std::string unit = "proportion";
  std::optional<stats::Interval> support = stats::Interval{0.0, 1.0};
  std::optional<double> chance;
  std::optional<double> ceiling;
  Direction direction = Direction::neutral;
  std::string group;
  bool primary = false;
  Text note;
};

/// The mean of what the samples contribute, clustered by item. Where no sample is concerned, the
/// figure is not known() and says so.
Figure mean_figure(const std::vector<Scored>& scored, const SummaryContext& context,
                   const MeanFigure& what,
                   const std::function<Contribution(const Scored&)>& contribution);

/// Contribution of success 1, failure 0.
Contribution success_of(const Scored& scored);
/// Contribution of a number (or a truth value) in the score's metadata; unassessed without it.
Contribution metadata_value(const Scored& scored, const char* key);

/// "accuracy" (primary) with chance, and "accuracy.GROUP" for each group that occurs.
Summary accuracy_by_group(const std::vector<Scored>& scored, const SummaryContext& context,
                          double chance);

/// A statistic that is no mean, by BCa bootstrap over clusters (stats/bootstrap.h). `n`: samples
/// behind it. Where it is not defined or no draw differs, the interval is `what.support`.
Figure bootstrap_figure(std::size_t clusters, std::int64_t n,
                        const stats::ClusterStatistic& statistic, const SummaryContext& context,
                        const MeanFigure& what);

/// The groups that occur, in the order of their first appearance.
std::vector<std::string> groups_of(const std::vector<Scored>& scored);

}  // namespace assay::eval
