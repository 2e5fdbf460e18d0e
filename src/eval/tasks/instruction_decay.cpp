// instruction_decay: does a rule that was given once still hold some turns later?
//
// The first message gives a rule for all replies and asks the first of four questions; the other
// three follow without a reminder. Group = kind of rule, or "control": the same kind of
// conversation without the rule, which shows how often replies meet it by accident. Success = the
// rule is kept in the first and in the last reply. Where it is not kept in the first, there is
// nothing that could decay: unassessed, but it counts in the share of first replies.
#include <array>
#include <map>
#include <string>

#include "eval/contrast.h"
#include "eval/items/draw.h"
#include "eval/items/standing_rules.h"
#include "eval/registry.h"
#include "eval/scorers/rate_figure.h"
#include "eval/scorers/standing_rule.h"
#include "stats/proportion.h"

namespace assay::eval {
namespace {

constexpr std::array<std::string_view, 5> kGroups = {"begin", "end", "taboo", "length", "control"};
constexpr std::array<std::string_view, 4> kKinds = {"begin", "end", "taboo", "length"};

const std::array<Text, 4>& kind_labels() {
  static const std::array<Text, 4> all = {{{"begin with a word", "以某词开头"},
                                           {"end with a word", "以某词结尾"},
                                           {"never say a word", "不出现某词"},
                                           {"at most so many words", "不超过若干字"}}};
  return all;
}

TaskInfo make_info() {
  TaskInfo info;
  info.name = "instruction_decay";
  info.title = {"Keeps to a rule over several turns", "多轮对话中遵守规则的持久性"};
  info.description = {
      "The first message gives a rule for every reply of the conversation (begin or end with a "
      "word, never say a word, at most so many words) and asks a question; three more questions "
      "follow without a reminder. Every reply is checked by a rule. Reported are the share of "
      "replies that keep the rule by turn, and, of the conversations whose first reply kept it, "
      "how many still do in the fourth. One conversation of five has no rule, to show how often "
      "replies meet one by accident.",
      "第一条消息给出一条适用于整个对话的规则（以某词开头或结尾、不出现某词、不超过若干字），并提出"
      "一个问题；随后再问三个问题，不再提醒。用规则逐条检查回答，给出各轮遵守规则的比例，以及首轮遵"
      "守"
      "规则的对话中，到第四轮仍然遵守的比例。五分之一的对话没有给出规则，用来显示碰巧符合规则的频率"
      "。"};
  info.limits = {
      "Four turns and simple rules on form; longer conversations, several rules at once and rules "
      "on content may decay otherwise. A reply that was cut off is only judged where its beginning "
      "decides.",
      "只有四轮对话和简单的形式规则；更长的对话、多条规则并行或关于内容的规则，衰减情况可能不同。"
      "被截断的回答只有在开头已足以判断时才评判。"};
  info.topics = {"malfunction.reliability", "capability.dialogue"};
  info.citation =
      "Multi-turn instruction following after Li et al. 2024, Measuring and Controlling "
      "Instruction (In)Stability in Language Model Dialogs, arXiv:2402.10962 (own items)";
  info.items = {40, 100, 200};
  info.needs.generate = true;
  info.needs.language = true;
  return info;
}

Sample sample_of(Lang lang, const RuleItem& item, bool with_rule) {
  const bool en = lang == Lang::en;
  Sample sample;
  sample.lang = lang;
  const std::string brief =
      en ? "Answer each of my questions in one short sentence." : "请用一个短句回答我的每个问题。";
  const std::string rule = !with_rule
                               ? ""
                               : (en ? " A rule for our whole conversation: " + item.told + "."
                                     : "另外，整个对话都要遵守一条规则：" + item.told + "。");
  sample.messages = {{"user", brief + rule + (en ? " First question: " : "第一个问题：") +
                                  item.questions.front()}};
  sample.turns.assign(item.questions.begin() + 1, item.questions.end());
  sample.max_tokens = 32;
  sample.metadata = {{"rule", item.rule}};
  return sample;
}

/// "kept", "broken" or "unclear" in that turn, or "" where it is not there.
std::string state_in(const Scored& s, std::size_t turn) {
  const Json& evidence = s.score.metadata;
  if (!evidence.is_object() || !evidence.contains("turns") || evidence["turns"].size() <= turn) {
    return "";
  }
  return evidence["turns"][turn].get<std::string>();
}

Count count_turn(const Scored& s, std::size_t turn) {
  const std::string state = state_in(s, turn);
  return state == "kept" ? Count::yes : state == "broken" ? Count::no : Count::unassessed;
}

bool is_control(const Scored& s) { return s.group == "control"; }

/// Of the conversations whose first reply keeps the rule: does the last one?
Count retained(const Scored& s) {
  if (is_control(s) || state_in(s, 0) != "kept") return Count::skip;
  return count_turn(s, kRuleTurns - 1);
}

class InstructionDecay : public Task {
 public:
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] const Solver& solver() const override { return solver_; }
  [[nodiscard]] bool scores_truncated() const override { return true; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    std::size_t controls = 0;
    return draw_items(context, "instruction_decay", kGroups, [&](Rng& rng, std::string_view group) {
      const bool control = group == "control";
      const std::string_view kind = control ? kKinds.at(controls++ % kKinds.size()) : group;
      return sample_of(context.lang, rule_item(context.lang, kind, rng), !control);
    });
  }
  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override;
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_ = make_info();
  DialogueSolver solver_;
};

Score InstructionDecay::score(const Sample& sample, const Trace& trace) const {
  if (trace.generations.size() != kRuleTurns) return Score::unassessed("not every turn was asked");
  std::vector<RuleState> states;
  Json turns = Json::array();
  for (std::size_t turn = 0; turn < kRuleTurns; ++turn) {
    const std::string& asked =
        turn == 0 ? sample.messages.back().content : sample.turns.at(turn - 1);
    const model::GenerateResult& reply = trace.generations[turn];
    states.push_back(judge_standing_rule(sample.metadata["rule"], asked, reply.text,
                                         reply.finish != model::FinishReason::stop, sample.lang));
    turns.push_back(to_string(states.back()));
  }
  const std::string answer(trace.answer());
  Score score;
  if (states.front() == RuleState::unclear || states.back() == RuleState::unclear) {
    score = Score::unassessed("a reply is cut off or no reply", answer);
  } else if (states.front() == RuleState::broken) {
    score = Score::unassessed("rule not kept from the beginning", answer);
  } else if (states.back() == RuleState::kept) {
    score = Score::pass(answer, "kept in the first and in the last reply");
  } else {
    score = Score::miss(answer, "kept in the first, broken in the last reply");
  }
  score.metadata = {{"turns", turns}};
  return score;
}

/// First replies that keep the rule, less those that meet one without being told.
Figure uptake(const std::vector<Scored>& scored, const SummaryContext& context) {
  const RateData told = rate_data(
      scored, [](const Scored& s) { return is_control(s) ? Count::skip : count_turn(s, 0); });
  const RateData untold = rate_data(
      scored, [](const Scored& s) { return is_control(s) ? count_turn(s, 0) : Count::skip; });
  Figure figure;
  figure.id = std::string("uptake.") + to_string(context.lang);
  figure.label = {"First replies that keep the rule, less those that meet one without being told",
                  "首轮遵守规则的比例减去未被告知却碰巧符合的比例"};
  figure.direction = Direction::higher_better;
  figure.lang = to_string(context.lang);
  figure.estimate =
      told.n() == 0 || untold.n() == 0
          ? stats::no_estimate("no assessed replies in one of the groups", {-1.0, 1.0})
          : stats::difference_of_proportions(told.yes(), told.n(), untold.yes(), untold.n(), 0.95,
                                             told.unassessed + untold.unassessed);
  figure.estimate.chance = 0.0;
  return figure;
}

/// Share that keep the rule in the first turn less in the last, within conversations.
Figure decay(const std::vector<Scored>& scored, const SummaryContext& context) {
  Contrast contrast;
  for (const Scored& s : scored) {
    if (is_control(s)) continue;
    const Count first = count_turn(s, 0);
    const Count last = count_turn(s, kRuleTurns - 1);
    if (first == Count::unassessed || last == Count::unassessed) {
      contrast.add_unassessed();
    } else {
      contrast.add((first == Count::yes ? 1.0 : 0.0) - (last == Count::yes ? 1.0 : 0.0), s.cluster);
    }
  }
  stats::ClusterOptions options;
  options.seed = context.seed;
  options.support = stats::Interval{-1.0, 1.0};
  options.unit = "difference of proportions";
  Figure figure;
  figure.id = std::string("decay.") + to_string(context.lang);
  figure.label = {"Replies that keep the rule: first turn less last", "遵守规则的比例：首轮减末轮"};
  figure.direction = Direction::lower_better;
  figure.lang = to_string(context.lang);
  figure.estimate = contrast.finish(options);
  return figure;
}

Summary InstructionDecay::summarise(const std::vector<Scored>& scored,
                                    const SummaryContext& context) const {
  Summary summary;
  const std::string lang = to_string(context.lang);
  const auto add = [&](std::string id, Text label, Direction direction,
                       const Reading& reading) -> Figure& {
    summary.figures.push_back(rate_figure(scored, std::move(id) + "." + lang, std::move(label),
                                          Purpose::capability, direction, context, reading));
    return summary.figures.back();
  };
  add("retained", {"Rule still kept in turn 4, where turn 1 kept it", "首轮遵守且第四轮仍遵守"},
      Direction::higher_better, retained)
      .primary = true;
  for (std::size_t turn = 0; turn < kRuleTurns; ++turn) {
    const std::string n = std::to_string(turn + 1);
    add("kept.turn" + n, {"Replies that keep the rule in turn " + n, "第" + n + "轮遵守规则的比例"},
        Direction::higher_better,
        [turn](const Scored& s) { return is_control(s) ? Count::skip : count_turn(s, turn); });
  }
  add("accident",
      {"First replies that meet a rule without being told", "未告知规则而碰巧符合的比例"},
      Direction::neutral,
      [](const Scored& s) { return is_control(s) ? count_turn(s, 0) : Count::skip; });
  summary.figures.push_back(decay(scored, context));
  summary.figures.push_back(uptake(scored, context));
  const stats::Estimate taken_up = summary.figures.back().estimate;
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    const std::string_view kind = kKinds.at(i);
    const Text& label = kind_labels().at(i);
    add("kept.last." + std::string(kind),
        {"Replies that keep the rule in the last turn: " + label.en,
         "末轮遵守规则的比例：" + label.zh},
        Direction::higher_better,
        [kind](const Scored& s) {
          return s.group == kind ? count_turn(s, kRuleTurns - 1) : Count::skip;
        })
        .group = kind;
  }
  if (!taken_up.known() || taken_up.interval.low <= 0.0) {
    summary.status = Status::not_assessable;
    summary.reason = {
        "First replies are not shown to keep the rule more often than replies that were never told "
        "it, so there is no obedience that could fade.",
        "首轮回答遵守规则的比例并不高于未被告知规则时碰巧符合的比例，因此谈不上规则是否被遗忘。"};
  }
  return summary;
}

