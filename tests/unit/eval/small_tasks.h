// Small tasks that put every part of the runner to work.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/random.h"
#include "eval/registry.h"
#include "eval/task.h"

namespace assay::eval {

/// A task made of parts that a test may set.
class SmallTask : public Task {
 public:
  explicit SmallTask(std::string name, int items = 20) {
    info_.name = std::move(name);
    info_.title = {"Small", "小"};
    info_.topics = {"capability.reasoning"};
    info_.items = {items, items, items};
    info_.needs.generate = true;
  }

  TaskInfo info_;
  std::shared_ptr<Solver> solver_ = std::make_shared<GenerateSolver>();
  bool scores_truncated_ = false;
  int turns = 0;
  int cluster_size = 1;
  std::vector<std::string> choices;
  std::function<Score(const Sample&, const Trace&)> scorer = [](const Sample& sample,
                                                                const Trace& trace) {
    const bool good = stable_hash(sample.id + std::string(trace.answer())) % 3 != 0;
    return good ? Score::pass(std::string(trace.answer())) : Score::miss("", "hash");
  };
  std::function<Summary(const std::vector<Scored>&, const SummaryContext&)> summary;

  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    std::vector<Sample> out;
    for (int i = 0; i < context.count; ++i) {
      Sample& s = out.emplace_back();
      s.lang = context.lang;
      s.id = std::string(to_string(context.lang)) + "-" + std::to_string(i);
      s.cluster = std::string("c") + std::to_string(i / cluster_size);
      s.group = (i / cluster_size) % 2 == 0 ? "even" : "odd";
      s.messages = {{"user", std::string("item ") + std::to_string(i) + " of " +
                                 std::to_string(context.seed)}};
      s.turns.assign(static_cast<std::size_t>(turns), "and then?");
      s.choices = choices;
      s.max_tokens = 8;
      s.metadata = Json{{"number", i}};
    }
    return out;
  }
  [[nodiscard]] const Solver& solver() const override { return *solver_; }
  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    return scorer(sample, trace);
  }
  [[nodiscard]] bool scores_truncated() const override { return scores_truncated_; }
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override {
    return summary ? summary(scored, context) : Task::summarise(scored, context);
  }
  [[nodiscard]] std::vector<Example> examples() const override { return {}; }
};

/// Adds a small task to a registry and hands it out for changes.
inline SmallTask& add_task(Registry& registry, const std::string& name, int items = 20) {
  auto task = std::make_unique<SmallTask>(name, items);
  SmallTask& out = *task;
  registry.add(std::move(task));
  return out;
}

}  // namespace assay::eval
