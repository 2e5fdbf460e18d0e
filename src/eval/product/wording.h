// Wording: what kind of statement a sentence of a product page makes, in English and Chinese: a
// boast, a warning about the model's limits, an absolute; and the shares that it names.
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <re2/re2.h>
#include <string>
#include <string_view>
#include <vector>

namespace assay::eval::product {

/// Patterns of this reader: case does not matter.
RE2::Options folded();
/// "8,192" -> 8192; nothing where the text does not begin with a number.
std::optional<double> number_of(std::string text);

/// Whether an RE2 pattern is found in the text; case does not matter.
bool found(std::string_view pattern, std::string_view text);

/// Warns of what the model may do wrong, says what it is not made for, or tells users what to do:
/// "it may invent facts", "do not enter personal data". That claims nothing good of the model.
bool disclaims(std::string_view sentence);

/// "never", "always", "zero hallucinations"; not "almost never", "zero-shot", "free of charge".
bool is_absolute(std::string_view sentence);

/// Says that the model does something, or does it well: "good at", "protects", "擅长".
bool praises(std::string_view sentence);

/// "40% fewer errors", "提升 20%": a change against something that is not named here.
bool compares(std::string_view sentence);

struct Share {
  double value = 0.0;  ///< in [0, 1]
  std::size_t at = 0;  ///< place in the sentence, in bytes
};

/// Percentages up to 100, in order. With `bare`, where there are none, numbers with a decimal point
/// between 1 and 100 ("MMLU 45.1").
std::vector<Share> shares_of(std::string_view sentence, bool bare);

/// Whether a share counts failures ("an error rate of 2%").
bool of_failures(std::string_view sentence);

}  // namespace assay::eval::product
