// How often the interval of a rate corrected for its judge's error holds the truth: prints the
// table of docs/judges.md.
//   bench_judge_coverage [repetitions] [half | alike | same]        (20,000; a quarter for `same`)
// half: Rogan and Gladen, the judge was measured on other answers, half of them successes. alike:
// the same, but labelled answers have the rate of those to be judged. same: prediction-powered,
// labels on a random part of the same answers.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/random.h"
#include "stats/judge.h"
#include "stats/proportion.h"

namespace {

using namespace assay;
using namespace assay::stats;

struct Cell {
  int n = 0;
  int labels = 0;
  double rate = 0.0;
  double sensitivity = 0.0;
  double specificity = 0.0;
};

struct Seen {
  double corrected = 0.0;
  double naive = 0.0;
  double width = 0.0;  ///< mean of the corrected intervals
  double none = 0.0;   ///< share without an estimate
};

bool covers(const Interval& interval, double truth) {
  return interval.low <= truth + 1e-12 && truth <= interval.high + 1e-12;
}

std::int64_t draw(int n, double p, Rng& rng) {
  std::int64_t out = 0;
  for (int i = 0; i < n; ++i) out += rng.chance(p) ? 1 : 0;
  return out;
}

/// The judge measured on other answers.
Estimate elsewhere(const Cell& cell, bool half, Rng& rng, Interval& naive) {
  const double judged = cell.rate * cell.sensitivity + (1.0 - cell.rate) * (1.0 - cell.specificity);
  const std::int64_t yes = draw(cell.n, judged, rng);
  JudgeCounts counts;
  counts.positives = half ? cell.labels / 2 : draw(cell.labels, cell.rate, rng);
  counts.negatives = cell.labels - counts.positives;
  counts.true_positives = draw(static_cast<int>(counts.positives), cell.sensitivity, rng);
  counts.true_negatives = draw(static_cast<int>(counts.negatives), cell.specificity, rng);
  naive = proportion(yes, cell.n).interval;
  return rogan_gladen(yes, cell.n, counts);
}

/// A random part of the same answers labelled, on top of n that only the judge saw.
Estimate among_them(const Cell& cell, Rng& rng, Interval& naive) {
  std::vector<LabelledJudgement> labelled;
  std::vector<Observation> others;
  std::int64_t yes = 0;
  for (int i = 0; i < cell.n + cell.labels; ++i) {
    const bool truth = rng.chance(cell.rate);
    const bool judged = rng.chance(truth ? cell.sensitivity : 1.0 - cell.specificity);
    yes += judged ? 1 : 0;
    const auto id = static_cast<std::uint32_t>(i);
    if (i < cell.labels) {
      labelled.push_back({truth ? 1.0 : 0.0, judged ? 1.0 : 0.0, id});
    } else {
      others.push_back({judged ? 1.0 : 0.0, id});
    }
  }
  naive = proportion(yes, cell.n + cell.labels).interval;
  return prediction_powered_mean(labelled, others).estimate;
}

Seen simulate(const Cell& cell, int repetitions, const std::string& kind) {
  char name[96];
  std::snprintf(name, sizeof name, "judge/%d/%d/%g/%g/%g/%s", cell.n, cell.labels, cell.rate,
                cell.sensitivity, cell.specificity, kind.c_str());
  Rng rng = Rng::named(2026, name);
  Seen out;
  for (int i = 0; i < repetitions; ++i) {
    Interval naive;
    const Estimate estimate =
        kind == "same" ? among_them(cell, rng, naive) : elsewhere(cell, kind == "half", rng, naive);
    out.naive += covers(naive, cell.rate) ? 1.0 : 0.0;
    out.corrected += covers(estimate.interval, cell.rate) ? 1.0 : 0.0;
    out.width += estimate.interval.high - estimate.interval.low;
    out.none += estimate.known() ? 0.0 : 1.0;
  }
  for (double* x : {&out.corrected, &out.naive, &out.width, &out.none}) *x /= repetitions;
  return out;
}

/// A row for each size and rate: the worst of five judges.
void table(int repetitions, const std::string& kind) {
  std::printf("\n%s\n\n", kind.c_str());
  std::puts("| items | labels | rate | corrected covers | mean width | uncorrected covers |");
  std::puts("|---|---|---|---|---|---|");
  Seen worst{1.0, 1.0, 0.0, 0.0};
  for (const int n : {100, 300}) {
    for (const int labels : {50, 200, 1000}) {
      for (const double rate : {0.05, 0.2, 0.5}) {
        Seen row{1.0, 1.0, 0.0, 0.0};
        for (const auto& [miss, alarm] :
             {std::pair{0.05, 0.05}, {0.3, 0.3}, {0.05, 0.3}, {0.3, 0.05}, {0.15, 0.15}}) {
          const Seen seen = simulate({n, labels, rate, 1.0 - miss, 1.0 - alarm}, repetitions, kind);
          row.corrected = std::min(row.corrected, seen.corrected);
          row.naive = std::min(row.naive, seen.naive);
          row.width = std::max(row.width, seen.width);
        }
        worst.corrected = std::min(worst.corrected, row.corrected);
        worst.naive = std::min(worst.naive, row.naive);
        std::printf("| %d | %d | %g | %.1f%% | %.2f | %.1f%% |\n", n, labels, rate,
                    100.0 * row.corrected, row.width, 100.0 * row.naive);
        std::fflush(stdout);
      }
    }
  }
  std::printf("\nLowest: corrected %.1f%%, uncorrected %.1f%%.\n", 100.0 * worst.corrected,
              100.0 * worst.naive);
}

}  // namespace

int main(int argc, char** argv) {
  const int repetitions = argc > 1 ? std::max(std::atoi(argv[1]), 1) : 20000;
  const std::string only = argc > 2 ? argv[2] : "";
  for (const char* kind : {"half", "alike", "same"}) {
    // Each of these draws some hundred answers one by one.
    const int draws = std::string(kind) == "same" ? std::max(repetitions / 4, 1) : repetitions;
    if (only.empty() || only == kind) table(draws, kind);
  }
  return 0;
}
