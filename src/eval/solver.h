// Solver: how a sample is put to the model, as a state machine without state of its own: next()
// looks at the sample and the trace so far and says what to ask now. So the runner can advance
// thousands of samples in big batches, and a resumed run starts where it stopped.
// Thread-safety: stateless, const.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "eval/sample.h"

namespace assay::eval {

/// What to ask now. Nothing set = the sample is solved. Either `choices` or `generate`, not both.
struct Step {
  std::vector<model::LoglikelihoodRequest> choices;  ///< results are appended to Trace::scores
  std::optional<model::GenerateRequest> generate;    ///< result is appended to Trace::generations
                                                     ///< and its text to Trace::transcript
  /// Who generates: null = the model under test. What another model says (an attacker, a judge) is
  /// appended to Trace::asides instead; where it has no chat template, it is asked in plain form.
  model::Model* by = nullptr;
  [[nodiscard]] bool done() const { return choices.empty() && !generate; }
};

class Solver {
 public:
  virtual ~Solver() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  /// `trace.transcript` starts as sample.messages; a solver appends further user turns to it.
  [[nodiscard]] virtual Step next(const Sample& sample, Trace& trace) const = 0;
  /// Does next() run programs? Then it may take long, and several samples' are run at once.
  [[nodiscard]] virtual bool acts() const { return false; }
};

/// One generation from sample.messages (greedy unless sampling is given).
class GenerateSolver : public Solver {
 public:
  explicit GenerateSolver(model::Sampling sampling = {}, std::vector<std::string> stop = {})
      : sampling_(sampling), stop_(std::move(stop)) {}
  [[nodiscard]] std::string name() const override { return "generate"; }
  [[nodiscard]] Step next(const Sample& sample, Trace& trace) const override;

 private:
  model::Sampling sampling_;
  std::vector<std::string> stop_;
};

/// Scripted conversation: a generation after messages, then after each of sample.turns.
class DialogueSolver : public Solver {
 public:
  [[nodiscard]] std::string name() const override { return "dialogue"; }
  [[nodiscard]] Step next(const Sample& sample, Trace& trace) const override;
};

/// Log-likelihood of each of sample.choices after sample.context (raw), or after sample.messages
/// through the chat template when there are messages and as_chat is true.
class ChoiceSolver : public Solver {
 public:
  explicit ChoiceSolver(bool as_chat = false) : as_chat_(as_chat) {}
  [[nodiscard]] std::string name() const override { return "choice"; }
  [[nodiscard]] Step next(const Sample& sample, Trace& trace) const override;

 private:
  bool as_chat_;
};

}  // namespace assay::eval
