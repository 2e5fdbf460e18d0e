// Compare: two stored runs, item by item. Only items that both runs asked, with the same content,
// are compared, as pairs; the others are counted. All comparisons of one call are adjusted
// together: Holm for claims, Benjamini-Hochberg for a first look.
//
// Differences are second - first, of the share of successes. What a success is, the task says; more
// of them need not be better (bias tasks).
// Legal call order: compare_runs() on a store with both runs. Thread-safety: one thread per Store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/lang.h"
#include "base/result.h"
#include "eval/figure.h"
#include "stats/paired.h"
#include "store/store.h"

namespace assay::eval {

struct CompareOptions {
  double level = 0.95;
  std::uint64_t seed = 0;  ///< of sampled permutations
};

/// What of a task and language could be paired.
struct TaskPairing {
  std::string task;
  Lang lang = Lang::en;
  std::int64_t shared = 0;       ///< items in both runs with the same content
  std::int64_t changed = 0;      ///< same id, other content or task version: not compared
  std::int64_t only_first = 0;   ///< items of the first run only
  std::int64_t only_second = 0;  ///< items of the second run only
};

/// One comparison: a task in one language, all its shared items or one group of them.
struct GroupComparison {
  std::string task;
  Lang lang = Lang::en;
  std::string group;              ///< "" = all
  stats::Estimate first, second;  ///< success among the pairs with two verdicts
  /// difference.unassessed: pairs of which a run has no verdict. minimum_detectable is filled.
  stats::PairedComparison paired;
  double holm = 1.0;                ///< adjusted over all comparisons; NaN: nothing to test
  double benjamini_hochberg = 1.0;  ///< the same
};

/// A figure of both runs side by side. No test: figures of two runs share items.
struct FigurePair {
  std::string task;
  Lang lang = Lang::en;
  std::optional<Figure> first, second;  ///< at least one
};

struct RunComparison {
  std::string first, second;              ///< ids of the runs
  std::string first_model, second_model;  ///< names for people
  std::vector<TaskPairing> pairings;
  std::vector<GroupComparison> comparisons;  ///< by task, language, group; "" first
  std::vector<FigurePair> figures;
  std::vector<Text> notes;  ///< what the reader has to know about the two runs
};

/// Runs by id, unique beginning of one, or "latest". Errors: not_found, usage (a run with itself),
/// and those of the store.
Result<RunComparison> compare_runs(store::Store& store, std::string_view first,
                                   std::string_view second, const CompareOptions& options = {});

Json to_json(const RunComparison& comparison);

/// Rows of texts for a plain table, the header first: task, language, group, pairs, both rates,
/// difference with interval, Holm-adjusted p, smallest difference that could be seen.
std::vector<std::vector<std::string>> comparison_table(const RunComparison& comparison, Lang lang);

}  // namespace assay::eval
