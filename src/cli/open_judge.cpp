#include "cli/open_judge.h"

#include <cstdlib>

#include "cli/model_name.h"
#include "cli/open_model.h"
#include "eval/judge/similarity.h"

namespace assay::cli {
namespace {

constexpr std::string_view kRules = "rules:";
constexpr std::string_view kSimilarity = "similarity:";

/// "similarity:minilm" or "similarity:minilm@0.8".
Result<std::unique_ptr<eval::Judge>> open_similarity(const std::string& spec, int threads) {
  std::string name = spec.substr(kSimilarity.size());
  double threshold = eval::kSimilarityThreshold;
  if (const std::size_t at = name.rfind('@'); at != std::string::npos) {
    char* end = nullptr;
    const std::string number = name.substr(at + 1);
    threshold = std::strtod(number.c_str(), &end);
    if (number.empty() || *end != '\0' || !(threshold > -1.0 && threshold < 1.0)) {
      return fail(ErrorKind::usage, "the threshold is a number between -1 and 1", spec,
                  "Write similarity:minilm@0.8");
    }
    name.erase(at);
  }
  ASSAY_TRY(const std::filesystem::path file, resolve_model(name));
  ASSAY_TRY(auto embedder, model::local::Embedder::open(file, threads));
  return eval::make_similarity_judge(std::move(embedder), threshold);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out.append(out.empty() ? "" : " ").append(word);
  return out;
}

}  // namespace

void add_judge_options(CLI::App& app, JudgeOptions& options) {
  app.add_option("--judge", options.wish.judges,
                 "Who judges the answers: a model, rules:NAME or similarity:minilm; several models "
                 "decide together")
      ->allow_extra_args(false);
  app.add_option("--judge-rubric", options.wish.rubric,
                 "What a judging model is asked (YAML, JSON)");
  app.add_option("--judge-calibration", options.wish.calibrations,
                 "Its measured error, of `assay judge calibrate`")
      ->allow_extra_args(false);
  app.add_option("--judge-arg", options.model_args, "An argument of a served judge, key=value")
      ->allow_extra_args(false);
}

Result<std::unique_ptr<eval::Judge>> open_judge(const std::vector<std::string>& judges,
                                                const std::string& rubric,
                                                const JudgeOptions& options) {
  for (const std::string& judge : judges) {
    const bool rule = judge.starts_with(kRules);
    if (!rule && !judge.starts_with(kSimilarity)) continue;
    if (judges.size() > 1) {
      return fail(ErrorKind::usage, "a rule and a similarity judge alone", judge,
                  "Give it as the only judge");
    }
    if (!rule) return open_similarity(judge, options.threads);
    return eval::make_rule_judge(judge.substr(kRules.size()));
  }
  if (judges.empty()) return fail(ErrorKind::usage, "no judge is named", "--judge");
  if (rubric.empty()) {
    return fail(ErrorKind::usage, "a model judges by a rubric, and none is given", joined(judges),
                "Write one and give it with --judge-rubric (docs/judges.md)");
  }
  ASSAY_TRY(eval::Rubric read, eval::read_rubric(rubric));
  std::vector<std::unique_ptr<model::Model>> models;
  for (const std::string& judge : judges) {
    OpenOptions open;
    open.model_args = options.model_args;
    open.threads = judge.starts_with("openai:") ? 0 : options.threads;
    ASSAY_TRY(models.emplace_back(), open_model(judge, open));
    if (models.back()->can().generate) continue;
    return fail(ErrorKind::unsupported, "the model cannot generate text here", judge);
  }
  return eval::make_model_judge(std::move(models), std::move(read));
}

Result<eval::JudgeSetup> open_judge_setup(const eval::task_files::JudgeWish& wish,
                                          const JudgeOptions& options) {
  eval::JudgeSetup out;
  ASSAY_TRY(out.judge, open_judge(wish.judges, wish.rubric, options));
  for (const std::string& judge : wish.judges)
    out.words.insert(out.words.end(), {"--judge", judge});
  if (!wish.rubric.empty()) out.words.insert(out.words.end(), {"--judge-rubric", wish.rubric});
  for (const std::string& file : wish.calibrations) {
    out.words.insert(out.words.end(), {"--judge-calibration", file});
  }
  std::string others;
  for (const std::string& file : wish.calibrations) {
    ASSAY_TRY(eval::Calibration calibration, eval::read_calibration(file));
    if (calibration.digest == out.judge->digest()) {
      out.calibration = std::make_shared<const eval::Calibration>(std::move(calibration));
    } else {
      others += (others.empty() ? "" : ", ") + file + " is of " + calibration.judge;
    }
  }
  if (out.calibration == nullptr && !wish.calibrations.empty()) {
    return fail(ErrorKind::usage,
                std::string("no calibration belongs to the judge ") + out.judge->name() +
                    " as it is now (weights, template, rubric)",
                others, "Run `assay judge calibrate` with this judge and rubric");
  }
  return out;
}

Result<eval::JudgeSetup> JudgeTasks::setup(const eval::task_files::JudgeWish& wish) {
  const std::string key =
      joined(wish.judges) + "\n" + wish.rubric + "\n" + joined(wish.calibrations);
  const auto place = open_.find(key);
  if (place != open_.end()) return place->second;
  ASSAY_TRY(const eval::JudgeSetup made, open_judge_setup(wish, options_));
  open_[key] = made;
  return made;
}

Result<std::unique_ptr<eval::Task>> JudgeTasks::wrap(std::unique_ptr<eval::Task> task) {
  const auto* own = eval::task_files::judge_wish(*task);
  const bool writes = task->info().needs.generate;
  const auto* wish = options_.given() && writes ? &options_.wish : own;
  if (wish == nullptr) return task;
  if (wish->judges.empty()) {
    return fail(ErrorKind::usage, "the task is scored by a judge, and none is named",
                task->info().name, "Name one with --judge, or as `judge` in its file");
  }
  ASSAY_TRY(eval::JudgeSetup made, setup(*wish));
  ++judged_;
  return eval::make_judged_task(std::move(task), std::move(made));
}

Status JudgeTasks::check() const {
  if (!options_.given() || judged_ > 0) return {};
  return fail(ErrorKind::usage, "there is no task for the judge", "--judge",
              "It judges tasks of your own files in which the model writes answers: --task-file");
}

}  // namespace assay::cli
