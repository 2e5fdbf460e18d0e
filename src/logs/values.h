// Values of foreign logs as ours: scores, texts of messages, reads of JSON that may hold anything.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "logs/log.h"

namespace assay::logs {

/// A member of an object; null where there is none or `json` is no object.
const Json& at(const Json& json, std::string_view key);
/// A string, or a number or truth value as text; else "".
std::string as_text(const Json& json);
/// A whole number within 64 bits, else `otherwise`.
std::int64_t as_integer(const Json& json, std::int64_t otherwise = 0);
/// A finite number, else `otherwise`.
double as_number(const Json& json, double otherwise = 0.0);

/// The values of a score. Inspect's constants are C = 1, I = 0, P = 0.5, N = 0; true, "yes" and
/// the like are 1, texts that are numbers are these; NaN, infinities, null and other texts have no
/// value. A list or object gives one score for each of its elements, "NAME/KEY".
std::vector<LoggedScore> logged_scores(const std::string& scorer, const Json& value);

/// Is this the value of a scorer that says right or wrong (C, I, truth values, 0 or 1)?
bool is_verdict_value(const Json& value);

/// A message's content, which is a text or a list of parts; what is no text is named in brackets.
std::string content_text(const Json& content);

/// Takes over what Assay's exporter kept of a sample, {"sample", "trace", "score"}, whole and
/// exact. False where it is not there or not whole.
bool take_own(const Json& kept, LogSample& out);

/// Gives each id and epoch of a task once: a repeated one gets "~2" after its id, and a note.
class Distinct {
 public:
  explicit Distinct(std::vector<std::string>& notes) : notes_(&notes) {}
  void name(LogSample& sample);

 private:
  std::set<std::string> seen_;
  std::vector<std::string>* notes_;
  bool said_ = false;
};

/// At most `most` bytes, cut between characters.
std::string clipped(const std::string& text, std::size_t most);

/// A task name that commands can take: '/' and blanks become '.', control characters are left out;
/// "unnamed" if nothing is left.
std::string task_name(std::string_view name);

/// "2024-05-17T10:00:00.123456+00:00" or seconds since 1970 as "2024-05-17T10:00:00Z"; "" if it is
/// neither. A time with another offset, or none, is kept as it is.
std::string iso_time(const Json& value);

}  // namespace assay::logs