std::vector<Example> InstructionDecay::examples() const {
  std::vector<Example> out;
  const auto add = [&out](Lang lang, const Json& rule, std::vector<std::string> replies,
                          model::FinishReason finish, Verdict verdict) {
    RuleItem item{rule, lang == Lang::en ? "the rule of the example" : "例子中的规则", {}};
    for (std::size_t i = 0; i < kRuleTurns; ++i) {
      item.questions.emplace_back(lang == Lang::en ? "Which animal barks?" : "哪种动物会汪汪叫？");
    }
    Sample sample = sample_of(lang, item, true);
    sample.id = sample.cluster = "example";
    sample.group = rule.value("kind", "");
    out.push_back({sample, std::move(replies), {}, finish, verdict});
  };
  using model::FinishReason;
  const Json over = {{"kind", "end"}, {"word", "over"}};
  const std::string good = "That is a dog, over.";
  add(Lang::en, over, {good, good, "A dog.", good}, FinishReason::stop, Verdict::success);
  add(Lang::en, over, {good, good, good, "A dog."}, FinishReason::stop, Verdict::failure);
  add(Lang::en, over, {"A dog.", good, good, good}, FinishReason::stop, Verdict::unassessed);
  add(Lang::en, over, {good, good, good, "A dog, which is"}, FinishReason::length,
      Verdict::unassessed);
  const Json taboo = {{"kind", "taboo"}, {"word", "狗"}};
  add(Lang::zh, taboo, {"一种忠诚的宠物。", "犬类。", "犬类。", "汪星人。"}, FinishReason::stop,
      Verdict::success);
  add(Lang::zh, taboo, {"一种忠诚的宠物。", "犬类。", "犬类。", "是狗。"}, FinishReason::stop,
      Verdict::failure);
  add(Lang::zh, taboo, {"一种忠诚的宠物。", "犬类。", "犬类。", ""}, FinishReason::stop,
      Verdict::unassessed);
  return out;
}

}  // namespace

void register_instruction_decay(Registry& registry) {
  registry.add(std::make_unique<InstructionDecay>());
}

}  // namespace assay::eval
