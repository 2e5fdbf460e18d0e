#include "cli/task_registry.h"

#include "attack/attack_task.h"
#include "cli/attack_settings.h"
#include "eval/min_k.h"
#include "eval/order_test.h"
#include "eval/task_files/load.h"
#include "explain/explain_task.h"

namespace assay::cli {

Result<eval::Registry> task_registry(const std::vector<std::string>& data,
                                     std::shared_ptr<const attack::Means> means,
                                     std::shared_ptr<explain::Lab> lab) {
  auto folders = eval::data::DataFolders::standard();
  for (const std::string& folder : data) ASSAY_CHECK(folders.add(folder));
  eval::Registry registry(std::move(folders));
  eval::register_all_tasks(registry);
  eval::register_all_benchmarks(registry);
  eval::add_order_tests(registry);
  eval::add_min_k_tasks(registry);
  if (means == nullptr) means = attack::standard_means();
  attack::add_attack_tasks(registry, means);
  if (lab == nullptr) lab = std::make_shared<explain::Lab>();
  explain::add_explain_tasks(registry, lab);
  return registry;
}

Result<eval::Registry> registry_of_run(const Json& config, const std::vector<std::string>& data) {
  const auto more = config.is_object() ? config.find("more") : config.end();
  if (!config.is_object() || more == config.end() || !more->is_object()) return task_registry(data);
  try {
    const std::string command = more->value("command", std::string());
    if (command == "attack") {
      ASSAY_TRY(auto means, means_of_figures(*more));
      return task_registry(data, std::move(means));
    }
    if (command == "explain") {
      auto lab = std::make_shared<explain::Lab>();
      lab->count = more->value("limit", 0);
      return task_registry(data, nullptr, std::move(lab));
    }
  } catch (const Json::exception& problem) {
    return fail(ErrorKind::format, std::string("the run's options: ") + problem.what());
  }
  return task_registry(data);
}

Status add_task_files(const std::vector<std::string>& files, std::vector<std::string>& names,
                      eval::Registry& registry, const TaskWrap& wrap) {
  const auto add = [&](const std::string& file) -> Result<std::string> {
    ASSAY_TRY(auto task, eval::task_files::load(file));
    std::string name = task->info().name;
    if (registry.find(name)) {
      return fail(ErrorKind::usage, "there is a task named " + name + " already", file,
                  "Give the task of the file another name");
    }
    ASSAY_TRY(auto wrapped, wrap(std::move(task)));
    registry.add(std::move(wrapped));
    return name;
  };
  for (std::string& name : names) {
    if (!name.ends_with(".yaml") && !name.ends_with(".yml") && !name.ends_with(".json")) continue;
    ASSAY_TRY(name, add(name));
  }
  for (const std::string& file : files) {
    ASSAY_TRY(names.emplace_back(), add(file));
  }
  return {};
}

}  // namespace assay::cli
