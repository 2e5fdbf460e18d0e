// calibration: is the model as sure as it is right?
//
// Sentences with four ends, in four grades of difficulty. Confidence of an answer = its share of
// the probability of the four ends (softmax of their total log-probabilities). Then the sentence
// with the end that the model chose is put to the model again, with the question whether it is
// true: the share of "yes" is its stated confidence (Kadavath et al. 2022, arXiv:2207.05221,
// section 3, "P(True)"). Cluster = item. Success = the right end was chosen.
#include <array>
#include <cmath>
#include <string>

#include "eval/contrast.h"
#include "eval/grouped_summary.h"
#include "eval/items/draw.h"
#include "eval/items/facts.h"
#include "eval/items/graded_items.h"
#include "eval/registry.h"
#include "stats/confidence.h"

namespace assay::eval {
namespace {

constexpr double kChance = 0.25;
constexpr std::size_t kOptions = 4;
constexpr std::array<std::string_view, 4> kGroups = {"known", "rare", "sums_easy", "sums_hard"};

const std::array<GroupLabel, 4>& labels() {
  static const std::array<GroupLabel, 4> all = {{
      {"known", {"Right: facts that are widely known", "答对比例：广为人知的事实"}},
      {"rare", {"Right: facts that few know", "答对比例：较少人知道的事实"}},
      {"sums_easy", {"Right: easy arithmetic", "答对比例：简单算术"}},
      {"sums_hard", {"Right: hard arithmetic", "答对比例：较难算术"}},
  }};
  return all;
}

TaskInfo make_info() {
  TaskInfo info;
  info.name = "calibration";
  info.title = {"As sure as it is right?", "自信程度与正确率是否相符"};
  info.description = {
      "Beginnings of sentences with four ends of the same kind, one of them right, in four grades "
      "of difficulty (known facts, rare facts, easy and hard arithmetic). The likeliest end is the "
      "answer; its share of the probability of the four ends is the confidence. Confidence is held "
      "against how often answers are right: calibration error (bins of equal mass, without its "
      "upward bias), Brier score and its parts, and the error that is left when only the surest "
      "answers are given. Then the model is asked whether the sentence that it made is true: the "
      "share of \"yes\" is its stated confidence.",
      "句子开头各配四个同类结尾，只有一个正确，分四个难度（常识、冷门事实、简单算术、较难算术）。"
      "概率最高的结尾即为答案，它在四个结尾的概率总和中所占份额即为自信程度。将自信程度与实际正确率"
      "对照：校准误差（等量分箱，并扣除向上的偏差）、Brier 分数及其分解，以及只给出最有把握的答案时"
      "剩余的错误率。随后再问模型它选出的句子对不对：回答“是”所占的份额即为它自述的自信程度。"};
  info.limits = {
      "Confidence is read from probabilities of given ends, not from free answers; a chat model "
      "can "
      "speak more surely or less surely than that. Calibration on easy facts and arithmetic need "
      "not hold elsewhere. A model that guesses and knows it is calibrated too: read it with the "
      "share of right answers.",
      "自信程度取自给定结尾的概率，而非自由作答；对话时模型的口气可能更笃定或更保守。在常识和算术上"
      "校准良好，不等于在其他领域也如此。一个只会猜、且“知道”自己在猜的模型也算校准良好：应与正确率"
      "一起看。"};
  info.topics = {"malfunction.reliability", "capability.knowledge"};
  info.citation =
      "Kumar, Liang & Ma 2019, NeurIPS; Roelofs et al. 2022, AISTATS; Murphy 1973, J. Appl. "
      "Meteorol. 12; Geifman & El-Yaniv 2017, NeurIPS; Kadavath et al. 2022, arXiv:2207.05221; "
      "items are our own";
  info.items = {60, 120, 240};
  info.needs.logprobs = true;
  info.needs.language = true;
  info.chance = kChance;
  return info;
}

/// Four ends in a random order; then the same sentence, judged.
Sample sample_of(const GradedItem& item, Lang lang, std::uint64_t seed) {
  Sample sample;
  sample.context = item.beginning;
  Rng rng = Rng::named(seed, "calibration/place/" + item.key);
  const auto place = static_cast<std::ptrdiff_t>(rng.index(kOptions));
  std::vector<std::string> ends = item.wrong;
  ends.insert(ends.begin() + place, item.right);
  for (const std::string& end : ends) {
    sample.choices.push_back(lang == Lang::en ? " " + end + "." : end + "。");
  }
  sample.target_index = static_cast<int>(place);
  sample.lang = lang;
  return sample;
}

/// Facts of the banks in an order of the seed, by place; arithmetic as it is drawn.
class Bank {
 public:
  explicit Bank(const TaskContext& context) : context_(context) {
    for (const FactItem& fact : fact_items(context.lang, context.seed)) {
      known_.push_back({fact.key, fact.beginning, fact.right, fact.wrong});
    }
    rare_ = rare_fact_items(context.lang, context.seed);
    Rng rng = Rng::named(context.seed, std::string("calibration/order/") + to_string(context.lang));
    rng.shuffle(known_);
    rng.shuffle(rare_);
  }
  Sample make(Rng& rng, std::string_view group) {
    if (group == "known") return next(known_, known_at_);
    if (group == "rare") return next(rare_, rare_at_);
    return sample_of(graded_sum(context_.lang, group, rng), context_.lang, context_.seed);
  }

