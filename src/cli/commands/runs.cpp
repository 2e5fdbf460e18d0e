// `assay runs`: the stored runs, newest first.
#include <cstdio>
#include <memory>

#include "cli/command.h"
#include "cli/options.h"
#include "store/store.h"

namespace assay::cli {

void register_runs(Commands& registry);

namespace {

Json describe(const store::RunRow& run) {
  return Json{{"id", run.id},
              {"created", run.begun.created},
              {"finished", run.finished},
              {"profile", run.begun.profile},
              {"model", run.begun.model},
              {"model_digest", run.begun.model_digest},
              {"config_digest", run.begun.config_digest},
              {"samples", run.samples}};
}

int list_runs(const std::string& path, bool as_json) {
  auto store = store::Store::open(store_place(path), store::Mode::read);
  if (!store) return report_error(store.error());
  const auto runs = store->list_runs();
  if (!runs) return report_error(runs.error());
  if (as_json) {
    Json list = Json::array();
    for (const auto& run : *runs) list.push_back(describe(run));
    std::puts(dump_json(Json{{"store", store->name()}, {"runs", list}}, 2).c_str());
    return exit_ok;
  }
  if (runs->empty()) {
    std::puts("No runs yet. `assay assess MODEL` makes one.");
    return exit_ok;
  }
  std::printf("%-12s %-22s %-10s %9s  %-11s %s\n", "run", "began (UTC)", "profile", "samples",
              "state", "model");
  for (const auto& run : *runs) {
    std::printf("%-12s %-22s %-10s %9lld  %-11s %s\n", run.id.c_str(), run.begun.created.c_str(),
                run.begun.profile.c_str(), static_cast<long long>(run.samples),
                run.finished.empty() ? "unfinished" : "finished", run.begun.model.c_str());
  }
  return exit_ok;
}

}  // namespace

void register_runs(Commands& registry) {
  registry.add("runs", "List the stored runs, newest first", [](CLI::App& app) {
    const auto store = std::make_shared<std::string>();
    const auto as_json = std::make_shared<bool>(false);
    app.add_option("--store", *store, "The store of runs");
    app.add_flag("--json", *as_json, "Print JSON");
    return [=] { return list_runs(*store, *as_json); };
  });
}

}  // namespace assay::cli
