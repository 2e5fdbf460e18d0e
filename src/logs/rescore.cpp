#include "logs/rescore.h"

#include <algorithm>

#include "base/digest.h"
#include "eval/json_fields.h"
#include "eval/replay.h"
#include "eval/scorers/named.h"
#include "eval/surroundings.h"
#include "eval/task_outcome.h"
#include "logs/prepare.h"
#include "logs/values.h"

namespace assay::logs {
namespace {

constexpr std::string_view kLogged = "log:";

/// A task in one language of the old run, with what scores it now.
struct Unit {
  store::TaskRow row;
  Lang lang = Lang::en;
  std::int64_t planned = 0;
  model::Ledger judge_cost;
  const eval::Task* built_in = nullptr;
  std::unique_ptr<RecordedTask> recorded;
  std::unique_ptr<eval::Task> judged;  ///< the recorded task under a judge
  eval::Scorer scorer;  ///< of a recorded task; empty: one that the log recorded, or the judge
  [[nodiscard]] const eval::Task& task() const {
    if (judged != nullptr) return *judged;
    return built_in != nullptr ? *built_in : *recorded;
  }
};

/// What is kept of a record until its score is known.
struct Waiting {
  Json previous;  ///< its score
  Json recorded;  ///< what the log recorded beside, or null
  int verdict = 0;
};

class Rescore {
 public:
  Rescore(store::Store& store, const eval::Registry& registry, const RescoreOptions& options)
      : store_(store), registry_(registry), options_(options) {}
  Result<Rescored> work(std::string_view name);

 private:
  Status make_units();
  Status make_recorded(Unit& unit, Recorded recorded);
  [[nodiscard]] store::NewRun new_run() const;
  [[nodiscard]] std::string scored_by() const;
  [[nodiscard]] Result<eval::Score> score(const Unit& unit, const eval::Sample& sample,
                                          const eval::Trace& trace, const Json& record) const;
  Status take(const Unit& unit, store::SampleRecord&& record, Batches& batches);
  Status put(const Unit& unit, const eval::Answered& answer, const eval::Score& score,
             const Waiting& record, Batches& batches);
  Status judge_waiting(const Unit& unit, Batches& batches);
  Status conclude();