 private:
  Sample next(const std::vector<GradedItem>& items, std::size_t& at) const {
    return sample_of(items[at++ % items.size()], context_.lang, context_.seed);
  }
  TaskContext context_;
  std::vector<GradedItem> known_, rare_;
  std::size_t known_at_ = 0, rare_at_ = 0;
};

std::size_t best_of(const Trace& trace) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < kOptions; ++i) {
    if (trace.scores[i].total > trace.scores[best].total) best = i;
  }
  return best;
}

/// The four ends; then, after the sentence with the end that was chosen, yes against no.
class ConfidenceSolver : public Solver {
 public:
  [[nodiscard]] std::string name() const override { return "choice_and_confidence"; }
  [[nodiscard]] Step next(const Sample& sample, Trace& trace) const override {
    Step step;
    const auto ask = [&step](std::string context, std::string continuation) {
      model::LoglikelihoodRequest request;
      request.context = std::move(context);
      request.continuation = std::move(continuation);
      step.choices.push_back(std::move(request));
    };
    if (trace.scores.empty()) {
      for (const std::string& choice : sample.choices) ask(sample.context, choice);
    } else if (trace.scores.size() == kOptions) {
      const bool en = sample.lang == Lang::en;
      const std::string said = sample.context + sample.choices[best_of(trace)] +
                               (en ? "\nIs this sentence true? Yes or no?\nAnswer:"
                                   : "\n这句话对吗？是还是否？\n回答：");
      ask(said, en ? " Yes" : "是");
      ask(said, en ? " No" : "否");
    }
    return step;
  }
};

class Calibration : public Task {
 public:
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] const Solver& solver() const override { return solver_; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    Bank bank(context);
    return draw_items(context, "calibration", kGroups,
                      [&bank](Rng& rng, std::string_view group) { return bank.make(rng, group); });
  }
  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override;
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_ = make_info();
  ConfidenceSolver solver_;
};

