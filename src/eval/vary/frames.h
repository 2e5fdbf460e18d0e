// The words that --vary puts around an item: each level in English and Chinese, the first of each
// factor empty. They change nothing of what a right answer is.
// Thread-safety: constants and pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/lang.h"

namespace assay::eval::frames {

struct Level {
  Text name;  ///< for people
  Text text;  ///< what is added; of a wording, the frame with "{}" where the item's words stand
};

struct Exchange {
  Text user, assistant;
};

extern const std::array<Level, 4> wordings;
extern const std::array<Text, 4> openings;  ///< the wordings' way for raw texts: a line before
extern const std::array<Level, 5> personas;
extern const std::array<Level, 4> systems;
extern const std::array<Level, 4> formats;  ///< `text` is not used: see laid_out
extern const std::array<Exchange, 4> small_talk;

/// The words in the layout of a level of `formats`: between marks, as Markdown, as JSON.
std::string laid_out(std::uint32_t level, const std::string& words, Lang lang);

}  // namespace assay::eval::frames
