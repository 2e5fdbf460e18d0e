#include "report/results.h"

#include <algorithm>
#include <tuple>

#include "report/bounds.h"
#include "report/judgement.h"
#include "report/topics.h"
#include "report/wording.h"

namespace assay::report {
namespace {

std::size_t chapter_index(const Entry& entry) {
  const auto& all = topics();
  const auto place = std::find_if(all.begin(), all.end(), [&](const TopicInfo& topic) {
    return !entry.topics.empty() && topic.id == entry.topics.front();
  });
  return static_cast<std::size_t>(place - all.begin());
}

const eval::TaskInfo* info_of(const eval::Registry& registry, const std::string& task) {
  for (const auto& candidate : registry.tasks()) {
    if (candidate->info().name == task) return &candidate->info();
  }
  return nullptr;
}

Json figure_json(const eval::Figure& figure) {
  return Json{{"id", figure.id},
              {"label", text_json(figure.label)},
              {"estimate", stats::to_json(figure.estimate)},
              {"direction", to_string(figure.direction)},
              {"lang", figure.lang},
              {"group", figure.group},
              {"primary", figure.primary},
              {"note", text_json(figure.note)}};
}

Json example_json(const eval::ShownExample& example, bool sensitive_task) {
  Json out = eval::to_json(example);
  out["sensitive"] = example.sensitive || sensitive_task;
  return out;
}

Json reasons_json(const eval::TaskOutcome& outcome) {
  std::vector<std::pair<std::string, std::int64_t>> reasons(outcome.unassessed_reasons.begin(),
                                                            outcome.unassessed_reasons.end());
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  Json out = Json::array();
  for (const auto& [reason, n] : reasons) {
    out.push_back(Json{{"reason", text_json(unassessed_reason(reason))}, {"count", n}});
  }
  return out;
}

template <class T, class F>
Json array_of(const std::vector<T>& values, const F& each) {
  Json out = Json::array();
  for (const T& value : values) out.push_back(each(value));
  return out;
}

}  // namespace

bool Entry::bears_on(std::string_view topic) const {
  return std::find(topics.begin(), topics.end(), topic) != topics.end();
}

bool Entry::has_figure_of(std::string_view topic) const {
  return std::any_of(outcome->figures.begin(), outcome->figures.end(),
                     [topic](const eval::Figure& figure) { return figure.group == topic; });
}

std::vector<Entry> results_of(const eval::RunOutcome& outcome, const eval::Registry& registry) {
  std::vector<Entry> out;
  for (const eval::TaskOutcome& task : outcome.tasks) {
    Entry entry;
    entry.outcome = &task;
    entry.info = info_of(registry, task.task);
    entry.key = task.task + "/" + to_string(task.lang);
    entry.title = entry.info ? entry.info->title : same(task.task);
    if (entry.info) {
      for (const std::string& topic : entry.info->topics) {
        if (find_topic(topic)) entry.topics.push_back(topic);
      }
    }
    out.push_back(std::move(entry));
  }
  std::stable_sort(out.begin(), out.end(), [](const Entry& a, const Entry& b) {
    const std::size_t first = chapter_index(a);
    const std::size_t second = chapter_index(b);
    return std::tie(first, a.outcome->task, a.outcome->lang) <
           std::tie(second, b.outcome->task, b.outcome->lang);
  });
  return out;
}

Json result_json(const Entry& entry) {
  const eval::TaskOutcome& o = *entry.outcome;
  const eval::TaskInfo* info = entry.info;
  const Text unknown{"This version of Assay does not know this task.",
                     "此版本的 Assay 没有这项任务。"};
  const std::optional<Text> weak = power(o.figures);
  return Json{{"key", entry.key},
              {"task", o.task},
              {"lang", to_string(o.lang)},
              {"title", text_json(entry.title)},
              {"description", text_json(info ? info->description : unknown)},
              {"limits", text_json(info ? info->limits : Text{})},
              {"citation", info ? info->citation : ""},
              {"license", info ? info->license : ""},
              {"version", info ? info->version : 0},
              {"topics", entry.topics},
              {"status", to_string(o.status)},
              {"reason", text_json(o.reason)},
              {"planned", o.planned},
              {"done", o.done},
              {"success", o.success},
              {"failure", o.failure},
              {"unassessed", o.unassessed},
              {"unassessed_reasons", reasons_json(o)},
              {"figures", array_of(o.figures, figure_json)},
              {"variance", array_of(o.variance,
                                    [](const eval::VarianceShare& share) {
                                      return Json{
                                          {"source", share.source},
                                          {"label", text_json(variance_source(share.source))},
                                          {"share", stats::to_json(share.share)}};
                                    })},
              {"examples", array_of(o.examples,
                                    [&](const eval::ShownExample& example) {
                                      return example_json(example, info && info->sensitive);
                                    })},
              {"bounds", array_of(bounds(o.figures), text_json)},
              {"power", weak ? text_json(*weak) : Json(nullptr)},
              {"ledger", model::to_json(o.ledger)}};
}

std::vector<std::string> evidence_of(const Entry& entry, std::size_t most) {
  std::vector<std::string> out;
  for (const eval::Verdict verdict :
       {eval::Verdict::failure, eval::Verdict::success, eval::Verdict::unassessed}) {
    for (const eval::ShownExample& example : entry.outcome->examples) {
      if (example.verdict != verdict || out.size() == most) continue;
      out.push_back(entry.key + "/" + example.sample_id);
    }
  }
  return out;
}

std::string figure_key(const Entry& entry, const eval::Figure& figure) {
  return entry.key + "/" + figure.id;
}

}  // namespace assay::report
