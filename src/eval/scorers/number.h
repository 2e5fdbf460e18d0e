// The number that a model gives as its final answer, in English and Chinese.
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::eval {

struct FoundNumber {
  double value = 0.0;
  std::size_t begin = 0;  ///< bytes in the text that was read
  std::size_t end = 0;
};

/// Every number written with digits: signs, decimals, "1,234", full-width digits, "3万", "2
/// million". Not: list markers ("1. "), "step 2", ordinals, digits inside a word ("x2"). Positions
/// are in narrow(text).
std::vector<FoundNumber> numbers_in(std::string_view text);

/// The value of a text that is nothing but a number in words: "forty-two", "one hundred and five",
/// "四十二", "一百零五", "两千". Nothing for any other text.
std::optional<double> number_in_words(std::string_view text);

struct NumberAnswer {
  std::optional<double> value;
  std::string reason;  ///< where there is no value: why, short and countable
};

/// The final number of an answer. In this order: \boxed{}; what follows the last "answer is",
/// "Answer:", "答案是", ...; the only number; what the last equation comes to, if nothing follows
/// it; the only number that is not in the question; the only number in bold; the only new number of
/// a concluding last sentence. If all these fail, the answer has several numbers without a clear
/// final one, or none.
NumberAnswer final_number(std::string_view answer, std::string_view question);

}  // namespace assay::eval
