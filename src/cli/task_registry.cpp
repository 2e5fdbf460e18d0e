#include "cli/task_registry.h"

namespace assay::cli {

Result<eval::Registry> task_registry(const std::vector<std::string>& data) {
  auto folders = eval::data::DataFolders::standard();
  for (const std::string& folder : data) ASSAY_CHECK(folders.add(folder));
  eval::Registry registry(std::move(folders));
  eval::register_all_tasks(registry);
  eval::register_all_benchmarks(registry);
  return registry;
}

}  // namespace assay::cli
