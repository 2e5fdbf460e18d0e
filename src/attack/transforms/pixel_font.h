// A font of 5 by 7 dots for capital letters and digits, our own drawing, for words as ASCII art.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace assay::attack {

/// The word in seven lines of '#' and spaces, letters two columns apart, without spaces at the end
/// of a line; characters that the font lacks are left out. Empty if it has none of them.
std::string drawn_word(std::string_view word);

}  // namespace assay::attack
