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

constexpr std::string_view kTaskPrefix = "attack_";

/// The limits that a run was begun with.
Result<Limits> limits_of(const store::RunRow& run) {
  ASSAY_TRY(const eval::RunPlan plan, eval::run_plan_from_json(run.begun.config));
  const std::string budget =
      plan.more.is_object() ? plan.more.value("budget", std::string()) : std::string();
  if (!budget.empty()) return parse_limits(budget);
  Limits usual;
  usual.queries = kProfileQueries;
  return usual;
}

/// Another attacker's size is not stored: its operations are not known then.
Result<Rates> rates_of(const store::RunRow& run) {
  Rates out;
  ASSAY_TRY(const eval::RunPlan plan, eval::run_plan_from_json(run.begun.config));
  const auto model = run.begun.header.find("model");
  if (model == run.begun.header.end()) return out;
  ASSAY_TRY(const model::ModelInfo info, eval::model_info_from_json(*model));
  out.target_parameters = info.parameters;
  const bool itself = !plan.more.is_object() || plan.more.value("attacker", std::string()).empty();
  out.attacker_parameters = itself ? info.parameters : 0;
  return out;
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

Result<Behaviour> behaviour_of(const eval::Sample& sample) {
  return behaviour_from_json(
      sample.metadata.is_object() ? sample.metadata.value("behaviour", Json()) : Json(), sample.id);
}

/// Adds the samples of one task, record by record.
class Reader {
 public:
  Reader(RecordedAttack& out, Axis axis, Rates rates) : out_(out), axis_(axis), rates_(rates) {}

  Status add(const store::SampleRecord& record) {
    ASSAY_TRY(const eval::Sample sample, eval::sample_from_json(record.record.at("sample")));
    ASSAY_TRY(const eval::Trace trace, eval::trace_from_json(record.record.at("trace")));
    ASSAY_TRY(const AttackRecord attack, attack_record(trace.state));
    ASSAY_TRY(const Behaviour what, behaviour_of(sample));
    const std::string behaviour = identity(what);
    add_prompts(behaviour, trace, attack);
    if (record.scored.verdict == static_cast<int>(eval::Verdict::unassessed)) {
      ++out_.trials.unassessed;
      return {};
    }
    EffortTrial& trial = out_.trials.trials.emplace_back();
    trial.behaviour = behaviour;
    trial.cost = cost_on(axis_, attack.spent, rates_);
    if (std::isnan(trial.cost)) {
      return fail(ErrorKind::usage,
                  std::string("the cost in ") + to_string(axis_) + " is not known", out_.run,
                  "Take --axis queries or tokens");
    }
    trial.ending = attack.end == AttackRecord::End::elicited   ? Ending::broken
                   : attack.end == AttackRecord::End::no_ideas ? Ending::stopped
                                                               : Ending::budget;
    return {};
  }

  /// `limit`: of the run, on this axis.
  void end(const std::optional<double>& limit) {
    double most = 0.0;
    for (const EffortTrial& trial : out_.trials.trials) most = std::max(most, trial.cost);
    out_.trials.budget = limit ? std::max(*limit, most) : most;
  }

 private:
  void add_prompts(const std::string& behaviour, const eval::Trace& trace,
                   const AttackRecord& attack) {
    auto prompts = prompts_of(trace.transcript);
    if (attack.control != "none" && !prompts.empty()) prompts.erase(prompts.begin());
    for (std::size_t i = 0; i < prompts.size() && i < attack.tries.size(); ++i) {
      TransferRecord& out = out_.prompts.emplace_back();
      out.prompt = std::move(prompts[i]);
      out.behaviour = behaviour;
      out.model = out_.trials.model;
      const Outcome::State state = attack.tries[i].state;
      if (state != Outcome::State::unassessed) out.broken = state == Outcome::State::elicited;
    }
  }

  RecordedAttack& out_;
  Axis axis_;
  Rates rates_;
};

/// Seconds of a token of this task, as the report counts them.
double seconds_per_token(const store::TaskRow& task, const std::vector<Spent>& all) {
  std::int64_t tokens = 0;
  for (const Spent& spent : all) tokens += spent.tokens() + spent.attacker_tokens();
  if (tokens == 0 || !task.ledger.is_object()) return 0.0;
  return task.ledger.value("seconds", 0.0) / static_cast<double>(tokens);
}

Result<RecordedAttack> read_task(store::Store& store, const store::RunRow& run,
                                 const store::TaskRow& task, Axis axis, Rates rates) {
  RecordedAttack out;
  out.run = run.id;
  const std::string name = task.task.substr(kTaskPrefix.size());
  out.trials.method = task.lang == "en" ? name : name + " (" + task.lang + ")";
  out.trials.model = run.begun.model;
  out.trials.lang = task.lang;
  out.trials.access = access_of(name);
  out.trials.unit = unit_of(axis);
  store::RecordFilter filter;
  filter.task = task.task;
  filter.lang = task.lang;
  ASSAY_TRY(const auto records, store.records(run.id, filter));
  if (axis == Axis::seconds) {
    std::vector<Spent> all;
    for (const store::SampleRecord& record : records) {
      ASSAY_TRY(const eval::Trace trace, eval::trace_from_json(record.record.at("trace")));
      ASSAY_TRY(const AttackRecord attack, attack_record(trace.state));
      all.push_back(attack.spent);
    }
    rates.seconds_per_token = seconds_per_token(task, all);
  }
  if (!known(axis, rates)) {
    return fail(ErrorKind::usage, std::string("the cost in ") + to_string(axis) + " is not known",
                run.id, "Take --axis queries or tokens");
  }
  Reader reader(out, axis, rates);
  for (const store::SampleRecord& record : records) ASSAY_CHECK(reader.add(record));
  ASSAY_TRY(const Limits limits, limits_of(run));
  reader.end(limit_on(axis, limits));
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
  ASSAY_TRY(const Rates rates, rates_of(row));
  ASSAY_TRY(const auto tasks, attack_tasks(store, row));
  std::vector<RecordedAttack> out;
  for (const store::TaskRow& task : tasks) {
    ASSAY_TRY(auto attack, read_task(store, row, task, axis, rates));
    out.push_back(std::move(attack));
  }
  return out;
}

Status add_found(store::Store& store, const std::string& run, Means& means) {
  ASSAY_TRY(const store::RunRow row, store.find_run(run));
  ASSAY_TRY(const auto tasks, attack_tasks(store, row));
  for (const store::TaskRow& task : tasks) {
    store::RecordFilter filter;
    filter.task = task.task;
    filter.lang = task.lang;
    filter.verdict = static_cast<int>(eval::Verdict::failure);
    ASSAY_TRY(const auto records, store.records(row.id, filter));
    for (const store::SampleRecord& record : records) {
      ASSAY_TRY(const eval::Sample sample, eval::sample_from_json(record.record.at("sample")));
      ASSAY_TRY(const eval::Trace trace, eval::trace_from_json(record.record.at("trace")));
      ASSAY_TRY(const AttackRecord attack, attack_record(trace.state));
      ASSAY_TRY(const Behaviour behaviour, behaviour_of(sample));
      if (!attack.broke) continue;
      means.found[identity(behaviour)].push_back(
          {task.task.substr(kTaskPrefix.size()) + " on " + row.begun.model, attack.broke->messages,
           attack.broke->prefill, attack.broke->reply_code});
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
