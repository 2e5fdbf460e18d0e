#include "eval/scorers/choice.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace assay::eval {

Score score_choice(const Sample& sample, const Trace& trace) {
  const auto& scores = trace.scores;
  if (scores.size() != sample.choices.size() || sample.target_index < 0 ||
      static_cast<std::size_t>(sample.target_index) >= scores.size()) {
    return Score::unassessed("not every choice was scored");
  }
  std::vector<double> totals;
  for (const auto& choice : scores) {
    if (!std::isfinite(choice.total)) return Score::unassessed("a choice has no finite score");
    totals.push_back(choice.total);
  }
  const int best = single_best(totals);
  if (best < 0) return Score::unassessed("two choices are equally likely");
  const std::string& answer = sample.choices[static_cast<std::size_t>(best)];
  Score score = best == sample.target_index ? Score::pass(answer)
                                            : Score::miss(answer, "another choice is more likely");
  score.metadata = Json{{"logprobs", totals}};
  return score;
}

int single_best(const std::vector<double>& values) {
  const auto best = std::max_element(values.begin(), values.end());
  if (std::count(values.begin(), values.end(), *best) != 1) return -1;
  return static_cast<int>(best - values.begin());
}

}  // namespace assay::eval
