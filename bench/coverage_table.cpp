// How often the intervals of src/stats hold the truth: prints the tables of docs/statistics.md.
//   bench_coverage_table [repetitions]      (4,000 by default: five minutes on one core)
// Proportions are summed exactly over the binomial distribution; the rest is simulated from the
// populations of tests/unit/stats/coverage_cells.h with fixed seeds, so a run can be repeated.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "../tests/unit/stats/coverage_cells.h"
#include "stats/intervals.h"
#include "stats/paired.h"
#include "stats/proportion.h"
#include "stats/sequential.h"

namespace {

using namespace assay;
using namespace assay::stats;
using namespace assay::stats::coverage;

struct Lowest {
  double coverage = 1.0;
  std::string where;
  void see(double value, const std::string& cell) {
    if (value < coverage) {
      coverage = value;
      where = cell;
    }
  }
};

std::string percent(double share) {
  char text[16];
  std::snprintf(text, sizeof text, "%.1f", 100.0 * share);
  return text;
}

std::string rate_text(double rate) {
  char text[16];
  std::snprintf(text, sizeof text, "%g", rate);
  return text;
}

void row(const std::vector<std::string>& cells) {
  for (const std::string& cell : cells) std::printf("| %s ", cell.c_str());
  std::puts("|");
}

void head(const std::string& title, const std::vector<std::string>& columns) {
  std::printf("\n### %s\n\n", title.c_str());
  row(columns);
  row(std::vector<std::string>(columns.size(), "---"));
}

void foot(const std::string& what, const Lowest& lowest) {
  std::printf("\nLowest coverage of %s: %s%% (%s).\n", what.c_str(),
              percent(lowest.coverage).c_str(), lowest.where.c_str());
  std::fflush(stdout);
}

// ---- independent 0/1 items, exactly ----

using CountInterval = std::function<Interval(std::int64_t x, std::int64_t n)>;

double exact_coverage(std::int64_t n, double p, const CountInterval& interval) {
  double covered = 0.0;
  for (std::int64_t x = 0; x <= n; ++x) {
    const double mass = binomial_pmf(static_cast<double>(x), static_cast<double>(n), p);
    if (mass > 0.0 && covers(interval(x, n), p)) covered += mass;
  }
  return covered;
}

void proportions() {
  const auto exact = [](Sides sides) {
    return [sides](std::int64_t x, std::int64_t n) {
      return clopper_pearson(static_cast<double>(x), static_cast<double>(n), 0.95, sides);
    };
  };
  const CountInterval score = [](std::int64_t x, std::int64_t n) {
    return wilson(static_cast<double>(x), static_cast<double>(n), 0.95);
  };
  const CountInterval chosen = [](std::int64_t x, std::int64_t n) {
    return proportion(x, n).interval;
  };
  head("Proportion, independent items (exact, in %)",
       {"n", "p", "Wilson", "Clopper-Pearson", "Clopper-Pearson, upper bound", "default"});
  for (const std::int64_t n : kSizes) {
    for (const double p : kRates) {
      row({std::to_string(n), rate_text(p), percent(exact_coverage(n, p, score)),
           percent(exact_coverage(n, p, exact(Sides::two))),
           percent(exact_coverage(n, p, exact(Sides::upper))),
           percent(exact_coverage(n, p, chosen))});
    }
  }
  Lowest lowest;
  Lowest plain;
  for (const std::int64_t n : {10, 20, 30, 50, 100, 200, 300, 1000}) {
    for (int i = 1; i < 1000; ++i) {
      const double p = i / 1000.0;
      const std::string cell = "n = " + std::to_string(n) + ", p = " + rate_text(p);
      lowest.see(exact_coverage(n, p, chosen), cell);
      plain.see(exact_coverage(n, p, score), cell);
    }
  }
  foot("the default over p = 0.001 ... 0.999 and n = 10 ... 1000", lowest);
  foot("Wilson alone over the same", plain);
}

void differences() {
  head("Difference of two independent proportions (exact, in %)",
       {"n each", "p1", "p2", "Newcombe", "default"});
  Lowest lowest;
  for (const std::int64_t n : kSizes) {
    for (const auto& [p, q] : {std::pair{0.0, 0.0},
                               {0.01, 0.01},
                               {0.1, 0.01},
                               {0.1, 0.1},
                               {0.5, 0.1},
                               {0.5, 0.5},
                               {0.99, 0.5},
                               {0.99, 0.99}}) {
      double newcombe = 0.0;
      double chosen = 0.0;
      const auto size = static_cast<double>(n);
      for (std::int64_t x = 0; x <= n; ++x) {
        const double mass_x = binomial_pmf(static_cast<double>(x), size, p);
        if (mass_x < 1e-12) continue;
        const Interval of_x = wilson(static_cast<double>(x), size, 0.95);
        for (std::int64_t y = 0; y <= n; ++y) {
          const double mass = mass_x * binomial_pmf(static_cast<double>(y), size, q);
          if (mass < 1e-14) continue;
          const Interval of_y = wilson(static_cast<double>(y), size, 0.95);
          const double first = static_cast<double>(x) / size;
          const double second = static_cast<double>(y) / size;
          if (covers(square_and_add(first, of_x, second, of_y), p - q)) newcombe += mass;
          if (covers(difference_of_proportions(x, n, y, n).interval, p - q)) chosen += mass;
        }
      }
      lowest.see(chosen,
                 "n = " + std::to_string(n) + ", p1 = " + rate_text(p) + ", p2 = " + rate_text(q));
      row({std::to_string(n), rate_text(p), rate_text(q), percent(newcombe), percent(chosen)});
    }
  }
  foot("the default", lowest);
}

// ---- simulated populations ----

using Draw = std::function<std::vector<Observation>(Rng&)>;

struct Column {
  std::string name;
  ClusterOptions options;
  int repetitions = 0;
};

Column column(std::string name, ClusterMethod method, int repetitions,
              std::optional<Interval> support, Purpose purpose = Purpose::capability) {
  Column out{std::move(name), {}, repetitions};
  out.options.method = method;
  out.options.support = support;
  out.options.purpose = purpose;
  out.options.draws = 2000;
  return out;
}

double coverage_of(const Column& column, const Draw& draw, double truth, const std::string& cell) {
  Rng rng = Rng::named(2026, "coverage/" + cell);
  int covered = 0;
  for (int i = 0; i < column.repetitions; ++i) {
    ClusterOptions options = column.options;
    options.seed = static_cast<std::uint64_t>(i);
    covered += covers(clustered_mean(draw(rng), options).interval, truth);
  }
  return static_cast<double>(covered) / column.repetitions;
}

/// One row: the last column is the default, whose lowest value is kept.
void simulated_row(std::vector<std::string> labels, const std::vector<Column>& columns,
                   const Draw& draw, double truth, Lowest& lowest) {
  std::string cell;
  for (const std::string& label : labels) cell += (cell.empty() ? "" : ", ") + label;
  for (const Column& c : columns) {
    const double value = coverage_of(c, draw, truth, cell);
    labels.push_back(percent(value));
    if (&c == &columns.back()) lowest.see(value, cell);
  }
  row(labels);
  std::fflush(stdout);
}

std::vector<std::string> header(std::vector<std::string> labels,
                                const std::vector<Column>& columns) {
  for (const Column& c : columns) labels.push_back(c.name);
  return labels;
}

void clustered(int repetitions) {
  const Interval unit{0.0, 1.0};
  const int few = std::max(repetitions / 4, 1);
  const std::vector<Column> columns = {
      column("CR2", ClusterMethod::cr2, repetitions, unit),
      column("BCa", ClusterMethod::bca, few, unit),
      column("effective size", ClusterMethod::effective_size, repetitions, unit),
      column("default for safety", ClusterMethod::automatic, repetitions, unit, Purpose::safety),
      column("default", ClusterMethod::automatic, repetitions, unit)};
  head("Clustered 0/1 items (simulated, in %)",
       header({"clusters", "p", "within-cluster correlation", "items a cluster"}, columns));
  Lowest lowest;
  for (const std::int64_t n : kSizes) {
    for (const double p : kRates) {
      for (const auto& [icc, unequal] :
           {std::pair{0.1, false}, {0.1, true}, {0.5, false}, {0.5, true}}) {
        const ClusterCell cell{static_cast<int>(n), p, icc, unequal};
        simulated_row(
            {std::to_string(n), rate_text(p), rate_text(icc), unequal ? "1-9" : "5"}, columns,
            [&cell](Rng& rng) { return beta_binomial(cell, rng); }, p, lowest);
      }
    }
  }
  foot("the default", lowest);
}

void bounded(int repetitions) {
  const Interval unit{0.0, 1.0};
  const int few = std::max(repetitions / 4, 1);
  const std::vector<Column> columns = {
      column("CR2", ClusterMethod::cr2, repetitions, unit),
      column("BCa", ClusterMethod::bca, few, unit),
      column("conservative", ClusterMethod::conservative, repetitions, unit),
      column("default", ClusterMethod::automatic, repetitions, unit)};
  head("Values in [0, 1], Beta distributed (simulated, in %)",
       header({"n", "mean", "spread"}, columns));
  Lowest lowest;
  for (const std::int64_t n : kSizes) {
    for (const double mean : {0.01, 0.1, 0.5, 0.99}) {
      for (const double spread : {0.1, 0.5}) {
        const ClusterCell cell{static_cast<int>(n), mean, spread, false};
        simulated_row(
            {std::to_string(n), rate_text(mean), rate_text(spread)}, columns,
            [&cell](Rng& rng) { return bounded_values(cell, rng); }, mean, lowest);
      }
    }
  }
  foot("the default", lowest);
}

void unbounded(int repetitions) {
  const int few = std::max(repetitions / 4, 1);
  const std::vector<Column> columns = {
      column("CR2", ClusterMethod::cr2, repetitions, std::nullopt),
      column("BCa", ClusterMethod::bca, few, std::nullopt),
      column("bootstrap-t", ClusterMethod::bootstrap_t, few, std::nullopt),
      column("default", ClusterMethod::automatic, few, std::nullopt)};
  head("Unbounded values, log-normal, three a cluster (simulated, in %)",
       header({"clusters", "sigma"}, columns));
  Lowest lowest;
  for (const std::int64_t n : kSizes) {
    for (const double sigma : {0.25, 0.5, 1.0, 2.0}) {
      const int clusters = static_cast<int>(n);
      simulated_row(
          {std::to_string(n), rate_text(sigma)}, columns,
          [clusters, sigma](Rng& rng) { return lognormal_values(clusters, sigma, rng); }, 1.0,
          lowest);
    }
  }
  foot("the default", lowest);
}

void paired(int repetitions) {
  head("Paired 0/1 scores, one pair an item (simulated, in %)",
       {"pairs", "only first", "only second", "default (Tango)"});
  Lowest lowest;
  for (const std::int64_t n : kSizes) {
    for (const auto& [b, c] :
         {std::pair{0.0, 0.0}, {0.01, 0.01}, {0.1, 0.1}, {0.1, 0.0}, {0.3, 0.1}, {0.5, 0.0}}) {
      const std::string cell = std::to_string(n) + " pairs, only first " + rate_text(b) +
                               ", only second " + rate_text(c);
      Rng rng = Rng::named(2026, "coverage/" + cell);
      int covered = 0;
      for (int i = 0; i < repetitions; ++i) {
        PairedCounts counts;
        for (std::int64_t k = 0; k < n; ++k) {
          const double u = rng.uniform();
          (u < b ? counts.only_first : u < b + c ? counts.only_second : counts.both) += 1;
        }
        covered += covers(tango(counts), c - b);
      }
      const double share = static_cast<double>(covered) / repetitions;
      lowest.see(share, cell);
      row({std::to_string(n), rate_text(b), rate_text(c), percent(share)});
    }
  }
  foot("the default", lowest);
}

// ---- confidence sequence ----

/// Whether the capital against the true mean ever reaches its threshold (the sequence itself is
/// never narrower than that: its grid is rounded outwards).
bool ever_misses(double mean, double spread, int steps, Rng& rng) {
  constexpr double kAlpha = 0.05;
  PluginBets bets(kAlpha / 2.0);
  double above = 1.0;
  double below = 1.0;
  for (int t = 0; t < steps; ++t) {
    const double x = beta_draw(mean, spread, rng);
    const double bet = bets.next();
    above *= 1.0 + (bet * mean > 0.5 ? 0.5 / mean : bet) * (x - mean);
    below *= 1.0 - (bet * (1.0 - mean) > 0.5 ? 0.5 / (1.0 - mean) : bet) * (x - mean);
    if (above >= 2.0 / kAlpha || below >= 2.0 / kAlpha) return true;
    bets.observe(x);
  }
  return false;
}

void sequence(int paths) {
  constexpr int kSteps = 1000;
  head("Confidence sequence, looked at after each of 1,000 observations (" + std::to_string(paths) +
           " paths): paths that ever miss the mean, in %",
       {"mean", "coins", "Beta, spread 0.5", "Beta, spread 0.1"});
  Lowest lowest;
  for (const double mean : kRates) {
    std::vector<std::string> cells{rate_text(mean)};
    for (const double spread : {1.0, 0.5, 0.1}) {
      const std::string cell = "mean " + rate_text(mean) + ", spread " + rate_text(spread);
      Rng rng = Rng::named(2026, "sequence/" + cell);
      int missed = 0;
      for (int path = 0; path < paths; ++path) missed += ever_misses(mean, spread, kSteps, rng);
      const double share = static_cast<double>(missed) / paths;
      lowest.see(1.0 - share, cell);
      cells.push_back(percent(share));
    }
    row(cells);
  }
  foot("the sequence at all times", lowest);
}

}  // namespace

// coverage_table [REPETITIONS] [TABLE]: all tables, or the one that is named.
int main(int argc, char** argv) {
  const int repetitions = argc > 1 ? std::max(std::atoi(argv[1]), 4) : 4000;
  const std::string only = argc > 2 ? argv[2] : "";
  const std::vector<std::pair<std::string, std::function<void()>>> tables = {
      {"proportions", [] { proportions(); }},         {"differences", [] { differences(); }},
      {"clustered", [=] { clustered(repetitions); }}, {"bounded", [=] { bounded(repetitions); }},
      {"unbounded", [=] { unbounded(repetitions); }}, {"paired", [=] { paired(repetitions); }},
      {"sequence", [] { sequence(10000); }}};
  for (const auto& [name, write] : tables) {
    if (only.empty() || only == name) write();
  }
}
