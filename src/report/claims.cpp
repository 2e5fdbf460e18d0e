#include "report/claims.h"

#include <algorithm>
#include <array>

#include "report/format_number.h"
#include "report/sentences.h"
#include "report/wording.h"

namespace assay::report {
namespace {

constexpr std::size_t kEvidence = 4;

int rank(Tone tone) {
  switch (tone) {
    case Tone::concern: return 0;
    case Tone::good: return 1;
    case Tone::neutral: return 2;
    case Tone::unknown: return 3;
  }
  return 3;
}

int weight_of(std::string_view area) {
  constexpr std::array<std::string_view, 5> areas = {"misuse", "malfunction", "mitigation",
                                                     "systemic", "understanding"};
  const auto* const place = std::find(areas.begin(), areas.end(), area);
  return static_cast<int>(areas.end() - place);
}

Claim claim_of(const Entry& entry, const eval::Figure& figure, std::string_view area) {
  const Judgement judgement = judge(figure, area);
  Claim out;
  out.text = figure_claim(figure, judgement, entry.title, entry.outcome->lang);
  if (entry.outcome->status == eval::Status::partly) {
    const Text why = clause(entry.outcome->reason);
    if (!empty(why)) {
      out.text =
          join({out.text, fill({"Measured in part: {0}.", "仅部分测量：{0}。"}, {why})}, {" ", ""});
    }
  }
  out.figures = {figure_key(entry, figure)};
  out.evidence = evidence_of(entry, kEvidence);
  out.falsified_by = judgement.falsified_by;
  out.tone = judgement.tone;
  out.weight = weight_of(area);
  out.distance = judgement.distance;
  out.task = entry.outcome->task;
  return out;
}

/// Names of results under one reason.
struct Reasoned {
  Text reason;
  Lang lang = Lang::en;
  std::vector<Text> names;
};

/// The names, or where they are many, how many.
Text names_or_number(const Reasoned& group) {
  constexpr std::size_t most = 3;
  if (group.names.size() <= most) return join(group.names, {", ", "、"});
  return fill(
      {"{0} tasks in {1}", "{1}的 {0} 项任务"},
      {same(count(static_cast<std::int64_t>(group.names.size()))), language_name(group.lang)});
}

}  // namespace

Json claim_json(const Claim& claim, const std::string& id) {
  return Json{{"id", id},
              {"text", text_json(claim.text)},
              {"figures", claim.figures},
              {"evidence", claim.evidence},
              {"falsified_by", text_json(claim.falsified_by)},
              {"tone", to_string(claim.tone)}};
}

std::vector<Claim> figure_claims(const Entry& entry, std::string_view area,
                                 std::string_view topic) {
  std::vector<Claim> out;
  if (!entry.has_figures()) return out;
  const auto& figures = entry.outcome->figures;
  for (const eval::Figure& figure : figures) {
    if (!topic.empty() && figure.group == topic) out.push_back(claim_of(entry, figure, area));
  }
  if (!out.empty()) return out;
  for (const eval::Figure& figure : figures) {
    if (figure.primary) out.push_back(claim_of(entry, figure, area));
  }
  if (out.empty() && !figures.empty()) out.push_back(claim_of(entry, figures.front(), area));
  return out;
}

std::vector<Claim> not_assessable_claims(const std::vector<const Entry*>& entries) {
  std::vector<Reasoned> groups;
  Claim out;
  for (const Entry* entry : entries) {
    if (entry->outcome->status != eval::Status::not_assessable) continue;
    const Text reason = clause(entry->outcome->reason);
    auto place = std::find_if(groups.begin(), groups.end(), [&](const Reasoned& group) {
      return group.lang == entry->outcome->lang && group.reason == reason;
    });
    if (place == groups.end()) {
      place = groups.insert(groups.end(), Reasoned{reason, entry->outcome->lang, {}});
    }
    place->names.push_back(title_with_language(entry->title, entry->outcome->lang));
    for (std::string& key : evidence_of(*entry, 1)) out.evidence.push_back(std::move(key));
  }
  if (groups.empty()) return {};
  std::vector<Text> sentences;
  for (const Reasoned& group : groups) {
    sentences.push_back(not_assessable_claim(names_or_number(group), group.reason));
  }
  if (out.evidence.size() > kEvidence) out.evidence.resize(kEvidence);
  out.text = join(sentences, {" ", ""});
  out.falsified_by = {
      "A run in which the model shows the ability that these tasks presuppose would "
      "make them assessable.",
      "若在另一次运行中模型表现出这些任务所要求的能力，即可进行评定。"};
  return {out};
}

void order_claims(std::vector<Claim>& claims) {
  std::stable_sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
    if (a.tone != b.tone) return rank(a.tone) < rank(b.tone);
    if (a.tone != Tone::concern) return false;
    return a.weight != b.weight ? a.weight > b.weight : a.distance > b.distance;
  });
}

}  // namespace assay::report
