// What the exports to other standards read of a report document ("assay.report/1"), once for all of
// them: who the model is, what each figure is said to be, where an example stands, times, text
// without characters that the standards forbid.
//
// Documents may lack anything: what is missing is empty. Legal call order: check_report() first,
// for the fields without which no export makes sense. Thread-safety: pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "base/result.h"
#include "stats/estimate.h"

namespace assay::standards {

/// A file beside an export, by its name there and the SHA-256 of its bytes (64 lower-case digits).
struct FileDigest {
  std::string name;
  std::string sha256;
  friend bool operator==(const FileDigest&, const FileDigest&) = default;
};

bool is_sha256(std::string_view digits);

/// Errors: format (not a report of this version, or without the run's id).
Status check_report(const Json& report);
/// Errors: usage (no name, or no SHA-256), with the file.
Status check_files(std::span<const FileDigest> files);

struct ModelIdentity {
  std::string name;    ///< as the weights call themselves, else the file's or the server's name
  std::string file;    ///< last part of the path of the weights; empty where there is none
  std::string sha256;  ///< of the weights file; empty where there is none to look at
  std::string served_at;
};
/// A served model has no digest of weights: what the report holds then is a digest of what the
/// server says of itself, and is left out.
ModelIdentity model_identity(const Json& report);

/// "20261124-0001" of one store may be another's: the run's id with the time of its begin.
std::string run_key(const Json& report);

/// When it was measured, in UTC. An imported log was recorded before its run was made, and tells
/// one time only.
struct Period {
  std::string start;  ///< empty: the report has no such time
  std::string end;    ///< empty: not finished, or not known
  /// The time from which all of the measurement was there.
  [[nodiscard]] const std::string& collected() const { return end.empty() ? start : end; }
};
Period measured_when(const Json& report);

/// RFC 3339 with any offset -> "2026-11-24T10:00:00Z" (fractions of a second are kept); empty if it
/// is no such time.
std::string utc_time(std::string_view time);

/// What the figure "task/lang/figure" is said to be over all claims. A figure is described in a
/// chapter on capability and may be judged in another, so `concern` and `good` go before the rest.
struct JudgedFigure {
  std::string id;
  std::string tone;  ///< concern, good, unknown, neutral
};
/// In the order in which the chapters first speak of them.
std::vector<JudgedFigure> judged_figures(const Json& report);

/// A figure with its estimate known.
struct KnownFigure {
  std::string id;       ///< "task/lang/figure"
  std::string pointer;  ///< JSON Pointer (RFC 6901) into the report
  std::string group;    ///< or empty
  std::string direction;
  std::string lang;
  stats::Estimate estimate;
};
/// All of the report, in its order; estimates without a value are left out.
std::vector<KnownFigure> known_figures(const Json& report);
/// The bounds that the estimate claims: none on the side that a one-sided bound leaves open.
std::optional<double> lower_bound(const stats::Estimate& estimate);
std::optional<double> upper_bound(const stats::Estimate& estimate);
/// The shortest decimal digits that give the same number.
std::string digits(double value);

/// The example "task/lang/sample" and its JSON Pointer; nothing if the report shows none.
struct FoundExample {
  const Json* example = nullptr;
  std::string pointer;
};
std::optional<FoundExample> find_example(const Json& report, std::string_view evidence);

/// One line: hidden and turning characters made visible, white space runs to one blank, no blank at
/// the ends.
std::string one_line(const std::string& text);
/// The string at `key` as one_line(); empty if it is "unknown", as imported logs have it.
std::string known_line(const Json& json, const char* key);
/// The text {"en", "zh"} at `key` as one_line().
std::string line_of(const Json& json, const char* key, Lang lang);
/// `en` or `zh`.
inline const char* say(Lang lang, const char* en, const char* zh) {
  return lang == Lang::en ? en : zh;
}
/// "Title (English)", "标题（英文）".
std::string result_name(const Json& result, Lang lang);

}  // namespace assay::standards
