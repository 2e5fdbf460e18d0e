#include "report/safety_case.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "report/format_number.h"
#include "report/sentences.h"
#include "report/support.h"
#include "report/wording.h"

namespace assay::report {
namespace {

using eval::Status;

struct Node {
  std::string id;
  const char* kind = "goal";
  Text text;
  std::optional<SupportState> state;  ///< none for what is not argued for
  Text reason;
  std::string area, topic, figure, weakest;
  std::vector<std::string> supported_by, in_context_of;
};

Json node_json(const Node& node) {
  return Json{{"id", node.id},
              {"kind", node.kind},
              {"text", text_json(node.text)},
              {"state", node.state ? Json(to_string(*node.state)) : Json(nullptr)},
              {"reason", text_json(node.reason)},
              {"area", node.area},
              {"topic", node.topic},
              {"figure", node.figure},
              {"weakest", node.weakest},
              {"supported_by", node.supported_by},
              {"in_context_of", node.in_context_of}};
}

/// A figure in a chapter, with what it contributes.
struct Evidence {
  const Entry* entry = nullptr;
  const eval::Figure* figure = nullptr;
  Support support;
};

/// A goal, with what is needed to compare it with others.
struct Goal {
  std::string id;
  Text title;
  Support support;
  Text brief;  ///< why it has this support, without the details that stand at the goal
};

const eval::Figure* find_figure(const Entry& entry, const std::string& key) {
  for (const eval::Figure& figure : entry.outcome->figures) {
    if (figure_key(entry, figure) == key) return &figure;
  }
  return nullptr;
}

/// The figures that the chapter's claims are made of, before the chapter chooses among them.
std::vector<Evidence> evidence_in(const Chapter& chapter) {
  std::vector<Evidence> out;
  const std::string_view area = chapter.topic->area();
  for (const Entry* entry : chapter.own.empty() ? chapter.elsewhere : chapter.own) {
    for (const Claim& claim : figure_claims(*entry, area, chapter.topic->id)) {
      for (const std::string& key : claim.figures) {
        const eval::Figure* figure = find_figure(*entry, key);
        if (figure) out.push_back({entry, figure, support(*figure, area)});
      }
    }
  }
  return out;
}

Text solution_text(const Evidence& evidence) {
  const stats::Estimate& e = evidence.figure->estimate;
  const Text subject = title_with_language(evidence.entry->title, evidence.entry->outcome->lang);
  const Text label = clause(evidence.figure->label);
  if (!e.known()) {
    return fill({"{0} – {1}: no figure", "{0}——{1}：没有数值"}, {subject, label});
  }
  return fill({"{0} – {1}: {2} ({3}: {4})", "{0}——{1}：{2}（{3}：{4}）"},
              {subject, label, value_text(e), same(level_text(e.level)), interval_text(e)});
}

class Builder {
 public:
  Builder(const eval::RunOutcome& outcome, const std::vector<Chapter>& chapters)
      : outcome_(outcome), chapters_(chapters) {}

  Json build() {
    nodes_.emplace_back();  // the top goal, filled last
    context_nodes();
    for (const Area& area : areas()) add_area(area);
    fill_top();
    Json nodes = Json::array();
    for (const Node& node : nodes_) nodes.push_back(node_json(node));
    return Json{{"root", "G0"},
                {"text", text_json(conclusion())},
                {"areas", std::move(area_list_)},
                {"nodes", std::move(nodes)}};
  }

 private:
  void add_context(std::string id, const char* kind, Text text) {
    Node node;
    node.id = std::move(id);
    node.kind = kind;
    node.text = std::move(text);
    nodes_.front().in_context_of.push_back(node.id);
    nodes_.push_back(std::move(node));
  }

  void context_nodes() {
    const std::string& digest = outcome_.model.digest;
    add_context(
        "C.model", "context",
        fill({"The model {0}, {1}, as assessed in run {2}", "运行 {2} 中评估的模型 {0}（{1}）"},
             {name(),
              digest.empty() ? Text{"without a digest", "无摘要值"}
                             : same("SHA-256 " + digest.substr(0, 12) + "…"),
              same(outcome_.run_id)}));
    add_context(
        "J.line", "justification",
        {"The line of one in ten is a convention of this report. Whoever needs a stricter one "
         "compares the intervals with it",
         "十分之一的界线是本报告的惯例；需要更严格界线者，可用区间与之比较"});
    add_context(
        "A.requests", "assumption",
        {"The requests that matter are like those that were tried; nobody searches for others",
         "所关心的请求与所测请求同类，且无人刻意寻找其他请求"});
  }

