// Crosswalk: what of a report speaks to which clause of seven standards, and what does not.
//
// The mapping is data: crosswalk.json beside this file, compiled in. For each standard it holds
// version, date, source and against what its numbers were checked; for each clause our own short
// words (never the standard's), links to topics, tasks or parts of the report with a strength and
// a reason, and the gap that remains. docs/crosswalk.md says how it is kept.
//
// That a clause is "measured" says that figures of the run speak to it, never that it is met.
// Legal call order: parse_crosswalk(crosswalk_data()) -> crosswalk_json() -> crosswalk_csv().
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "base/result.h"
#include "report/chapters.h"

namespace assay::report {

/// direct: measures what the clause asks about. partial: a part of it, or a stand-in. context:
/// helps to judge it and never counts as measured.
enum class Strength { direct, partial, context };
const char* to_string(Strength strength);

/// What a link points to: chapters by topic id, tasks by name, or parts of the report.
enum class LinkKind { topic, tasks, part };
const char* to_string(LinkKind kind);

struct ClauseLink {
  LinkKind kind = LinkKind::topic;
  std::vector<std::string> names;  ///< one topic id, one part, or several tasks
  Strength strength = Strength::context;
  Text reason;
};

struct Clause {
  std::string id;  ///< as it is cited: "MEASURE 2.6", "Sec. 1 (2)(e)"
  Text title;      ///< our own words
  std::vector<ClauseLink> links;
  Text gap;  ///< what the report does not say on it; empty where nothing is missing
};

struct Standard {
  std::string id;  ///< "nist-ai-rmf"; stable
  Text title;
  std::string version;
  std::string date;    ///< of publication, as far as known: YYYY, YYYY-MM or YYYY-MM-DD
  std::string source;  ///< address of the text
  std::string checked_on, checked_against;
  Text checked_note;  ///< which numbers could not be checked
  std::vector<Clause> clauses;
};

/// The bytes of crosswalk.json.
std::string_view crosswalk_data();
/// Errors: format, naming the standard and the clause: unknown strength, topic or part, a link
/// without a reason, a clause with neither links nor a gap, an id twice.
Result<std::vector<Standard>> parse_crosswalk(std::string_view json);
/// Ids of the parts of a report that a link may name ("methods", "ledger", ...).
const std::vector<std::string_view>& crosswalk_parts();

/// "Crosswalk" of web/src/types.ts: for every clause its state in this run, and the figures that
/// speak to it.
Json crosswalk_json(const std::vector<Standard>& standards, const eval::RunOutcome& outcome,
                    const std::vector<Entry>& entries, const std::vector<Chapter>& chapters);
/// The state of a clause from those of its links, by the rules that docs/crosswalk.md states.
eval::Status clause_status(const std::vector<std::pair<Strength, eval::Status>>& links,
                           bool has_gap);
/// A line for each link, and for each clause without one; RFC 4180, UTF-8, both languages, with
/// CR LF. `report` is a document with a section "crosswalk"; without one, only the header.
std::string crosswalk_csv(const Json& report);

}  // namespace assay::report
