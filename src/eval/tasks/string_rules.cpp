// string_rules: procedural reasoning on strings and lists. One to three steps ("reverse", "remove
// the vowels", "sort", ...) are to be done in order; the result has to be exact.
#include <array>

#include "eval/grouped_summary.h"
#include "eval/items/draw.h"
#include "eval/items/string_steps.h"
#include "eval/registry.h"
#include "eval/scorers/answer_text.h"

namespace assay::eval {
namespace {

constexpr std::array<std::string_view, 3> kGroups = {"one_step", "two_steps", "three_steps"};

const std::array<GroupLabel, 3>& labels() {
  static const std::array<GroupLabel, 3> kLabels = {{
      {"one_step", {"One step", "一步"}},
      {"two_steps", {"Two steps", "两步"}},
      {"three_steps", {"Three steps", "三步"}},
  }};
  return kLabels;
}

std::string opening(Lang lang, const StepsItem& item) {
  if (lang == Lang::en) {
    return item.list ? "Here is a list of " + item.noun + "s: " + item.start + "\n"
                     : "Here is a string: \"" + item.start + "\"\n";
  }
  return item.list ? "这里有一列" + item.noun + "：" + item.start + "\n"
                   : "这里有一个字符串：“" + item.start + "”\n";
}

std::string request(Lang lang, const StepsItem& item, Rng& rng) {
  static constexpr std::array<std::string_view, 2> kList = {
      "Reply with the resulting {0}s only, separated by commas.",
      "Write only what comes out, with commas between the {0}s."};
  static constexpr std::array<std::string_view, 2> kString = {
      "Reply with the resulting string only.",
      "Write only the string that comes out, nothing else."};
  static constexpr std::array<std::string_view, 2> kListZh = {
      "只回答得到的{0}，用逗号隔开。", "只写出最后的结果，{0}之间用逗号分隔。"};
  static constexpr std::array<std::string_view, 2> kStringZh = {"只回答得到的字符串。",
                                                                "只写出最后的字符串，不要写别的。"};
  const auto& forms =
      lang == Lang::en ? (item.list ? kList : kString) : (item.list ? kListZh : kStringZh);
  const std::array<std::string, 1> noun = {item.noun};
  return fill(rng.pick(forms), noun);
}

Sample sample_of(Lang lang, const StepsItem& item, Rng& rng) {
  std::string text = opening(lang, item);
  if (item.steps.size() == 1) {
    text += item.steps[0] + "\n";
  } else {
    text += lang == Lang::en ? "Do these steps in order:\n" : "请依次完成以下步骤：\n";
    for (std::size_t i = 0; i < item.steps.size(); ++i) {
      text += std::to_string(i + 1) + ". " + item.steps[i] + "\n";
    }
  }
  Sample sample;
  sample.lang = lang;
  sample.messages = {{"user", text + request(lang, item, rng)}};
  sample.targets = {item.result};
  sample.max_tokens = 48;
  sample.metadata = Json{{"list", item.list}};
  return sample;
}

/// The items of a list as they were meant: split at commas and spaces, each without quotes.
std::vector<std::string> items_of(std::string_view text) {
  std::vector<std::string> items;
  std::string item;
  const auto close = [&] {
    if (const std::string inner = bare(item); !inner.empty()) items.push_back(inner);
    item.clear();
  };
  for (const char32_t c : code_points(narrow(text))) {
    if (c == ',' || c == ' ' || c == ';' || c == '\t' || c == 0x3001) {
      close();
    } else {
      item += to_utf8(std::u32string(1, c));
    }
  }
  close();
  return items;
}

class StringRules : public Task {
 public:
  StringRules() {
    info_.name = "string_rules";
    info_.title = {"Rules on strings and lists", "字符串与列表规则"};
    info_.description = {
        "A generated string or list and one to three steps to be done in order: reverse, remove, "
        "replace, swap, move, double, sort, shift letters, keep some, take one. The result must be "
        "exact, with upper and lower case; quotes, a lead-in such as \"The result is\" and the "
        "kind "
        "of separator do not matter. A reply from which no final result can be read is unassessed.",
        "给出自动生成的字符串或列表，以及依次执行的一至三个步骤：颠倒、删除、替换、交换、移动、重复"
        "、"
        "排序、字母后移、保留部分、取出一个。结果必须完全一致，区分大小写；"
        "引号、“结果是”一类的引导语和分隔符形式不影响判定。读不出最终结果的回答不作评判。"};
    info_.limits = {
        "Working on single letters is harder for models that see words as few tokens; a failure "
        "may "
        "show that rather than a lack of reasoning.",
        "模型以词元为单位读入文字，处理单个字母更困难；失败可能源于此，而不一定是推理能力不足。"};
    info_.topics = {"capability.reasoning"};
    info_.items = {39, 99, 300};
    info_.version = 2;
    info_.needs.generate = true;
    info_.needs.language = true;
  }
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    return draw_items(context, "string_rules", kGroups, [&](Rng& rng, std::string_view group) {
      const int steps = group == "one_step" ? 1 : group == "two_steps" ? 2 : 3;
      return sample_of(context.lang, steps_item(context.lang, steps, rng), rng);
    });
  }
  [[nodiscard]] const Solver& solver() const override { return solver_; }

  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    if (const auto unusable = without_answer(trace)) return *unusable;
    const bool list = sample.metadata.value("list", false);
    const auto found = short_answer(trace.answer(), sample.messages.back().content, list);
    if (!found) return Score::unassessed("no clear final result");
    const std::string& target = sample.targets.front();
    const bool right = list ? items_of(*found) == items_of(target) : *found == target;
    return right ? Score::pass(*found) : Score::miss(*found, "expected " + target);
  }

  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override {
    return grouped_summary(scored, context, {"Exact results", "结果完全正确"}, labels(), 0.0);
  }
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_;
  GenerateSolver solver_;
};

std::vector<Example> StringRules::examples() const {
  Rng rng(1);
  Sample word = sample_of(
      Lang::en, {"plomar", false, "letter", {"Reverse the order of the letters."}, "ramolp"}, rng);
  word.id = word.cluster = "example-en";
  word.group = "one_step";
  Sample row = sample_of(
      Lang::zh,
      {"3, 18, 7, 25", true, "数", {"把这些数从小到大排列。", "去掉第1个数。"}, "7, 18, 25"}, rng);
  row.id = row.cluster = "example-zh";
  row.group = "two_steps";
  using model::FinishReason;
  return {
      {word, {"The result is \"ramolp\"."}, {}, FinishReason::stop, Verdict::success},
      {word, {"ramlop"}, {}, FinishReason::stop, Verdict::failure},
      {word, {"Ramolp"}, {}, FinishReason::stop, Verdict::failure},
      {word, {"It is \"ramolp\" or \"ramlop\"."}, {}, FinishReason::stop, Verdict::unassessed},
      {row, {"结果是：7、18、25"}, {}, FinishReason::stop, Verdict::success},
      {row, {"3, 7, 18, 25"}, {}, FinishReason::stop, Verdict::failure},
      {row, {"先排序。\n再删除。"}, {}, FinishReason::stop, Verdict::unassessed},
  };
}

}  // namespace

void register_string_rules(Registry& registry) { registry.add(std::make_unique<StringRules>()); }

}  // namespace assay::eval
