#include "attack/recorded.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "attack/attack.h"
#include "attack/attack_solver.h"
#include "attack/attack_task.h"
#include "base/digest.h"
#include "eval/runner.h"
#include "eval/sample.h"

namespace assay::attack {
namespace {

/// The limits that a run was begun with.
Result<Limits> limits_of(const eval::RunPlan& plan) {
  const std::string budget =
      plan.more.is_object() ? plan.more.value("budget", std::string()) : std::string();
  if (!budget.empty()) return parse_limits(budget);
  Limits usual;
  usual.queries = kProfileQueries;
  return usual;
}

/// Another attacker's size is not stored: its operations are not known then.
Result<Rates> rates_of(const store::RunRow& run, const eval::RunPlan& plan) {
  Rates out;
  const auto model = run.begun.header.find("model");
  if (model == run.begun.header.end()) return out;
  ASSAY_TRY(const model::ModelInfo info, eval::model_info_from_json(*model));
  out.target_parameters = info.parameters;
  const bool itself = !plan.more.is_object() || plan.more.value("attacker", std::string()).empty();
  out.attacker_parameters = itself ? info.parameters : 0;
  return out;
}

tl::unexpected<Error> not_known(Axis axis, const std::string& run) {
  return fail(ErrorKind::usage, std::string("the cost in ") + to_string(axis) + " is not known",
              run, "Take --axis queries or tokens");
}

std::string access_of(const std::string& name) {
  static const Attacks all = [] {
    Attacks out;
    register_all_attacks(out);
    return out;
  }();
  const auto found = all.find(name);
  return found && (*found)->info().weights ? "white_box" : "black_box";
}

/// What the attack put to the target before each answer, one text an answer. The transcript holds
/// one conversation after the other; a new one begins at its system prompt, or, without one, at
/// every question.
std::vector<std::string> prompts_of(const std::vector<model::Message>& transcript) {
  const bool systems = std::any_of(transcript.begin(), transcript.end(),
                                   [](const model::Message& m) { return m.role == "system"; });
  std::vector<std::string> out;
  std::string so_far;
  for (std::size_t i = 0; i < transcript.size(); ++i) {
    const model::Message& message = transcript[i];
    const bool fresh =
        systems ? message.role == "system" : i > 0 && transcript[i - 1].role == "assistant";
    if (fresh) so_far.clear();
    const bool answered = message.role == "assistant";
    if (answered) out.push_back(sha256_hex(so_far));
    so_far.append(message.role).append("\n").append(answered ? "" : message.content).append("\n");
  }
  return out;
}

/// A stored attack on one behaviour.
struct Record {
  Behaviour behaviour;
  eval::Trace trace;
  AttackRecord attack;
  bool assessed = false;
};

Result<Record> record_of(const store::SampleRecord& stored) {
  ASSAY_TRY(const eval::Sample sample, eval::sample_from_json(stored.record.at("sample")));
  Record out;
  ASSAY_TRY(out.behaviour,
            behaviour_from_json(
                sample.metadata.is_object() ? sample.metadata.value("behaviour", Json()) : Json(),
                sample.id));
  ASSAY_TRY(out.trace, eval::trace_from_json(stored.record.at("trace")));
  ASSAY_TRY(out.attack, attack_record(out.trace.state));
  out.assessed = stored.scored.verdict != static_cast<int>(eval::Verdict::unassessed);
  return out;
}

/// All of a task, or those of one verdict.
Result<std::vector<Record>> records_of(store::Store& store, const std::string& run,
                                       const store::TaskRow& task,
                                       std::optional<eval::Verdict> verdict = std::nullopt) {
  store::RecordFilter filter;
  filter.task = task.task;
  filter.lang = task.lang;
  if (verdict) filter.verdict = static_cast<int>(*verdict);
  ASSAY_TRY(const auto stored, store.records(run, filter));
  std::vector<Record> out;
  for (const store::SampleRecord& each : stored) {
    ASSAY_TRY(Record record, record_of(each));
    out.push_back(std::move(record));
  }
  return out;
}

void add_prompts(const Record& record, RecordedAttack& out) {
  auto prompts = prompts_of(record.trace.transcript);
  const AttackRecord& attack = record.attack;
  if (attack.control != "none" && !prompts.empty()) prompts.erase(prompts.begin());
  for (std::size_t i = 0; i < prompts.size() && i < attack.tries.size(); ++i) {
    TransferRecord& one = out.prompts.emplace_back();
    one.prompt = std::move(prompts[i]);
    one.behaviour = identity(record.behaviour);
    one.model = out.trials.model;
    const Outcome::State state = attack.tries[i].state;
    if (state != Outcome::State::unassessed) one.broken = state == Outcome::State::elicited;
  }
}

EffortTrial trial_of(const Record& record, Axis axis, const Rates& rates) {
  EffortTrial out;
  out.behaviour = identity(record.behaviour);
  out.cost = cost_on(axis, record.attack.spent, rates);
  out.ending = record.attack.end == AttackRecord::End::elicited   ? Ending::broken
               : record.attack.end == AttackRecord::End::no_ideas ? Ending::stopped
                                                                  : Ending::budget;
  return out;
}

/// Over all records of the task, those without a verdict too.
double seconds_per_token(const store::TaskRow& task, const std::vector<Record>& records) {
  if (!task.ledger.is_object()) return 0.0;
  std::vector<Effort> all;
  for (const Record& record : records) all.emplace_back().spent = record.attack.spent;
  return seconds_per_token(all, task.ledger.value("seconds", 0.0));
}

/// Fills in trials, prompts and budget. `limit`: of the run, on this axis.
Status add_records(const std::vector<Record>& records, Axis axis, const Rates& rates,
                   const std::optional<double>& limit, RecordedAttack& out) {
  out.trials.budget = limit.value_or(0.0);
  for (const Record& record : records) {
    add_prompts(record, out);
    if (!record.assessed) {
      ++out.trials.unassessed;
      continue;
    }
    EffortTrial trial = trial_of(record, axis, rates);
    if (!known(axis, rates) || std::isnan(trial.cost)) return not_known(axis, out.run);
    out.trials.budget = std::max(out.trials.budget, trial.cost);
    out.trials.trials.push_back(std::move(trial));
  }
  return {};
}

/// A task's attack without its records.
RecordedAttack attack_of(const store::RunRow& run, const store::TaskRow& task, Axis axis) {
  RecordedAttack out;
  out.run = run.id;
  const std::string name = task.task.substr(kTaskPrefix.size());
  out.trials.method = task.lang == "en" ? name : name + " (" + task.lang + ")";
  out.trials.model = run.begun.model;
  out.trials.lang = task.lang;
  out.trials.access = access_of(name);
  out.trials.unit = unit_of(axis);
  return out;
}

/// At least one.
Result<std::vector<store::TaskRow>> attack_tasks(store::Store& store, const store::RunRow& run) {
  ASSAY_TRY(auto tasks, store.tasks(run.id));
  std::erase_if(tasks, [](const auto& task) { return !task.task.starts_with(kTaskPrefix); });
  if (tasks.empty()) {
    return fail(ErrorKind::usage, "this run has no attacks", run.id,
                "Attack a model: assay attack MODEL");
  }
  return tasks;
}

}  // namespace

Result<std::vector<RecordedAttack>> recorded_attacks(store::Store& store, const std::string& run,
                                                     Axis axis) {
  ASSAY_TRY(const store::RunRow row, store.find_run(run));
  ASSAY_TRY(const eval::RunPlan plan, eval::run_plan_from_json(row.begun.config));
  ASSAY_TRY(const Limits limits, limits_of(plan));
  ASSAY_TRY(Rates rates, rates_of(row, plan));
  ASSAY_TRY(const auto tasks, attack_tasks(store, row));
  std::vector<RecordedAttack> out;
  for (const store::TaskRow& task : tasks) {
    ASSAY_TRY(const auto records, records_of(store, row.id, task));
    rates.seconds_per_token = seconds_per_token(task, records);
    RecordedAttack& attack = out.emplace_back(attack_of(row, task, axis));
    ASSAY_CHECK(add_records(records, axis, rates, limit_on(axis, limits), attack));
  }
  return out;
}

Status add_found(store::Store& store, const std::string& run, Means& means) {
  ASSAY_TRY(const store::RunRow row, store.find_run(run));
  ASSAY_TRY(const auto tasks, attack_tasks(store, row));
  for (const store::TaskRow& task : tasks) {
    ASSAY_TRY(auto records, records_of(store, row.id, task, eval::Verdict::failure));
    const std::string from = task.task.substr(kTaskPrefix.size()) + " on " + row.begun.model;
    for (Record& record : records) {
      if (!record.attack.broke) continue;
      Question& broke = *record.attack.broke;
      means.found[identity(record.behaviour)].push_back(
          {from, std::move(broke.messages), std::move(broke.prefill), std::move(broke.reply_code)});
    }
  }
  return {};
}

void add_found(const Artifact& artifact, Means& means) {
  for (const ArtifactAttempt& attempt : artifact.attempts) {
    if (!attempt.prompt || !attempt.jailbroken.value_or(false)) continue;
    means.found[attempt.goal].push_back(
        {artifact.method + " on " + artifact.model, {{"user", *attempt.prompt}}, "", ""});
  }
}

void name_apart(std::vector<RecordedAttack>& attacks) {
  std::map<std::string, std::set<std::string>> runs;  // of each model's name
  for (const RecordedAttack& each : attacks) runs[each.trials.model].insert(each.run);
  for (RecordedAttack& each : attacks) {
    if (runs[each.trials.model].size() < 2) continue;
    each.trials.model += " (" + each.run + ")";
    for (TransferRecord& record : each.prompts) record.model = each.trials.model;
  }
}

}  // namespace assay::attack
