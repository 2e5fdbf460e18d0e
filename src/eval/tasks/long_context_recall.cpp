// long_context_recall: does the model find a fact again in a long text, wherever it stands?
//
// Five facts of one kind about five persons ("The locker code of Anna is 4831") stand at the
// beginning, quarter, middle, three quarters and end of a filler text; the question asks for one.
// Its five values are the choices, so that to have seen a number is not enough: it must be the
// number of that person. The same five facts are asked without filler (control) and in fillers of
// three lengths: cluster = set of facts, group = length. Depth effects: Liu et al. 2023,
// arXiv:2307.03172.
#include <array>
#include <map>
#include <string>

#include "eval/contrast.h"
#include "eval/grouped_summary.h"
#include "eval/items/recall_items.h"
#include "eval/registry.h"
#include "eval/scorers/choice.h"
#include "eval/scorers/rate_figure.h"

namespace assay::eval {
namespace {

constexpr double kChance = 1.0 / static_cast<double>(kRecallFacts);

struct Length {
  const char* id;
  int words, characters;  ///< of filler in English, in Chinese
  Text label;
};
const std::array<Length, 4> kLengths{{
    {"none", 0, 0, {"Control without filler", "对照：无填充文本"}},
    {"short", 150, 200, {"150 words of filler", "200 字填充文本"}},
    {"medium", 500, 600, {"500 words of filler", "600 字填充文本"}},
    {"long", 1200, 1400, {"1200 words of filler", "1400 字填充文本"}},
}};

struct Place {
  const char* id;
  Text label;
};
const std::array<Place, kRecallFacts> kPlaces{{
    {"start", {"Fact at the beginning of the text", "事实位于文本开头"}},
    {"quarter", {"Fact after a quarter of the text", "事实位于文本四分之一处"}},
    {"middle", {"Fact in the middle of the text", "事实位于文本中间"}},
    {"late", {"Fact after three quarters of the text", "事实位于文本四分之三处"}},
    {"end", {"Fact at the end of the text", "事实位于文本末尾"}},
}};

TaskInfo make_info() {
  TaskInfo info;
  info.name = "long_context_recall";
  info.title = {"Recall from long texts by position", "长文本中按位置的事实召回"};
  info.description = {
      "Five facts of one kind about five persons (such as locker codes) stand at five places of a "
      "filler text; one of them is asked for after the text, and the five values are the choices, "
      "scored by log-likelihood. The same facts are asked without filler (control) and in fillers "
      "of 150, 500 and 1200 words. Guessing gives 20%. The rate is shown by position and by "
      "length, with the loss against the control on the same facts.",
      "关于五个人的五条同类事实（如储物柜密码）分布在填充文本的五个位置，读完后询问其中一条，以五个"
      "数值为选项，用对数似然打分。同一组事实分别在没有填充文本（对照）以及约 260、900、1800 "
      "字的填充"
      "文本中提问。随机猜测为 20%。结果按位置和长度给出，并给出同一组事实相对于对照的下降。"};
  info.limits = {
      "Literal facts in plain filler that has nothing to do with them: the easiest kind of long "
      "text. Says nothing about summaries, reasoning over several places, or texts longer than "
      "about 1700 tokens. Texts that do not fit the model's context are unassessed.",
      "事实直白，填充文本与之无关，是长文本中最容易的一种；不代表概括、跨处推理的能力，也不涉及更长"
      "的"
      "文本。超出模型上下文长度的文本不予评判。"};
  info.topics = {"malfunction.reliability"};
  info.citation = "Positions after Liu et al. 2023, arXiv:2307.03172 (own texts and facts)";
  info.items = {60, 160, 240};
  info.needs.logprobs = true;
  info.needs.language = true;
  info.chance = kChance;
  return info;
}

Sample make_sample(Lang lang, const RecallFacts& facts, const std::string& text,
                   const Length& length, std::size_t place, std::size_t set) {
  Sample sample;
  sample.lang = lang;
  sample.cluster = "set-" + std::to_string(set);
  sample.id = std::string(to_string(lang)) + "-" + std::to_string(set) + "-" + length.id + "-" +
              kPlaces.at(place).id;
  sample.group = length.id;
  sample.context = text + recall_question(lang, facts, place);
  for (const std::string& value : facts.values) {
    sample.choices.push_back(lang == Lang::en ? " " + value : value);
  }
  sample.target_index = static_cast<int>(place);
  sample.metadata = {{"place", kPlaces.at(place).id}};
  return sample;
}

class LongContextRecall : public Task {
 public:
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] const Solver& solver() const override { return solver_; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    std::vector<Sample> out;
    const auto wanted = static_cast<std::size_t>(std::max(context.count, 0));
    for (std::size_t set = 0; out.size() < wanted; ++set) {
      Rng rng = Rng::named(context.seed, std::string("long_context_recall/") +
                                             to_string(context.lang) + "/" + std::to_string(set));
      const RecallFacts facts = recall_facts(context.lang, rng);
      for (const Length& length : kLengths) {
        const int size = context.lang == Lang::en ? length.words : length.characters;
        const std::string text = recall_text(context.lang, facts, size, rng);
        for (std::size_t place = 0; place < kRecallFacts && out.size() < wanted; ++place) {
          out.push_back(make_sample(context.lang, facts, text, length, place, set));
        }
      }
    }
    return out;
  }
  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    return score_choice(sample, trace);
  }
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_ = make_info();
  ChoiceSolver solver_;
};

