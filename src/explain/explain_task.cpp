#include "explain/explain_task.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

namespace assay::explain {
namespace {

Text common_description() {
  return {
      " Each explanation is put to a test of its own: what it names is changed inside the model, "
      "and as much at random, and it is compared what that does to the output.",
      "每个解释都要经受检验：在模型内部改动它所指出的部分，并随机改动同样多的其他部分，比较两者对输"
      "出的"
      "影响。"};
}

Text common_limits() {
  return {
      " An explanation holds for these prompts. What passes the test has an effect; that it is the "
      "whole cause, or what people would call the reason, is not shown.",
      "解释只对这些提示成立。通过检验只说明所指部分确有作用，并不说明它是全部原因，"
      "也不等于人们所说的“理由”。"};
}

eval::TaskInfo task_info(const MethodInfo& method, int count) {
  eval::TaskInfo out;
  out.name = task_name(method);
  const Text description = common_description();
  const Text limits = common_limits();
  out.title = method.title;
  out.description = {method.description.en + description.en,
                     method.description.zh + description.zh};
  out.limits = {method.limits.en + limits.en, method.limits.zh + limits.zh};
  out.topics = {"understanding.interpretability"};
  out.citation = method.citation;
  out.version = method.version;
  out.items = method.items;
  if (count > 0) out.items = {count, count, count};
  out.needs.generate = true;
  out.needs.chat = method.chat;
  out.chance = 0.5;
  out.only_by_name = true;
  return out;
}

std::string falls(double named, double control) {
  std::array<char, 128> text{};
  std::snprintf(text.data(), text.size(), "changing what it names: %.3f; as much at random: %.3f",
                named, control);
  return text.data();
}

}  // namespace

std::string task_name(const MethodInfo& info) { return "explain_" + info.name; }

Json unassessed(const std::string& reason) { return Json{{"unassessed", reason}}; }

void Methods::add(std::shared_ptr<const Method> method) {
  const auto at = std::lower_bound(
      methods_.begin(), methods_.end(), method,
      [](const auto& a, const auto& b) { return a->info().name < b->info().name; });
  if (at != methods_.end() && (*at)->info().name == method->info().name) {
    throw std::logic_error("two methods are called " + method->info().name);
  }
  methods_.insert(at, std::move(method));
}

eval::Step ExplainSolver::next(const eval::Sample& sample, eval::Trace& trace) const {
  const std::lock_guard hold(lab_->turn);
  if (!trace.state.is_null()) return {};
  const Error stopped{ErrorKind::cancelled, "stopped", sample.id, ""};  // the sample stays open
  if (lab_->stopped()) {
    trace.error = stopped;
    return {};
  }
  auto record = method_->explain(sample, *lab_);
  if (record) {
    trace.state = std::move(*record);
  } else {
    trace.error = lab_->stopped() ? stopped : record.error();
  }
  return {};
}

ExplainTask::ExplainTask(std::shared_ptr<const Method> method, std::shared_ptr<Lab> lab)
    : method_(std::move(method)),
      lab_(std::move(lab)),
      info_(task_info(method_->info(), lab_->count)),
      solver_(*method_, lab_) {}

Result<std::vector<eval::Sample>> ExplainTask::samples(const eval::TaskContext& context) const {
  return method_->samples(context);
}

eval::Score ExplainTask::score(const eval::Sample& sample, const eval::Trace& trace) const {
  const Json& record = trace.state;
  if (!record.is_object()) return eval::Score::unassessed("there is no record of an explanation");
  if (record.contains("unassessed")) {
    return eval::Score::unassessed(record["unassessed"].get<std::string>());
  }
  const double named = record.value("named", 0.0);
  const double control = record.value("control", 0.0);
  const std::string answer = record.value("says", sample.id);
  eval::Score out = named > control ? eval::Score::pass(answer, falls(named, control))
                                    : eval::Score::miss(answer, falls(named, control));
  out.metadata = record;
  return out;
}

eval::Summary ExplainTask::summarise(const std::vector<eval::Scored>& scored,
                                     const eval::SummaryContext& context) const {
  return method_->figures(scored, context);
}

void add_explain_tasks(eval::Registry& registry, const std::shared_ptr<Lab>& lab) {
  Methods methods;
  register_all_methods(methods);
  for (const auto& method : methods.all()) {
    registry.add(std::make_unique<ExplainTask>(method, lab));
  }
}

}  // namespace assay::explain
