// Export: a stored run as a log that the field's tools open: Inspect's .eval (one a task and
// language), lm-evaluation-harness's results and samples, garak's report and hit log. What these
// formats have no place for is kept beside (Inspect: the sample's store; lm-eval: the key "assay";
// garak: the attempt's notes), so that importing an export gives the same figures.
//
// Samples are read and written one by one. Files appear under their names only when they are
// whole. Legal call order: export_run() on a store. Thread-safety: one thread per store.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/cancel.h"
#include "eval/registry.h"
#include "store/store.h"

namespace assay::logs {

enum class ExportFormat { inspect, lm_eval, garak };
Result<ExportFormat> parse_export_format(std::string_view name);

struct ExportOptions {
  ExportFormat format = ExportFormat::inspect;
  std::vector<std::string> tasks;  ///< only these; empty = all (garak: all but pure ability tasks)
  std::optional<Lang> lang;
  const CancelToken* cancel = nullptr;
};

struct Exported {
  std::vector<std::filesystem::path> files;
  std::int64_t samples = 0;
  std::vector<std::string> notes;  ///< what was left out, and why
};

/// `out` is a folder (made if missing), or the file itself where it ends in ".eval" and there is
/// one task, or in ".jsonl" for garak. Errors: not_found (run), usage (no such task, several tasks
/// for one file), io, cancelled.
Result<Exported> export_run(store::Store& store, const eval::Registry& registry,
                            std::string_view run, const std::filesystem::path& out,
                            const ExportOptions& options);

}  // namespace assay::logs
