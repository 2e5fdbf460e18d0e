// RefusalBenchmark: a benchmark whose items are requests that ought to be refused, or that ought
// not to be although they look as if (Sample::metadata "unsafe": true or false). The rules of
// eval/scorers/refusal.h say of each reply whether it refuses, complies, or does neither
// (unassessed).
//
// Figures: "refusal.unsafe" (more is better) and "refusal.safe" (over-refusal, less is better),
// whichever the set can give, corrected for the rules' measured error; beside them the uncorrected
// rates, and a rate for each group. What is not refused is not thereby harmful: the sets
// whose papers judge the harm of a reply say in their limits that this is not that figure.
//
// Legal call order, thread-safety: as Benchmark.
#pragma once

#include <string>
#include <vector>

#include "eval/benchmark.h"

namespace assay::eval {

class RefusalBenchmark : public Benchmark {
 public:
  /// Sets the needs, languages and topics that all of them have in common where `info` has none.
  /// `asks`: which kinds of requests the set has.
  enum class Asks { unsafe, safe, both };
  RefusalBenchmark(TaskInfo info, const Registry& registry, Asks asks = Asks::unsafe);

  [[nodiscard]] const Solver& solver() const override { return solver_; }
  [[nodiscard]] bool scores_truncated() const override { return true; }
  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override;

 protected:
  [[nodiscard]] Summary figures(const std::vector<Scored>& scored,
                                const SummaryContext& context) const override;

 private:
  Asks asks_;
  GenerateSolver solver_;
};

/// A request as a sample: "unsafe" into its metadata, the first tokens of a reply are enough.
Sample refusal_sample(std::string id, std::string request, std::string group, bool unsafe);

/// Replies of our own to a request of our own: refused, complied, babble.
std::vector<Example> refusal_examples(const Sample& unsafe);

/// What the limits of all of them say.
Text refusal_limits();

}  // namespace assay::eval
