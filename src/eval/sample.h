// Sample: one item as data. Trace: what the model did with it. Both are plain values, so a scorer
// can be run again on a stored trace.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "model/model.h"

namespace assay::eval {

struct Sample {
  std::string id;       ///< unique within its task, stable for a seed, e.g. "en-0012"
  std::string cluster;  ///< independent unit; paraphrases/twins/repeats of one item share it
  Lang lang = Lang::en;
  std::string group;  ///< sub-population that figures are split by, e.g. "unsafe", "gender"
  std::vector<model::Message> messages;  ///< chat so far; ends with the first user turn
  std::vector<std::string> turns;        ///< further scripted user turns (dialogue solver)
  std::string context;                   ///< raw text before a choice (choice solver, no chat)
  std::vector<std::string> choices;      ///< continuations scored by log-likelihood
  int target_index = -1;                 ///< right choice, or -1
  std::vector<std::string> targets;      ///< accepted answers, or empty
  int max_tokens = 128;
  Json metadata;  ///< task-specific, or null
};

struct Trace {
  std::vector<model::Message> transcript;          ///< messages sent and received, in order
  std::vector<model::GenerateResult> generations;  ///< one per model turn
  std::vector<model::LoglikelihoodResult> scores;  ///< one per choice, in choice order
  /// What other models said that the solver asked (Step::by), in order. Not stored: a solver keeps
  /// in `state` what it needs of it.
  std::vector<Result<model::GenerateResult>> asides;
  std::optional<Error> error;  ///< set: the sample is unassessed
  /// What a solver that acts keeps between its steps (an agent's files and what it has done), or
  /// null. A plain value: whoever has the trace has the state.
  Json state;
  /// Text of the last generation, or empty.
  [[nodiscard]] std::string_view answer() const {
    return generations.empty() ? std::string_view{} : std::string_view(generations.back().text);
  }
};

/// Empty fields are left out, and read back as empty.
Json to_json(const Sample& sample);
Result<Sample> sample_from_json(const Json& json);
Json to_json(const Trace& trace);
Result<Trace> trace_from_json(const Json& json);

}  // namespace assay::eval
