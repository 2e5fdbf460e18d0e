#include "eval/items/arithmetic_items.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "eval/items/arithmetic_stories.h"
#include "eval/items/draw.h"
#include "eval/scorers/number.h"

namespace assay::eval {
namespace {

struct Calculation {
  std::string expression;
  std::int64_t value = 0;
};

std::string text(std::int64_t number) { return std::to_string(number); }

Calculation binary(std::int64_t a, char operation, std::int64_t b) {
  switch (operation) {
    case '+': return {text(a) + " + " + text(b), a + b};
    case '-': return {text(std::max(a, b)) + " - " + text(std::min(a, b)), std::abs(a - b)};
    case '*': return {text(a) + " × " + text(b), a * b};
    default: return {text(a * b) + " ÷ " + text(b), a};
  }
}

Calculation easy(Rng& rng) {
  switch (rng.between(0, 3)) {
    case 0: return binary(rng.between(2, 12), '+', rng.between(2, 9));
    case 1: return binary(rng.between(5, 20), '-', rng.between(2, 12));
    case 2: return binary(rng.between(3, 9), '*', rng.between(3, 9));
    default: return binary(rng.between(3, 9), '/', rng.between(3, 9));
  }
}

Calculation medium(Rng& rng) {
  switch (rng.between(0, 3)) {
    case 0: return binary(rng.between(23, 899), '+', rng.between(23, 899));
    case 1: return binary(rng.between(100, 999), '-', rng.between(21, 399));
    case 2: return binary(rng.between(12, 99), '*', rng.between(3, 9));
    default: return binary(rng.between(12, 60), '/', rng.between(3, 9));
  }
}

Calculation hard(Rng& rng) {
  const auto a = rng.between(12, 60);
  const auto b = rng.between(12, 60);
  const auto c = rng.between(3, 9);
  switch (rng.between(0, 6)) {
    case 0: return binary(rng.between(1201, 9899), '+', rng.between(1201, 9899));
    case 1: return binary(rng.between(5001, 9899), '-', rng.between(1201, 4899));
    case 2: return binary(rng.between(13, 99), '*', rng.between(13, 99));
    case 3: return {text(a) + " + " + text(b) + " × " + text(c), a + b * c};
    case 4: return {std::string("(") + text(a) + " + " + text(b) + ") × " + text(c), (a + b) * c};
    case 5: return {text(a * c) + " ÷ " + text(c) + " + " + text(b), a + b};
    default:
      return {text(a * c) + " - " + text(c) + " × " + text(std::min(a, b) - 1),
              a * c - c * (std::min(a, b) - 1)};
  }
}

/// The wording hangs on the expression, so that no calculation comes twice in other words.
std::string asked(Lang lang, const std::string& expression) {
  Rng rng = Rng::named(0, expression);
  static constexpr std::array<std::string_view, 4> kEnglish = {
      "What is {0}? Reply with the number only.", "Calculate {0}. Give just the result.",
      "{0} = ? Answer with a single number.", "How much is {0}? Write only the number."};
  static constexpr std::array<std::string_view, 4> kChinese = {
      "{0} 等于多少？只回答数字。", "计算：{0}。只写出结果。", "{0} = ？请用一个数字回答。",
      "求 {0} 的值，只写数字。"};
  const std::array<std::string, 1> arguments = {expression};
  return fill(lang == Lang::en ? rng.pick(kEnglish) : rng.pick(kChinese), arguments);
}

bool leaks(const std::string& question, double target) {
  const auto numbers = numbers_in(question);
  return std::any_of(numbers.begin(), numbers.end(),
                     [&](const FoundNumber& n) { return n.value == target; });
}

Sample item_of(std::string question, std::int64_t target, int max_tokens) {
  Sample sample;
  sample.messages = {{"user", std::move(question)}};
  sample.targets = {text(target)};
  sample.max_tokens = max_tokens;
  sample.metadata = Json{{"target", target}};
  return sample;
}

}  // namespace

Sample arithmetic_item(Lang lang, std::string_view group, Rng& rng) {
  while (true) {
    Sample sample;
    if (group == "word" || group == "words") {
      const Story story = group == "word" ? one_step_story(lang, rng) : longer_story(lang, rng);
      if (story.answer < 2) continue;
      sample = item_of(story.text, story.answer, 96);
    } else {
      const Calculation c = group == "easy"     ? easy(rng)
                            : group == "medium" ? medium(rng)
                                                : hard(rng);
      if (c.value < 2) continue;
      sample = item_of(asked(lang, c.expression), c.value, 32);
    }
    if (!leaks(sample.messages[0].content,
               static_cast<double>(sample.metadata.value("target", 0)))) {
      return sample;
    }
  }
}

std::string plain_number(double value) {
  std::array<char, 32> buffer{};
  if (value == std::floor(value) && std::fabs(value) < 1e15) {
    std::snprintf(buffer.data(), buffer.size(), "%.0f", value);
  } else {
    std::snprintf(buffer.data(), buffer.size(), "%.10g", value);
  }
  return buffer.data();
}

}  // namespace assay::eval
