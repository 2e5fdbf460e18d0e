#include "report/claims.h"

#include <algorithm>

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
  out.distance = judgement.distance;
  out.task = entry.outcome->task;
  return out;
}

/// Names of results under one reason.
struct Reasoned {
  Text reason;
  std::vector<Text> names;
};

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
    auto place = std::find_if(groups.begin(), groups.end(),
                              [&](const Reasoned& group) { return group.reason == reason; });
    if (place == groups.end()) place = groups.insert(groups.end(), Reasoned{reason, {}});
    place->names.push_back(title_with_language(entry->title, entry->outcome->lang));
    for (std::string& key : evidence_of(*entry, 1)) out.evidence.push_back(std::move(key));
  }
  if (groups.empty()) return {};
  std::vector<Text> sentences;
  for (const Reasoned& group : groups) {
    sentences.push_back(not_assessable_claim(join(group.names, {", ", "、"}), group.reason));
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
    return a.tone == Tone::concern && a.distance > b.distance;
  });
}

}  // namespace assay::report
