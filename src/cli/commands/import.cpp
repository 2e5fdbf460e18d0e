// `assay import LOG...`: logs of Inspect, lm-evaluation-harness, garak, or Assay as runs of ours.
#include "logs/import.h"

#include <cstdio>
#include <memory>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/run_output.h"
#include "cli/run_progress.h"
#include "cli/task_registry.h"
#include "eval/runner.h"

namespace assay::cli {

void register_import(Commands& registry);

namespace {

struct Arguments {
  std::vector<std::string> logs;
  std::string store;
  std::string lang;
  std::string scorer;
  std::string topic;
  std::string group;
  double threshold = 0.0;
  bool has_threshold = false;
  std::uint64_t seed = 1;
  bool summary = false;
  bool json = false;
};

logs::ImportOptions options_of(const Arguments& arguments) {
  logs::ImportOptions out;
  out.scorer = arguments.scorer;
  out.topic = arguments.topic;
  out.group = arguments.group;
  out.seed = arguments.seed;
  if (!arguments.lang.empty()) out.lang = arguments.lang == "zh" ? Lang::zh : Lang::en;
  if (arguments.has_threshold) out.threshold = arguments.threshold;
  out.cancel = &interrupt();
  return out;
}

void print_summary(const Json& summary) {
  const auto text = [](const Json& json, const char* key) {
    const std::string value = json.value(key, "");
    return value.empty() ? std::string("unknown") : value;
  };
  std::printf("%s log of %s %s, model %s, began %s, status %s\n", text(summary, "format").c_str(),
              text(summary, "tool").c_str(), text(summary, "version").c_str(),
              text(summary, "model").c_str(), text(summary, "created").c_str(),
              text(summary, "status").c_str());
  for (const Json& task : summary["tasks"]) {
    std::printf("%s: %lld samples\n", text(task, "task").c_str(),
                static_cast<long long>(task.value("samples", std::int64_t{0})));
    for (const Json& each : task["figures"]) {
      const auto figure = eval::figure_from_json(each);
      if (!figure) continue;
      std::printf("  %s: %s, n = %lld, unassessed %lld\n", figure->label.en.c_str(),
                  short_figure(*figure).c_str(), static_cast<long long>(figure->estimate.n),
                  static_cast<long long>(figure->estimate.unassessed));
    }
    for (const auto& [reason, n] : task["unassessed"].items()) {
      std::printf("  %s: %s\n", reason.c_str(), dump_json(n).c_str());
    }
  }
  for (const Json& note : summary["notes"]) {
    std::printf("note: %s\n", note.get<std::string>().c_str());
  }
}

int summarise(const Arguments& arguments) {
  Json list = Json::array();
  for (const std::string& log : arguments.logs) {
    const auto summary = logs::log_summary(log, options_of(arguments));
    if (!summary) return report_error(summary.error());
    if (arguments.json) {
      list.push_back(*summary);
    } else {
      print_summary(*summary);
    }
  }
  if (arguments.json) std::puts(dump_json(list, 2).c_str());
  return exit_ok;
}

Result<Json> import_one(store::Store& store, const eval::Registry& tasks, const std::string& log,
                        const Arguments& arguments) {
  ASSAY_TRY(const logs::Imported imported,
            logs::import_log(store, tasks, log, options_of(arguments)));
  if (!arguments.json) {
    ASSAY_TRY(const eval::RunOutcome outcome, eval::load_outcome(store, imported.run));
    print_figures(outcome, true);
    for (const std::string& note : imported.notes) std::printf("note: %s\n", note.c_str());
    std::printf("%s: %lld samples, run %s\n", log.c_str(), static_cast<long long>(imported.samples),
                imported.run.c_str());
  }
  return Json{{"log", log},
              {"run", imported.run},
              {"samples", imported.samples},
              {"notes", imported.notes}};
}

/// A log that cannot be read does not stop the others.
int import_all(const Arguments& arguments) {
  const auto tasks = task_registry();
  if (!tasks) return report_error(tasks.error());
  auto store = store::Store::open(store_place(arguments.store), store::Mode::write);
  if (!store) return report_error(store.error());
  Json list = Json::array();
  int code = exit_ok;
  for (const std::string& log : arguments.logs) {
    const auto one = import_one(*store, *tasks, log, arguments);
    if (one) {
      list.push_back(*one);
    } else {
      code = report_error(one.error());
      if (one.error().kind == ErrorKind::cancelled) break;
    }
  }
  if (arguments.json) std::puts(dump_json(list, 2).c_str());
  return code;
}

}  // namespace

void register_import(Commands& registry) {
  registry.add(
      "import", "Read logs of Inspect, lm-evaluation-harness or garak as runs", [](CLI::App& app) {
        const auto a = std::make_shared<Arguments>();
        app.add_option("LOG", a->logs,
                       ".eval, .json, results_*.json, samples_*.jsonl or report.jsonl")
            ->required();
        app.add_option("--scorer", a->scorer, "The scorer that gives the verdict (the first)");
        auto* threshold = app.add_option("--threshold", a->threshold,
                                         "The least score that is a success (1, on a 0-1 scale)");
        app.add_option("--lang", a->lang, "Language of the items (by their script)")
            ->check(CLI::IsMember({"en", "zh"}));
        app.add_option("--topic", a->topic, "Topic of the tasks (by their names)");
        app.add_option("--group", a->group, "A key of the samples' metadata to split figures by");
        app.add_option("--seed", a->seed, "Seed of resampling");
        app.add_flag("--summary", a->summary, "Only say what is in the logs; keep nothing");
        app.add_option("--store", a->store, "The store of runs");
        app.add_flag("--json", a->json, "Print JSON");
        return [a, threshold] {
          a->has_threshold = threshold->count() > 0;
          return a->summary ? summarise(*a) : import_all(*a);
        };
      });
}

}  // namespace assay::cli
