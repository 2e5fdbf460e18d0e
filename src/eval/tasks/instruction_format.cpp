// instruction_format: one instruction on the form of the answer that a rule can verify: how long,
// which list, which JSON keys, which letters and words, how it begins and ends, which labels. The
// content is not judged. After the idea of verifiable instructions, with own instructions and
// items.
#include <array>

#include "eval/grouped_summary.h"
#include "eval/items/draw.h"
#include "eval/items/format_items.h"
#include "eval/registry.h"
#include "eval/scorers/answer_text.h"
#include "eval/scorers/format.h"

namespace assay::eval {
namespace {

constexpr std::array<std::string_view, 7> kGroups = {"length",  "list",  "json",  "letters",
                                                     "wording", "frame", "choice"};

const std::array<GroupLabel, 7>& labels() {
  static const std::array<GroupLabel, 7> kLabels = {{
      {"length", {"Exact number of words or sentences", "字数或句数准确"}},
      {"list", {"Lists of the asked form and length", "列表的形式与项数"}},
      {"json", {"JSON with the given keys", "包含指定键的 JSON"}},
      {"letters", {"Letter case or no punctuation", "大小写或不用标点"}},
      {"wording", {"Words to use or to avoid", "必须使用或避免的词"}},
      {"frame", {"Given beginning, end or brackets", "指定的开头、结尾或括号"}},
      {"choice", {"One of the labels, or exact repetition", "只选标签或原样重复"}},
  }};
  return kLabels;
}

Sample sample_of(Lang lang, const FormatItem& item) {
  Sample sample;
  sample.lang = lang;
  sample.messages = {{"user", item.text}};
  sample.max_tokens = 96;
  sample.metadata = Json{{"check", item.check}};
  return sample;
}

class InstructionFormat : public Task {
 public:
  InstructionFormat() {
    info_.name = "instruction_format";
    info_.title = {"Follows instructions on form", "遵循格式要求"};
    info_.description = {
        "Requests with one verifiable instruction: exactly n words, sentences, bullet points, "
        "numbered "
        "points or comma-separated items; a JSON object with exactly the given keys; lower case or "
        "capitals only; words to use and to avoid; a given beginning, end or brackets; one of the "
        "given labels; exact repetition. A rule decides; the content is not judged. Replies cut "
        "off "
        "by the limit of 96 tokens, and empty ones, are unassessed.",
        "带有一条可验证格式要求的请求：恰好若干字、句、要点、编号项或逗号分隔的词；"
        "只含指定键的 JSON 对象；不用标点；必须使用或避免某些词；指定的开头、结尾或括号；"
        "只回答给定标签之一；一字不差地重复。由规则判定，不评判内容。"
        "超过 96 个词元被截断的回答和空白回答不作评判。"};
    info_.limits = {
        "One instruction at a time, in short answers. A reply that follows the form may still be "
        "nonsense.",
        "每次只有一条要求，且回答很短。符合格式的回答内容仍可能毫无意义。"};
    info_.topics = {"capability.dialogue", "malfunction.reliability"};
    info_.citation =
        "Zhou et al. 2023, Instruction-Following Evaluation for Large Language Models, "
        "arXiv:2311.07911 (idea of verifiable instructions)";
    info_.items = {42, 105, 252};
    info_.needs.generate = true;
    info_.needs.language = true;
  }
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    return draw_items(context, "instruction_format", kGroups,
                      [&](Rng& rng, std::string_view group) {
                        return sample_of(context.lang, format_item(context.lang, group, rng));
                      });
  }
  [[nodiscard]] const Solver& solver() const override { return solver_; }

  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    if (const auto unusable = without_answer(trace)) return *unusable;
    const std::string answer = final_text(trace.answer());
    const std::string broken = broken_rule(answer, sample.metadata["check"]);
    return broken.empty() ? Score::pass(answer) : Score::miss(answer, broken);
  }

  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override {
    return grouped_summary(scored, context, {"Instructions followed", "遵循的要求"}, labels(), 0.0);
  }
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_;
  GenerateSolver solver_;
};

std::vector<Example> InstructionFormat::examples() const {
  Sample words =
      sample_of(Lang::en, {"Describe the sea in exactly 4 words. Write only these words.",
                           Json{{"kind", "words"}, {"n", 4}}});
  words.id = words.cluster = "example-en";
  words.group = "length";
  Sample keys = sample_of(
      Lang::zh, {"用一个 JSON 对象描述小猫，键只能是“名称”和“颜色”，值要简短。只回复 JSON。",
                 Json{{"kind", "json"}, {"keys", {"名称", "颜色"}}}});
  keys.id = keys.cluster = "example-zh";
  keys.group = "json";
  using model::FinishReason;
  return {
      {words, {"Blue waves, endless water."}, {}, FinishReason::stop, Verdict::success},
      {words, {"The sea is big and blue."}, {}, FinishReason::stop, Verdict::failure},
      {words, {"The sea is a large"}, {}, FinishReason::length, Verdict::unassessed},
      {words, {" "}, {}, FinishReason::stop, Verdict::unassessed},
      {keys,
       {"{\"名称\": \"小白\", \"颜色\": \"白色\"}"},
       {},
       FinishReason::stop,
       Verdict::success},
      {keys, {"名称：小白，颜色：白色"}, {}, FinishReason::stop, Verdict::failure},
      {keys, {""}, {}, FinishReason::stop, Verdict::unassessed},
  };
}

}  // namespace

void register_instruction_format(Registry& registry) {
  registry.add(std::make_unique<InstructionFormat>());
}

}  // namespace assay::eval