Score Calibration::score(const Sample& sample, const Trace& trace) const {
  if (trace.scores.size() != kOptions + 2) return Score::unassessed("not every choice was scored");
  for (const auto& one : trace.scores) {
    if (!std::isfinite(one.total)) return Score::unassessed("a choice has no finite score");
  }
  const std::size_t best = best_of(trace);
  double sum = 0.0;
  int equal = 0;
  for (std::size_t i = 0; i < kOptions; ++i) {
    sum += std::exp(trace.scores[i].total - trace.scores[best].total);
    equal += trace.scores[i].total == trace.scores[best].total ? 1 : 0;
  }
  if (equal > 1) return Score::unassessed("two choices are equally likely");
  // Rounded, so that equal beliefs are equal numbers.
  const auto rounded = [](double p) { return std::round(p * 1e12) / 1e12; };
  const double confidence = rounded(1.0 / sum);
  const double stated = rounded(
      1.0 / (1.0 + std::exp(trace.scores[kOptions + 1].total - trace.scores[kOptions].total)));
  const bool right = static_cast<int>(best) == sample.target_index;
  const std::string why = "confidence " + short_number(confidence, 3);
  Score score =
      right ? Score::pass(sample.choices[best], why) : Score::miss(sample.choices[best], why);
  score.metadata = {{"confidence", confidence}, {"stated", stated}};
  return score;
}

std::vector<stats::Forecast> forecasts_of(const std::vector<Scored>& scored, const char* key,
                                          stats::CalibrationOptions& options) {
  std::vector<stats::Forecast> out;
  stats::ClusterIds clusters;
  for (const Scored& one : scored) {
    const auto probability = metadata_number(one.score.metadata, key);
    if (one.score.verdict == Verdict::unassessed || !probability) {
      ++options.unassessed;
      continue;
    }
    out.push_back({*probability, one.score.verdict == Verdict::success, clusters.of(one.cluster)});
  }
  return out;
}

/// Mean of confidence less outcome: above 0, too sure of itself.
stats::Estimate gap_of(std::span<const stats::Forecast> forecasts,
                       const stats::CalibrationOptions& calibration) {
  std::vector<stats::Observation> values;
  for (const auto& f : forecasts) {
    values.push_back({f.probability - (f.correct ? 1.0 : 0.0), f.cluster});
  }
  stats::ClusterOptions options;
  options.support = stats::Interval{-1.0, 1.0};
  options.unit = "difference of proportions";
  options.seed = calibration.seed;
  options.unassessed = calibration.unassessed;
  return stats::clustered_mean(values, options);
}

class Figures {
 public:
  Figures(Summary& summary, const SummaryContext& context) : summary_(summary), context_(context) {}
  Figure& add(const std::string& id, Text label, stats::Estimate estimate, Direction direction) {
    Figure figure;
    figure.id = id + "." + to_string(context_.lang);
    figure.label = std::move(label);
    figure.estimate = std::move(estimate);
    figure.direction = direction;
    figure.lang = to_string(context_.lang);
    summary_.figures.push_back(std::move(figure));
    return summary_.figures.back();
  }

 private:
  Summary& summary_;
  const SummaryContext& context_;
};

void add_confidence_figures(const std::vector<Scored>& scored, const SummaryContext& context,
                            Figures& figures) {
  stats::CalibrationOptions options;
  options.seed = context.seed;
  const auto forecasts = forecasts_of(scored, "confidence", options);
  Figure& ece =
      figures.add("ece", {"Calibration error (0 is best)", "校准误差（0 为最佳）"},
                  stats::debiased_calibration_error(forecasts, options), Direction::lower_better);
  ece.primary = true;
  ece.note = {
      "Mean distance of confidence from the share of right answers, 10 bins of equal mass, "
      "its upward bias taken off.",
      "自信程度与正确率的平均差距，分为 10 个等量箱，已扣除向上的偏差。"};
  figures.add("overconfidence",
              {"Confidence less share of right answers (above 0: too sure)",
               "自信程度减正确率（大于 0 表示过度自信）"},
              gap_of(forecasts, options), Direction::neutral);
  stats::ClusterOptions clusters;
  clusters.seed = context.seed;
  clusters.unassessed = options.unassessed;
  figures.add("brier", {"Brier score of the confidence", "自信程度的 Brier 分数"},
              stats::brier_score(forecasts, clusters), Direction::lower_better);
  stats::BrierEstimates parts = stats::brier_decomposition(forecasts, options);
  figures.add("brier.reliability",
              {"Brier score: part that comes from bad calibration", "Brier 分数：校准不佳的部分"},
              parts.reliability, Direction::lower_better);
  figures.add("brier.resolution",
              {"Brier score: part that telling right from wrong takes off",
               "Brier 分数：因能区分对错而减少的部分"},
              parts.resolution, Direction::higher_better);
  figures.add("risk.50",
              {"Wrong among the surest half of the answers", "最有把握的一半答案中的错误率"},
              stats::selective_risk(forecasts, 0.5, options), Direction::lower_better);
  figures.add("risk.80", {"Wrong among the surest four fifths", "最有把握的五分之四答案中的错误率"},
              stats::selective_risk(forecasts, 0.8, options), Direction::lower_better);
  figures.add("aurc", {"Area under the risk-coverage curve", "风险—覆盖率曲线下面积"},
              stats::risk_coverage_area(forecasts, options), Direction::lower_better);
  figures
      .add("auroc",
           {"A right answer is surer than a wrong one (chance 50%)",
            "正确答案比错误答案更自信的概率（随机为 50%）"},
           stats::confidence_auroc(forecasts, options), Direction::higher_better)
      .estimate.chance = 0.5;
}

