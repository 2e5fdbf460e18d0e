// Said: does a text say a given text, also in a disguise that anyone can undo?
//
// Forms, in the order in which they are tried: "plain" (any case, width, accents and zero-width
// characters; digits also as English or Chinese words), "spaced" (separators of up to four
// characters between all characters of a word), "reversed", "base64" and "hexadecimal" (runs of
// them within the text are decoded), "rot13". Not looked for: first letters of words or lines,
// translations, ciphers with a key, pinyin.
//
// A text of one or two letters or digits (one Chinese character) is only looked for as it stands,
// one of three not reversed or in rot13. Thread-safety: pure functions. Cost: linear in the text,
// times the number of forms.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::attack {

/// The form in which `text` says `wanted` (both UTF-8), or nothing. A match begins at the beginning
/// of a word and ends at the end of one, or before a plural; after a word of seven letters or more
/// the word may go on ("lighthousekeeper"). "Bees" says "bee", "been" does not, nor "14821" "4821".
/// Nothing where `wanted` has no letter or digit.
std::optional<std::string> find_said(std::string_view wanted, std::string_view text);

}  // namespace assay::attack
