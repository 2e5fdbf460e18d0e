// Items of the language floor: what anyone who commands the language gets right. Written for this
// project; each language has its own, no translations.
// Thread-safety: constant data.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

/// A beginning with the word that ends it sensibly and one that makes it absurd.
struct FloorCompletion {
  std::string_view beginning;
  std::string_view sensible;
  std::string_view absurd;
};

/// An easy question. Words are separated by '|'.
struct FloorQuestion {
  std::string_view question;
  std::string_view accepted;
  std::string_view rivals;  ///< answers of the same kind that are wrong; may be empty
};

std::span<const FloorCompletion> floor_completions(Lang lang);
std::span<const FloorQuestion> floor_questions(Lang lang);

/// A generated plain sentence, and the same words in an order that no sentence has.
struct FloorTwins {
  std::string sentence;
  std::string scrambled;
};
FloorTwins floor_twins(Lang lang, Rng& rng);

}  // namespace assay::eval
