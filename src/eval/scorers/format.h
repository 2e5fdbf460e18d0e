// Checks of the form of an answer: counts of words, characters, sentences and list items, JSON
// keys, letter case. Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace assay::eval {

/// Words of a Latin text: runs of letters and digits, with "-" and "'" inside ("don't" is one).
std::size_t count_words(std::string_view text);
/// Sentences: runs that end in . ! ? or 。！？… (several marks in a row are one end); a last one
/// without a mark counts too. "3.5" and "e.g." are no ends, since no space follows or a small
/// letter.
std::size_t count_sentences(std::string_view text);
/// Lines that begin with a bullet ("- ", "* ", "• "); nothing if some non-empty line does not.
std::optional<std::size_t> bullets_only(std::string_view text);
/// Lines "1. ", "2. ", ... in order; nothing if some non-empty line breaks the order.
std::optional<std::size_t> numbered_only(std::string_view text);
/// The JSON object that the whole answer is (a code fence around it is allowed), else nothing.
std::optional<Json> json_object(std::string_view text);
bool has_upper(std::string_view text);
bool has_lower(std::string_view text);

/// Does `answer` follow the instruction that `check` describes: {"kind": ..., its parameters}?
/// Kinds: words n | han n | sentences n | bullets n | numbered n | commas n | json keys | lower
/// word | upper word | no_punctuation word | include words | include_avoid word, avoid | starts
/// text | ends text | wrapped open, close | label labels | repeat text. Returns "" if it does, else
/// why not.
std::string broken_rule(std::string_view answer, const Json& check);

}  // namespace assay::eval
