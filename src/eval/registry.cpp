#include "eval/registry.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"

namespace assay::eval {
namespace {

std::string did_you_mean(std::string_view name, const std::vector<std::string>& names,
                         const std::string& command) {
  const std::vector<std::string> near = near_names(name, names);
  if (near.empty()) return command + " lists them";
  std::string next = "Did you mean ";
  for (std::size_t i = 0; i < near.size(); ++i) next += (i == 0 ? "" : ", ") + near[i];
  return next + "? " + command + " lists all";
}

}  // namespace

void Registry::add(std::unique_ptr<Task> task) {
  const std::string& name = task->info().name;
  const auto place = std::lower_bound(
      tasks_.begin(), tasks_.end(), name,
      [](const std::unique_ptr<Task>& t, const std::string& n) { return t->info().name < n; });
  if (place != tasks_.end() && (*place)->info().name == name) {
    throw std::logic_error("two tasks are named " + name);
  }
  tasks_.insert(place, std::move(task));
}

Result<const Task*> Registry::find(std::string_view name) const {
  std::vector<std::string> names;
  for (const auto& task : tasks_) {
    if (task->info().name == name) return task.get();
    names.push_back(task->info().name);
  }
  return fail(ErrorKind::not_found, "no task named '" + std::string(name) + "'", "",
              did_you_mean(name, names, "`assay tasks`"));
}

void Registry::add_dataset(data::Dataset dataset) {
  const auto place = std::lower_bound(
      datasets_.begin(), datasets_.end(), dataset.name,
      [](const std::unique_ptr<data::Dataset>& d, const std::string& n) { return d->name < n; });
  if (place != datasets_.end() && (*place)->name == dataset.name) {
    throw std::logic_error("two data sets are named " + dataset.name);
  }
  datasets_.insert(place, std::make_unique<data::Dataset>(std::move(dataset)));
}

Result<const data::Dataset*> Registry::find_dataset(std::string_view name) const {
  std::string wanted(name);
  std::replace(wanted.begin(), wanted.end(), '_', '-');
  std::vector<std::string> names;
  for (const auto& dataset : datasets_) {
    if (dataset->name == wanted) return dataset.get();
    names.push_back(dataset->name);
  }
  return fail(ErrorKind::not_found, "no data set named '" + std::string(name) + "'", "",
              did_you_mean(wanted, names, "`assay data list`"));
}

}  // namespace assay::eval
