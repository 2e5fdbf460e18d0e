// links: store
// Any file as a store: opened, or an error with the next step; then everything is read from it.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

#include "store/store.h"

namespace {

using namespace assay;

void read_all(store::Store& store) {
  const auto runs = store.list_runs();
  if (!runs) return;
  for (const store::RunRow& run : *runs) {
    (void)store.records(run.id);
    const auto tasks = store.tasks(run.id);
    if (!tasks) continue;
    for (const store::TaskRow& task : *tasks) {
      (void)store.for_each_scored(run.id, task.task, task.lang, [](store::ScoredRow&&) {});
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::filesystem::path file =
      std::filesystem::temp_directory_path() /
      std::string("assay-store-fuzz-").append(std::to_string(getpid()));
  std::ofstream(file, std::ios::binary | std::ios::trunc)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  auto store = store::Store::open(file, store::Mode::read);
  if (!store && store.error().next.empty()) std::abort();
  if (store) read_all(*store);
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  return 0;
}
