// `assay report RUN`: writes the report of a stored run again, without the model.
#include "report/report.h"

#include <memory>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/run_output.h"
#include "cli/task_registry.h"
#include "eval/runner.h"
#include "evidence/completeness.h"
#include "logs/recorded_task.h"

namespace assay::cli {

void register_report(Commands& registry);

namespace {

struct Arguments {
  std::string run;
  std::string out = "assay-report";
  std::string gate;
  std::string store;
  bool json = false;
};

int write_report(const Arguments& arguments) {
  auto registry = task_registry();
  if (!registry) return report_error(registry.error());
  eval::Registry& tasks = *registry;
  auto store = store::Store::open(store_place(arguments.store), store::Mode::read);
  if (!store) return report_error(store.error());
  const auto run = store->find_run(arguments.run);
  if (!run) return report_error(run.error());
  if (const auto added = logs::add_recorded_tasks(tasks, *run); !added) {
    return report_error(added.error());
  }
  const auto gate = read_gate(arguments.gate, tasks);
  if (!gate) return report_error(gate.error());
  if (const auto writable = check_writable(arguments.out); !writable) {
    return report_error(writable.error());
  }
  const auto outcome = eval::load_outcome(*store, run->id);
  if (!outcome) return report_error(outcome.error());
  const evidence::Folder folder{evidence::default_folder(store_place(arguments.store))};
  const auto additions = evidence::additions(folder, audit::default_key_folder(), *run);
  return write_outcome(*outcome, tasks,
                       {arguments.out, gate->has_value() ? &**gate : nullptr, arguments.json},
                       report::build(*outcome, tasks, additions));
}

}  // namespace

void register_report(Commands& registry) {
  registry.add("report", "Write the report of a stored run again", [](CLI::App& app) {
    const auto a = std::make_shared<Arguments>();
    app.add_option("RUN", a->run, "An id, its beginning, or latest")->required();
    app.add_option("--out", a->out, "Folder of the report (assay-report)");
    app.add_option("--gate", a->gate, "Rules that the result must meet; else the exit code is 1");
    app.add_option("--store", a->store, "The store of runs");
    app.add_flag("--json", a->json, "Print the report document on standard output");
    return [a] { return write_report(*a); };
  });
}

}  // namespace assay::cli
