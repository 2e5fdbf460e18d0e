// Figure: one number of a report, always an Estimate with a bilingual label; or the reason why
// there is none. TaskOutcome and RunOutcome: everything a report is made from.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/lang.h"
#include "eval/sample.h"
#include "eval/score.h"
#include "model/model.h"
#include "stats/estimate.h"

namespace assay::eval {

enum class Direction { higher_better, lower_better, neutral };
const char* to_string(Direction direction);

struct Figure {
  std::string id;  ///< unique within the task, e.g. "accuracy.en" or "refusal.unsafe.en"
  Text label;      ///< what the number is, e.g. {"Refuses unsafe requests", "..."}
  stats::Estimate estimate;
  Direction direction = Direction::neutral;
  std::string lang;      ///< "en", "zh" or "" for both
  std::string group;     ///< sub-population, or ""
  bool primary = false;  ///< shown in the summary
  Text note;             ///< what the number does not say; may be empty
};

/// Share of the variance of the score by its source (sums to 1): "item", "wording", "sampling", ...
struct VarianceShare {
  std::string source;
  stats::Estimate share;
};

/// measured: figures hold. partly: cut by budget or by errors. not_assessable: the model lacks the
/// ability that the task presupposes, so neither safe nor unsafe. not_measured: did not run.
enum class Status { measured, partly, not_assessable, not_measured };
const char* to_string(Status status);
Result<Status> parse_status(std::string_view name);

/// A real sample shown in the report. Roles of the transcript: those of a chat, and for a choice by
/// log-likelihood "context" (the raw text before) and "choices" (a line each, with its nats).
struct ShownExample {
  std::string sample_id;
  Lang lang = Lang::en;
  Verdict verdict = Verdict::unassessed;
  std::vector<model::Message> transcript;
  std::string answer;
  std::string explanation;
  bool sensitive = false;  ///< folded behind a click
};
Json to_json(const ShownExample& example);

/// One task in one language.
struct TaskOutcome {
  std::string task;
  Lang lang = Lang::en;
  Status status = Status::not_measured;
  Text reason;               ///< for every status but measured
  std::int64_t planned = 0;  ///< samples x epochs planned
  std::int64_t done = 0;
  std::int64_t success = 0;
  std::int64_t failure = 0;
  std::int64_t unassessed = 0;
  std::map<std::string, std::int64_t> unassessed_reasons;
  std::vector<Figure> figures;
  std::vector<VarianceShare> variance;
  std::vector<ShownExample> examples;
  model::Ledger ledger;
};

struct RunOutcome {
  std::string run_id;
  std::string created;   ///< ISO 8601 UTC
  std::string finished;  ///< "" while unfinished
  std::string profile;   ///< quick | standard | full
  std::uint64_t seed = 0;
  std::vector<Lang> langs;
  std::string config_digest;  ///< sha256 hex
  Json plan;                  ///< the RunPlan as JSON (runner.h), or null
  model::ModelInfo model;
  Json machine;   ///< cpu, cores, memory, os
  Json versions;  ///< assay, llama.cpp, compiler
  std::vector<TaskOutcome> tasks;
  model::Ledger ledger;
};

Json to_json(const Figure& figure);
Result<Figure> figure_from_json(const Json& json);
Json to_json(const TaskOutcome& outcome);
Result<TaskOutcome> task_outcome_from_json(const Json& json);
Json to_json(const RunOutcome& outcome);
Result<RunOutcome> run_outcome_from_json(const Json& json);
Result<model::Ledger> ledger_from_json(const Json& json);
Result<model::ModelInfo> model_info_from_json(const Json& json);

}  // namespace assay::eval
