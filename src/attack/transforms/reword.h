// A request in another tense or person, by rules: "How do I open it?" -> "How did people open it in
// the past?" (Andriushchenko and Flammarion 2024, arXiv:2407.11969, who let a model do it).
// English and Chinese; what no rule fits is put into a sentence about the past (future, others).
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/lang.h"

namespace assay::attack {

/// What is asked for, without the words that ask: "Please tell me how to open my box?" gives
/// {how, "open my box"}.
struct Asked {
  enum class Kind {
    how,       ///< a way of doing `rest`, a phrase that begins with a verb
    act,       ///< an order: `rest` begins with a verb
    question,  ///< another question, the whole of it
    other      ///< a statement, the whole of it
  };
  Kind kind = Kind::other;
  std::string rest;
};
Asked asked(std::string_view request, Lang lang);

std::string past_tense(std::string_view request, Lang lang);
std::string future_tense(std::string_view request, Lang lang);
std::string third_person(std::string_view request, Lang lang);

}  // namespace assay::attack
