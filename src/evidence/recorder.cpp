#include "evidence/recorder.h"

#include <algorithm>

#include "base/digest.h"
#include "eval/task_outcome.h"
#include "evidence/completeness.h"
#include "evidence/plans.h"
#include "report/report.h"

namespace assay::evidence {
namespace {

constexpr auto kCommitEvery = std::chrono::seconds(1);
constexpr double kPatience = 30.0;  ///< seconds that another run may hold the evidence log

std::string unit_name(const std::string& task, const std::string& lang) {
  return task + "/" + lang;
}

store::NewSample as_new(store::SampleRecord&& record) {
  store::NewSample out;
  out.record = dump_json(record.record);
  out.scored = std::move(record.scored);
  return out;
}

}  // namespace

Result<std::unique_ptr<Recorder>> Recorder::open(Folder folder, audit::SigningKey key,
                                                 std::string plan) {
  if (!plan.empty()) ASSAY_CHECK(find_plan(folder, key.verifier(), plan));
  // Whether the log can be written is known before the first question.
  ASSAY_TRY(audit::LogWriter log, audit::LogWriter::open(folder.log(), key, kPatience));
  ASSAY_CHECK(log.commit());
  return std::unique_ptr<Recorder>(
      new Recorder(std::move(folder), std::move(key), std::move(plan)));
}

assay::Status Recorder::add(const Json& entry) {
  ASSAY_CHECK(log_->append(dump_json(entry)));
  return {};
}

assay::Status Recorder::commit() {
  committed_ = std::chrono::steady_clock::now();
  return log_->commit();
}

/// An entry into the evidence log, which other runs may write too.
assay::Status Recorder::tell(const Json& entry) {
  ASSAY_TRY(audit::LogWriter log, audit::LogWriter::open(folder_.log(), key_, kPatience));
  ASSAY_CHECK(log.append(dump_json(entry)));
  return log.commit();
}

assay::Status Recorder::tell_state(const std::string& state) {
  ASSAY_TRY(const audit::Note note, audit::parse_note(log_->checkpoint()));
  ASSAY_TRY(const audit::Checkpoint checkpoint, audit::parse_checkpoint(note.text));
  return tell(run_state_entry(run_, state, checkpoint));
}

assay::Status Recorder::begun(const store::RunRow& run) {
  run_ = run.id;
  ASSAY_TRY(salt_, run_salt(folder_, run.id, true));
  const audit::SigningKey key = key_.named(run_origin(key_.name(), run.id));
  ASSAY_TRY(audit::LogWriter log, audit::LogWriter::open(folder_.run_log(run.id), key));
  log_.emplace(std::move(log));
  if (log_->size() > 0) return read_back();
  // Known to the evidence log before anything is asked: a run can't be left out afterwards.
  ASSAY_CHECK(tell(run_begun_entry(run, plan_, key.name())));
  ASSAY_CHECK(add(begin_entry(run, plan_)));
  return commit();
}

/// What the log of a run that is gone on with holds already.
assay::Status Recorder::read_back() {
  const audit::Verifier by{run_origin(key_.name(), run_), audit::SignatureType::ed25519,
                           key_.verifier().key};
  ASSAY_TRY(audit::LogReader reader,
            audit::LogReader::open(audit::open_disk(folder_.run_log(run_)), {by}));
  assay::Status status;
  const auto text = [](const Json& json, const char* key) {
    return json.value(key, std::string());
  };
  ASSAY_CHECK(reader.for_each(0, reader.size(), [&](std::uint64_t index, std::string_view bytes) {
    const auto entry = parse_entry(bytes, index);
    if (!entry) {
      status = tl::unexpected(entry.error());
      return false;
    }
    const Json& json = entry->json;
    const std::string unit = unit_name(text(json, "task"), text(json, "lang"));
    if (entry->type == "sample") {
      samples_.insert(
          {text(json, "task"), text(json, "lang"), text(json, "sample"), json.value("epoch", 0)});
    } else if (entry->type == "outcome") {
      outcomes_[unit] = text(json, "content");
    } else if (entry->type == "estimate") {
      estimates_[unit] = text(json, "inputs");
    } else if (entry->type == "report") {
      report_ = text(json, "content");
    } else if (entry->type == "end") {
      ended_ = true;
    }
    return true;
  }));
  committed_ = std::chrono::steady_clock::now();
  return status;
}

assay::Status Recorder::add_sample(const SampleName& name, const store::NewSample& sample) {
  if (!samples_.insert(name).second) return {};
  return add(sample_entry(name, sample, salt_of(salt_, name)));
}

assay::Status Recorder::stored(const std::string& task, Lang lang,
                               std::span<const store::NewSample> samples) {
  for (const store::NewSample& sample : samples) {
    ASSAY_CHECK(
        add_sample({task, to_string(lang), sample.scored.sample, sample.scored.epoch}, sample));
  }
  if (std::chrono::steady_clock::now() - committed_ < kCommitEvery) return {};
  return commit();
}

assay::Status Recorder::concluded(const eval::TaskOutcome& outcome) {
  const Json entry = outcome_entry(outcome);
  std::string& known = outcomes_[unit_name(outcome.task, to_string(outcome.lang))];
  const std::string content = entry.value("content", std::string());
  if (known == content) return {};
  known = content;
  return add(entry);
}

/// Samples and outcomes that are in the store and not in the log.
assay::Status Recorder::catch_up(store::Store& store) {
  ASSAY_TRY(const std::vector<store::TaskRow> tasks, store.tasks(run_));
  for (const store::TaskRow& task : tasks) {
    std::vector<SampleName> missing;
    ASSAY_CHECK(store.for_each_scored(run_, task.task, task.lang, [&](store::ScoredRow&& scored) {
      SampleName name{task.task, task.lang, std::move(scored.sample), scored.epoch};
      if (!samples_.contains(name)) missing.push_back(std::move(name));
    }));
    for (const SampleName& name : missing) {
      store::RecordFilter filter;
      filter.task = name.task;
      filter.lang = name.lang;
      filter.sample = name.sample;
      filter.epoch = name.epoch;
      ASSAY_TRY(std::vector<store::SampleRecord> found, store.records(run_, filter));
      for (store::SampleRecord& record : found) {
        ASSAY_CHECK(add_sample(name, as_new(std::move(record))));
      }
    }
    if (task.outcome.is_null()) continue;
    ASSAY_TRY(const eval::TaskOutcome outcome, eval::task_outcome_from_json(task.outcome));
    ASSAY_CHECK(concluded(outcome));
  }
  return {};
}

/// The figures of a task, with what they were made of.
assay::Status Recorder::add_estimates(store::Store& store, const eval::TaskOutcome& outcome) {
  if (outcome.figures.empty()) return {};
  ASSAY_TRY(const std::vector<eval::Scored> scored,
            eval::load_scored(store, run_, outcome.task, outcome.lang));
  const std::string unit = unit_name(outcome.task, to_string(outcome.lang));
  const std::string inputs = outcomes_[unit];
  std::string& known = estimates_[unit];
  if (known == inputs) return {};
  known = inputs;
  for (const eval::Figure& figure : outcome.figures) {
    ASSAY_CHECK(add(estimate_entry(outcome, figure, basis_of(figure, scored), inputs)));
  }
  return {};
}

Result<std::vector<report::Addition>> Recorder::additions(store::Store& store,
                                                          const std::string& run) {
  ASSAY_TRY(const store::RunRow row, store.find_run(run));
  ASSAY_TRY(const std::vector<std::string> entries, evidence_entries(folder_, key_.verifier()));
  ASSAY_TRY(report::Addition out, completeness(entries, run_json(row), key_.verifier()));
  return std::vector<report::Addition>{std::move(out)};
}

assay::Status Recorder::end(store::Store& store, const eval::RunOutcome& outcome,
                            const Json& report) {
  if (!log_) {
    // A run that was finished already: nothing was asked, but its report may be new.
    ASSAY_TRY(const store::RunRow row, store.find_run(outcome.run_id));
    ASSAY_CHECK(begun(row));
  }
  const std::uint64_t before = log_->size();
  ASSAY_CHECK(catch_up(store));
  for (const eval::TaskOutcome& task : outcome.tasks) ASSAY_CHECK(add_estimates(store, task));
  const bool finished = !outcome.finished.empty();
  if (finished && !ended_) {
    ASSAY_TRY(const store::RunRow row, store.find_run(run_));
    ASSAY_CHECK(add(end_entry(row)));
    ended_ = true;
  }
  const Json entry = report_entry(report, report::document(report));
  if (finished && entry.value("content", std::string()) != report_) {
    report_ = entry.value("content", std::string());
    ASSAY_CHECK(add(entry));
    for (const Json& topic : report.value("topics", Json::array())) {
      for (const Json& claim : topic.value("claims", Json::array())) {
        ASSAY_CHECK(add(claim_entry(claim)));
      }
    }
  }
  ASSAY_CHECK(commit());
  const bool more = log_->size() != before || before == 0 || !finished;
  assay::Status told = more ? tell_state(finished ? "ended" : "stopped") : assay::Status{};
  log_.reset();  // another process may go on with the run
  return told;
}

}  // namespace assay::evidence
