#include "eval/recompute.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "eval/batch_scored.h"
#include "eval/plain_form.h"
#include "eval/task_outcome.h"
#include "eval/tool_form.h"

namespace assay::eval {
namespace {

constexpr double kRounding = 1e-9;

std::string unit_name(const TaskOutcome& outcome) {
  return outcome.task + "/" + to_string(outcome.lang);
}

/// Did the runner put this note beside the figures?
bool noted(const TaskOutcome& outcome, const Text& note) {
  return std::any_of(outcome.figures.begin(), outcome.figures.end(), [&](const Figure& figure) {
    return figure.note.en.find(note.en) != std::string::npos;
  });
}

bool same(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (a == b) return true;
  return std::abs(a - b) <= kRounding * std::max({1.0, std::abs(a), std::abs(b)});
}

bool same(const std::optional<double>& a, const std::optional<double>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}

bool same(const std::optional<stats::Interval>& a, const std::optional<stats::Interval>& b) {
  return a.has_value() == b.has_value() && (!a || (same(a->low, b->low) && same(a->high, b->high)));
}

Result<TaskOutcome> once_more(store::Store& store, const std::string& run, const Task& task,
                              const TaskOutcome& stored, const RunPlan& plan,
                              const model::ModelInfo& model,
                              const std::vector<TaskOutcome>& earlier) {
  const TaskInfo& info = task.info();
  OutcomeContext context;
  context.plan = &plan;
  context.model = &model;
  context.earlier = &earlier;
  context.planned = stored.planned;
  context.epochs = info.needs.generate || info.needs.chat ? plan.epochs : 1;
  context.plain = noted(stored, plain_form_note());
  context.tool_text = noted(stored, tool_form_note());
  context.examples = true;
  context.ledger = stored.ledger;
  return conclude(store, run, task, stored.lang, context);
}

}  // namespace

Result<std::vector<Recomputed>> recompute(store::Store& store, const std::string& run,
                                          const Registry& registry,
                                          const std::vector<std::string>& order) {
  ASSAY_TRY(RunOutcome outcome, load_outcome(store, run));
  ASSAY_TRY(const RunPlan plan, run_plan_from_json(outcome.plan));
  VariedTasks varied;
  std::map<std::string, const Task*> tasks;
  for (const auto& task : registry.tasks()) tasks[task->info().name] = task.get();
  if (plan.vary) {
    ASSAY_TRY(const std::vector<const Task*> chosen, select_tasks(registry, plan, varied));
    for (const Task* task : chosen) tasks[task->info().name] = task;
  }
  std::stable_sort(outcome.tasks.begin(), outcome.tasks.end(),
                   [&](const TaskOutcome& a, const TaskOutcome& b) {
                     return std::find(order.begin(), order.end(), unit_name(a)) <
                            std::find(order.begin(), order.end(), unit_name(b));
                   });
  std::vector<Recomputed> out;
  std::vector<TaskOutcome> earlier;
  for (const TaskOutcome& stored : outcome.tasks) {
    const auto task = tasks.find(stored.task);
    if (stored.done == 0 && stored.figures.empty()) {
      // Not asked at all: there is nothing that figures could stand on.
      TaskOutcome none =
          without_samples(stored.task, stored.lang, stored.status, stored.reason, stored.planned);
      out.push_back({stored, std::move(none)});
    } else if (task == tasks.end()) {
      out.push_back({stored, fail(ErrorKind::unsupported,
                                  "this version of Assay does not know the task", stored.task)});
    } else {
      out.push_back(
          {stored, once_more(store, run, *task->second, stored, plan, outcome.model, earlier)});
    }
    earlier.push_back(stored);
  }
  return out;
}

std::vector<std::string> differences(const stats::Estimate& a, const stats::Estimate& b) {
  std::vector<std::string> out;
  const auto check = [&](bool equal, const char* field) {
    if (!equal) out.emplace_back(field);
  };
  check(same(a.value, b.value), "value");
  check(same(a.interval.low, b.interval.low), "interval.low");
  check(same(a.interval.high, b.interval.high), "interval.high");
  check(same(a.level, b.level), "level");
  check(a.sides == b.sides, "sides");
  check(a.method == b.method, "method");
  check(a.unit == b.unit, "unit");
  check(a.n == b.n, "n");
  check(a.clusters == b.clusters, "clusters");
  check(a.unassessed == b.unassessed, "unassessed");
  check(same(a.worst_case, b.worst_case), "worst_case");
  check(same(a.chance, b.chance), "chance");
  check(same(a.ceiling, b.ceiling), "ceiling");
  check(same(a.minimum_detectable, b.minimum_detectable), "minimum_detectable");
  check(a.assumptions == b.assumptions, "assumptions");
  check(a.modelled == b.modelled, "modelled");
  return out;
}

std::vector<std::string> differences(const Figure& a, const Figure& b) {
  std::vector<std::string> out = differences(a.estimate, b.estimate);
  if (a.direction != b.direction) out.emplace_back("direction");
  if (a.lang != b.lang) out.emplace_back("lang");
  if (a.group != b.group) out.emplace_back("group");
  if (a.primary != b.primary) out.emplace_back("primary");
  return out;
}

bool scores_again(const Task& task) {
  return batch_scored(task) == nullptr && !task.info().needs.sandbox;
}

}  // namespace assay::eval
