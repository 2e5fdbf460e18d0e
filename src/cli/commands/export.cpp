// `assay export RUN`: a stored run as a log of Inspect, lm-evaluation-harness or garak, or as a
// document of in-toto, CycloneDX or OSCAL.
#include "logs/export.h"

#include <cstdio>
#include <memory>

#include "cli/command.h"
#include "cli/export_standard.h"
#include "cli/options.h"
#include "cli/report_export.h"
#include "cli/task_registry.h"
#include "eval/runner.h"
#include "logs/recorded_task.h"

namespace assay::cli {

void register_export(Commands& registry);

namespace {

struct Arguments {
  std::string run;
  std::string format = "inspect";
  std::string out;
  std::vector<std::string> tasks;
  std::string lang;
  std::string store;
  bool json = false;
};

/// Where the files go, unless the person says so.
std::filesystem::path place(const Arguments& arguments, const char* otherwise) {
  return arguments.out.empty() ? otherwise : arguments.out.c_str();
}

Json file_names(const std::vector<std::filesystem::path>& files) {
  Json out = Json::array();
  for (const auto& file : files) out.push_back(file.string());
  return out;
}

int write_standard(const Arguments& arguments, Standard standard, const eval::Registry& tasks,
                   store::Store& store, const store::RunRow& run) {
  const auto outcome = eval::load_outcome(store, run.id);
  if (!outcome) return report_error(outcome.error());
  const auto files =
      export_standard(*outcome, tasks, standard, arguments.lang == "zh" ? Lang::zh : Lang::en,
                      place(arguments, "assay-export"));
  if (!files) return report_error(files.error());
  if (arguments.json) {
    std::puts(dump_json(Json{{"run", run.id}, {"files", file_names(*files)}}, 2).c_str());
    return exit_ok;
  }
  for (const auto& file : *files) std::puts(file.c_str());
  return exit_ok;
}

int write_logs(const Arguments& arguments, logs::ExportFormat format, const eval::Registry& tasks,
               store::Store& store, const store::RunRow& run) {
  logs::ExportOptions options;
  options.format = format;
  options.tasks = comma_words(arguments.tasks);
  if (!arguments.lang.empty()) options.lang = arguments.lang == "zh" ? Lang::zh : Lang::en;
  options.cancel = &interrupt();
  const auto done = logs::export_run(store, tasks, run.id, place(arguments, "assay-logs"), options);
  if (!done) return report_error(done.error());
  if (arguments.json) {
    const Json out{{"run", run.id},
                   {"samples", done->samples},
                   {"files", file_names(done->files)},
                   {"notes", done->notes}};
    std::puts(dump_json(out, 2).c_str());
    return exit_ok;
  }
  for (const std::string& note : done->notes) std::printf("left out: %s\n", note.c_str());
  for (const auto& file : done->files) std::puts(file.c_str());
  return exit_ok;
}

/// A log format, unless the name is that of a standard.
Result<logs::ExportFormat> log_format(const Arguments& arguments, bool standard) {
  if (standard && !arguments.tasks.empty()) {
    return fail(ErrorKind::usage, "a document of a standard is about the whole run", "--task",
                "Leave --task out; --lang chooses the language of its texts");
  }
  if (standard) return logs::ExportFormat::inspect;
  auto format = logs::parse_export_format(arguments.format);
  if (!format) {
    format.error().next =
        "Choose inspect, lm-eval, garak, crosswalk, gsn, in-toto, cyclonedx or oscal";
  }
  return format;
}

int export_run(const Arguments& arguments) {
  if (is_report_form(arguments.format)) {
    return export_report_form(arguments.format, arguments.run,
                              place(arguments, "assay-export").string(), arguments.store,
                              arguments.json);
  }
  const auto standard = parse_standard(arguments.format);
  const auto format = log_format(arguments, standard.has_value());
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
  return standard ? write_standard(arguments, *standard, *tasks, *store, *run)
                  : write_logs(arguments, *format, *tasks, *store, *run);
}

}  // namespace

void register_export(Commands& registry) {
  registry.add(
      "export", "Write a run as logs of other tools, or as in-toto, CycloneDX or OSCAL",
      [](CLI::App& app) {
        const auto a = std::make_shared<Arguments>();
        app.add_option("RUN", a->run, "An id, its beginning, or latest")->required();
        app.add_option("--format,--to", a->format,
                       "inspect, lm-eval, garak (inspect); of the report: crosswalk, gsn, in-toto, "
                       "cyclonedx or oscal");
        app.add_option("--out", a->out,
                       "A folder, or a .eval or .jsonl file (assay-logs; standards: assay-export)");
        app.add_option("--task,--tasks", a->tasks, "Only these tasks");
        app.add_option("--lang", a->lang, "Only this language; standards: that of the texts (en)")
            ->check(CLI::IsMember({"en", "zh"}));
        app.add_option("--store", a->store, "The store of runs");
        app.add_flag("--json", a->json, "Print JSON");
        return [a] { return export_run(*a); };
      });
}

}  // namespace assay::cli
