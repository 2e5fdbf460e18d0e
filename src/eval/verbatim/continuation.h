// Continuation: puts a sample as a chat where it has messages, else its raw context for the model
// to go on with; one greedy generation. Thread-safety: stateless, const.
#pragma once

#include "eval/solver.h"

namespace assay::eval {

class ContinuationSolver : public Solver {
 public:
  [[nodiscard]] std::string name() const override { return "continuation"; }
  [[nodiscard]] Step next(const Sample& sample, Trace& trace) const override {
    Step step;
    if (!trace.generations.empty()) return step;
    step.generate.emplace();
    step.generate->messages = trace.transcript;
    if (trace.transcript.empty()) step.generate->prompt = sample.context;
    step.generate->max_tokens = sample.max_tokens;
    return step;
  }
};

}  // namespace assay::eval
