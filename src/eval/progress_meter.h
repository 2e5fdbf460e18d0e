// ProgressMeter: counts, recent rates and the time left, handed to RunHooks::on_progress at most
// ten times a second. Times come in from the caller, in seconds on any steady scale.
// Thread-safety: one thread per meter.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <utility>

#include "eval/runner.h"

namespace assay::eval {

class ProgressMeter {
 public:
  /// `deadline`: when the run ends at the latest.
  explicit ProgressMeter(std::function<void(const Progress&)> show,
                         std::optional<double> deadline = std::nullopt)
      : show_(std::move(show)), deadline_(deadline) {}

  /// Adds to what the whole run has to do: samples x epochs, and their work (item_work.h).
  void plan(std::int64_t samples, double work);
  /// `done`: on an earlier visit to the same task.
  void begin_task(const std::string& task, Lang lang, std::int64_t planned, std::int64_t done = 0);
  /// Samples that were finished before (resumed), or one just now with the tokens of its requests
  /// and answers.
  void finished_before(std::int64_t samples, double work);
  void finished(double work, std::int64_t tokens, double now);
  /// Samples and tokens of other processes that share the run.
  void finished_elsewhere(std::int64_t samples, double work, std::int64_t tokens);
  /// Shows the state now, whenever it was shown last.
  void show(double now);

 private:
  struct Point {
    double time, samples, tokens, work;
  };
  static constexpr double kWindow = 15.0;  ///< seconds that "recent" means
  static constexpr double kPause = 0.1;

  std::function<void(const Progress&)> show_;
  std::optional<double> deadline_;
  Progress progress_;
  std::deque<Point> recent_;
  double work_done_ = 0.0, work_planned_ = 0.0;
  double shown_ = -1.0;
  std::int64_t tokens_ = 0;
};

}  // namespace assay::eval
