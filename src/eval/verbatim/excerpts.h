// Excerpts: places of a text at which a model is asked to go on: what stands before (the prompt)
// and what really follows. And the same prompt with its words in disorder, as a control.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"

namespace assay::eval {

struct Excerpt {
  std::string before;  ///< 180 to 260 characters (Han: 50 to 80), whole words
  std::string after;   ///< up to 400 characters (Han: 120)
  double place = 0.0;  ///< where it begins, as a share of the text
};

/// Up to `most` excerpts that do not overlap, each in its own part of the text, from the seed. Each
/// begins where a sentence does, if one does nearby. None where the text is too short.
std::vector<Excerpt> excerpts_of(std::string_view text, std::size_t most, Rng& rng);

/// The same words (Han: pairs of characters) within each sentence in another order.
std::string disordered(std::string_view text, Rng& rng);

/// What of an answer's letters is not a repeat (of `least` letters or more) of letters that the
/// model was shown: the parts between such repeats.
std::vector<std::u32string> fresh_parts(std::u32string_view answer, std::u32string_view shown,
                                        std::size_t least);

}  // namespace assay::eval
