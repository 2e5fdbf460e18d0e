// Results: one task in one language, with what the registry knows of the task, in the report's
// order. Thread-safety: pure functions; a Result points into the outcome and the registry.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "eval/figure.h"
#include "eval/registry.h"

namespace assay::report {

struct Entry {
  const eval::TaskOutcome* outcome = nullptr;
  const eval::TaskInfo* info = nullptr;  ///< nullptr: this version does not know the task
  std::string key;                       ///< "arithmetic/en"
  Text title;
  std::vector<std::string> topics;  ///< those that are topics; the first is its chapter

  [[nodiscard]] bool in_chapter(std::string_view topic) const {
    return !topics.empty() && topics.front() == topic;
  }
  [[nodiscard]] bool bears_on(std::string_view topic) const;
  /// Has it a figure about this topic alone?
  [[nodiscard]] bool has_figure_of(std::string_view topic) const;
  [[nodiscard]] bool has_figures() const {
    return outcome->status == eval::Status::measured || outcome->status == eval::Status::partly;
  }
};

/// Sorted by chapter, task and language.
std::vector<Entry> results_of(const eval::RunOutcome& outcome, const eval::Registry& registry);
/// "TaskResult" of web/src/types.ts.
Json result_json(const Entry& result);
/// Keys of at most `most` examples, failures first.
std::vector<std::string> evidence_of(const Entry& result, std::size_t most);
std::string figure_key(const Entry& result, const eval::Figure& figure);

}  // namespace assay::report
