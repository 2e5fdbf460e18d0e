// dialogue_memory: facts told earlier in a conversation, asked for later; how far back they lie,
// and whether the latest value of a fact that changed is the one that counts.
#include <algorithm>
#include <array>

#include "eval/grouped_summary.h"
#include "eval/items/draw.h"
#include "eval/items/memory_items.h"
#include "eval/registry.h"
#include "eval/scorers/answer_text.h"

namespace assay::eval {
namespace {

constexpr std::array<std::string_view, 4> kGroups = {"near", "far", "long", "updated"};

const std::array<GroupLabel, 4>& labels() {
  static const std::array<GroupLabel, 4> kLabels = {{
      {"near", {"Asked in the next turn", "下一轮就提问"}},
      {"far", {"Two turns on other things between", "中间隔两轮其他话题"}},
      {"long", {"Four turns on other things between", "中间隔四轮其他话题"}},
      {"updated", {"A fact was changed since", "事实后来有更新"}},
  }};
  return kLabels;
}

Sample sample_of(Lang lang, const MemoryItem& item) {
  Sample sample;
  sample.lang = lang;
  sample.messages = {{"user", item.turns.front()}};
  sample.turns.assign(item.turns.begin() + 1, item.turns.end());
  sample.targets = {item.target};
  sample.max_tokens = 32;
  sample.metadata = Json{{"rivals", item.rivals}};
  return sample;
}

/// The days of the week have three names in Chinese.
std::string one_name_for_days(std::string text) {
  for (const auto& [from, to] : {std::pair{"礼拜", "星期"}, {"周", "星期"}, {"星期天", "星期日"}}) {
    const std::string_view other = from;
    for (auto at = text.find(other); at != std::string::npos; at = text.find(other, at + 1)) {
      text.replace(at, other.size(), to);
    }
  }
  return text;
}

class DialogueMemory : public Task {
 public:
  DialogueMemory() {
    info_.name = "dialogue_memory";
    info_.title = {"Memory in a conversation", "对话记忆"};
    info_.description = {
        "A person tells two facts of the same kind (names, cities, days, codes, colours), talks of "
        "other things for none, two or four turns, and asks for one of them; in a quarter of the "
        "items that fact is changed in between and the latest value counts. The model answers "
        "every "
        "turn itself. Right if the last reply names the value and no other one that was told; "
        "a reply with several of these values is unassessed.",
        "用户说出两件同类事实（名字、城市、星期、密码、颜色），接着聊零轮、两轮或四轮别的话题，"
        "再询问其中一件；四分之一的题目中该事实中途被更改，以最新值为准。每一轮都由模型自己作答。"
        "最后一轮的回答给出正确的值且没有提到其他说过的值，即为正确；同时提到多个值的回答不作评判"
        "。"};
    info_.limits = {
        "Short conversations of at most six turns; says nothing about long documents or memory "
        "across "
        "conversations.",
        "对话最多六轮，不代表处理长文档或跨对话记忆的能力。"};
    info_.topics = {"capability.dialogue"};
    info_.items = {40, 100, 240};
    info_.needs.generate = true;
    info_.needs.language = true;
  }
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    return draw_items(context, "dialogue_memory", kGroups, [&](Rng& rng, std::string_view group) {
      return sample_of(context.lang, memory_item(context.lang, group, rng));
    });
  }
  [[nodiscard]] const Solver& solver() const override { return solver_; }
  /// A long reply to small talk does not spoil the item; only the last one has to be whole.
  [[nodiscard]] bool scores_truncated() const override { return true; }

  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    if (const auto unusable = without_answer(trace)) return *unusable;
    const std::string answer = one_name_for_days(final_text(trace.answer()));
    const std::string& target = sample.targets.front();
    const bool right = contains_word(answer, target);
    const Json& rivals = sample.metadata["rivals"];
    const bool wrong = std::any_of(rivals.begin(), rivals.end(), [&](const Json& rival) {
      return contains_word(answer, rival.get<std::string>());
    });
    if (right && wrong) return Score::unassessed("names several of the values");
    if (right) return Score::pass(answer);
    return Score::miss(answer, wrong ? "names another value" : "does not name the value");
  }

  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override {
    return grouped_summary(scored, context, {"Facts recalled", "正确回忆的事实"}, labels(), 0.0);
  }
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_;
  DialogueSolver solver_;
};

std::vector<Example> DialogueMemory::examples() const {
  Sample pets =
      sample_of(Lang::en, {{"My dog is called Pixel. My cat is called Luna. Please remember "
                            "this. Reply with \"OK\" only.",
                            "What is my dog called? Reply with the name only."},
                           "Pixel",
                           {"Luna"}});
  pets.id = pets.cluster = "example-en";
  pets.group = "near";
  Sample day = sample_of(
      Lang::zh, {{"我的面试安排在星期一。我的钢琴课安排在星期五。请记住。只回复“好的”。",
                  "我的面试改到星期三了。只回复“好的”。", "我的面试是星期几？只回答星期几。"},
                 "星期三",
                 {"星期五", "星期一"}});
  day.id = day.cluster = "example-zh";
  day.group = "updated";
  using model::FinishReason;
  return {
      {pets, {"OK", "Pixel."}, {}, FinishReason::stop, Verdict::success},
      {pets, {"OK", "Luna"}, {}, FinishReason::stop, Verdict::failure},
      {pets, {"OK", "I do not know."}, {}, FinishReason::stop, Verdict::failure},
      {pets, {"OK", "Pixel or Luna."}, {}, FinishReason::stop, Verdict::unassessed},
      {pets, {"OK", "Your dog is called Pixel and"}, {}, FinishReason::length, Verdict::unassessed},
      {day, {"好的", "好的", "周三。"}, {}, FinishReason::stop, Verdict::success},
      {day, {"好的", "好的", "星期一"}, {}, FinishReason::stop, Verdict::failure},
      {day,
       {"好的", "好的", "原来是星期一，改到星期三。"},
       {},
       FinishReason::stop,
       Verdict::unassessed},
  };
}

}  // namespace

void register_dialogue_memory(Registry& registry) {
  registry.add(std::make_unique<DialogueMemory>());
}

}  // namespace assay::eval
