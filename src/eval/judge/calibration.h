// Calibration: the error of a judge against people's labels, and rates corrected by it. Kept as a
// JSON file with the judge's digest; it serves that judge only.
//
// Legal call order: calibrate() -> to_json() -> a file -> read_calibration() -> judged_rates().
// Thread-safety: pure functions, but for the judge.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "eval/judge/labels.h"
#include "eval/task.h"
#include "stats/agreement.h"
#include "stats/judge.h"

namespace assay::eval {

/// Judge and people over one part of the labelled answers. Positive = success.
struct Measured {
  stats::JudgeCounts counts;    ///< of answers that both have a verdict on
  std::int64_t unassessed = 0;  ///< by the judge, of those that people have a verdict on
  stats::Estimate sensitivity, specificity;
  stats::Estimate kappa, ac1, alpha;  ///< agreement of judge and people
};

struct Calibration {
  std::string judge;   ///< its name
  Json about;          ///< Judge::about()
  std::string digest;  ///< Judge::digest()
  std::string created;
  std::int64_t answers = 0;  ///< labelled
  std::int64_t people = 0;   ///< most labels on one answer
  std::int64_t split = 0;    ///< answers that people have no verdict on: left out
  stats::Estimate people_alpha;
  Measured overall;
  std::map<std::string, Measured> by_lang, by_topic;
  std::map<std::string, std::int64_t> unassessed_reasons;
  /// The person's verdict on each answer that was not split, by the digest of prompt and answer.
  std::map<std::string, bool> labels;
  model::Ledger cost;
};

/// sha256 of prompt and answer, the first 16 hex digits.
std::string answer_digest(std::string_view prompt, std::string_view answer);

/// Puts the answers to the judge. Errors: cancelled; the judge's own where it was given up.
Result<Calibration> calibrate(Judge& judge, const std::vector<LabelledAnswer>& answers,
                              const CancelToken* cancel = nullptr);

Json to_json(const Calibration& calibration);
/// Errors: format (another kind or version of file; counts that cannot be).
Result<Calibration> calibration_from_json(const Json& json, const std::string& where);
Result<Calibration> read_calibration(const std::filesystem::path& file);

/// Share of successes among answers that a judge judged: corrected for its measured error, with the
/// uncorrected one beside; by group too where there are several. Without a calibration the one rate
/// says that it stands on an unknown error.
///
/// Where most of the labelled answers are among these (a random part of the run's own answers was
/// labelled), by prediction-powered inference; else by Rogan and Gladen, with the judge's counts in
/// that language, or over all languages where it was measured on fewer than 10 successes or
/// failures of that one.
std::vector<Figure> judged_rates(const std::vector<Scored>& scored, const SummaryContext& context,
                                 const std::string& judge, const Calibration* calibration);

}  // namespace assay::eval