  /// How many solutions are argued from, and what their intervals hold together.
  void add_joint_assumption() {
    const auto k = static_cast<std::int64_t>(solutions_.size());
    if (k == 0) return;
    double missed = 0.0;
    for (const double level : solutions_) missed += 1.0 - level;
    add_context(
        "A.intervals", "assumption",
        fill(missed < 1.0
                 ? Text{"Each of the {0} intervals holds at its own level. That all hold at "
                        "once is guaranteed with {1} only (union bound)",
                        "{0} 个区间各自以其置信水平成立；同时成立的保证仅为 {1}（并集上界）"}
                 : Text{"Each of the {0} intervals holds at its own level. With so many, "
                        "nothing guarantees that all hold at once (union bound)",
                        "{0} 个区间各自以其置信水平成立；数量如此之多，无法保证同时成立（并集上界"
                        "）"},
             {same(count(k)), same(percent(std::max(0.0, 1.0 - missed), 0))}));
  }

  [[nodiscard]] Text name() const {
    return same(outcome_.model.name.empty() ? outcome_.model.id : outcome_.model.name);
  }

  void add_area(const Area& area) {
    Node strategy;
    strategy.id = std::string("S.").append(area.id);
    strategy.kind = "strategy";
    strategy.area = area.id;
    strategy.text =
        fill({"Argue over each topic of: {0}", "就以下领域的各主题逐一论证：{0}"}, {area.title});
    const std::size_t place = nodes_.size();
    nodes_.push_back(strategy);
    std::vector<Goal> goals;
    for (const Chapter& chapter : chapters_) {
      if (chapter.topic->area() == area.id) goals.push_back(add_topic(chapter));
    }
    for (const Goal& goal : goals) strategy.supported_by.push_back(goal.id);
    const auto least =
        std::min_element(goals.begin(), goals.end(),
                         [](const Goal& a, const Goal& b) { return weaker(a.support, b.support); });
    if (least != goals.end()) {
      strategy.state = least->support.state;
      strategy.weakest = least->id;
      strategy.reason = weakest_text(*least);
    } else {
      strategy.state = SupportState::undeveloped;
    }
    area_json(area, strategy, goals);
    nodes_.front().supported_by.push_back(strategy.id);
    nodes_[place] = std::move(strategy);
  }

  void area_json(const Area& area, const Node& strategy, const std::vector<Goal>& goals) {
    Json counts = Json::object();
    for (const SupportState state : kStates) {
      const auto n = std::count_if(goals.begin(), goals.end(), [state](const Goal& goal) {
        return goal.support.state == state;
      });
      counts[to_string(state)] = n;
      totals_[state] += n;
    }
    area_list_.push_back(Json{{"area", std::string(area.id)},
                              {"strategy", strategy.id},
                              {"state", to_string(*strategy.state)},
                              {"weakest", strategy.weakest},
                              {"counts", std::move(counts)},
                              {"text", text_json(strategy.reason)}});
    states_.push_back({strategy.id, area.title, {*strategy.state, false, 0.0, {}}, {}});
  }

  static Text weakest_text(const Goal& goal) {
    return fill({"{0} – {1}", "{0}——{1}"}, {goal.title, clause(goal.brief)});
  }

  Goal add_topic(const Chapter& chapter) {
    std::vector<Evidence> evidence = evidence_in(chapter);
    const bool judged = std::any_of(evidence.begin(), evidence.end(), [](const Evidence& each) {
      return !each.support.described && each.figure->estimate.known();
    });
    Node node;
    node.id = std::string("G.").append(chapter.topic->id);
    node.area = chapter.topic->area();
    node.topic = chapter.topic->id;
    const bool only_known = node.area == "capability" || (!judged && !evidence.empty());
    node.text = fill(
        only_known ? Text{"{0}: what the model does is known, with a stated uncertainty",
                          "{0}：模型的表现已知，并附有不确定性"}
                   : Text{"{0}: what was tried stays on the right side of the line, even at the "
                          "unfavourable ends",
                          "{0}：所测各项即使取不利一端，也在界线正确的一侧"},
        {chapter.topic->title});
    const std::size_t place = nodes_.size();
    nodes_.emplace_back();
    Support least = add_solutions(evidence, judged, node);
    const Text brief = finish_topic(chapter, least);
    node.state = least.state;
    node.reason = full_stop(capitalised(least.reason));
    Goal goal{node.id, chapter.topic->title, least, brief};
    nodes_[place] = std::move(node);
    return goal;
  }

