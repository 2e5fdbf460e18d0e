// `assay compare RUN RUN`: what differs between two runs, on the items that both of them asked.
#include "eval/compare.h"

#include <cstdio>
#include <memory>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/text_table.h"

namespace assay::cli {

void register_compare(Commands& registry);

namespace {

struct Arguments {
  std::string first;
  std::string second;
  std::string store;
  std::string lang = "en";
  double level = 0.95;
  std::uint64_t seed = 1;
  bool json = false;
};

void print_comparison(const eval::RunComparison& comparison, Lang lang) {
  std::printf("first:  run %s of %s\nsecond: run %s of %s\n\n", comparison.first.c_str(),
              comparison.first_model.c_str(), comparison.second.c_str(),
              comparison.second_model.c_str());
  std::fputs(text_table(eval::comparison_table(comparison, lang)).c_str(), stdout);
  for (const auto& p : comparison.pairings) {
    if (p.changed + p.only_first + p.only_second == 0) continue;
    std::printf("%s/%s: left out: %lld only in the first, %lld only in the second, %lld changed\n",
                p.task.c_str(), to_string(p.lang), static_cast<long long>(p.only_first),
                static_cast<long long>(p.only_second), static_cast<long long>(p.changed));
  }
  for (const auto& note : comparison.notes) std::printf("\n%s\n", note.in(lang).c_str());
}

int compare(const Arguments& arguments) {
  auto store = store::Store::open(store_place(arguments.store), store::Mode::read);
  if (!store) return report_error(store.error());
  const auto comparison = eval::compare_runs(*store, arguments.first, arguments.second,
                                             {arguments.level, arguments.seed});
  if (!comparison) return report_error(comparison.error());
  if (arguments.json) {
    std::puts(dump_json(to_json(*comparison), 2).c_str());
  } else {
    print_comparison(*comparison, arguments.lang == "zh" ? Lang::zh : Lang::en);
  }
  return exit_ok;
}

}  // namespace

void register_compare(Commands& registry) {
  registry.add("compare", "Compare two runs, item by item", [](CLI::App& app) {
    const auto a = std::make_shared<Arguments>();
    app.add_option("FIRST", a->first, "A run: an id, its beginning, or latest")->required();
    app.add_option("SECOND", a->second, "The run to hold against it")->required();
    app.add_option("--level", a->level, "Confidence level")->check(CLI::Range(0.5, 0.9999));
    app.add_option("--seed", a->seed, "Seed of resampling");
    app.add_option("--lang", a->lang, "Language of the table")->check(CLI::IsMember({"en", "zh"}));
    app.add_option("--store", a->store, "The store of runs");
    app.add_flag("--json", a->json, "Print JSON");
    return [a] { return compare(*a); };
  });
}

}  // namespace assay::cli
