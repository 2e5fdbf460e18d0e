// `assay effort WHAT...`: how much effort recorded attacks took, with intervals: of runs of our own
// and of artifacts that others published.
#include "attack/effort.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "attack/recorded.h"
#include "base/files.h"
#include "cli/command.h"
#include "cli/effort_output.h"
#include "cli/options.h"

namespace assay::cli {

void register_effort(Commands& registry);

namespace {

struct Arguments {
  std::vector<std::string> what;
  std::string axis = "queries";
  std::string store;
  std::vector<double> costs;
  std::string csv;
  std::string svg;
  std::string lang = "en";
  double level = 0.95;
  std::uint64_t seed = 1;
  bool json = false;
};

/// What was given, read: attacks in the order in which they were named, artifacts before runs.
struct Attacks {
  std::vector<attack::EffortTrials> trials;
  std::vector<std::string> from;  ///< of each: a file, or "run ID"
  attack::MethodRecords prompts;
  std::vector<std::string> left_out;
};

Status add_artifacts(const std::vector<std::filesystem::path>& places, Attacks& out) {
  if (places.empty()) return {};
  ASSAY_TRY(auto read, attack::read_artifacts(places));
  for (const attack::Artifact& artifact : read.artifacts) {
    out.trials.push_back(effort_of(artifact));
    out.from.push_back(artifact.file);
    auto& records = out.prompts[artifact.method];
    for (auto& record : transfer_records(artifact)) records.push_back(std::move(record));
  }
  out.left_out = std::move(read.other_files);
  return {};
}

attack::Axis axis_of(const std::string& name) {
  for (const auto axis : {attack::Axis::tokens, attack::Axis::flops, attack::Axis::seconds}) {
    if (name == to_string(axis)) return axis;
  }
  return attack::Axis::queries;
}

Status add_runs(const std::vector<std::string>& runs, const Arguments& arguments, Attacks& out) {
  if (runs.empty()) return {};
  ASSAY_TRY(auto store, store::Store::open(store_place(arguments.store), store::Mode::read));
  std::vector<attack::RecordedAttack> all;
  for (const std::string& run : runs) {
    ASSAY_TRY(auto attacks, recorded_attacks(store, run, axis_of(arguments.axis)));
    for (auto& each : attacks) all.push_back(std::move(each));
  }
  name_apart(all);
  for (attack::RecordedAttack& each : all) {
    auto& records = out.prompts[each.trials.method];
    for (auto& record : each.prompts) records.push_back(std::move(record));
    out.from.push_back("run " + each.run);
    out.trials.push_back(std::move(each.trials));
  }
  return {};
}

Result<Attacks> read_attacks(const Arguments& arguments) {
  const auto [places, runs] = files_and_runs(arguments.what);
  if (!places.empty() && arguments.axis != "queries") {
    return fail(ErrorKind::usage, "artifacts hold queries, and no other cost",
                places.front().string(), "Leave --axis out, or give runs only");
  }
  Attacks out;
  ASSAY_CHECK(add_artifacts(places, out));
  ASSAY_CHECK(add_runs(runs, arguments, out));
  return out;
}

/// Success is told at these costs: those asked for, or, on another axis than queries, the powers of
/// ten up to the largest budget, three of them.
std::vector<double> costs_of(const Arguments& arguments, const Attacks& read) {
  if (!arguments.costs.empty()) return arguments.costs;
  if (arguments.axis == "queries") return attack::EffortOptions{}.costs;
  double most = 1.0;
  for (const auto& trials : read.trials) most = std::max(most, trials.budget);
  const double top = std::pow(10.0, std::floor(std::log10(most)));
  return {top / 100.0, top / 10.0, top};
}

Json document(const EffortResults& results, const Attacks& read) {
  Json attacks = Json::array();
  for (std::size_t i = 0; i < results.figures.size(); ++i) {
    Json entry = to_json(results.figures[i]);
    entry["from"] = read.from[i];
    attacks.push_back(std::move(entry));
  }
  Json methods = Json::array();
  for (const attack::MethodTransfer& method : results.transfer) {
    const std::span<const attack::TransferCell> cells(method.cells);
    methods.push_back({{"method", method.method}, {"cells", to_json(cells)}});
  }
  const std::span<const attack::CompetingAttacks> together(results.together);
  return Json{{"attacks", attacks},
              {"together", to_json(together)},
              {"transfer", methods},
              {"comparisons", to_json(results.comparisons)},
              {"left_out", read.left_out}};
}

EffortResults results_of(const Attacks& read, const attack::EffortOptions& options) {
  EffortResults out;
  for (const auto& trials : read.trials) out.figures.push_back(effort_figures(trials, options));
  out.together = competing_attacks(read.trials, options);
  out.comparisons = compare_efforts(read.trials, options);
  out.transfer = attack::transfer_by_method(read.prompts, options.level);
  return out;
}

int effort(const Arguments& arguments) {
  const auto read = read_attacks(arguments);
  if (!read) return report_error(read.error());
  attack::EffortOptions options;
  options.level = arguments.level;
  options.seed = arguments.seed;
  options.costs = costs_of(arguments, *read);
  const EffortResults results = results_of(*read, options);
  const Lang lang = arguments.lang == "zh" ? Lang::zh : Lang::en;
  if (!arguments.csv.empty()) {
    const auto written = write_file(arguments.csv, effort_csv(results.figures));
    if (!written) return report_error(written.error());
  }
  if (!arguments.svg.empty()) {
    const auto written =
        write_file(arguments.svg, report::step_curves_svg(effort_picture(results.figures), lang));
    if (!written) return report_error(written.error());
  }
  if (arguments.json) {
    std::puts(dump_json(document(results, *read), 2).c_str());
  } else {
    std::fputs(effort_text(results, lang).c_str(), stdout);
  }
  return exit_ok;
}

}  // namespace

void register_effort(Commands& registry) {
  registry.add("effort", "Effort to break, from recorded attacks", [](CLI::App& app) {
    const auto a = std::make_shared<Arguments>();
    app.add_option("WHAT", a->what,
                   "Runs with attacks (an id, its beginning, or latest), and attack artifacts of "
                   "JailbreakBench or their folders")
        ->required();
    app.add_option("--axis", a->axis, "Cost, of runs: queries, tokens, flops or seconds")
        ->check(CLI::IsMember({"queries", "tokens", "flops", "seconds"}));
    app.add_option("--store", a->store, "The store of runs");
    app.add_option("--costs", a->costs, "Tell success within these costs")
        ->delimiter(',')
        ->check(CLI::Range(1e-9, 1e15));
    app.add_option("--level", a->level, "Confidence level")->check(CLI::Range(0.5, 0.9999));
    app.add_option("--seed", a->seed, "Seed of resampling");
    app.add_option("--lang", a->lang, "Language of tables and picture")
        ->check(CLI::IsMember({"en", "zh"}));
    app.add_option("--csv", a->csv, "Write the points of the curves to this file");
    app.add_option("--svg", a->svg, "Draw the curves into this file");
    app.add_flag("--json", a->json, "Print JSON");
    return [a] { return effort(*a); };
  });
}

}  // namespace assay::cli
