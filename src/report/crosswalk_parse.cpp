// Reads crosswalk.json.
#include <algorithm>
#include <optional>
#include <set>

#include "report/crosswalk.h"
#include "report/render.h"
#include "report/wording.h"

namespace assay::report {
namespace {

Text read_text(const Json& json, const char* key) {
  const Json& value = doc::object(json, key);
  return {doc::str(value, "en"), doc::str(value, "zh")};
}

bool whole(const Text& text) { return !text.en.empty() && !text.zh.empty(); }

tl::unexpected<Error> wrong(const std::string& what, const std::string& where) {
  return fail(ErrorKind::format, what, where, "See docs/crosswalk.md for the form of this file");
}

std::optional<Strength> strength_of(const std::string& name) {
  for (const Strength each : {Strength::direct, Strength::partial, Strength::context}) {
    if (name == to_string(each)) return each;
  }
  return {};
}

bool is_part(const std::string& name) {
  const auto& parts = crosswalk_parts();
  return std::find(parts.begin(), parts.end(), name) != parts.end();
}

Result<ClauseLink> read_link(const Json& json, const std::string& where) {
  ClauseLink out;
  const std::string topic = doc::str(json, "topic");
  const std::string part = doc::str(json, "part");
  const std::vector<std::string> tasks = doc::strings(json, "tasks");
  if ((topic.empty() ? 0 : 1) + (part.empty() ? 0 : 1) + (tasks.empty() ? 0 : 1) != 1) {
    return wrong("a link names one topic, one part or a list of tasks", where);
  }
  if (!topic.empty()) {
    if (!find_topic(topic)) return wrong("'" + topic + "' is no topic", where);
    out.names = {topic};
  } else if (!part.empty()) {
    if (!is_part(part)) return wrong("'" + part + "' is no part of a report", where);
    out.kind = LinkKind::part;
    out.names = {part};
  } else {
    out.kind = LinkKind::tasks;
    out.names = tasks;
  }
  const std::optional<Strength> strength = strength_of(doc::str(json, "strength"));
  if (!strength) return wrong("the strength of a link is direct, partial or context", where);
  out.strength = *strength;
  out.reason = read_text(json, "reason");
  if (!whole(out.reason)) return wrong("a link has no reason in both languages", where);
  return out;
}

Result<Clause> read_clause(const Json& json, const std::string& standard) {
  Clause out;
  out.id = doc::str(json, "id");
  const std::string where = standard + ", " + out.id;
  out.title = read_text(json, "title");
  if (out.id.empty() || !whole(out.title)) {
    return wrong("a clause has no id, or no title in both languages", where);
  }
  for (const Json& link : doc::list(json, "links")) {
    ASSAY_TRY(ClauseLink read, read_link(link, where));
    out.links.push_back(std::move(read));
  }
  out.gap = read_text(json, "gap");
  const bool counts = std::any_of(out.links.begin(), out.links.end(), [](const ClauseLink& link) {
    return link.strength != Strength::context;
  });
  if (!whole(out.gap) && (!counts || !empty(out.gap))) {
    return wrong("a clause without links that measure it has to state the gap", where);
  }
  return out;
}

Result<Standard> read_standard(const Json& json) {
  Standard out;
  out.id = doc::str(json, "id");
  out.title = read_text(json, "title");
  out.version = doc::str(json, "version");
  out.date = doc::str(json, "date");
  out.source = doc::str(json, "source");
  const Json& checked = doc::object(json, "checked");
  out.checked_on = doc::str(checked, "date");
  out.checked_against = doc::str(checked, "against");
  out.checked_note = read_text(checked, "note");
  for (const std::string* field :
       {&out.id, &out.version, &out.date, &out.source, &out.checked_on, &out.checked_against}) {
    if (field->empty()) return wrong("a standard lacks its id, version, date or source", out.id);
  }
  if (!whole(out.title) || !whole(out.checked_note)) {
    return wrong("a standard lacks a text in one language", out.id);
  }
  std::set<std::string> seen;
  for (const Json& clause : doc::list(json, "clauses")) {
    ASSAY_TRY(Clause read, read_clause(clause, out.id));
    if (!seen.insert(read.id).second)
      return wrong("a clause stands twice", out.id + ", " + read.id);
    out.clauses.push_back(std::move(read));
  }
  if (out.clauses.empty()) return wrong("a standard has no clauses", out.id);
  return out;
}

}  // namespace

const char* to_string(Strength strength) {
  switch (strength) {
    case Strength::direct: return "direct";
    case Strength::partial: return "partial";
    case Strength::context: return "context";
  }
  return "context";
}

const char* to_string(LinkKind kind) {
  switch (kind) {
    case LinkKind::topic: return "topic";
    case LinkKind::tasks: return "tasks";
    case LinkKind::part: return "part";
  }
  return "part";
}

const std::vector<std::string_view>& crosswalk_parts() {
  static const std::vector<std::string_view> parts{"coverage", "examples",   "ledger", "licence",
                                                   "limits",   "methods",    "model",  "reproduce",
                                                   "summary",  "safety_case"};
  return parts;
}

Result<std::vector<Standard>> parse_crosswalk(std::string_view text) {
  ASSAY_TRY(const Json json, parse_json(text, "crosswalk"));
  if (doc::str(json, "schema") != "assay.crosswalk/1") {
    return wrong("this is no crosswalk of schema assay.crosswalk/1", "crosswalk");
  }
  std::vector<Standard> out;
  std::set<std::string> seen;
  for (const Json& standard : doc::list(json, "standards")) {
    ASSAY_TRY(Standard read, read_standard(standard));
    if (!seen.insert(read.id).second) return wrong("a standard stands twice", read.id);
    out.push_back(std::move(read));
  }
  if (out.empty()) return wrong("there are no standards", "crosswalk");
  return out;
}

}  // namespace assay::report
