// RunPlan: as JSON, and the tasks that it means.
#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "base/suggestion.h"
#include "eval/json_fields.h"
#include "eval/reducers.h"
#include "eval/runner.h"
#include "eval/topics.h"

namespace assay::eval {
namespace {

template <class T>
Json optional_json(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

assay::Status check_topics(const std::vector<std::string>& topics) {
  std::vector<std::string> known;
  for (const std::string_view id : topic_ids()) {
    known.emplace_back(id);
    known.emplace_back(id.substr(0, id.find('.')));
  }
  for (const std::string& topic : topics) {
    if (is_topic_or_area(topic)) continue;
    return fail(ErrorKind::usage, "no topic named '" + topic + "'", "",
                suggestion(topic, known, "`assay tasks` lists the topics"));
  }
  return {};
}

bool about(const TaskInfo& info, const std::vector<std::string>& topics) {
  return std::any_of(info.topics.begin(), info.topics.end(), [&](const std::string& id) {
    return std::any_of(topics.begin(), topics.end(),
                       [&](const std::string& wanted) { return topic_matches(id, wanted); });
  });
}

int items_of(const TaskInfo& info, const std::string& profile) {
  if (profile == "quick") return info.items.quick;
  return profile == "full" ? info.items.full : info.items.standard;
}

bool contains(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

Json to_json(const RunPlan& plan) {
  Json langs = Json::array();
  for (const Lang lang : plan.langs) langs.push_back(to_string(lang));
  Json time = nullptr;
  if (plan.max_time) time = plan.max_time->count();
  Json json{{"profile", plan.profile},
            {"langs", std::move(langs)},
            {"topics", plan.topics},
            {"tasks", plan.tasks},
            {"seed", plan.seed},
            {"epochs", plan.epochs},
            {"reducer", to_string(plan.reducer)},
            {"reducer_k", plan.reducer_k},
            {"max_items", optional_json(plan.max_items)},
            {"max_tokens", optional_json(plan.max_tokens)},
            {"max_time_ms", std::move(time)},
            {"sandbox", plan.sandbox}};
  if (plan.vary) json["vary"] = to_json(*plan.vary);
  if (!plan.more.is_null()) json["more"] = plan.more;
  return json;
}

Result<RunPlan> run_plan_from_json(const Json& json) {
  Fields fields(json, "plan");
  RunPlan out;
  out.profile = fields.text("profile");
  out.langs = read_list<Lang>(fields, "langs", [](const Json& lang) -> Result<Lang> {
    return parse_lang(lang.is_string() ? lang.get<std::string>() : "");
  });
  out.topics = fields.texts("topics");
  out.tasks = fields.texts("tasks");
  out.seed = fields.natural("seed");
  out.epochs = fields.small("epochs");
  const Result<Reducer> reducer = parse_reducer(fields.text("reducer"));
  if (!reducer) fields.note(reducer.error());
  out.reducer = reducer.value_or(Reducer::mean);
  out.reducer_k = fields.small("reducer_k");
  if (fields.has("max_items")) out.max_items = fields.small("max_items");
  if (fields.has("max_tokens")) out.max_tokens = fields.integer("max_tokens");
  if (fields.has("max_time_ms")) {
    out.max_time = std::chrono::milliseconds(fields.integer("max_time_ms"));
  }
  out.sandbox = fields.flag("sandbox");
  if (fields.has("vary")) {
    const Result<Variation> vary = variation_from_json(fields.object("vary"));
    if (!vary) fields.note(vary.error());
    out.vary = vary.value_or(Variation{});
  }
  if (fields.has("more")) out.more = fields.object("more");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

Result<std::vector<const Task*>> select_tasks(const Registry& registry, const RunPlan& plan) {
  ASSAY_CHECK(check_topics(plan.topics));
  for (const std::string& name : plan.tasks) {
    if (auto found = registry.find(name); !found) {
      Error error = std::move(found).error();
      error.kind = ErrorKind::usage;
      return tl::unexpected(std::move(error));
    } else {
      ASSAY_CHECK((*found)->available());
    }
  }
  std::vector<const Task*> out;
  bool language = false;
  for (const auto& task : registry.tasks()) {
    const TaskInfo& info = task->info();
    const bool named = contains(plan.tasks, info.name);
    if (!named && (info.only_by_name || !plan.tasks.empty())) continue;
    if (!named && items_of(info, plan.profile) == 0) continue;
    if (!plan.topics.empty() && !about(info, plan.topics)) continue;
    out.push_back(task.get());
    language = language || info.needs.language;
  }
  if (out.empty()) {
    return fail(ErrorKind::usage, "no task fits the topics and tasks that were asked for", "",
                "`assay tasks` lists tasks with their topics");
  }
  for (const auto& task : registry.tasks()) {
    const bool chosen = std::find(out.begin(), out.end(), task.get()) != out.end();
    if (language && !chosen && task->info().run_first > 0) out.push_back(task.get());
  }
  std::stable_sort(out.begin(), out.end(), [](const Task* a, const Task* b) {
    const TaskInfo& left = a->info();
    const TaskInfo& right = b->info();
    return left.run_first != right.run_first ? left.run_first > right.run_first
                                             : left.name < right.name;
  });
  return out;
}

Result<std::vector<const Task*>> select_tasks(const Registry& registry, const RunPlan& plan,
                                              VariedTasks& owner) {
  ASSAY_TRY(std::vector<const Task*> tasks, select_tasks(registry, plan));
  if (plan.vary) {
    ASSAY_CHECK(owner.replace(tasks, *plan.vary, plan.langs, plan.tasks, plan.seed));
  }
  return tasks;
}

}  // namespace assay::eval
