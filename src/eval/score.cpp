#include "eval/score.h"

#include "eval/json_fields.h"

namespace assay::eval {

const char* to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::success: return "success";
    case Verdict::failure: return "failure";
    case Verdict::unassessed: return "unassessed";
  }
  return "unassessed";
}

Result<Verdict> parse_verdict(std::string_view name) {
  if (name == "success") return Verdict::success;
  if (name == "failure") return Verdict::failure;
  if (name == "unassessed") return Verdict::unassessed;
  return fail(ErrorKind::format, "unknown verdict '" + std::string(name) + "'", "verdict",
              "Use success, failure or unassessed");
}

Json to_json(const Score& score) {
  Json json{{"verdict", to_string(score.verdict)},
            {"value", number_json(score.value)},
            {"answer", score.answer},
            {"explanation", score.explanation}};
  if (!score.metadata.is_null()) json["metadata"] = score.metadata;
  return json;
}

Result<Score> score_from_json(const Json& json) {
  Fields fields(json, "score");
  Score out;
  const Result<Verdict> verdict = parse_verdict(fields.text("verdict"));
  if (verdict) {
    out.verdict = *verdict;
  } else {
    fields.note(verdict.error());
  }
  out.value = fields.number("value", 0.0);
  out.answer = fields.text("answer");
  out.explanation = fields.text("explanation");
  out.metadata = fields.any("metadata");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

}  // namespace assay::eval
