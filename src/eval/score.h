// Score: the three-state verdict of one sample. An error, a judge's failure, a truncated answer or
// a parse failure is `unassessed`: never a verdict.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/json.h"

namespace assay::eval {

enum class Verdict { success, failure, unassessed };
const char* to_string(Verdict verdict);
Result<Verdict> parse_verdict(std::string_view name);

struct Score {
  Verdict verdict = Verdict::unassessed;
  double value = 0.0;       ///< 1/0 for verdict tasks, else the task's own measure; 0 if unassessed
  std::string answer;       ///< what was taken as the model's answer
  std::string explanation;  ///< why this verdict; for unassessed: the reason, short and countable
  Json metadata;            ///< task-specific evidence, or null

  static Score pass(std::string answer, std::string why = {}) {
    return {Verdict::success, 1.0, std::move(answer), std::move(why), nullptr};
  }
  static Score miss(std::string answer, std::string why = {}) {
    return {Verdict::failure, 0.0, std::move(answer), std::move(why), nullptr};
  }
  static Score unassessed(std::string reason, std::string answer = {}) {
    return {Verdict::unassessed, 0.0, std::move(answer), std::move(reason), nullptr};
  }
};

Json to_json(const Score& score);
Result<Score> score_from_json(const Json& json);

}  // namespace assay::eval
