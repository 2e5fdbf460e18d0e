// `assay export RUN`: a stored run as a log of Inspect, lm-evaluation-harness or garak.
#include "logs/export.h"

#include <cstdio>
#include <memory>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/report_export.h"
#include "cli/task_registry.h"
#include "logs/recorded_task.h"

namespace assay::cli {

void register_export(Commands& registry);

namespace {

struct Arguments {
  std::string run;
  std::string format = "inspect";
  std::string out = "assay-logs";
  std::vector<std::string> tasks;
  std::string lang;
  std::string store;
  bool json = false;
};

int export_logs(const Arguments& arguments) {
  if (is_report_form(arguments.format)) {
    return export_report_form(arguments.format, arguments.run, arguments.out, arguments.store,
                              arguments.json);
  }
  const auto format = logs::parse_export_format(arguments.format);
  if (!format) return report_error(format.error());
  auto tasks = task_registry();
  if (!tasks) return report_error(tasks.error());
  auto store = store::Store::open(store_place(arguments.store), store::Mode::read);
  if (!store) return report_error(store.error());
  const auto run = store->find_run(arguments.run);
  if (!run) return report_error(run.error());
  if (const auto added = logs::add_recorded_tasks(*tasks, *run); !added) {
    return report_error(added.error());
  }
  logs::ExportOptions options;
  options.format = *format;
  options.tasks = comma_words(arguments.tasks);
  if (!arguments.lang.empty()) options.lang = arguments.lang == "zh" ? Lang::zh : Lang::en;
  options.cancel = &interrupt();
  const auto done = logs::export_run(*store, *tasks, run->id, arguments.out, options);
  if (!done) return report_error(done.error());
  Json files = Json::array();
  for (const auto& file : done->files) files.push_back(file.string());
  if (arguments.json) {
    const Json out{
        {"run", run->id}, {"samples", done->samples}, {"files", files}, {"notes", done->notes}};
    std::puts(dump_json(out, 2).c_str());
    return exit_ok;
  }
  for (const std::string& note : done->notes) std::printf("left out: %s\n", note.c_str());
  for (const auto& file : done->files) std::puts(file.c_str());
  return exit_ok;
}

}  // namespace

void register_export(Commands& registry) {
  registry.add(
      "export", "Write a run as logs of other tools, or its report as tables", [](CLI::App& app) {
        const auto a = std::make_shared<Arguments>();
        app.add_option("RUN", a->run, "An id, its beginning, or latest")->required();
        app.add_option("--format,--to", a->format,
                       "inspect, lm-eval or garak (inspect); of the report: crosswalk or gsn");
        app.add_option("--out", a->out, "A folder, or a .eval or .jsonl file (assay-logs)");
        app.add_option("--task,--tasks", a->tasks, "Only these tasks");
        app.add_option("--lang", a->lang, "Only this language")->check(CLI::IsMember({"en", "zh"}));
        app.add_option("--store", a->store, "The store of runs");
        app.add_flag("--json", a->json, "Print JSON");
        return [a] { return export_logs(*a); };
      });
}

}  // namespace assay::cli
