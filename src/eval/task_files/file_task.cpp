#include "eval/task_files/file_task.h"

#include <algorithm>
#include <cmath>
#include <re2/re2.h>

#include "base/text.h"
#include "eval/benchmark.h"

namespace assay::eval::task_files {
namespace {

std::string without_punctuation(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                        (c >= 'A' && c <= 'Z') || c == ' ' || c == '\n' || c == '\t';
    if (letter) out += c;
  }
  return out;
}

std::string normalised(const AnswerRule& rule, std::string_view text) {
  std::string out(rule.strip ? trim(text) : text);
  if (rule.ignore_case) out = lower_ascii(out);
  if (rule.ignore_punctuation) out = without_punctuation(out);
  return rule.strip ? std::string(trim(out)) : out;
}

/// One generation from a raw prompt.
class PromptSolver : public Solver {
 public:
  explicit PromptSolver(std::vector<std::string> stop) : stop_(std::move(stop)) {}
  [[nodiscard]] std::string name() const override { return "prompt"; }
  [[nodiscard]] Step next(const Sample& sample, Trace& trace) const override {
    if (!trace.generations.empty()) return {};
    Step step;
    step.generate.emplace();
    step.generate->prompt = sample.context;
    step.generate->max_tokens = sample.max_tokens;
    step.generate->stop = stop_;
    return step;
  }

 private:
  std::vector<std::string> stop_;
};

Score score_answer(const AnswerRule& rule, const Sample& sample, const Trace& trace) {
  const auto answer = extract_answer(rule, trace.answer());
  if (!answer) return Score::unassessed("no answer was found in the text");
  for (const std::string& target : sample.targets) {
    if (answers_match(rule, *answer, target)) return Score::pass(*answer);
  }
  return Score::miss(*answer);
}

Score score_greedy(const Trace& trace) {
  if (trace.scores.size() != 1) return Score::unassessed("not every choice was scored");
  const auto& one = trace.scores[0];
  if (!std::isfinite(one.total)) return Score::unassessed("a choice has no finite score");
  Score out = one.greedy ? Score::pass("likeliest") : Score::miss("another text is likelier");
  out.metadata = Json{{"logprob", one.total}};
  return out;
}

/// Bits per byte of the text; no verdict is right or wrong, so success only says that it was
/// scored.
Score score_rolling(const Sample& sample, const Trace& trace) {
  if (trace.scores.size() != 1) return Score::unassessed("not every choice was scored");
  const double total = trace.scores[0].total;
  if (!std::isfinite(total)) return Score::unassessed("a choice has no finite score");
  Score out = Score::pass("scored");
  const auto bytes = static_cast<double>(std::max<std::size_t>(sample.choices[0].size(), 1));
  out.metadata = Json{{"logprob", total}, {"bits_per_byte", -total / std::log(2.0) / bytes}};
  return out;
}

class FileTask : public Task {
 public:
  FileTask(FileTaskSpec spec, Scorer scorer)
      : spec_(std::move(spec)), scorer_(std::move(scorer)), prompt_(spec_.rule.stop) {
    if (!spec_.rule.raw) chat_ = GenerateSolver({}, spec_.rule.stop);
  }

  [[nodiscard]] const TaskInfo& info() const override { return spec_.info; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    std::vector<Sample> out;
    for (const Sample& sample : spec_.samples) {
      if (sample.lang == context.lang) out.push_back(sample);
    }
    return out;
  }
  [[nodiscard]] const Solver& solver() const override {
    if (spec_.scoring != Scoring::answer) return choice_;
    if (spec_.rule.raw) return prompt_;
    return chat_;
  }
  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    switch (spec_.scoring) {
      case Scoring::choice: return choice_score(sample, trace);
      case Scoring::greedy: return score_greedy(trace);
      case Scoring::rolling: return score_rolling(sample, trace);
      case Scoring::answer:
        if (spec_.judge) return Score::unassessed("no judge", std::string(trace.answer()));
        return scorer_ ? scorer_(sample, trace) : score_answer(spec_.rule, sample, trace);
    }
    return Score::unassessed("unknown scoring");
  }
  /// A harness prompt ends its answer at a stop string or the limit alike, as the harness does.
  [[nodiscard]] bool scores_truncated() const override { return spec_.rule.raw && !scorer_; }
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;
  [[nodiscard]] std::vector<Example> examples() const override { return {}; }
  [[nodiscard]] const JudgeWish* wish() const { return spec_.judge ? &*spec_.judge : nullptr; }

 private:
  FileTaskSpec spec_;
  Scorer scorer_;  ///< empty: by the rule
  ChoiceSolver choice_;
  PromptSolver prompt_;
  GenerateSolver chat_;
};