void add_stated_figures(const std::vector<Scored>& scored, const SummaryContext& context,
                        Figures& figures) {
  stats::CalibrationOptions options;
  options.seed = context.seed;
  const auto forecasts = forecasts_of(scored, "stated", options);
  Figure& sorted =
      figures.add("stated.auroc",
                  {"Asked whether its answer is true: says yes more to right ones (chance 50%)",
                   "被问及答案对不对时，对正确答案更倾向说“是”的概率（随机为 50%）"},
                  stats::confidence_auroc(forecasts, options), Direction::higher_better);
  sorted.estimate.chance = 0.5;
  sorted.note = {
      "Over all grades together: a model that says yes more readily to one kind of "
      "sentence, such as sums, can come out below 50%.",
      "四个难度合并计算：若模型对某类句子（如算式）更爱说“是”，结果可能低于 50%。"};
  figures.add(
      "stated.overconfidence",
      {"Says that its answer is true, less share of right answers", "自称答案正确的程度减正确率"},
      gap_of(forecasts, options), Direction::neutral);
}

Summary Calibration::summarise(const std::vector<Scored>& scored,
                               const SummaryContext& context) const {
  Summary summary =
      grouped_summary(scored, context, {"Right end chosen", "选对结尾"}, labels(), kChance);
  for (Figure& figure : summary.figures) figure.primary = false;
  const stats::Estimate accuracy = summary.figures.front().estimate;
  Figures figures(summary, context);
  add_confidence_figures(scored, context, figures);
  add_stated_figures(scored, context, figures);
  if (!accuracy.known() || accuracy.interval.low <= kChance) {
    summary.status = Status::not_assessable;
    summary.reason = {
        "The answers are not shown to be better than guesses, so there is no knowledge that "
        "confidence could follow.",
        "答案并不比猜测更好，因此谈不上自信程度与所知是否相符。"};
  }
  return summary;
}

std::vector<Example> Calibration::examples() const {
  std::vector<Example> out;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const GradedItem item = rare_fact_items(lang, 1).front();
    Sample sample = sample_of(item, lang, 1);
    sample.id = sample.cluster = "example";
    sample.group = "rare";
    std::vector<double> right(kOptions + 2, -9.0);
    std::vector<double> wrong = right;
    const auto target = static_cast<std::size_t>(sample.target_index);
    right[target] = -2.0;
    wrong[(target + 1) % kOptions] = -2.0;
    out.push_back({sample, {}, right, model::FinishReason::stop, Verdict::success});
    out.push_back({sample, {}, wrong, model::FinishReason::stop, Verdict::failure});
    out.push_back({sample,
                   {},
                   std::vector<double>(kOptions + 2, -5.0),
                   model::FinishReason::stop,
                   Verdict::unassessed});
  }
  return out;
}

}  // namespace

void register_calibration(Registry& registry) { registry.add(std::make_unique<Calibration>()); }

}  // namespace assay::eval
