// `assay effort FILE-OR-FOLDER...`: how much effort recorded attacks took, with intervals.
#include "attack/effort.h"

#include <cstdio>
#include <fstream>
#include <memory>

#include "cli/command.h"
#include "cli/effort_output.h"

namespace assay::cli {

void register_effort(Commands& registry);

namespace {

struct Arguments {
  std::vector<std::string> places;
  std::vector<double> costs;
  std::string csv;
  std::string svg;
  std::string lang = "en";
  double level = 0.95;
  std::uint64_t seed = 1;
  bool json = false;
};

Status write_file(const std::string& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (out) return {};
  return fail(ErrorKind::io, "cannot write it", file, "Choose a place that can be written");
}

Json document(const std::vector<attack::EffortFigures>& all,
              const attack::EffortComparisons& comparisons,
              const std::vector<attack::MethodTransfer>& transfer,
              const attack::ArtifactSet& read) {
  Json attacks = Json::array();
  for (std::size_t i = 0; i < all.size(); ++i) {
    Json entry = to_json(all[i]);
    entry["file"] = read.artifacts[i].file;
    attacks.push_back(std::move(entry));
  }
  Json methods = Json::array();
  for (const attack::MethodTransfer& method : transfer) {
    const std::span<const attack::TransferCell> cells(method.cells);
    methods.push_back({{"method", method.method}, {"cells", to_json(cells)}});
  }
  return Json{{"attacks", attacks},
              {"transfer", methods},
              {"comparisons", to_json(comparisons)},
              {"left_out", read.other_files}};
}

int effort(const Arguments& arguments) {
  const std::vector<std::filesystem::path> places(arguments.places.begin(), arguments.places.end());
  const auto read = attack::read_artifacts(places);
  if (!read) return report_error(read.error());
  attack::EffortOptions options;
  options.level = arguments.level;
  options.seed = arguments.seed;
  if (!arguments.costs.empty()) options.costs = arguments.costs;
  std::vector<attack::EffortTrials> trials;
  std::vector<attack::EffortFigures> figures;
  for (const attack::Artifact& artifact : read->artifacts) {
    trials.push_back(effort_of(artifact));
    figures.push_back(effort_figures(trials.back(), options));
  }
  const auto comparisons = compare_efforts(trials, options);
  const auto transfer = attack::transfer_by_method(read->artifacts, options.level);
  const Lang lang = arguments.lang == "zh" ? Lang::zh : Lang::en;
  if (!arguments.csv.empty()) {
    const auto written = write_file(arguments.csv, effort_csv(figures));
    if (!written) return report_error(written.error());
  }
  if (!arguments.svg.empty()) {
    const auto written =
        write_file(arguments.svg, report::step_curves_svg(effort_picture(figures), lang));
    if (!written) return report_error(written.error());
  }
  if (arguments.json) {
    std::puts(dump_json(document(figures, comparisons, transfer, *read), 2).c_str());
  } else {
    std::fputs(effort_text(figures, comparisons, transfer, lang).c_str(), stdout);
  }
  return exit_ok;
}

}  // namespace

void register_effort(Commands& registry) {
  registry.add("effort", "Effort to break, from recorded attacks", [](CLI::App& app) {
    const auto a = std::make_shared<Arguments>();
    app.add_option("ARTIFACT", a->places, "Attack artifacts (JailbreakBench), or their folder")
        ->required();
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
