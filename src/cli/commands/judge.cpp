// `assay judge calibrate JUDGE --labels FILE`: how often a judge errs, against people's labels. The
// file that it writes corrects the rates of `assay assess --judge` and `assay rescore --judge`.
#include <cstdio>
#include <fstream>
#include <memory>

#include "base/files.h"
#include "cli/command.h"
#include "cli/open_judge.h"

namespace assay::cli {

void register_judge(Commands& registry);

namespace {

struct Arguments {
  JudgeOptions judge;
  std::string labels;
  std::string out;
  bool json = false;
};

std::string shown(const stats::Estimate& estimate) {
  if (!estimate.known()) {
    return std::string("not known (") +
           (estimate.assumptions.empty() ? "" : estimate.assumptions.front()) + ")";
  }
  char text[96];
  std::snprintf(text, sizeof text, "%.3f [%.3f, %.3f]", estimate.value, estimate.interval.low,
                estimate.interval.high);
  return text;
}

void print_part(const std::string& name, const eval::Measured& m) {
  std::printf("%s\n", name.c_str());
  std::printf("  sensitivity   %-24s %lld of %lld successes found\n", shown(m.sensitivity).c_str(),
              static_cast<long long>(m.counts.true_positives),
              static_cast<long long>(m.counts.positives));
  std::printf("  specificity   %-24s %lld of %lld failures found\n", shown(m.specificity).c_str(),
              static_cast<long long>(m.counts.true_negatives),
              static_cast<long long>(m.counts.negatives));
  std::printf("  agreement     kappa %s, AC1 %s, alpha %s\n", shown(m.kappa).c_str(),
              shown(m.ac1).c_str(), shown(m.alpha).c_str());
  std::printf("  unassessed    %lld\n", static_cast<long long>(m.unassessed));
}

void print_calibration(const eval::Calibration& c) {
  std::printf("%s\n", c.judge.c_str());
  std::printf("%lld labelled answers, up to %lld people each; %lld left out (people are split)\n",
              static_cast<long long>(c.answers), static_cast<long long>(c.people),
              static_cast<long long>(c.split));
  if (c.people > 1)
    std::printf("people among each other: alpha %s\n", shown(c.people_alpha).c_str());
  print_part("all", c.overall);
  if (c.by_lang.size() > 1) {
    for (const auto& [name, part] : c.by_lang) print_part(std::string("language ") + name, part);
  }
  for (const auto& [name, part] : c.by_topic) print_part(std::string("topic ") + name, part);
  for (const auto& [reason, count] : c.unassessed_reasons) {
    std::printf("unassessed: %s (%lld)\n", reason.c_str(), static_cast<long long>(count));
  }
  const auto& counts = c.overall.counts;
  const double youden = c.overall.sensitivity.value + c.overall.specificity.value - 1.0;
  if (counts.positives > 0 && counts.negatives > 0 && youden <= 0.0) {
    std::puts("This judge is no better than chance: no rate can be corrected by it.");
  }
  std::printf("cost: %lld calls, %lld tokens read, %lld written\n",
              static_cast<long long>(c.cost.requests), static_cast<long long>(c.cost.prompt_tokens),
              static_cast<long long>(c.cost.completion_tokens));
}

Status write_calibration(const std::string& file, const Json& json) {
  if (write_file(file, dump_json(json, 2) + "\n")) return {};
  return fail(ErrorKind::io, "the calibration could not be written", file,
              "Give another --out; the folder must exist and be writable");
}

/// Writable before the work, not after it.
Status check_file(const std::string& file) {
  if (file.empty()) return {};
  const std::ofstream out(file, std::ios::binary | std::ios::app);
  if (out) return {};
  return fail(ErrorKind::io, "the file cannot be written", file,
              "Give another --out; the folder must exist and be writable");
}

int calibrate(const Arguments& a) {
  auto judge = open_judge(a.judge.wish.judges, a.judge.wish.rubric, a.judge);
  if (!judge) return report_error(judge.error());
  // A rule needs no rubric, but a rubric may say what people's labels mean.
  std::optional<eval::Rubric> names;
  if (!a.judge.wish.rubric.empty()) {
    auto rubric = eval::read_rubric(a.judge.wish.rubric);
    if (!rubric) return report_error(rubric.error());
    names = std::move(*rubric);
  }
  const auto labels = eval::read_labels(a.labels, names ? &*names : nullptr);
  if (!labels) return report_error(labels.error());
  if (const auto writable = check_file(a.out); !writable) return report_error(writable.error());
  const auto done = eval::calibrate(**judge, *labels, &interrupt());
  if (!done) return report_error(done.error());
  const Json json = eval::to_json(*done);
  if (a.json) {
    std::puts(dump_json(json, 2).c_str());
  } else {
    print_calibration(*done);
  }
  if (a.out.empty()) return exit_ok;
  if (const auto written = write_calibration(a.out, json); !written)
    return report_error(written.error());
  if (!a.json) std::printf("written: %s\n", a.out.c_str());
  return exit_ok;
}

void add_calibrate(CLI::App& app, Arguments& a) {
  app.add_option("JUDGE", a.judge.wish.judges,
                 "A model, rules:NAME or similarity:minilm; several models decide together")
      ->required();
  app.add_option("--rubric", a.judge.wish.rubric, "What a judging model is asked (YAML or JSON)");
  app.add_option("--labels", a.labels, "Labelled answers: JSONL or CSV with prompt, answer, label")
      ->required();
  app.add_option("--out", a.out, "Write the calibration to this file");
  app.add_option("--judge-arg", a.judge.model_args, "An argument of a served judge, key=value")
      ->allow_extra_args(false);
  app.add_option("--threads", a.judge.threads, "Threads (all physical cores)")
      ->check(CLI::Range(0, 1024));
  app.add_flag("--json", a.json, "Print JSON");
}

}  // namespace

void register_judge(Commands& registry) {
  registry.add("judge", "Measure how often a judge of answers errs", [](CLI::App& app) {
    app.require_subcommand(1);
    CLI::App* sub = app.add_subcommand("calibrate", "Against answers that people labelled");
    const auto arguments = std::make_shared<Arguments>();
    add_calibrate(*sub, *arguments);
    return [arguments] { return calibrate(*arguments); };
  });
}

}  // namespace assay::cli
