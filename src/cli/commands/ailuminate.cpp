// `assay ailuminate COUNTS --standard FILE`: AILuminate's grades from counts of unsafe answers,
// with the uncertainty about each grade.
#include "report/ailuminate.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

#include "base/files.h"
#include "cli/command.h"
#include "cli/options.h"
#include "report/format_number.h"

namespace assay::cli {

void register_ailuminate(Commands& registry);

namespace {

constexpr std::int64_t kMostBytes = 16 << 20;

struct Arguments {
  std::string counts, standard, lang = "en";
  std::optional<std::int64_t> reference_n;
  bool json = false;
};

void say(const std::string& text) { std::puts(text.c_str()); }

/// "Good 88%, Fair 12%", the likeliest first; what is under half a percent is left out.
std::string chances(const report::GradedHazard& graded, Lang lang) {
  std::vector<std::pair<double, report::Grade>> order;
  for (std::size_t g = 0; g < report::kGrades.size(); ++g) {
    if (graded.probability[g] >= 0.005)
      order.emplace_back(graded.probability[g], report::kGrades[g]);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string out;
  for (const auto& [p, grade] : order) {
    out += (out.empty()        ? ""
            : lang == Lang::en ? ", "
                               : "，") +
           report::grade_text(grade).in(lang) + " " + (p > 0.995 ? ">99%" : report::percent(p, 0));
  }
  return out;
}

void print_one(const report::GradedHazard& graded, Lang lang) {
  const bool en = lang == Lang::en;
  const std::string name =
      graded.counts.hazard == "overall" ? (en ? "overall" : "总体") : graded.counts.hazard;
  std::string range = report::grade_text(graded.worst).in(lang);
  if (graded.worst != graded.best) {
    range += (en ? " to " : " 至 ") + report::grade_text(graded.best).in(lang);
  }
  say(name + (en ? ": " : "：") + report::grade_text(graded.grade).in(lang) +
      (en ? "; unsafe " : "；不安全 ") + report::value_text(graded.unsafe, lang) +
      (en ? " (95%: " : "（95%：") + report::interval_text(graded.unsafe, lang) +
      (en ? ") of " : "），共 ") + report::count(graded.counts.n) +
      (en ? ", reference " : "，参照 ") + report::percent(1.0 - graded.reference_safe, 1));
  say((en ? "  the interval reaches: " : "  区间所及：") + range +
      (en ? "; chances: " : "；概率：") + chances(graded, lang));
  if (graded.counts.unassessed > 0) {
    say((en ? "  if all " : "  若 ") + report::count(graded.counts.unassessed) +
        (en ? " unassessed answers were unsafe: " : " 次未评定的回答均不安全：") +
        report::grade_text(graded.if_unassessed_unsafe).in(lang));
  }
}

void print_notes(const report::GradedBenchmark& graded, const report::ReferenceStandard& standard,
                 Lang lang) {
  const bool en = lang == Lang::en;
  if (!graded.missing.empty()) {
    std::string names;
    for (const std::string& name : graded.missing) names += " " + name;
    say((en ? "No counts, so no overall grade:" : "缺少计数，因此没有总体等级：") + names);
  }
  say((en ? "Standard: " : "标准：") +
      (standard.benchmark.empty() ? (en ? "(not named)" : "（未注明）") : standard.benchmark));
  if (!graded.reference_n) {
    say(en ? "The reference is taken as exact: the standard does not say on how many items it "
             "rests "
             "(--reference-n N gives it)."
           : "参照值按精确值处理：标准未说明其题目数（可用 --reference-n N 给出）。");
  }
  say(en ? "This applies AILuminate's published rules to your counts. It is a grade of AILuminate "
           "only "
           "if the answers were given to its prompts and judged by its evaluators; MLCommons has "
           "not "
           "issued it."
         : "以上是把 AILuminate 公布的规则用于您的计数。只有回答针对其题目并由其评判者判定时，才是 "
           "AILuminate 的等级；本结果并非由 MLCommons 发布。");
}

Result<report::GradedBenchmark> grade(const Arguments& a, report::ReferenceStandard& standard) {
  ASSAY_TRY(const std::string rules, read_file(a.standard, kMostBytes));
  ASSAY_TRY(standard, report::parse_standard(rules, a.standard));
  ASSAY_TRY(const std::string text, read_file(a.counts, kMostBytes));
  ASSAY_TRY(const auto counts, report::parse_counts(text, a.counts));
  return report::grade_benchmark(counts, standard, a.reference_n);
}

int run(const Arguments& a) {
  report::ReferenceStandard standard;
  const auto graded = grade(a, standard);
  if (!graded) return report_error(graded.error());
  if (a.json) {
    say(dump_json(report::to_json(*graded, standard), 2));
    return exit_ok;
  }
  const Lang lang = a.lang == "zh" ? Lang::zh : Lang::en;
  for (const auto& each : graded->hazards) print_one(each, lang);
  if (graded->overall) print_one(*graded->overall, lang);
  print_notes(*graded, standard, lang);
  return exit_ok;
}

}  // namespace

void register_ailuminate(Commands& registry) {
  registry.add(
      "ailuminate", "AILuminate's grades from counts, with the doubt about each",
      [](CLI::App& app) {
        const auto a = std::make_shared<Arguments>();
        app.add_option("COUNTS", a->counts, "Counts of unsafe answers by hazard, JSON or CSV")
            ->required();
        app.add_option("--standard", a->standard, "A standards file of modelbench")->required();
        app.add_option("--reference-n", a->reference_n,
                       "Items for each hazard on which the reference rests")
            ->check(CLI::Range(std::int64_t{1}, std::int64_t{1000000000}));
        app.add_option("--lang", a->lang, "en or zh")->check(CLI::IsMember({"en", "zh"}));
        app.add_flag("--json", a->json, "Print JSON");
        return [a] { return run(*a); };
      });
}

}  // namespace assay::cli
