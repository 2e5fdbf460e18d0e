// `assay rescore RUN`: the stored answers of a run judged again, without the model, as a new run.
#include "logs/rescore.h"

#include <cstdio>
#include <memory>

#include "cli/command.h"
#include "cli/open_judge.h"
#include "cli/options.h"
#include "cli/run_output.h"
#include "cli/task_registry.h"
#include "eval/runner.h"
#include "eval/scorers/named.h"

namespace assay::cli {

void register_rescore(Commands& registry);

namespace {

struct Arguments {
  std::string run;
  std::string scorer;
  std::vector<std::string> scorer_args;
  JudgeOptions judge;
  std::vector<std::string> tasks;
  double threshold = 1.0;
  bool has_threshold = false;
  std::string store;
  bool json = false;
};

/// "tolerance=0.1" as {"tolerance": 0.1}; what is no JSON is a text.
Result<Json> scorer_options(const std::vector<std::string>& words) {
  Json out;
  for (const std::string& word : words) {
    const std::size_t at = word.find('=');
    if (at == 0 || at == std::string::npos) {
      return fail(ErrorKind::usage, std::string("'") + word + "' is not KEY=VALUE", "--scorer-arg");
    }
    const std::string text = word.substr(at + 1);
    const auto value = parse_json(text, "--scorer-arg");
    out[word.substr(0, at)] = value ? *value : Json(text);
  }
  return out;
}

int rescore(const Arguments& arguments) {
  const auto tasks = task_registry();
  if (!tasks) return report_error(tasks.error());
  auto store = store::Store::open(store_place(arguments.store), store::Mode::write);
  if (!store) return report_error(store.error());
  logs::RescoreOptions options;
  options.scorer = arguments.scorer;
  auto scorer_args = scorer_options(arguments.scorer_args);
  if (!scorer_args) return report_error(scorer_args.error());
  options.scorer_options = std::move(*scorer_args);
  options.tasks = comma_words(arguments.tasks);
  if (arguments.judge.given()) {
    auto judge = open_judge_setup(arguments.judge.wish, arguments.judge);
    if (!judge) return report_error(judge.error());
    options.judge = std::move(*judge);
  }
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

std::string scorer_names() {
  std::string out;
  for (const auto& scorer : eval::named_scorers()) out.append(scorer.name).append(", ");
  return out;
}

}  // namespace

void register_rescore(Commands& registry) {
  registry.add(
      "rescore", "Judge the stored answers of a run again, without the model", [](CLI::App& app) {
        const auto a = std::make_shared<Arguments>();
        app.add_option("RUN", a->run, "An id, its beginning, or latest")->required();
        app.add_option(
            "--scorer", a->scorer,
            std::string("task (built-in tasks); of imported ones ") + scorer_names() + "log:NAME");
        app.add_option("--scorer-arg", a->scorer_args,
                       "An option of the scorer, KEY=VALUE, e.g. tolerance=0.1")
            ->allow_extra_args(false);
        auto* threshold = app.add_option("--threshold", a->threshold,
                                         "With log:NAME: the least score of a success");
        add_judge_options(app, a->judge);
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
