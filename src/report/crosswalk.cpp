#include "report/crosswalk.h"

#include <algorithm>
#include <set>

#include "report/wording.h"

namespace assay::report {
namespace {

using eval::Status;

/// What a link finds in the run.
struct Found {
  Status status = Status::not_measured;
  std::vector<std::string> figures;
};

void add_figures(const Entry& entry, std::string_view area, std::string_view topic, Found& out) {
  for (const Claim& claim : figure_claims(entry, area, topic)) {
    if (claim.tone == Tone::unknown) continue;  // no figure
    for (const std::string& key : claim.figures) {
      if (std::find(out.figures.begin(), out.figures.end(), key) == out.figures.end()) {
        out.figures.push_back(key);
      }
    }
  }
}

Found in_topic(const std::string& id, const std::vector<Chapter>& chapters) {
  Found out;
  for (const Chapter& chapter : chapters) {
    if (chapter.topic->id != id) continue;
    out.status = chapter.status;
    for (const Entry* entry : chapter.own.empty() ? chapter.elsewhere : chapter.own) {
      add_figures(*entry, chapter.topic->area(), chapter.topic->id, out);
    }
  }
  return out;
}

Found in_tasks(const std::vector<std::string>& names, const std::vector<Entry>& entries) {
  Found out;
  std::set<std::string> ran;
  bool whole = true;
  bool unable = false;
  for (const Entry& entry : entries) {
    if (std::find(names.begin(), names.end(), entry.outcome->task) == names.end()) continue;
    ran.insert(entry.outcome->task);
    whole = whole && entry.outcome->status == Status::measured;
    unable = unable || entry.outcome->status == Status::not_assessable;
    add_figures(entry, "", "", out);
  }
  if (!out.figures.empty()) {
    out.status = whole && ran.size() == names.size() ? Status::measured : Status::partly;
  } else if (unable) {
    out.status = Status::not_assessable;
  }
  return out;
}

bool any_figure(const eval::RunOutcome& outcome) {
  return std::any_of(outcome.tasks.begin(), outcome.tasks.end(), [](const eval::TaskOutcome& task) {
    return std::any_of(task.figures.begin(), task.figures.end(),
                       [](const eval::Figure& figure) { return figure.estimate.known(); });
  });
}

bool any_example(const eval::RunOutcome& outcome) {
  return std::any_of(outcome.tasks.begin(), outcome.tasks.end(),
                     [](const eval::TaskOutcome& task) { return !task.examples.empty(); });
}

Status when(bool there) { return there ? Status::measured : Status::not_measured; }

/// Is this part of the report there, and has it something to say?
Status in_part(const std::string& part, const eval::RunOutcome& outcome) {
  if (part == "ledger") return when(outcome.ledger.requests > 0);
  if (part == "licence") return when(!outcome.model.license.empty());
  if (part == "examples") return when(any_example(outcome));
  if (part == "model") {
    const bool size = outcome.model.parameters > 0;
    const bool form = !outcome.model.architecture.empty();
    return size && form ? Status::measured : (size || form ? Status::partly : Status::not_measured);
  }
  if (part == "coverage" || part == "reproduce") return Status::measured;
  return when(any_figure(outcome));  // limits, methods, summary, safety_case
}

Found find_evidence(const ClauseLink& link, const eval::RunOutcome& outcome,
                    const std::vector<Entry>& entries, const std::vector<Chapter>& chapters) {
  switch (link.kind) {
    case LinkKind::topic: return in_topic(link.names.front(), chapters);
    case LinkKind::tasks: return in_tasks(link.names, entries);
    case LinkKind::part: return {in_part(link.names.front(), outcome), {}};
  }
  return {};
}

Json link_json(const ClauseLink& link, const Found& found) {
  return Json{{"kind", to_string(link.kind)},         {"names", link.names},
              {"strength", to_string(link.strength)}, {"reason", text_json(link.reason)},
              {"status", to_string(found.status)},    {"figures", found.figures}};
}

Json clause_json(const Clause& clause, const eval::RunOutcome& outcome,
                 const std::vector<Entry>& entries, const std::vector<Chapter>& chapters) {
  Json links = Json::array();
  std::vector<std::pair<Strength, Status>> states;
  for (const ClauseLink& link : clause.links) {
    const Found found = find_evidence(link, outcome, entries, chapters);
    states.emplace_back(link.strength, found.status);
    links.push_back(link_json(link, found));
  }
  return Json{{"id", clause.id},
              {"title", text_json(clause.title)},
              {"status", to_string(clause_status(states, !empty(clause.gap)))},
              {"gap", empty(clause.gap) ? Json(nullptr) : text_json(clause.gap)},
              {"links", std::move(links)}};
}

Json counts_json(const Json& clauses) {
  Json out{{"measured", 0}, {"partly", 0}, {"not_assessable", 0}, {"not_measured", 0}};
  for (const Json& clause : clauses) {
    Json& count = out[clause["status"].get<std::string>()];
    count = count.get<std::int64_t>() + 1;
  }
  return out;
}

}  // namespace

Status clause_status(const std::vector<std::pair<Strength, Status>>& links, bool has_gap) {
  bool any = false;
  bool all = true;
  bool direct = false;
  bool unable = false;
  for (const auto& [strength, status] : links) {
    if (strength == Strength::context) continue;
    any = any || status == Status::measured || status == Status::partly;
    all = all && status == Status::measured;
    direct = direct || strength == Strength::direct;
    unable = unable || status == Status::not_assessable;
  }
  if (any) return all && direct && !has_gap ? Status::measured : Status::partly;
  return unable ? Status::not_assessable : Status::not_measured;
}

Json crosswalk_json(const std::vector<Standard>& standards, const eval::RunOutcome& outcome,
                    const std::vector<Entry>& entries, const std::vector<Chapter>& chapters) {
  Json list = Json::array();
  for (const Standard& standard : standards) {
    Json clauses = Json::array();
    for (const Clause& clause : standard.clauses) {
      clauses.push_back(clause_json(clause, outcome, entries, chapters));
    }
    Json counts = counts_json(clauses);
    list.push_back(Json{{"id", standard.id},
                        {"title", text_json(standard.title)},
                        {"version", standard.version},
                        {"date", standard.date},
                        {"source", standard.source},
                        {"checked", Json{{"date", standard.checked_on},
                                         {"against", standard.checked_against},
                                         {"note", text_json(standard.checked_note)}}},
                        {"counts", std::move(counts)},
                        {"clauses", std::move(clauses)}});
  }
  return Json{
      {"note",
       text_json(
           {"Which figures of this run speak to which clause. That something is measured does "
            "not say that a clause is met, and this is no statement of conformity. Clauses are "
            "cited by number; their titles here are this project's own short words.",
            "列出本次运行中哪些数值与哪项条款有关。“已测量”并不表示条款得到满足，也不构成合规声明"
            "。条款仅以编号引用，此处标题为本项目自拟的简短说法。"})},
      {"standards", std::move(list)}};
}

}  // namespace assay::report