Summary FileTask::summarise(const std::vector<Scored>& scored,
                            const SummaryContext& context) const {
  if (spec_.scoring == Scoring::rolling) {
    MeanFigure bits;
    bits.id = "bits_per_byte";
    bits.label = {"Bits per byte of text", "每字节文本的比特数"};
    bits.unit = "bit";
    bits.support.reset();
    bits.direction = Direction::lower_better;
    bits.primary = true;
    Summary summary;
    summary.figures.push_back(mean_figure(scored, context, bits, [](const Scored& one) {
      return metadata_value(one, "bits_per_byte");
    }));
    return summary;
  }
  Summary summary = accuracy_by_group(scored, context, spec_.info.chance);
  if (spec_.scoring != Scoring::choice) {
    for (Figure& figure : summary.figures) figure.estimate.chance.reset();
    return summary;
  }
  MeanFigure by_length;
  by_length.id = "accuracy_by_length";
  by_length.label = {"Right answers, by log-probability per character (acc_norm)",
                     "按每字符对数概率计的正确比例（acc_norm）"};
  by_length.chance = spec_.info.chance;
  by_length.direction = Direction::higher_better;
  summary.figures.push_back(mean_figure(scored, context, by_length, [](const Scored& one) {
    return metadata_value(one, "by_length");
  }));
  return summary;
}

double mean_chance(const std::vector<Sample>& samples) {
  double sum = 0.0;
  for (const Sample& sample : samples) {
    sum += 1.0 / static_cast<double>(std::max<std::size_t>(sample.choices.size(), 1));
  }
  return samples.empty() ? 0.0 : sum / static_cast<double>(samples.size());
}

}  // namespace

const JudgeWish* judge_wish(const Task& task) {
  const auto* file_task = dynamic_cast<const FileTask*>(&task);
  return file_task == nullptr ? nullptr : file_task->wish();
}

std::optional<std::string> extract_answer(const AnswerRule& rule, std::string_view text) {
  if (rule.pattern.empty()) return std::string(text);
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 pattern(rule.pattern, options);
  if (!pattern.ok()) return std::nullopt;
  std::vector<std::string> found;
  std::string_view rest = text;
  std::vector<re2::StringPiece> parts(static_cast<std::size_t>(pattern.NumberOfCapturingGroups()) +
                                      1);
  re2::StringPiece input(rest.data(), rest.size());
  while (pattern.Match(input, 0, input.size(), RE2::UNANCHORED, parts.data(),
                       static_cast<int>(parts.size()))) {
    const auto whole = std::find_if(parts.begin() + (parts.size() > 1 ? 1 : 0), parts.end(),
                                    [](const auto& part) { return part.data() != nullptr; });
    if (whole != parts.end()) found.emplace_back(whole->data(), whole->size());
    const auto used = static_cast<std::size_t>(parts[0].data() + parts[0].size() - input.data());
    input.remove_prefix(std::min(std::max<std::size_t>(used, 1), input.size()));
    if (input.empty()) break;
  }
  if (found.empty()) return std::nullopt;
  return rule.pattern_match < 0 ? found.back() : found.front();
}

bool answers_match(const AnswerRule& rule, std::string_view answer, std::string_view target) {
  const std::string a = normalised(rule, answer);
  const std::string t = normalised(rule, target);
  return rule.contains ? !t.empty() && a.find(t) != std::string::npos : a == t;
}

Result<std::unique_ptr<Task>> make_file_task(FileTaskSpec spec, const std::string& where) {
  TaskInfo& info = spec.info;
  Scorer scorer;
  if (!spec.scorer.empty()) {
    ASSAY_TRY(scorer, make_scorer(spec.scorer, spec.scorer_options, where));
    ASSAY_TRY(const NamedScorer* known, find_scorer(spec.scorer));
    info.needs.sandbox = known->sandbox;
  }
  const auto items = static_cast<int>(std::min<std::size_t>(spec.samples.size(), 1'000'000));
  info.items = {std::min(items, 200), std::min(items, 1000), items};
  info.needs.generate = spec.scoring == Scoring::answer;
  info.needs.logprobs = spec.scoring != Scoring::answer;
  info.needs.chat = false;
  info.only_by_name = true;
  info.langs.clear();
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const bool has = std::any_of(spec.samples.begin(), spec.samples.end(),
                                 [&](const Sample& sample) { return sample.lang == lang; });
    if (has) info.langs.push_back(lang);
  }
  if (info.title.en.empty()) info.title = {info.name, info.name};
  if (info.description.en.empty()) {
    info.description = {"A task from a file of the person who ran it.",
                        "由运行者的文件定义的任务。"};
  }
  if (info.limits.en.empty()) {
    info.limits = {"Assay knows of this task only what its file says.",
                   "Assay 对该任务的了解仅限于其文件所述。"};
  }
  if (spec.scoring == Scoring::choice && info.chance == 0.0) {
    info.chance = mean_chance(spec.samples);
  }
  return std::unique_ptr<Task>(std::make_unique<FileTask>(std::move(spec), std::move(scorer)));
}

}  // namespace assay::eval::task_files
