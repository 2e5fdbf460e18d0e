// Log: what somebody else's evaluation wrote, in one form for Inspect (.eval, .json),
// lm-evaluation-harness (results_*.json with samples_*.jsonl) and garak (report.jsonl).
//
// Legal call order: open_log() -> info() -> for_each() any number of times. What a log does not say
// is empty here, and stays "unknown" further up. A sample that cannot be read comes as an
// unassessed one with the reason, so that the counts are whole.
// Thread-safety: one thread per reader.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "eval/figure.h"
#include "eval/sample.h"
#include "eval/score.h"

namespace assay::logs {

// Reasons of this layer, as they are counted in TaskOutcome::unassessed_reasons.
inline constexpr const char* kReasonError = "the log records an error";
inline constexpr const char* kReasonLimit = "a limit ended the sample";
inline constexpr const char* kReasonNoScore = "the log has no score";
inline constexpr const char* kReasonNotNumber = "the score is not a number";
inline constexpr const char* kReasonScale = "a score outside 0 to 1, and no threshold was given";
inline constexpr const char* kReasonUnreadable = "the log's entry cannot be read";
inline constexpr const char* kReasonUnfinished = "the log ends before the sample was judged";

/// One value of one scorer (metric, detector), as it is in the log.
struct LoggedScore {
  std::string scorer;           ///< "match", "f1/precision", "acc,none", "dan.DAN"
  std::optional<double> value;  ///< 1 right or safe ... 0 wrong or hit; nothing: no number
  std::string reason;           ///< why there is none
  std::string answer;
  std::string explanation;
  Json raw;  ///< as it was
};

/// One epoch of one item.
struct LogSample {
  std::string task;
  eval::Sample sample;  ///< content only: the same item of another run is equal to it
  int epoch = 0;        ///< from 0
  eval::Trace trace;
  std::vector<LoggedScore> scores;  ///< in the log's order
  std::string unassessed;           ///< not empty: why no score counts (error, limit, cut off)
  std::string detail;               ///< the error's text, the limit
  std::optional<eval::Score> own;   ///< Assay's own score, in a log that Assay wrote
  model::Ledger ledger;
};

struct LogTask {
  std::string name;
  std::string version;               ///< "" = unknown
  std::string dataset;               ///< "" = unknown
  std::vector<std::string> scorers;  ///< as far as the header names them
  std::int64_t planned = 0;          ///< samples x epochs; 0 = unknown
  int epochs = 1;
  /// scorer -> direction, where the log or the scorer's scale says it.
  std::map<std::string, eval::Direction> directions;
  Json reported;  ///< the log's own figures, as they are
  Json assay;     ///< of a log that Assay wrote: {"task", "lang", "version", "ledger"}
};

struct LogInfo {
  std::string format;        ///< "inspect" | "lm-eval" | "garak"
  std::string tool;          ///< "inspect_ai", "lm-eval", "garak", "assay"
  std::string tool_version;  ///< "" = unknown
  std::string created;       ///< ISO 8601, "" = unknown
  std::string finished;      ///< ISO 8601, "" = unknown or never
  std::string status;        ///< as the log says, e.g. "success"; "" = unknown
  std::string model;         ///< "" = unknown
  Json config;               ///< arguments of the model and of the run, as they are
  std::vector<LogTask> tasks;
  Json assay;  ///< of a log that Assay wrote: {"assay", "run", "plan", "model", ...}
  std::vector<std::string> notes;            ///< what the reader had to put up with
  std::vector<std::filesystem::path> files;  ///< everything that belongs to the log
};

class LogReader {
 public:
  virtual ~LogReader() = default;
  [[nodiscard]] virtual const LogInfo& info() const = 0;
  using Use = std::function<Status(LogSample&&)>;
  /// Every sample, one in memory at a time. Errors: io, format (nothing more can be read), those of
  /// `use`.
  virtual Status for_each(const Use& use) = 0;
  /// The same without contents and answers where the log has summaries (Inspect): scores, errors
  /// and limits only. Elsewhere for_each().
  virtual Status for_each_summary(const Use& use) { return for_each(use); }
};

/// By what is in the file, not by its name. A folder is searched for results_*.json. Errors:
/// not_found, io, format (none of the known formats; says which), limit.
Result<std::unique_ptr<LogReader>> open_log(const std::filesystem::path& path);

// The formats; open_log() chooses among them.
Result<std::unique_ptr<LogReader>> open_inspect(const std::filesystem::path& file);
Result<std::unique_ptr<LogReader>> open_lm_eval(const std::filesystem::path& file);
Result<std::unique_ptr<LogReader>> open_garak(const std::filesystem::path& file);

}  // namespace assay::logs
