#include "cli/run_output.h"

#include <cstdio>

#include "base/files.h"
#include "cli/command.h"
#include "cli/run_progress.h"
#include "report/report.h"

namespace assay::cli {

namespace fs = std::filesystem;

constexpr std::int64_t max_gate_bytes = 1 << 20;

Status check_writable(const fs::path& folder) {
  const Status written = try_writing(folder);
  if (written) return {};
  return fail(ErrorKind::io, "cannot write the report: " + written.error().what, folder.string(),
              "Name another folder with --out");
}

Result<std::optional<eval::Gate>> read_gate(const std::string& file,
                                            const eval::Registry& registry) {
  if (file.empty()) return std::nullopt;
  ASSAY_TRY(const std::string text, read_file(file, max_gate_bytes));
  ASSAY_TRY(auto gate, eval::parse_gate(text, file));
  ASSAY_CHECK(eval::check_names(gate, registry));
  return gate;
}

void print_figures(const eval::RunOutcome& outcome, bool all) {
  for (const auto& task : outcome.tasks) {
    const std::string name = task.task + "/" + to_string(task.lang);
    if (task.status != eval::Status::measured && task.status != eval::Status::partly) {
      std::printf(
          "%-26s %s: %s\n", name.c_str(),
          task.status == eval::Status::not_assessable ? "cannot be assessed" : "not measured",
          task.reason.en.c_str());
      continue;
    }
    for (const auto& figure : task.figures) {
      if (!all && !figure.primary) continue;
      std::printf("%-26s %s: %s, n = %lld%s\n", name.c_str(), figure.label.en.c_str(),
                  short_figure(figure).c_str(), static_cast<long long>(figure.estimate.n),
                  task.status == eval::Status::partly ? ", partly" : "");
    }
    if (task.unassessed > 0) {
      std::printf("%-26s %lld of %lld unassessed\n", name.c_str(),
                  static_cast<long long>(task.unassessed), static_cast<long long>(task.done));
    }
  }
}

namespace {

/// Judges the gate and says why; true if it holds.
bool gate_holds(const eval::RunOutcome& outcome, const eval::Gate& gate,
                const eval::Registry& registry) {
  const auto result = eval::evaluate(outcome, gate, registry);
  for (const auto& rule : result.rules) {
    std::fprintf(stderr, "gate: %s: %s\n", rule.kept ? "kept" : "BROKEN", rule.sentence.en.c_str());
  }
  return result.passed();
}

}  // namespace

int write_outcome(const eval::RunOutcome& outcome, const eval::Registry& registry,
                  const Output& output) {
  return write_outcome(outcome, registry, output, report::build(outcome, registry));
}

int write_outcome(const eval::RunOutcome& outcome, const eval::Registry& registry,
                  const Output& output, const Json& document) {
  const auto files = report::write(document, output.folder);
  if (!files) {
    report_error(files.error());
    std::fprintf(stderr,
                 "assay: the run is kept; write its report with `assay report %s --out "
                 "FOLDER`\n",
                 outcome.run_id.c_str());
    return exit_runtime;
  }
  if (output.json) {
    std::puts(dump_json(document, 2).c_str());
  } else {
    print_figures(outcome, false);
    std::printf("\nRun %s. The report: %s\n", outcome.run_id.c_str(), files->html.c_str());
  }
  if (output.gate != nullptr && !gate_holds(outcome, *output.gate, registry)) return exit_gate;
  return exit_ok;
}

}  // namespace assay::cli