  store::Store& store_;
  const eval::Registry& registry_;
  const RescoreOptions& options_;
  store::RunRow old_;
  std::vector<Unit> units_;
  std::vector<eval::Answered> answers_;  ///< for the judge
  std::vector<Waiting> waiting_;         ///< what belongs to them
  Rescored result_;
};

/// A task of the person's own file: its description is not here, only what was asked and answered.
Recorded of_file_task(const std::string& name) {
  Recorded out;
  out.name = name;
  out.tool = "assay";
  out.tool_version = ASSAY_VERSION;
  out.topics = {kUnknownTopic};
  out.primary = "task";
  return out;
}

Status Rescore::make_recorded(Unit& unit, Recorded recorded) {
  if (options_.judge) {
    recorded.primary = "judge";
    recorded.rescored = options_.judge->judge->name();
    recorded.scorers = {"judge"};
    recorded.scales = {{"judge", Scale{1, 0.0, 1.0, true, eval::Direction::higher_better}}};
    recorded.threshold.reset();
    unit.judged = eval::make_judged_task(std::make_unique<RecordedTask>(recorded), *options_.judge);
    unit.recorded = std::make_unique<RecordedTask>(std::move(recorded));
    return {};
  }
  std::string name =
      options_.scorer.empty() ? std::string(kLogged) + recorded.primary : options_.scorer;
  if (name.starts_with(kLogged)) {
    name.erase(0, kLogged.size());
    if (!recorded.scales.contains(name)) {
      std::string names;
      for (const std::string& each : recorded.scorers) names += (names.empty() ? "" : ", ") + each;
      return fail(ErrorKind::usage, "the log has no scorer named '" + name + "'", recorded.name,
                  "It has: " + names);
    }
    recorded.primary = name;
    recorded.threshold = options_.threshold;
  } else {
    ASSAY_TRY(unit.scorer, eval::make_scorer(name, options_.scorer_options, "--scorer"));
    recorded.primary = name;
    recorded.rescored = name;
    recorded.scorers = {name};
    recorded.scales = {{name, Scale{1, 0.0, 1.0, true, eval::Direction::neutral}}};
    if (name == "refusal" || recorded.topics.front() != kUnknownTopic) {
      recorded.scales[name].direction = eval::Direction::higher_better;
    }
  }
  unit.recorded = std::make_unique<RecordedTask>(std::move(recorded));
  return {};
}

Status Rescore::make_units() {
  ASSAY_TRY(const std::vector<store::TaskRow> rows, store_.tasks(old_.id));
  std::map<std::string, Recorded> recorded;
  if (const Json& list = at(old_.begun.header, "recorded"); list.is_array()) {
    for (const Json& each : list) {
      ASSAY_TRY(Recorded one, recorded_from_json(each));
      recorded.emplace(one.name, std::move(one));
    }
  }
  for (const store::TaskRow& row : rows) {
    const bool wanted =
        options_.tasks.empty() ||
        std::find(options_.tasks.begin(), options_.tasks.end(), row.task) != options_.tasks.end();
    if (!wanted || row.samples == 0) continue;
    Unit unit;
    unit.row = row;
    ASSAY_TRY(unit.lang, eval::parse_lang(row.lang));
    unit.planned = std::max(row.samples, as_integer(at(row.outcome, "planned")));
    const auto known = registry_.find(row.task);
    if (const auto found = recorded.find(row.task); found != recorded.end()) {
      ASSAY_CHECK(make_recorded(unit, found->second));
    } else if (options_.judge && !known) {
      ASSAY_CHECK(make_recorded(unit, of_file_task(row.task)));
    } else if (known && !options_.judge && (options_.scorer.empty() || options_.scorer == "task")) {
      unit.built_in = *known;
    } else {
      result_.notes.push_back(row.task + (known ? ": a built-in task has its own scorer (task)"
                                                : ": this version does not know the task"));
      continue;
    }
    units_.push_back(std::move(unit));
  }
  if (!units_.empty()) return {};
  return fail(ErrorKind::usage,
              result_.notes.empty() ? "the run has no answers to score" : result_.notes.front(),
              "run " + old_.id, "`assay show " + old_.id + "` lists its tasks");
}

store::NewRun Rescore::new_run() const {
  store::NewRun out = old_.begun;
  out.created = eval::utc_now();
  out.profile = "rescored";
  out.config["profile"] = "rescored";
  out.config.erase("import");
  out.config["rescore"] =
      Json{{"run", old_.id}, {"scorer", options_.scorer}, {"options", options_.scorer_options}};
  if (options_.judge) out.config["rescore"]["words"] = options_.judge->words;
  out.header["rescored"] = Json{{"run", old_.id}, {"scorer", scored_by()}};
  out.header["versions"]["rescored from run"] = old_.id;
  out.header["versions"]["assay"] = ASSAY_VERSION;
  Json recorded = Json::array();
  for (const Unit& unit : units_) {
    if (unit.built_in != nullptr) {
      out.header["tasks"][unit.row.task] = unit.built_in->info().version;
    } else if (std::none_of(recorded.begin(), recorded.end(),
                            [&](const Json& each) { return each["name"] == unit.row.task; })) {
      recorded.push_back(to_json(unit.recorded->recorded()));
    }
  }
  out.header["recorded"] = std::move(recorded);
  out.config_digest = sha256_hex(dump_json(Json{{"run", old_.begun.config_digest},
                                                {"scorer", scored_by()},
                                                {"options", options_.scorer_options}}));
  return out;
}

/// How the new run names what scores it.
std::string Rescore::scored_by() const {
  if (options_.judge) return std::string("judge ") + options_.judge->judge->digest();
  return options_.scorer.empty() ? "task" : options_.scorer;
}

/// Was the sample unassessed for a reason that no scorer can mend?
bool beyond_scoring(const std::string& reason) {
  return reason == kReasonError || reason == kReasonLimit || reason == kReasonUnfinished ||
         reason == kReasonUnreadable || reason == eval::kReasonCutOff;
}

Result<eval::Score> Rescore::score(const Unit& unit, const eval::Sample& sample,
                                   const eval::Trace& trace, const Json& record) const {
  if (unit.built_in != nullptr) return eval::score_trace(*unit.built_in, sample, trace);
  ASSAY_TRY(eval::Score old, eval::score_from_json(at(record, "score")));
  if (beyond_scoring(old.explanation)) return old;
  const Recorded& recorded = unit.recorded->recorded();
  if (unit.judged != nullptr) return unit.judged->score(sample, trace);
  if (!unit.scorer) {
    LogSample again;
    again.trace = trace;
    const Json& scores = at(at(record, "recorded"), "scores");
    if (scores.is_object()) {
      for (const auto& [name, value] : scores.items()) {
        LoggedScore each = logged_scores(name, value).front();
        const Json& number = at(at(old.metadata, "scores"), name);
        each.scorer = name;
        each.value = number.is_number() ? std::optional(number.get<double>()) : std::nullopt;
        again.scores.push_back(std::move(each));
      }
    }
    return recorded_score(again, recorded);
  }
  eval::Score out = unit.scorer(sample, trace);
  const bool assessed = out.verdict != eval::Verdict::unassessed;
  out.metadata = Json{{"scores", Json{{recorded.primary, assessed ? Json(out.value) : Json()}}}};
  return out;
}

Status Rescore::take(const Unit& unit, store::SampleRecord&& record, Batches& batches) {
  eval::Fields fields(record.record, "record");
  ASSAY_TRY(const eval::Sample sample, eval::sample_from_json(fields.object("sample")));
  ASSAY_TRY(const eval::Trace trace, eval::trace_from_json(fields.object("trace")));
  ASSAY_TRY(const eval::Score score, this->score(unit, sample, trace, record.record));
  if (options_.cancel != nullptr && options_.cancel->requested()) {
    return fail(ErrorKind::cancelled, "stopped", "run " + result_.run, "Score the run again");
  }
  Waiting kept{at(record.record, "score"), at(record.record, "recorded"), record.scored.verdict};
  const eval::Answered answer{sample, record.scored.epoch, trace};
  if (unit.judged == nullptr || score.explanation != eval::kReasonAwaiting) {
    return put(unit, answer, score, kept, batches);
  }
  answers_.push_back(answer);
  waiting_.push_back(std::move(kept));
  return answers_.size() < eval::kJudgedBatch ? Status() : judge_waiting(unit, batches);
}

Status Rescore::put(const Unit& unit, const eval::Answered& answer, const eval::Score& score,
                    const Waiting& record, Batches& batches) {
  Json extra{{"previous", Json{{"run", old_.id}, {"score", record.previous}}}};
  if (!record.recorded.is_null()) extra["recorded"] = record.recorded;
  if (static_cast<int>(score.verdict) != record.verdict) ++result_.changed;
  ++result_.samples;
  return batches.add(unit.row.task, unit.lang,
                     stored(answer.sample, answer.epoch, answer.trace, score, extra),
                     model::Ledger{});
}

Status Rescore::judge_waiting(const Unit& unit, Batches& batches) {
  if (unit.judged == nullptr || answers_.empty()) return {};
  const eval::BatchScored& judge = *eval::batch_scored(*unit.judged);
  const auto scores = judge.score_all(answers_, options_.cancel);
  for (std::size_t i = 0; i < answers_.size(); ++i) {
    if (const auto halt = judge.scoring_halted(); halt && !scores[i]) {
      return tl::unexpected(halt->why);
    }
    if (!scores[i]) {
      return fail(ErrorKind::cancelled, "stopped", "run " + result_.run, "Score the run again");
    }
    ASSAY_CHECK(put(unit, answers_[i], *scores[i], waiting_[i], batches));
  }
  answers_.clear();
  waiting_.clear();
  return {};
}

Status Rescore::conclude() {
  ASSAY_TRY(const store::RunRow row, store_.find_run(result_.run));
  ASSAY_TRY(const eval::RunPlan plan, eval::run_plan_from_json(row.begun.config));
  ASSAY_TRY(const model::ModelInfo about,
            eval::model_info_from_json(at(row.begun.header, "model")));
  std::vector<eval::TaskOutcome> outcomes;
  for (const Unit& unit : units_) {
    eval::OutcomeContext context;
    context.plan = &plan;
    context.model = &about;
    context.earlier = &outcomes;
    context.planned = unit.planned;
    context.epochs = repeats(unit.task().info()) ? plan.epochs : 1;
    if (const auto cost = eval::ledger_from_json(unit.row.ledger)) context.ledger = *cost;
    context.ledger = eval::sum(context.ledger, unit.judge_cost);
    ASSAY_TRY(eval::TaskOutcome outcome,
              eval::conclude(store_, result_.run, unit.task(), unit.lang, context));
    ASSAY_CHECK(
        store_.put_outcome(result_.run, unit.row.task, unit.row.lang, eval::to_json(outcome)));
    outcomes.push_back(std::move(outcome));
  }
  return store_.finish_run(result_.run, eval::utc_now());
}

Result<Rescored> Rescore::work(std::string_view name) {
  ASSAY_TRY(old_, store_.find_run(name));
  ASSAY_CHECK(make_units());
  ASSAY_TRY(result_.run, store_.create_run(new_run()));
  for (const Unit& unit : units_) {
    ASSAY_CHECK(store_.begin_task(result_.run, unit.row.task, unit.row.lang));
  }
  Batches batches(store_, result_.run);
  for (Unit& unit : units_) {
    const auto spent = [&] {
      return options_.judge ? options_.judge->judge->ledger() : model::Ledger{};
    };
    const model::Ledger before = spent();
    store::RecordFilter filter;
    filter.task = unit.row.task;
    filter.lang = unit.row.lang;
    Status done;
    ASSAY_CHECK(store_.for_each_record(old_.id, filter, [&](store::SampleRecord&& record) {
      done = take(unit, std::move(record), batches);
      return done.has_value();
    }));
    ASSAY_CHECK(done);
    ASSAY_CHECK(judge_waiting(unit, batches));
    unit.judge_cost = eval::difference(spent(), before);
    ASSAY_CHECK(batches.flush());
  }
  ASSAY_CHECK(conclude());
  return std::move(result_);
}

}  // namespace

Result<Rescored> rescore_run(store::Store& store, const eval::Registry& registry,
                             std::string_view run, const RescoreOptions& options) {
  return Rescore(store, registry, options).work(run);
}

}  // namespace assay::logs
