#include "evidence/verify.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <system_error>
#include <unistd.h>

#include "eval/json_fields.h"
#include "eval/recompute.h"
#include "eval/replay.h"
#include "eval/run_items.h"
#include "eval/vary/varied_task.h"
#include "evidence/completeness.h"
#include "evidence/documents.h"
#include "evidence/verify_logs.h"
#include "report/report.h"

namespace assay::evidence {
namespace {

namespace fs = std::filesystem;

/// A folder that is gone in the end.
class TemporaryFolder {
 public:
  static Result<std::unique_ptr<TemporaryFolder>> make() {
    std::error_code problem;
    std::string pattern = (fs::temp_directory_path(problem) / "assay-verify-XXXXXX").string();
    if (problem || ::mkdtemp(pattern.data()) == nullptr) {
      return fail(ErrorKind::io, "no temporary folder can be made", pattern,
                  "Set $TMPDIR to a folder with room");
    }
    return std::unique_ptr<TemporaryFolder>(new TemporaryFolder(pattern));
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

std::string text_of(const Json& json, const char* key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  return json.is_object() && found != json.end() && found->is_string() ? found->get<std::string>()
                                                                       : "";
}

Json json_of(const Json& json, const char* key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  return json.is_object() && found != json.end() ? *found : Json(nullptr);
}

class Verifier {
 public:
  Verifier(const Files& files, const eval::Registry& registry, const VerifyOptions& options)
      : files_(files), registry_(registry), options_(options) {}

  Result<Verification> verify() {
    std::optional<Opened> opened = open_evidence(files_, options_, out_);
    if (opened) {
      ASSAY_CHECK(verify_content(*opened));
    }
    return std::move(out_);
  }

 private:
  void find(Finding::Kind kind, const char* check, std::string where, std::string what) {
    out_.findings.push_back({kind, check, std::move(where), std::move(what)});
  }
  void fault(const char* check, std::string where, std::string what) {
    find(Finding::Kind::fault, check, std::move(where), std::move(what));
  }
  void unchecked(const char* check, std::string where, std::string what) {
    find(Finding::Kind::unchecked, check, std::move(where), std::move(what));
  }
  void remark(const char* check, std::string where, std::string what) {
    find(Finding::Kind::remark, check, std::move(where), std::move(what));
  }
  [[nodiscard]] Status going_on() const {
    if (options_.cancel == nullptr || !options_.cancel->requested()) return {};
    return fail(ErrorKind::cancelled, "stopped before everything was verified");
  }

  Status verify_content(const Opened& opened) {
    check_estimates(opened);
    check_claims(opened);
    remark_on_runs(opened);
    ASSAY_TRY(const auto folder, TemporaryFolder::make());
    auto store = store::Store::open((folder->path() / "run.db").string(), store::Mode::write);
    if (!store) return tl::unexpected(store.error());
    ASSAY_TRY(const std::string run, rebuild(*store, opened));
    if (run.empty()) return {};
    choose_tasks(opened);
    check_data(opened);
    ASSAY_CHECK(check_samples(opened));
    ASSAY_CHECK(check_figures(*store, run, opened));
    return check_report(*store, run, opened);
  }

  /// The run in a store of its own. "" where the bundle does not hold so much.
  Result<std::string> rebuild(store::Store& store, const Opened& opened) {
    store::NewRun begun;
    begun.created = text_of(opened.run, "created");
    begun.profile = text_of(opened.run, "profile");
    begun.model = text_of(opened.run, "model");
    begun.model_digest = text_of(opened.run, "model_digest");
    begun.template_digest = text_of(opened.run, "template_digest");
    begun.config_digest = text_of(opened.run, "config_digest");
    begun.config = json_of(opened.run, "config");
    begun.header = json_of(opened.run, "header");
    ASSAY_TRY(const std::string run, store.create_run(begun));
    std::map<std::string, std::vector<store::NewSample>> units;
    for (const BundledSample& sample : opened.samples) {
      if (sample.record.empty()) continue;
      auto stored = stored_again(sample);
      if (stored) units[sample.name.task + "/" + sample.name.lang].push_back(std::move(*stored));
    }
    std::vector<std::string> order;
    for (const Json& outcome : opened.outcomes) {
      const std::string task = text_of(outcome, "task");
      const std::string lang = text_of(outcome, "lang");
      const std::string unit = task + "/" + lang;
      if (std::find(order.begin(), order.end(), unit) != order.end()) continue;
      order.push_back(unit);
      ASSAY_CHECK(store.begin_task(run, task, lang));
      const auto samples = units.find(unit);
      if (samples != units.end()) {
        ASSAY_CHECK(store.append(run, task, lang, samples->second, nullptr));
      }
      const auto parsed = outcome_from_json(outcome);
      if (!parsed) {
        fault("figures", unit, "its outcome is malformed");
        return std::string();
      }
      ASSAY_CHECK(store.put_outcome(run, task, lang, eval::to_json(*parsed)));
    }
    ASSAY_CHECK(store.finish_run(run, text_of(json_of(opened.report, "run"), "finished")));
    return run;
  }

  /// The record as the store would keep it; a fault where the log's entry says otherwise.
  std::optional<store::NewSample> stored_again(const BundledSample& sample) {
    const std::string name = sample.name.text();
    auto record = parse_json(sample.record, name);
    const auto parts =
        record ? eval::stored_sample_from_json(*record) : tl::unexpected(record.error());
    if (!parts) {
      fault("records", name, "its record is malformed: " + parts.error().what);
      return std::nullopt;
    }
    store::NewSample out =
        eval::as_stored(parts->sample, sample.name.epoch, parts->trace, parts->score);
    out.record = sample.record;
    const auto differs = [&](const char* field, const Json& value) {
      if (json_of(sample.entry, field) != value) {
        fault("records", name, std::string("its record says another ") + field + " than the log");
      }
    };
    differs("sample", Json(out.scored.sample));
    differs("verdict", Json(eval::to_string(static_cast<eval::Verdict>(out.scored.verdict))));
    differs("value", Json(out.scored.value));
    differs("group", Json(out.scored.group));
    differs("cluster", Json(out.scored.cluster));
    return out;
  }

  /// The tasks of this version, as the run's plan changes them.
  void choose_tasks(const Opened& opened) {
    for (const auto& task : registry_.tasks()) tasks_[task->info().name] = task.get();
    auto plan = eval::run_plan_from_json(json_of(opened.run, "config"));
    if (!plan) return fault("records", kRunFile, plan.error().message());
    plan_ = *plan;
    if (!plan->vary) return;
    const auto chosen = eval::select_tasks(registry_, *plan, varied_);
    if (!chosen) return unchecked("scores", kRunFile, chosen.error().message());
    for (const eval::Task* task : *chosen) tasks_[task->info().name] = task;
  }

  const eval::Task* task_of(const std::string& name) const {
    const auto found = tasks_.find(name);
    return found == tasks_.end() ? nullptr : found->second;
  }

  /// Is the task the one of then?
  bool same_version(const Opened& opened, const eval::Task& task) const {
    const Json versions = json_of(json_of(opened.run, "header"), "tasks");
    const Json then = json_of(versions, task.info().name.c_str());
    return then.is_null() || then == Json(task.info().version);
  }

  /// Verdicts from answers, items from the seed.
  Status check_samples(const Opened& opened) {
    std::map<std::string, std::vector<const BundledSample*>> units;
    for (const BundledSample& sample : opened.samples) {
      if (!sample.record.empty()) {
        units[sample.name.task + "/" + sample.name.lang].push_back(&sample);
      }
    }
    for (const auto& [unit, samples] : units) {
      ASSAY_CHECK(going_on());
      const std::string& name = samples.front()->name.task;
      const eval::Task* task = task_of(name);
      out_.verdicts += static_cast<std::int64_t>(samples.size());
      out_.items += static_cast<std::int64_t>(samples.size());
      if (task == nullptr || !same_version(opened, *task)) {
        unchecked("scores", unit, "this version of Assay does not know the task as it was then");
        continue;
      }
      check_scores(*task, unit, samples);
      check_items(*task, unit, samples);
    }
    return {};
  }

  void check_scores(const eval::Task& task, const std::string& unit,
                    const std::vector<const BundledSample*>& samples) {
    if (!eval::scores_again(task)) {
      return unchecked("scores", unit,
                       "its verdicts need a judge or a sandbox; `assay rescore` asks them again");
    }
    for (const BundledSample* sample : samples) {
      const auto record = parse_json(sample->record, "");
      const auto parts =
          record ? eval::stored_sample_from_json(*record) : tl::unexpected(record.error());
      if (!parts) continue;  // named before
      const eval::Score score = eval::score_trace(task, parts->sample, parts->trace);
      ++out_.rescored;
      if (score.verdict != parts->score.verdict) {
        fault("scores", sample->name.text(),
              std::string("the answer is a ") + eval::to_string(score.verdict) + ", not a " +
                  eval::to_string(parts->score.verdict));
      } else if (score.value != parts->score.value) {
        fault("scores", sample->name.text(), "the answer has another value");
      }
    }
  }

  /// Do the items come from files of the person's own (`assay attack --behaviours`)?
  bool from_files() const {
    for (const Json& file : json_of(plan_.more, "behaviours")) {
      if (file != Json("standins")) return true;
    }
    return false;
  }

  void check_items(const eval::Task& task, const std::string& unit,
                   const std::vector<const BundledSample*>& samples) {
    const auto lang = eval::parse_lang(samples.front()->name.lang);
    if (!lang || !task.available()) {
      return unchecked("items", unit, "its data are not here; `assay data get` fetches them");
    }
    if (from_files()) {
      return unchecked("items", unit, "its behaviours are those of files that were named");
    }
    const auto made = eval::items_of(task, plan_, *lang);
    if (!made) return unchecked("items", unit, made.error().message());
    std::map<std::string, Json> items;
    for (const eval::Sample& item : *made) items.emplace(item.id, eval::to_json(item));
    std::size_t same = 0;
    std::string other;
    for (const BundledSample* sample : samples) {
      const auto record = parse_json(sample->record, "");
      const auto item = items.find(sample->name.sample);
      if (record && item != items.end() && json_of(*record, "sample") == item->second)
        ++same;
      else if (other.empty())
        other = sample->name.text();
    }
    out_.regenerated += static_cast<std::int64_t>(same);
    if (same == samples.size()) return;
    fault("items", other.empty() ? unit : other,
          std::to_string(samples.size() - same) + " of " + std::to_string(samples.size()) +
              " items are not those that the seed gives");
  }

  /// The estimates in the log are those of the outcomes.
  void check_estimates(const Opened& opened) {
    for (const Json& json : opened.outcomes) {
      const std::string unit = text_of(json, "task") + "/" + text_of(json, "lang");
      const auto outcome = outcome_from_json(json);
      if (!outcome) continue;  // named elsewhere
      const auto logged = opened.estimates.find(unit);
      const std::size_t n = logged == opened.estimates.end() ? 0 : logged->second.size();
      if (n != outcome->figures.size()) {
        fault("figures", unit, "the log has another number of estimates than its outcome");
        continue;
      }
      for (std::size_t i = 0; i < n; ++i) {
        const eval::Figure& figure = outcome->figures[i];
        const Json& entry = logged->second[i];
        if (text_of(entry, "figure") != figure.id ||
            json_of(entry, "estimate") != stats::to_json(figure.estimate)) {
          fault("figures", unit + "/" + figure.id, "the estimate is not the one that was logged");
        }
      }
    }
  }

  void check_claims(const Opened& opened) {
    std::vector<Json> claims;
    for (const Json& topic : json_of(opened.report, "topics")) {
      for (const Json& claim : json_of(topic, "claims")) claims.push_back(claim);
    }
    if (claims.size() != opened.claims.size()) {
      return fault("report", kReportFile, "the log has another number of claims");
    }
    for (std::size_t i = 0; i < claims.size(); ++i) {
      if (claim_entry(claims[i]) != opened.claims[i]) {
        fault("report", text_of(claims[i], "id"), "the claim is not the one that was logged");
      }
    }
  }

  Status check_figures(store::Store& store, const std::string& run, const Opened& opened) {
    std::set<std::string> sealed;
    for (const BundledSample& sample : opened.samples) {
      if (sample.record.empty()) sealed.insert(sample.name.task + "/" + sample.name.lang);
    }
    auto all = eval::recompute(store, run, registry_, opened.order);
    if (!all) {
      if (all.error().kind == ErrorKind::cancelled) return tl::unexpected(all.error());
      fault("figures", kRunFile, all.error().message());
      return {};
    }
    for (const eval::Recomputed& each : *all) {
      ASSAY_CHECK(going_on());
      const std::string unit = each.stored.task + "/" + to_string(each.stored.lang);
      out_.figures += static_cast<std::int64_t>(each.stored.figures.size());
      const eval::Task* task = task_of(each.stored.task);
      const bool other = task != nullptr && !same_version(opened, *task);
      if (!sealed.contains(unit) && (!each.again || other)) all_made_ = false;
      if (sealed.contains(unit)) {
        unchecked("figures", unit, "its records are sealed; a reader's key opens them");
      } else if (!each.again) {
        unchecked("figures", unit, each.again.error().message());
      } else if (other) {
        unchecked("figures", unit, "the task is another version here");
      } else {
        compare(unit, each.stored, *each.again);
        examples_[unit] = each.again->examples;
      }
    }
    return {};
  }

  void compare(const std::string& unit, const eval::TaskOutcome& stored,
               const eval::TaskOutcome& again) {
    const auto count = [&](const char* what, std::int64_t then, std::int64_t now) {
      if (then != now) {
        fault("figures", unit,
              std::string(what) + ": " + std::to_string(then) + " are stated, the samples give " +
                  std::to_string(now));
      }
    };
    count("done", stored.done, again.done);
    count("successes", stored.success, again.success);
    count("failures", stored.failure, again.failure);
    count("unassessed", stored.unassessed, again.unassessed);
    if (stored.status != again.status) {
      fault("figures", unit,
            std::string("its status is ") + eval::to_string(stored.status) + ", the samples give " +
                eval::to_string(again.status));
    }
    if (stored.figures.size() != again.figures.size()) {
      fault("figures", unit, "the samples give another number of figures");
    }
    for (const eval::Figure& figure : stored.figures) {
      const auto made =
          std::find_if(again.figures.begin(), again.figures.end(),
                       [&](const eval::Figure& each) { return each.id == figure.id; });
      if (made == again.figures.end()) {
        fault("figures", unit + "/" + figure.id, "the samples do not give this figure");
        continue;
      }
      ++out_.recomputed;
      std::string fields;
      for (const std::string& field : eval::differences(figure, *made)) {
        fields += (fields.empty() ? "" : ", ") + field;
      }
      if (!fields.empty()) {
        fault("figures", unit + "/" + figure.id, "it does not follow from the samples: " + fields);
      }
    }
  }

  /// The data that were read then, where they are here.
  void check_data(const Opened& opened) {
    const Json data = json_of(json_of(opened.run, "header"), "data");
    if (!data.is_object()) return;
    for (const auto& [name, files] : data.items()) {
      const auto dataset = registry_.find_dataset(name);
      const auto folder =
          dataset ? registry_.folders().find(**dataset) : tl::unexpected(dataset.error());
      if (!folder) {
        unchecked("items", name, "its data are not here; `assay data get` fetches them");
        continue;
      }
      const auto here = eval::data::digests(**dataset, *folder, options_.cancel);
      Json now = Json::object();
      for (const auto& [file, digest] : here ? *here : decltype(here)::value_type{})
        now[file] = digest;
      if (now != files) remark("items", name, "the data here are not those of the run");
    }
  }

  /// The report, and its pages, made again.
  Status check_report(store::Store& store, const std::string& run, const Opened& opened) {
    auto outcome = eval::load_outcome(store, run);
    if (!outcome) {
      fault("report", kReportFile, outcome.error().message());
      return {};
    }
    outcome->run_id = text_of(opened.run, "run");
    fill_examples(*outcome);
    const Json versions = json_of(opened.report, "versions");
    const bool same = json_of(versions, "assay") == Json(ASSAY_VERSION);
    const Json again = report::build(*outcome, registry_, additions(opened));
    check_stated(opened.report, again);
    if (!same) {
      unchecked("report", kReportFile,
                "another version of Assay wrote it: " + dump_json(json_of(versions, "assay")) +
                    ", this is " + ASSAY_VERSION);
      return {};
    }
    if (!all_made_) {
      unchecked("report", kReportFile, "some of its tasks are not known here as they were then");
    } else if (opened.report != again) {
      fault("report", kReportFile, "this version of Assay makes another report of the run");
    }
    const auto page = [&](const char* name, const std::string& text) {
      const auto found = files_.find(name);
      if (found == files_.end() || found->second != text) {
        fault("report", name, "it is not the page of the report");
      }
    };
    page("report.md", report::markdown(opened.report, Lang::en));
    page("report.zh.md", report::markdown(opened.report, Lang::zh));
    if (const auto html = report::html(opened.report)) page("report.html", *html);
    for (const char* name : {kAttestationFile, kBomFile, kOscalFile}) {
      if (!files_.contains(name)) unchecked("report", name, "it is not in the bundle");
    }
    if (opened.log_key) {
      const Status documents = check_standard_documents(opened.report, files_, *opened.log_key);
      if (!documents) fault("report", documents.error().where, documents.error().what);
    }
    return {};
  }

  /// The examples that the report shows, as the samples give them; none of what is sealed.
  void fill_examples(eval::RunOutcome& outcome) const {
    for (eval::TaskOutcome& task : outcome.tasks) {
      const std::string lang = to_string(task.lang);
      if (files_.contains(records_file(task.task, lang) + kSealedSuffix)) continue;
      const auto made = examples_.find(task.task + "/" + lang);
      if (made != examples_.end()) task.examples = made->second;
    }
  }

  /// What the report says of the evidence log, if that was so when it was written.
  std::vector<report::Addition> additions(const Opened& opened) {
    if (!opened.log_key) return {};
    const auto all = completeness_at_any_time(opened.log, opened.run, *opened.log_key);
    if (!all) return {};  // named before
    const Json methods = json_of(opened.report, "methods");
    for (const report::Addition& each : *all) {
      if (methods.is_array() && !methods.empty() &&
          methods.front() == report::addition_json(each)) {
        return {each};
      }
    }
    fault("report", kReportFile, "it says of the evidence log what the log does not say");
    return {};
  }

  /// Whatever the version: each estimate that the report states is that of the outcome.
  void check_stated(const Json& report, const Json& again) {
    std::map<std::string, Json> made;
    const auto each_figure = [](const Json& document, const auto& use) {
      for (const Json& result : json_of(document, "results")) {
        for (const Json& figure : json_of(result, "figures")) {
          use(text_of(result, "key") + "/" + text_of(figure, "id"), json_of(figure, "estimate"));
        }
      }
    };
    each_figure(again,
                [&](const std::string& key, Json estimate) { made[key] = std::move(estimate); });
    each_figure(report, [&](const std::string& key, const Json& estimate) {
      const auto found = made.find(key);
      if (found == made.end())
        fault("report", key, "the run has no such figure");
      else if (found->second != estimate)
        fault("report", key, "the run has another figure");
    });
  }

  /// Selective reporting made visible.
  void remark_on_runs(const Opened& opened) {
    const std::string digest = text_of(opened.run, "model_digest");
    const std::string id = text_of(opened.run, "run");
    std::string plan_id;
    for (const LoggedRun& run : out_.history.runs) {
      if (run.id == id) plan_id = run.plan;
    }
    for (const LoggedRun& run : out_.history.runs) {
      if (run.id == id || run.model_digest != digest || run.bundled) continue;
      const bool planned = !plan_id.empty() && run.plan == plan_id;
      remark("runs", run.id,
             std::string(planned ? "of the same plan and model" : "of the same model") +
                 ", begun " + run.created + " and not reported (" + run.state + ")");
    }
    if (plan_id.empty()) {
      return remark("runs", id, "nothing was committed to before it was begun");
    }
    const auto plan = std::find_if(out_.history.plans.begin(), out_.history.plans.end(),
                                   [&](const Plan& each) { return each.id == plan_id; });
    if (plan == out_.history.plans.end()) {
      return fault("runs", id, "its plan is not in the evidence log");
    }
    for (const LoggedRun& run : out_.history.runs) {
      if (run.id == id && run.index < plan->index) {
        fault("runs", id, "its plan was committed after it was begun");
      }
    }
    for (const Text& text : deviations(plan->content, opened.run)) remark("runs", id, text.en);
  }

  const Files& files_;
  const eval::Registry& registry_;
  const VerifyOptions& options_;
  Verification out_;
  eval::RunPlan plan_;
  eval::VariedTasks varied_;
  bool all_made_ = true;  ///< every figure could be made again
  std::map<std::string, const eval::Task*> tasks_;
  std::map<std::string, std::vector<eval::ShownExample>> examples_;  ///< by "task/lang"
};

}  // namespace

const char* to_string(Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::fault: return "fault";
    case Finding::Kind::unchecked: return "unchecked";
    case Finding::Kind::remark: return "remark";
  }
  return "";
}

bool Verification::holds() const {
  return std::none_of(findings.begin(), findings.end(),
                      [](const Finding& finding) { return finding.kind == Finding::Kind::fault; });
}

Result<Verification> verify_files(const Files& files, const eval::Registry& registry,
                                  const VerifyOptions& options) {
  return Verifier(files, registry, options).verify();
}

Result<Verification> verify_bundle(const fs::path& file, const RegistryOf& registry,
                                   const VerifyOptions& options) {
  ASSAY_TRY(const Files files, read_zip(file));
  const auto run = files.find(kRunFile);
  const auto json = run == files.end() ? Json(nullptr)
                                       : parse_json(run->second, kRunFile).value_or(Json(nullptr));
  const auto tasks = registry(json_of(json, "config"));
  if (tasks) return verify_files(files, *tasks, options);
  // Options that make no sense: looked at with the usual tasks, so that the rest is checked.
  ASSAY_TRY(const eval::Registry usual, registry(nullptr));
  ASSAY_TRY(Verification out, verify_files(files, usual, options));
  out.findings.push_back({Finding::Kind::fault, "records", kRunFile, tasks.error().message()});
  return out;
}

Json to_json(const Verification& verification) {
  Json findings = Json::array();
  for (const Finding& finding : verification.findings) {
    findings.push_back(Json{{"kind", to_string(finding.kind)},
                            {"check", finding.check},
                            {"where", finding.where},
                            {"what", finding.what}});
  }
  const auto part = [](std::int64_t done, std::int64_t all) {
    return Json{{"checked", done}, {"all", all}};
  };
  return Json{{"holds", verification.holds()},
              {"run", verification.run},
              {"model", verification.model},
              {"origin", verification.origin},
              {"samples", verification.samples},
              {"sealed", verification.sealed},
              {"figures", part(verification.recomputed, verification.figures)},
              {"verdicts", part(verification.rescored, verification.verdicts)},
              {"items", part(verification.regenerated, verification.items)},
              {"findings", std::move(findings)}};
}

}  // namespace assay::evidence
