// RecordedTask: a task of somebody else's log as one of ours, so that reports, gates and summaries
// treat it like any other. It asks nothing: its samples are in the store. Its description says
// which tool recorded it, and its source is the log's SHA-256.
//
// Legal call order: make it from a Recorded (at import), or all of a run with
// add_recorded_tasks() before a report of it is built. Thread-safety: immutable.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "eval/registry.h"
#include "eval/task.h"
#include "logs/log.h"
#include "store/store.h"

namespace assay::logs {

/// How the values of one scorer lie.
struct Scale {
  std::int64_t numbers = 0;
  double low = 0.0;
  double high = 0.0;
  bool verdicts = true;  ///< every value is 0 or 1
  eval::Direction direction = eval::Direction::neutral;
  [[nodiscard]] bool unit() const { return low >= 0.0 && high <= 1.0; }
};

/// All that is kept of a recorded task, in the run's header.
struct Recorded {
  std::string name;  ///< as a task of ours
  std::string tool;
  std::string tool_version;
  std::string version;  ///< of the task, as the log says
  std::string dataset;
  std::string source;  ///< "capitals.eval, SHA-256 ..."
  std::vector<std::string> topics;
  std::string primary;               ///< the scorer that gives the verdict
  std::optional<double> threshold;   ///< least value that is a success; unset: 1
  std::vector<std::string> scorers;  ///< in order
  std::map<std::string, Scale> scales;
  Json reported;
  std::string rescored;  ///< the scorer of `assay rescore`, or ""
};
Json to_json(const Recorded& recorded);
Result<Recorded> recorded_from_json(const Json& json);

class RecordedTask : public eval::Task {
 public:
  explicit RecordedTask(Recorded recorded);
  [[nodiscard]] const eval::TaskInfo& info() const override { return info_; }
  /// Error: unsupported; a recorded task cannot be asked again.
  [[nodiscard]] Result<std::vector<eval::Sample>> samples(
      const eval::TaskContext& context) const override;
  [[nodiscard]] const eval::Solver& solver() const override { return solver_; }
  [[nodiscard]] eval::Score score(const eval::Sample& sample,
                                  const eval::Trace& trace) const override;
  /// The mean of each scorer's values, clustered by item, the primary scorer first.
  [[nodiscard]] eval::Summary summarise(const std::vector<eval::Scored>& scored,
                                        const eval::SummaryContext& context) const override;
  [[nodiscard]] std::vector<eval::Example> examples() const override { return {}; }
  [[nodiscard]] const Recorded& recorded() const { return recorded_; }

 private:
  [[nodiscard]] eval::Figure figure(const std::vector<eval::Scored>& scored,
                                    const eval::SummaryContext& context,
                                    const std::string& scorer) const;
  Recorded recorded_;
  eval::TaskInfo info_;
  eval::GenerateSolver solver_;
};

/// The verdict by the primary scorer, with every scorer's number in the metadata ("scores"); they
/// are left out where nothing counts (error, limit, answer cut off).
eval::Score recorded_score(const LogSample& sample, const Recorded& recorded);

/// Where a task stands whose topic nobody told: it says something about tests in general.
inline constexpr const char* kUnknownTopic = "understanding.assurance";
/// The topics of a known benchmark by the name of its task; kUnknownTopic for others.
std::vector<std::string> topics_of(const std::string& task, const std::string& tool);

/// Adds the recorded tasks of an imported run to the registry. Nothing for other runs.
Status add_recorded_tasks(eval::Registry& registry, const store::RunRow& run);

}  // namespace assay::logs
