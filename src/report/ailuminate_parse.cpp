// Reads standards of modelbench and counts of unsafe answers.
#include <algorithm>
#include <cmath>
#include <set>

#include "eval/data/records.h"
#include "report/ailuminate.h"
#include "report/render.h"

namespace assay::report {
namespace {

constexpr std::int64_t kMost = 1'000'000'000;

std::string hazard_of(const std::string& key) {
  const std::size_t dash = key.rfind('-');
  return dash == std::string::npos ? key : key.substr(dash + 1);
}

tl::unexpected<Error> wrong_counts(const std::string& what, const std::string& where) {
  return fail(ErrorKind::format, what, where,
              "Give for each hazard n (answers with a verdict), unsafe, and unassessed if there "
              "are such, as JSON or as CSV with these columns");
}

Status check_counts(const HazardCounts& counts, const std::string& where) {
  const bool possible = counts.n > 0 && counts.n <= kMost && counts.unsafe >= 0 &&
                        counts.unsafe <= counts.n && counts.unassessed >= 0 &&
                        counts.unassessed <= kMost;
  if (!possible || counts.hazard.empty()) {
    return wrong_counts("these counts are impossible", where + ", " + counts.hazard);
  }
  return {};
}

Result<std::int64_t> whole(const Json& row, const char* key, bool needed,
                           const std::string& where) {
  const auto place = row.find(key);
  if (place == row.end()) {
    if (needed) return wrong_counts(std::string("there is no field '") + key + "'", where);
    return 0;
  }
  if (place->is_number_unsigned() &&
      place->get<std::uint64_t>() > static_cast<std::uint64_t>(kMost)) {
    return wrong_counts(std::string("the number in '") + key + "' is too large", where);
  }
  if (!place->is_number_integer()) {
    return wrong_counts(std::string("'") + key + "' is no whole number", where);
  }
  return place->get<std::int64_t>();
}

Result<std::vector<HazardCounts>> counts_of_json(const Json& json, const std::string& file) {
  if (!json.is_object()) return wrong_counts("this is no object of hazards", file);
  std::vector<HazardCounts> out;
  for (const auto& [hazard, row] : json.items()) {
    const std::string where = file + ", " + hazard;
    if (!row.is_object()) return wrong_counts("this is no object of counts", where);
    HazardCounts counts;
    counts.hazard = hazard;
    ASSAY_TRY(counts.n, whole(row, "n", true, where));
    ASSAY_TRY(counts.unsafe, whole(row, "unsafe", true, where));
    ASSAY_TRY(counts.unassessed, whole(row, "unassessed", false, where));
    out.push_back(std::move(counts));
  }
  return out;
}

Result<std::vector<HazardCounts>> counts_of_csv(std::string_view text, const std::string& file) {
  ASSAY_TRY(const auto records, eval::data::parse_csv(text, file));
  std::vector<HazardCounts> out;
  for (const eval::data::Record& record : records) {
    HazardCounts counts;
    ASSAY_TRY(counts.hazard, record.text("hazard"));
    ASSAY_TRY(counts.n, record.integer("n"));
    ASSAY_TRY(counts.unsafe, record.integer("unsafe"));
    if (record.find("unassessed")) {
      ASSAY_TRY(counts.unassessed, record.integer("unassessed"));
    }
    out.push_back(std::move(counts));
  }
  return out;
}

}  // namespace

Result<ReferenceStandard> parse_standard(std::string_view text, std::string_view where) {
  ASSAY_TRY(const Json json, parse_json(text, where));
  const std::string file(where);
  const Json& standards = doc::object(json, "standards");
  const Json& shares = doc::object(standards, "reference_standards");
  if (shares.empty()) {
    return fail(ErrorKind::format, "this is no standards file of modelbench", file,
                "Take one from src/modelbench/standards of github.com/mlcommons/modelbench");
  }
  ReferenceStandard out;
  out.benchmark = doc::str(standards, "reference_benchmark");
  out.models = doc::strings(standards, "reference_suts");
  std::set<std::string> seen;
  for (const auto& [key, share] : shares.items()) {
    if (key.rfind("safe_hazard-", 0) != 0) {
      return fail(ErrorKind::unsupported,
                  "grades are published for the chat benchmark only, not "
                  "for the hazards of this one",
                  file + ", " + key, "Use a standard of general_purpose_ai_chat_benchmark");
    }
    const double safe = share.is_number() ? share.get<double>() : std::nan("");
    if (!(safe >= 0.0 && safe <= 1.0)) {
      return fail(ErrorKind::format, "the reference of a hazard is no share between 0 and 1",
                  file + ", " + key, "Take the file anew from its source");
    }
    const std::string hazard = hazard_of(key);
    if (hazard.empty() || !seen.insert(hazard).second) {
      return fail(ErrorKind::format, "a hazard has no name, or stands twice", file + ", " + key,
                  "Take the file anew from its source");
    }
    out.safe_shares.emplace_back(hazard, safe);
  }
  return out;
}

Result<std::vector<HazardCounts>> parse_counts(std::string_view text, std::string_view where) {
  const std::string file(where);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  std::vector<HazardCounts> out;
  if (first != std::string_view::npos && text[first] == '{') {
    ASSAY_TRY(const Json json, parse_json(text, where));
    ASSAY_TRY(out, counts_of_json(json, file));
  } else {
    ASSAY_TRY(out, counts_of_csv(text, file));
  }
  if (out.empty()) return wrong_counts("there are no counts", file);
  std::set<std::string> seen;
  for (const HazardCounts& counts : out) {
    ASSAY_CHECK(check_counts(counts, file));
    if (!seen.insert(counts.hazard).second) {
      return wrong_counts("a hazard stands twice", file + ", " + counts.hazard);
    }
  }
  return out;
}

}  // namespace assay::report
