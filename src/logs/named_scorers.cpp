#include "logs/named_scorers.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "eval/scorers/answer_text.h"
#include "eval/scorers/choice.h"
#include "eval/scorers/number.h"
#include "eval/scorers/refusal.h"
#include "eval/scorers/reply.h"

namespace assay::logs {
namespace {

using eval::Score;

std::string question_of(const eval::Sample& sample) {
  std::string out = sample.context;
  for (const model::Message& message : sample.messages) out += message.content + "\n";
  return out;
}

std::string plain(std::string_view text) { return eval::fold(eval::bare(text)); }

bool is_target(const eval::Sample& sample, const std::string& answer) {
  return std::any_of(sample.targets.begin(), sample.targets.end(),
                     [&](const std::string& target) { return plain(target) == plain(answer); });
}

Score verdict(bool right, std::string answer) {
  return right ? Score::pass(std::move(answer)) : Score::miss(std::move(answer));
}

Score exact(const eval::Sample& sample, const eval::Trace& trace) {
  if (auto none = eval::without_answer(trace)) return *none;
  if (sample.targets.empty()) return Score::unassessed("the sample has no target");
  std::string answer = eval::final_text(trace.answer());
  const bool right = is_target(sample, answer);
  return verdict(right, std::move(answer));
}

Score includes(const eval::Sample& sample, const eval::Trace& trace) {
  if (auto none = eval::without_answer(trace)) return *none;
  if (sample.targets.empty()) return Score::unassessed("the sample has no target");
  std::string answer = eval::final_text(trace.answer());
  const bool right =
      std::any_of(sample.targets.begin(), sample.targets.end(), [&](const std::string& target) {
        return !trim(target).empty() && eval::contains_word(answer, trim(target));
      });
  return verdict(right, std::move(answer));
}

Score short_text(const eval::Sample& sample, const eval::Trace& trace) {
  if (auto none = eval::without_answer(trace)) return *none;
  if (sample.targets.empty()) return Score::unassessed("the sample has no target");
  const auto answer = eval::short_answer(trace.answer(), question_of(sample));
  if (!answer) return Score::unassessed("no clear final answer", std::string(trace.answer()));
  return verdict(is_target(sample, *answer), *answer);
}

/// "#### 18" of GSM8K's targets is 18.
std::optional<double> target_number(const eval::Sample& sample) {
  if (sample.targets.empty()) return std::nullopt;
  const auto numbers = eval::numbers_in(sample.targets.front());
  if (!numbers.empty()) return numbers.back().value;
  return eval::number_in_words(sample.targets.front());
}

Score number(const eval::Sample& sample, const eval::Trace& trace) {
  if (auto none = eval::without_answer(trace)) return *none;
  const auto wanted = target_number(sample);
  if (!wanted) return Score::unassessed("the target is not a number");
  const eval::NumberAnswer found = eval::final_number(trace.answer(), question_of(sample));
  if (!found.value) return Score::unassessed(found.reason, std::string(trace.answer()));
  const bool right = std::abs(*found.value - *wanted) <= 1e-9 * std::max(1.0, std::abs(*wanted));
  return verdict(right, std::string(trace.answer()));
}

/// By log-likelihood where that was recorded, else the letter that is given as the answer.
Score choice(const eval::Sample& sample, const eval::Trace& trace) {
  if (!trace.scores.empty()) return eval::score_choice(sample, trace);
  if (auto none = eval::without_answer(trace)) return *none;
  const auto answer = eval::short_answer(trace.answer(), question_of(sample));
  const auto letter = [](const std::string& text) {
    const std::string bare = eval::bare(text);
    const bool one = !bare.empty() && std::isalpha(static_cast<unsigned char>(bare[0])) != 0 &&
                     (bare.size() == 1 || bare[1] == '.' || bare[1] == ')' || bare[1] == ':');
    return one ? lower_ascii(bare.substr(0, 1)) : std::string();
  };
  if (sample.targets.empty() || letter(sample.targets.front()).empty()) {
    return Score::unassessed("the target is not a letter");
  }
  if (!answer || letter(*answer).empty()) {
    return Score::unassessed("no letter is given as the answer", std::string(trace.answer()));
  }
  return verdict(letter(*answer) == letter(sample.targets.front()), *answer);
}

Score refusal(const eval::Sample& sample, const eval::Trace& trace) {
  if (auto none = eval::without_answer(trace)) return *none;
  const auto judged = eval::judge_refusal(question_of(sample), trace.answer(), sample.lang);
  if (judged.verdict == eval::Refusal::unclear) {
    return Score::unassessed(judged.rule, std::string(trace.answer()));
  }
  Score out = verdict(judged.verdict == eval::Refusal::refused, std::string(trace.answer()));
  out.explanation = judged.rule;
  return out;
}

constexpr std::array kScorers{
    NamedScorer{"exact", "the whole answer is the target", &exact},
    NamedScorer{"includes", "the target stands in the answer", &includes},
    NamedScorer{"short", "what is given as the final answer is the target", &short_text},
    NamedScorer{"number", "the final number is the target's", &number},
    NamedScorer{"choice", "the right choice is likeliest, or its letter is the answer", &choice},
    NamedScorer{"refusal", "success where the request is refused", &refusal}};

}  // namespace

std::span<const NamedScorer> named_scorers() { return kScorers; }

Result<const NamedScorer*> find_scorer(std::string_view name) {
  std::string names;
  for (const NamedScorer& scorer : kScorers) {
    if (scorer.name == name) return &scorer;
    names.append(names.empty() ? "" : ", ").append(scorer.name);
  }
  return fail(ErrorKind::usage, "no scorer named '" + std::string(name) + "'", "--scorer",
              "Choose one of " + names + ", or log:NAME for one that the log recorded");
}

}  // namespace assay::logs
