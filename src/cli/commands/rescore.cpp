// `assay rescore RUN`: the stored answers of a run judged again, without the model, as a new run.
#include "logs/rescore.h"

#include <cstdio>
#include <memory>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/run_output.h"
#include "cli/task_registry.h"
#include "eval/runner.h"

namespace assay::cli {

void register_rescore(Commands& registry);

namespace {

struct Arguments {
  std::string run;
  std::string scorer;
  std::vector<std::string> tasks;
  double threshold = 1.0;
  bool has_threshold = false;
  std::string store;
  bool json = false;
};

int rescore(const Arguments& arguments) {
  const auto tasks = task_registry();
  if (!tasks) return report_error(tasks.error());
  auto store = store::Store::open(store_path(arguments.store), store::Mode::write);
  if (!store) return report_error(store.error());
  logs::RescoreOptions options;
  options.scorer = arguments.scorer;
  options.tasks = comma_words(arguments.tasks);
  if (arguments.has_threshold) options.threshold = arguments.threshold;
  options.cancel = &interrupt();
  const auto done = logs::rescore_run(*store, *tasks, arguments.run, options);
  if (!done) return report_error(done.error());
  if (arguments.json) {
    const Json out{{"run", done->run},
                   {"samples", done->samples},
                   {"changed", done->changed},
                   {"notes", done->notes}};
    std::puts(dump_json(out, 2).c_str());
    return exit_ok;
  }
  const auto outcome = eval::load_outcome(*store, done->run);
  if (!outcome) return report_error(outcome.error());
  print_figures(*outcome, true);
  for (const std::string& note : done->notes) std::printf("left out: %s\n", note.c_str());
  std::printf("%lld answers scored, %lld verdicts changed, run %s\n",
              static_cast<long long>(done->samples), static_cast<long long>(done->changed),
              done->run.c_str());
  return exit_ok;
}

}  // namespace

void register_rescore(Commands& registry) {
  registry.add("rescore", "Judge the stored answers of a run again, without the model",
               [](CLI::App& app) {
                 const auto a = std::make_shared<Arguments>();
                 app.add_option("RUN", a->run, "An id, its beginning, or latest")->required();
                 app.add_option("--scorer", a->scorer,
                                "task (built-in tasks); exact, includes, short, number, choice, "
                                "refusal or log:NAME (imported ones)");
                 auto* threshold = app.add_option("--threshold", a->threshold,
                                                  "With log:NAME: the least score of a success");
                 app.add_option("--task,--tasks", a->tasks, "Only these tasks");
                 app.add_option("--store", a->store, "The store of runs");
                 app.add_flag("--json", a->json, "Print JSON");
                 return [a, threshold] {
                   a->has_threshold = threshold->count() > 0;
                   return rescore(*a);
                 };
               });
}

}  // namespace assay::cli
