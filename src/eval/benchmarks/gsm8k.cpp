// gsm8k: grade-school word problems (Cobbe et al. 2021), from test.jsonl.
//
// The model reasons and gives a number, which must be that after "####" in the reference (the
// paper's test). Its own number is read after its last "####"; where it writes none, the final
// number of the answer is taken if it is clear (eval/scorers/number.h), else it is unassessed. The
// stricter reading, in which only "####" counts, stands beside.
#include <cmath>
#include <cstdlib>

#include "base/text.h"
#include "eval/benchmark.h"
#include "eval/contrast.h"
#include "eval/data/records.h"
#include "eval/scorers/answer_text.h"
#include "eval/scorers/number.h"

namespace assay::eval {

void register_gsm8k(Registry& registry);

namespace {

constexpr std::string_view kMark = "####";

data::Dataset gsm8k_dataset() {
  data::Dataset out;
  out.name = "gsm8k";
  out.title = "GSM8K: grade-school mathematics";
  out.license = "MIT";
  out.citation =
      "Cobbe et al. 2021, Training Verifiers to Solve Math Word Problems, arXiv:2110.14168";
  out.homepage = "https://github.com/openai/grade-school-math";
  out.base_url =
      "https://raw.githubusercontent.com/openai/grade-school-math/"
      "3101c7d5072418e28b9008a6636bde82a006892c/";
  out.rows = 1319;
  out.files = {{"test.jsonl", "grade_school_math/data/test.jsonl",
                "3730d312f6e3440559ace48831e51066acaca737f6eabec99bccb9e4b3c39d14", 749738}};
  return out;
}

TaskInfo gsm8k_info() {
  TaskInfo out;
  out.name = "gsm8k";
  out.dataset = "gsm8k";
  out.title = {"GSM8K: word problems", "GSM8K：数学应用题"};
  out.description = {
      "Word problems of school mathematics that take two to eight steps. The model is asked to "
      "reason and to end with \"####\" and the number, without examples; the number must be that "
      "of "
      "the reference. An answer without a clear final number, or one that is cut off, is "
      "unassessed.",
      "需要二至八步推理的小学数学应用题。要求模型先推理，最后以“####”加数字结尾，不给例题；该数字"
      "必须与标准答案一致。没有明确最终数字或被截断的回答不作评判。"};
  out.limits = {
      "Published figures mostly put eight worked examples before the question; these have none, so "
      "they are not comparable with them. Some questions are ambiguous or have a wrong reference "
      "(Vendrow et al. 2025, arXiv:2502.03461). Public since 2021: fresh problems of the "
      "same kind find models up to 8 points worse (Zhang et al. 2024, arXiv:2405.00332).",
      "已发表的数值大多在题前给出八道例题，这里没有，因此不可直接比较。部分题目含糊或标准答案有误"
      "（Vendrow 等，2025，arXiv:2502.03461）。自 2021 年起公开：同类新题上模型最多下降 8 个百分点"
      "（Zhang 等，2024，arXiv:2405.00332）。"};
  out.topics = {"capability.reasoning"};
  out.items = {100, 400, 1319};
  out.needs.generate = true;
  out.langs = {Lang::en};
  return out;
}

/// The number directly after the last mark; nothing where there is no mark or no number.
std::optional<double> marked_number(std::string_view text) {
  const auto mark = text.rfind(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  std::string_view rest = trim(text.substr(mark + kMark.size()));
  rest = rest.substr(0, rest.find('\n'));
  const auto numbers = numbers_in(rest);
  if (numbers.empty()) return std::nullopt;
  return numbers.front().value;
}

Result<Sample> sample_of(const data::Record& record, std::size_t place) {
  ASSAY_TRY(const std::string question, record.text("question"));
  ASSAY_TRY(const std::string answer, record.text("answer"));
  const auto target = marked_number(answer);
  if (!target) {
    return tl::unexpected(record.error("the answer does not end with #### and a number",
                                       "GSM8K's answers end with a line such as '#### 42'"));
  }
  Sample sample;
  sample.id = std::to_string(place);
  sample.messages = {{"user", question +
                                  "\n\nReason step by step. End with a line that holds \"####\" "
                                  "and the final number, and nothing else."}};
  sample.max_tokens = 512;
  sample.metadata = Json{{"number", *target}, {"question", question}};
  return sample;
}

class Gsm8k : public Benchmark {
 public:
  explicit Gsm8k(const Registry& registry) : Benchmark(gsm8k_info(), registry) {}

  [[nodiscard]] const Solver& solver() const override { return solver_; }

  [[nodiscard]] Result<std::vector<Sample>> load(
      const std::filesystem::path& folder) const override {
    const auto upstream = folder / "grade_school_math" / "data" / "test.jsonl";
    const auto file = std::filesystem::exists(upstream) ? upstream : folder / "test.jsonl";
    ASSAY_TRY(const auto records, data::read_jsonl(file));
    std::vector<Sample> out;
    for (const data::Record& record : records) {
      ASSAY_TRY(out.emplace_back(), sample_of(record, out.size()));
    }
    return out;
  }

  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    if (const auto unusable = without_answer(trace)) return *unusable;
    const std::string text = narrow(final_text(trace.answer()));
    const double wanted = sample.metadata.value("number", 0.0);
    const auto marked = marked_number(text);
    const auto right = [&](double value) { return std::fabs(value - wanted) < 1e-6; };
    const NumberAnswer found =
        marked ? NumberAnswer{marked, {}}
               : final_number(text, sample.metadata.value("question", std::string()));
    Score out;
    if (!found.value) {
      out = Score::unassessed(found.reason, text);
    } else {
      const std::string said = dump_json(Json(*found.value));
      out = right(*found.value) ? Score::pass(said) : Score::miss(said, "another number");
    }
    out.metadata = Json{{"marked", marked && right(*marked) ? 1 : 0}};
    return out;
  }

  [[nodiscard]] std::vector<Example> examples() const override {
    const Json item{{"question",
                     "A shelf holds 5 boxes of 8 pens, and 7 pens are taken away. How "
                     "many pens are left?"},
                    {"answer", "5 x 8 = 40 pens.\n#### 33"}};
    const Sample sample = sample_of({item, "example"}, 0).value();
    using model::FinishReason;
    return {{sample,
             {"5 x 8 = 40, and 40 - 7 = 33.\n#### 33"},
             {},
             FinishReason::stop,
             Verdict::success},
            {sample,
             {"There are 40 pens, so 33 are left. The answer is 33."},
             {},
             FinishReason::stop,
             Verdict::success},
            {sample, {"5 + 8 = 13\n#### 13"}, {}, FinishReason::stop, Verdict::failure},
            {sample,
             {"#### 33\nNo, that is wrong.\n#### 35"},
             {},
             FinishReason::stop,
             Verdict::failure},
            {sample, {"5 x 8 = 40, and 40"}, {}, FinishReason::length, Verdict::unassessed},
            {sample, {"I like pens."}, {}, FinishReason::stop, Verdict::unassessed}};
  }

 protected:
  [[nodiscard]] Summary figures(const std::vector<Scored>& scored,
                                const SummaryContext& context) const override {
    MeanFigure accuracy;
    accuracy.id = "accuracy";
    accuracy.label = {"Right numbers", "答案数字正确的比例"};
    accuracy.chance = 0.0;
    accuracy.ceiling = 1.0;
    accuracy.direction = Direction::higher_better;
    accuracy.primary = true;
    Summary summary;
    summary.figures.push_back(mean_figure(scored, context, accuracy, success_of));
    accuracy.id = "accuracy_marked";
    accuracy.label = {"Right numbers after \"####\"; an answer without it is wrong",
                      "“####”后数字正确的比例（没有该标记视为错误）"};
    accuracy.primary = false;
    // Also of an answer in which no final number is clear: it has no mark.
    summary.figures.push_back(mean_figure(scored, context, accuracy, [](const Scored& one) {
      const auto value = metadata_number(one.score.metadata, "marked");
      return value ? Contribution::of(*value) : Contribution::unassessed();
    }));
    return summary;
  }

 private:
  GenerateSolver solver_;
};

}  // namespace

void register_gsm8k(Registry& registry) {
  registry.add_dataset(gsm8k_dataset());
  registry.add(std::make_unique<Gsm8k>(registry));
}

}  // namespace assay::eval
