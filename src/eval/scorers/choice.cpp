#include "eval/scorers/choice.h"

#include <cmath>

namespace assay::eval {

Score score_choice(const Sample& sample, const Trace& trace) {
  const auto& scores = trace.scores;
  if (scores.size() != sample.choices.size() || sample.target_index < 0 ||
      static_cast<std::size_t>(sample.target_index) >= scores.size()) {
    return Score::unassessed("not every choice was scored");
  }
  const auto target = static_cast<std::size_t>(sample.target_index);
  std::size_t best = 0;
  bool tie = false;
  Json totals = Json::array();
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!std::isfinite(scores[i].total)) return Score::unassessed("a choice has no finite score");
    totals.push_back(scores[i].total);
    if (i > 0 && scores[i].total == scores[best].total) tie = true;
    if (scores[i].total > scores[best].total) {
      best = i;
      tie = false;
    }
  }
  if (tie) return Score::unassessed("two choices are equally likely");
  Score score = best == target ? Score::pass(sample.choices[best])
                               : Score::miss(sample.choices[best], "another choice is more likely");
  score.metadata = Json{{"logprobs", totals}};
  return score;
}

}  // namespace assay::eval