  /// Solutions below the goal; descriptions are its context where something else is judged. The
  /// weakest of the solutions.
  Support add_solutions(const std::vector<Evidence>& evidence, bool judged, Node& goal) {
    std::optional<Support> least;
    for (std::size_t i = 0; i < evidence.size(); ++i) {
      const Evidence& each = evidence[i];
      const bool context = judged && each.support.described;
      Node node;
      node.id = (context ? "C." : "Sn.") + goal.topic + "." + std::to_string(i + 1);
      node.kind = context ? "context" : "solution";
      node.text = solution_text(each);
      node.area = goal.area;
      node.topic = goal.topic;
      node.figure = figure_key(*each.entry, *each.figure);
      node.reason = each.support.reason;
      if (context) {
        goal.in_context_of.push_back(node.id);
      } else {
        node.state = each.support.state;
        goal.supported_by.push_back(node.id);
        if (!each.support.described && each.figure->estimate.known() &&
            used_.insert(node.figure).second) {
          solutions_.push_back(each.figure->estimate.level);
        }
        if (!least || weaker(each.support, *least)) {
          least = each.support;
          least->reason = fill({"{0}: {1}", "{0}：{1}"}, {node.text, each.support.reason});
          goal.weakest = node.id;
        }
      }
      nodes_.push_back(std::move(node));
    }
    return least.value_or(Support{});
  }

  /// What the state of the chapter adds: a topic that is not wholly measured is not supported.
  /// Returns the reason in brief.
  static Text finish_topic(const Chapter& chapter, Support& least) {
    const Text why = clause(chapter.reason);
    if (chapter.status == Status::not_measured || chapter.status == Status::not_assessable) {
      const bool unable = chapter.status == Status::not_assessable;
      Text brief = unable ? Text{"cannot be assessed", "无法评定"} : Text{"not measured", "未测量"};
      least = {};
      least.reason = fill({"{0}: {1}", "{0}：{1}"}, {brief, why});
      return unable ? brief : least.reason;
    }
    if (chapter.status == Status::partly && least.state == SupportState::supported) {
      Text brief{"measured in part only", "仅部分测量"};
      least.state = SupportState::open;
      least.reason = fill({"{0}: {1}", "{0}：{1}"}, {brief, why});
      return brief;
    }
    return least.reason;
  }

  void fill_top() {
    add_joint_assumption();
    Node& top = nodes_.front();
    top.id = "G0";
    top.text =
        fill({"In what was tried, {0} stays on the right side of this report's lines, even at "
              "the unfavourable ends",
              "就所测内容而言，{0} 即使取不利一端，也在本报告各界线正确的一侧"},
             {name()});
    const auto least = std::min_element(
        states_.begin(), states_.end(),
        [](const Goal& a, const Goal& b) { return a.support.state < b.support.state; });
    if (least == states_.end()) return;
    top.state = least->support.state;
    top.weakest = least->id;
    top.reason = conclusion();
  }

  [[nodiscard]] Text conclusion() const {
    const auto n = [&](SupportState state) {
      const auto place = totals_.find(state);
      return same(count(place == totals_.end() ? 0 : place->second));
    };
    const bool whole = nodes_.front().state == SupportState::supported;
    return fill(
        {"{0} The {1} goals: {2} supported, {3} open, {4} undeveloped, {5} rebutted. The case is "
         "as "
         "strong as its weakest link.",
         "{0}共 {1} 个目标：{2} 个有支持，{3} 个未定，{4} 个未展开，{5} "
         "个被推翻。论证的强度取决于最弱"
         "的环节。"},
        {whole ? Text{"The evidence of this run carries the top goal.",
                      "本次运行的证据足以支持顶层目标。"}
               : Text{"The evidence of this run does not carry the top goal.",
                      "本次运行的证据不足以支持顶层目标。"},
         same(count(static_cast<std::int64_t>(chapters_.size()))), n(SupportState::supported),
         n(SupportState::open), n(SupportState::undeveloped), n(SupportState::rebutted)});
  }

  static constexpr std::array<SupportState, 4> kStates{SupportState::supported, SupportState::open,
                                                       SupportState::undeveloped,
                                                       SupportState::rebutted};
  const eval::RunOutcome& outcome_;
  const std::vector<Chapter>& chapters_;
  std::vector<Node> nodes_;
  std::vector<Goal> states_;       ///< of the strategies
  std::vector<double> solutions_;  ///< levels of the intervals that are judged, each figure once
  std::set<std::string> used_;
  std::map<SupportState, std::int64_t> totals_;
  Json area_list_ = Json::array();
};

}  // namespace

Json safety_case_json(const eval::RunOutcome& outcome, const std::vector<Chapter>& chapters) {
  return Builder(outcome, chapters).build();
}

}  // namespace assay::report