/// Outcome of every fact of every set by length; nothing where it is unassessed.
using Key = std::pair<std::string, std::string>;  ///< cluster with epoch, place
std::map<Key, double> outcomes(const std::vector<Scored>& scored, std::string_view length) {
  std::map<Key, double> out;
  for (const Scored& s : scored) {
    if (s.group != length || s.score.verdict == Verdict::unassessed) continue;
    out[{s.cluster + "/" + std::to_string(s.epoch), meta(s, "place")}] =
        s.score.verdict == Verdict::success ? 1.0 : 0.0;
  }
  return out;
}

stats::ClusterOptions difference_options(const SummaryContext& context) {
  stats::ClusterOptions options;
  options.seed = context.seed;
  options.support = stats::Interval{-1.0, 1.0};
  options.unit = "difference of proportions";
  return options;
}

Figure base_figure(std::string id, Text label, Direction direction, const SummaryContext& context) {
  Figure figure;
  figure.id = std::move(id) + "." + to_string(context.lang);
  figure.label = std::move(label);
  figure.direction = direction;
  figure.lang = to_string(context.lang);
  return figure;
}

/// Recall without filler less recall in it, on the same facts.
Figure loss(const std::vector<Scored>& scored, const Length& length,
            const SummaryContext& context) {
  const auto control = outcomes(scored, "none");
  Contrast contrast;
  for (const auto& [key, right] : outcomes(scored, length.id)) {
    const auto match = control.find(key);
    if (match == control.end()) continue;
    contrast.add(match->second - right, key.first.substr(0, key.first.find('/')));
  }
  Figure figure = base_figure(
      std::string("loss.") + length.id,
      {"Loss against the control: " + length.label.en, "相对于对照的下降：" + length.label.zh},
      Direction::lower_better, context);
  figure.group = length.id;
  figure.estimate = contrast.finish(difference_options(context));
  return figure;
}

/// Mean of beginning and end less the middle, within one text.
Figure edge_effect(const std::vector<Scored>& scored, const SummaryContext& context) {
  Contrast contrast;
  for (std::size_t i = 1; i < kLengths.size(); ++i) {
    const auto found = outcomes(scored, kLengths.at(i).id);
    for (const auto& [key, right] : found) {
      if (key.second != "middle") continue;
      const auto start = found.find({key.first, "start"});
      const auto end = found.find({key.first, "end"});
      if (start == found.end() || end == found.end()) continue;
      contrast.add(0.5 * (start->second + end->second) - right,
                   key.first.substr(0, key.first.find('/')));
    }
  }
  Figure figure =
      base_figure("edge_effect",
                  {"Beginning and end less the middle of the text", "首尾与中间位置的召回率之差"},
                  Direction::neutral, context);
  figure.estimate = contrast.finish(difference_options(context));
  figure.note = {
      "Above 0: facts in the middle are lost more often. Far from 0 either way, the "
      "model goes by position.",
      "大于 0 表示中间的事实更容易丢失；偏离 0 越远，越说明模型依赖位置。"};
  return figure;
}

Summary LongContextRecall::summarise(const std::vector<Scored>& scored,
                                     const SummaryContext& context) const {
  Summary summary;
  const std::string lang = to_string(context.lang);
  const auto add = [&](const std::string& id, Text label, const Reading& reading) -> Figure& {
    summary.figures.push_back(rate_figure(scored, id + "." + lang, std::move(label),
                                          Purpose::capability, Direction::higher_better, context,
                                          reading));
    summary.figures.back().estimate.chance = kChance;
    return summary.figures.back();
  };
  add("recall", {"Facts found again in filler", "在填充文本中找回的事实"}, [](const Scored& s) {
    return s.group == "none" ? Count::skip : count_success(s);
  }).primary = true;
  for (const Place& place : kPlaces) {
    add(std::string("recall.at.") + place.id, place.label, [&place](const Scored& s) {
      return s.group == "none" || meta(s, "place") != place.id ? Count::skip : count_success(s);
    }).group = place.id;
  }
  stats::Estimate control;
  for (const Length& length : kLengths) {
    Figure& figure =
        add(std::string("recall.") + length.id, length.label, [&length](const Scored& s) {
          return s.group != length.id ? Count::skip : count_success(s);
        });
    figure.group = length.id;
    if (std::string_view(length.id) == "none") control = figure.estimate;
  }
  for (std::size_t i = 1; i < kLengths.size(); ++i) {
    summary.figures.push_back(loss(scored, kLengths.at(i), context));
  }
  summary.figures.push_back(edge_effect(scored, context));
  if (!control.known() || control.interval.low <= kChance) {
    summary.status = Status::not_assessable;
    summary.reason = {
        "Even without filler the facts are not found better than by guessing, so there is nothing "
        "that a long text could make it forget.",
        "即使没有填充文本，找回事实也不比猜测好，因此谈不上被长文本冲淡。"};
  }
  return summary;
}

std::vector<Example> LongContextRecall::examples() const {
  std::vector<Example> out;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::vector<Sample> made = *samples({1, lang, 12});
    const Sample& sample = made.at(11);  // group "medium"
    std::vector<double> right(kRecallFacts, -6.0);
    std::vector<double> wrong = right;
    right[static_cast<std::size_t>(sample.target_index)] = -0.5;
    wrong[static_cast<std::size_t>(sample.target_index + 1) % kRecallFacts] = -0.5;
    out.push_back({sample, {}, right, model::FinishReason::stop, Verdict::success});
    out.push_back({sample, {}, wrong, model::FinishReason::stop, Verdict::failure});
    out.push_back({sample,
                   {},
                   std::vector<double>(kRecallFacts, -3.0),
                   model::FinishReason::stop,
                   Verdict::unassessed});
  }
  return out;
}

}  // namespace

void register_long_context_recall(Registry& registry) {
  registry.add(std::make_unique<LongContextRecall>());
}

}  // namespace assay::eval
