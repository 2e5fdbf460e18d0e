// lm-evaluation-harness: results_{time}.json and a samples_{task}_{time}.jsonl for each task.
#include <algorithm>
#include <cmath>

#include "base/digest.h"
#include "logs/export_parts.h"
#include "logs/values.h"

namespace assay::logs {
namespace {

namespace fs = std::filesystem;

Json responses(const ExportSample& sample, bool filtered) {
  Json out = Json::array();
  const auto add = [&](Json each) {
    out.push_back(filtered ? std::move(each) : Json::array({std::move(each)}));
  };
  if (!sample.trace.generations.empty()) {
    add(std::string(sample.trace.answer()));
    return out;
  }
  for (const model::LoglikelihoodResult& each : sample.trace.scores) {
    add(Json::array({dump_json(Json(each.total)), each.greedy ? "True" : "False"}));
  }
  return out;
}

Json arguments(const ExportSample& sample) {
  Json out = Json::object();
  const auto add = [&](Json second) {
    out["gen_args_" + std::to_string(out.size())] =
        Json{{"arg_0", prompt_text(sample.sample)}, {"arg_1", std::move(second)}};
  };
  for (const std::string& choice : sample.sample.choices) add(choice);
  if (out.empty()) add(Json{{"until", Json::array()}, {"max_gen_toks", sample.sample.max_tokens}});
  return out;
}

std::string target_of(const eval::Sample& sample) {
  if (sample.target_index >= 0) return std::to_string(sample.target_index);
  return sample.targets.empty() ? "" : sample.targets.front();
}

std::string line_of(const ExportSample& sample, std::int64_t number) {
  const Json doc{{"id", sample.sample.id},
                 {"epoch", sample.epoch + 1},
                 {"lang", to_string(sample.sample.lang)},
                 {"group", sample.sample.group}};
  const std::string target = target_of(sample.sample);
  const bool assessed = sample.score.verdict != eval::Verdict::unassessed;
  const bool right = sample.score.verdict == eval::Verdict::success;
  Json line{{"doc_id", number},
            {"doc", doc},
            {"target", target},
            {"arguments", arguments(sample)},
            {"resps", responses(sample, false)},
            {"filtered_resps", responses(sample, true)},
            {"filter", "none"},
            {"metrics", Json::array({"acc"})},
            {"doc_hash", sha256_hex(dump_json(doc))},
            {"prompt_hash", sha256_hex(prompt_text(sample.sample))},
            {"target_hash", sha256_hex(target)},
            {"acc", assessed ? Json(right ? 1.0 : 0.0) : Json(nullptr)},
            {"assay", sample.record}};
  return dump_json(line) + "\n";
}

/// The rate of successes with our interval; no standard error, which at 0 and 1 would be 0.
Json result_of(const ExportTask& task) {
  const eval::TaskOutcome& outcome = *task.outcome;
  Json out{{"name", task.label()}, {"alias", task.label()}, {"sample_len", outcome.done}};
  const std::int64_t assessed = outcome.success + outcome.failure;
  if (assessed > 0) {
    out["acc,none"] = static_cast<double>(outcome.success) / static_cast<double>(assessed);
    out["acc_stderr,none"] = "N/A";
  }
  for (const eval::Figure& figure : outcome.figures) {
    const stats::Estimate& e = figure.estimate;
    if (!std::isfinite(e.value)) continue;
    out[figure.id + ",assay"] = e.value;
    out[figure.id + "_stderr,assay"] = "N/A";
    out[figure.id + "_ci_low,assay"] = eval::to_json(figure)["estimate"]["interval"]["low"];
    out[figure.id + "_ci_high,assay"] = eval::to_json(figure)["estimate"]["interval"]["high"];
  }
  return out;
}

Json results_json(const ExportRun& run) {
  Json results = Json::object();
  Json configs = Json::object();
  Json versions = Json::object();
  Json shots = Json::object();
  Json better = Json::object();
  Json counts = Json::object();
  Json tasks = Json::object();
  Json groups = Json::object();
  for (const ExportTask& task : run.tasks) {
    const std::string name = task.label();
    const eval::TaskOutcome& outcome = *task.outcome;
    results[name] = result_of(task);
    configs[name] = Json{{"task", name}, {"dataset_path", "assay"}, {"num_fewshot", 0}};
    versions[name] = task.info != nullptr ? task.info->version : 0;
    shots[name] = 0;
    better[name] = Json{{"acc", true}};
    counts[name] = Json{{"original", outcome.planned}, {"effective", outcome.done}};
    tasks[name] = task.about();
  }
  return Json{{"results", std::move(results)},
              {"group_subtasks", std::move(groups)},
              {"configs", std::move(configs)},
              {"versions", std::move(versions)},
              {"n-shot", std::move(shots)},
              {"higher_is_better", std::move(better)},
              {"n-samples", std::move(counts)},
              {"config", Json{{"model", "assay"},
                              {"model_args", Json{{"digest", run.outcome.model.digest}}},
                              {"limit", nullptr},
                              {"random_seed", run.outcome.seed}}},
              {"git_hash", nullptr},
              {"date", with_offset(run.outcome.created)},
              {"model_name", run.outcome.model.name},
              {"assay", Json{{"run", run.about()}, {"tasks", std::move(tasks)}}}};
}

}  // namespace

Result<Exported> export_lm_eval(store::Store& store, const ExportRun& run, const fs::path& out,
                                const ExportOptions& options) {
  if (out.has_extension() && (out.extension() == ".json" || out.extension() == ".jsonl")) {
    return fail(ErrorKind::usage, "this format is several files", out.string(),
                "Name a folder with --out");
  }
  Exported done;
  std::string time = run.outcome.created;
  std::replace(time.begin(), time.end(), ':', '-');
  if (time.ends_with("Z")) time.pop_back();
  for (const ExportTask& task : run.tasks) {
    const fs::path path = out / ("samples_" + task.label() + "_" + time + ".jsonl");
    ASSAY_TRY(PartFile file, PartFile::create(path));
    std::int64_t number = 0;
    ASSAY_CHECK(for_each_sample(store, run, task, options, [&](ExportSample&& sample) -> Status {
      file.write(line_of(sample, number++));
      return {};
    }));
    ASSAY_CHECK(file.close());
    done.samples += number;
    done.files.push_back(path);
  }
  const fs::path path = out / ("results_" + time + ".json");
  ASSAY_TRY(PartFile file, PartFile::create(path));
  file.write(dump_json(results_json(run), 2) + "\n");
  ASSAY_CHECK(file.close());
  done.files.insert(done.files.begin(), path);
  return done;
}

}  // namespace assay::logs
