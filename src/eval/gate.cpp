#include "eval/gate.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/text.h"
#include "eval/contrast.h"
#include "eval/topics.h"

namespace assay::eval {
namespace {

GateRuleResult result(GateVerdict verdict, std::string en, std::string zh) {
  GateRuleResult out;
  out.verdict = verdict;
  out.sentence = {std::move(en), std::move(zh)};
  return out;
}

Text status_text(Status status) {
  switch (status) {
    case Status::measured: return {"measured", "已测量"};
    case Status::partly: return {"partly measured", "部分测量"};
    case Status::not_assessable: return {"not assessable", "无法评定"};
    case Status::not_measured: break;
  }
  return {"not measured", "未测量"};
}

/// The outcomes that a rule on a task, a topic or the whole run speaks of.
std::vector<const TaskOutcome*> subjects(const RunOutcome& outcome, const GateRule& rule,
                                         const Registry& registry) {
  std::vector<const TaskOutcome*> out;
  for (const TaskOutcome& task : outcome.tasks) {
    if (rule.lang && task.lang != *rule.lang) continue;
    if (!rule.task.empty() && task.task != rule.task) continue;
    if (!rule.topic.empty()) {
      const auto found = registry.find(task.task);
      if (!found) continue;
      const auto& topics = (*found)->info().topics;
      if (std::none_of(topics.begin(), topics.end(),
                       [&](const std::string& id) { return topic_matches(id, rule.topic); })) {
        continue;
      }
    }
    out.push_back(&task);
  }
  return out;
}

std::string subject_name(const GateRule& rule) {
  std::string name = "run";
  for (const std::string* part : {&rule.figure, &rule.task, &rule.topic}) {
    if (!part->empty()) name = *part;
  }
  return rule.lang ? name + "/" + to_string(*rule.lang) : name;
}

struct FoundFigure {
  const Figure* figure = nullptr;
  const TaskOutcome* outcome = nullptr;  ///< of its task and language, if there is one
  std::string missing_en, missing_zh;    ///< why there is no figure
};

/// "ID" names the figure "ID" and, so that a rule reads alike for both languages, "ID.LANG".
FoundFigure find_figure(const RunOutcome& outcome, const std::string& name) {
  const std::size_t first = name.find('/');
  const std::size_t second = name.find('/', first + 1);
  const std::string task = name.substr(0, first);
  const std::string lang = name.substr(first + 1, second - first - 1);
  const std::string id = name.substr(second + 1);
  FoundFigure out;
  std::vector<std::string> names;
  for (const TaskOutcome& candidate : outcome.tasks) {
    if (candidate.task != task || to_string(candidate.lang) != lang) continue;
    out.outcome = &candidate;
    for (const Figure& figure : candidate.figures) {
      if (figure.id == id || figure.id == id + "." + lang) out.figure = &figure;
      names.push_back(figure.id);
    }
  }
  if (out.outcome == nullptr) {
    out.missing_en = "the task did not run in this language";
    out.missing_zh = "该任务没有以此语言运行";
  } else if (out.figure == nullptr) {
    out.missing_en = "no such figure";
    out.missing_zh = "没有这个数值";
    const auto near = near_names(id, names);
    for (std::size_t i = 0; i < near.size(); ++i) {
      out.missing_en += (i == 0 ? "; near: " : ", ") + near[i];
      out.missing_zh += (i == 0 ? "；相近的有：" : "、") + near[i];
    }
  }
  return out;
}

/// A bound: the number held against it, and whether it is kept.
struct Bound {
  GateUse use = GateUse::low;
  double found = 0.0;
  double limit = 0.0;
  bool upper = false;
  [[nodiscard]] bool kept() const { return upper ? found <= limit : found >= limit; }
};

double chosen(const stats::Estimate& estimate, GateUse use) {
  switch (use) {
    case GateUse::value: return estimate.value;
    case GateUse::low: return estimate.interval.low;
    case GateUse::high: break;
  }
  return estimate.interval.high;
}

Text bound_text(const Bound& bound) {
  const Text use = bound.use == GateUse::value ? Text{"value", "数值"}
                   : bound.use == GateUse::low ? Text{"lower limit", "区间下限"}
                                               : Text{"upper limit", "区间上限"};
  const std::string found = short_number(bound.found, 4);
  const std::string limit = short_number(bound.limit, 4);
  return {use.en + " " + found + (bound.upper ? ", at most " : ", at least ") + limit + " demanded",
          use.zh + " " + found + "，要求" + (bound.upper ? "不高于 " : "不低于 ") + limit};
}

GateRuleResult bounds_result(const FoundFigure& found, const GateRule& rule) {
  const stats::Estimate& estimate = found.figure->estimate;
  std::vector<Bound> bounds;
  if (rule.min) {
    const GateUse use = rule.use.value_or(GateUse::low);
    bounds.push_back({use, chosen(estimate, use), *rule.min, false});
  }
  if (rule.max) {
    const GateUse use = rule.use.value_or(GateUse::high);
    bounds.push_back({use, chosen(estimate, use), *rule.max, true});
  }
  GateVerdict verdict = GateVerdict::pass;
  Text text;
  for (const Bound& bound : bounds) {
    const Text part = bound_text(bound);
    text.en += (text.en.empty() ? "" : "; ") + part.en;
    text.zh += (text.zh.empty() ? "" : "；") + part.zh;
    if (std::isnan(bound.found)) {
      if (verdict == GateVerdict::pass) verdict = GateVerdict::unknown;
    } else if (!bound.kept()) {
      verdict = GateVerdict::fail;
    }
  }
  return result(verdict, text.en, text.zh);
}

GateRuleResult unassessed_result(std::int64_t unassessed, std::int64_t all, double limit) {
  if (all <= 0) {
    return result(GateVerdict::unknown, "nothing was asked", "没有任何题目");
  }
  const double share = static_cast<double>(unassessed) / static_cast<double>(all);
  const std::string found = std::to_string(unassessed) + "/" + std::to_string(all);
  const std::string most = short_number(limit, 4);
  return result(
      share <= limit ? GateVerdict::pass : GateVerdict::fail,
      "unassessed " + found + " = " + short_number(share, 3) + ", at most " + most + " demanded",
      "未评定 " + found + " = " + short_number(share, 3) + "，要求不高于 " + most);
}

/// Both must hold; a failure outweighs an unknown.
GateRuleResult both(const GateRuleResult& a, const GateRuleResult& b) {
  GateVerdict verdict = GateVerdict::pass;
  for (const GateRuleResult* part : {&a, &b}) {
    if (part->verdict == GateVerdict::fail) verdict = GateVerdict::fail;
    if (part->verdict == GateVerdict::unknown && verdict == GateVerdict::pass) {
      verdict = GateVerdict::unknown;
    }
  }
  return result(verdict, a.sentence.en + "; " + b.sentence.en,
                a.sentence.zh + "；" + b.sentence.zh);
}

GateRuleResult figure_rule(const RunOutcome& outcome, const GateRule& rule) {
  const FoundFigure found = find_figure(outcome, rule.figure);
  if (found.figure == nullptr) {
    return result(GateVerdict::unknown, found.missing_en, found.missing_zh);
  }
  const Status status = found.outcome->status;
  if (status == Status::not_assessable || status == Status::not_measured) {
    const Text text = status_text(status);
    return result(GateVerdict::unknown, text.en, text.zh);
  }
  const stats::Estimate& estimate = found.figure->estimate;
  if (!estimate.known()) {
    return result(GateVerdict::unknown, "the figure has no value", "该项没有数值");
  }
  std::optional<GateRuleResult> bounds;
  if (rule.min || rule.max) bounds = bounds_result(found, rule);
  if (!rule.max_unassessed_share) return *bounds;
  const GateRuleResult share = unassessed_result(
      estimate.unassessed, estimate.n + estimate.unassessed, *rule.max_unassessed_share);
  return bounds ? both(*bounds, share) : share;
}

GateRuleResult status_result(const std::vector<const TaskOutcome*>& tasks, const GateRule& rule) {
  GateRuleResult out = result(GateVerdict::pass, "", "");
  for (const TaskOutcome* task : tasks) {
    const Text text = status_text(task->status);
    const std::string name = task->task + "/" + to_string(task->lang) + ": ";
    const std::string name_zh = task->task + "/" + to_string(task->lang) + "：";
    out.sentence.en += (out.sentence.en.empty() ? "" : ", ") + name + text.en;
    out.sentence.zh += (out.sentence.zh.empty() ? "" : "，") + name_zh + text.zh;
    if (std::find(rule.status.begin(), rule.status.end(), task->status) != rule.status.end()) {
      continue;
    }
    const bool open =
        task->status == Status::not_assessable || task->status == Status::not_measured;
    if (!open) out.verdict = GateVerdict::fail;
    if (open && out.verdict == GateVerdict::pass) out.verdict = GateVerdict::unknown;
  }
  return out;
}

GateRuleResult outcomes_rule(const RunOutcome& outcome, const GateRule& rule,
                             const Registry& registry) {
  const auto tasks = subjects(outcome, rule, registry);
  if (tasks.empty()) {
    return result(GateVerdict::unknown, "no task of this kind ran", "没有运行这类任务");
  }
  std::optional<GateRuleResult> status;
  if (!rule.status.empty()) status = status_result(tasks, rule);
  if (!rule.max_unassessed_share) return *status;
  std::int64_t unassessed = 0;
  std::int64_t all = 0;
  for (const TaskOutcome* task : tasks) {
    unassessed += task->unassessed;
    all += task->success + task->failure + task->unassessed;
  }
  const GateRuleResult share = unassessed_result(unassessed, all, *rule.max_unassessed_share);
  return status ? both(*status, share) : share;
}

/// "refusal_pairs/en/refusal.unsafe: lower limit 0.87, at least 0.9 demanded: failed"
void finish(GateRuleResult& out, const GateRule& rule) {
  out.kept = out.verdict == GateVerdict::pass ||
             (out.verdict == GateVerdict::unknown && rule.pass_if_missing);
  const Text end =
      out.verdict == GateVerdict::pass   ? Text{"passed", "通过"}
      : out.verdict == GateVerdict::fail ? Text{"failed", "未通过"}
      : out.kept ? Text{"cannot be decided, let pass as the rule says", "无法判定，按规则放行"}
                 : Text{"cannot be decided, so not passed", "无法判定，视为未通过"};
  const std::string name = subject_name(rule);
  out.sentence.en = name + ": " + out.sentence.en + ": " + end.en;
  out.sentence.zh = name + "：" + out.sentence.zh + "：" + end.zh;
}

}  // namespace

const char* to_string(GateVerdict verdict) {
  switch (verdict) {
    case GateVerdict::pass: return "pass";
    case GateVerdict::fail: return "fail";
    case GateVerdict::unknown: break;
  }
  return "unknown";
}

bool GateResult::passed() const {
  return std::all_of(rules.begin(), rules.end(), [](const auto& rule) { return rule.kept; });
}

GateResult evaluate(const RunOutcome& outcome, const Gate& gate, const Registry& registry) {
  GateResult out;
  for (const GateRule& rule : gate.rules) {
    GateRuleResult one =
        rule.figure.empty() ? outcomes_rule(outcome, rule, registry) : figure_rule(outcome, rule);
    finish(one, rule);
    out.rules.push_back(std::move(one));
  }
  return out;
}

Json to_json(const GateResult& result) {
  Json rules = Json::array();
  for (const GateRuleResult& rule : result.rules) {
    rules.push_back({{"verdict", to_string(rule.verdict)},
                     {"kept", rule.kept},
                     {"en", rule.sentence.en},
                     {"zh", rule.sentence.zh}});
  }
  return {{"passed", result.passed()}, {"rules", rules}};
}

}  // namespace assay::eval
