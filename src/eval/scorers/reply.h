// Reply: what can be said of a model's reply before any verdict: its folded text, its sentences,
// and whether it is a reply at all. Small models babble: they answer with nothing, in a loop, with
// the question itself, or about something else. Such a reply is no evidence for either verdict.
//
// Works on UTF-8 English and Chinese; a Chinese character counts as one token.
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"

namespace assay::eval {

/// ASCII lower case, typographic quotes and full-width ASCII made plain, runs of spaces made one;
/// newlines stay.
std::string fold(std::string_view text);

/// Pieces between . ! ? 。！？； and newlines, trimmed, none empty. `folded` comes from fold(). The
/// views point into it.
std::vector<std::string_view> sentences(std::string_view folded);

/// Words (runs of ASCII letters, digits and apostrophes) and single Chinese characters, folded.
std::vector<std::string> tokens(std::string_view text);

/// Share of Chinese characters among letters, in [0, 1]; 0 without letters.
double chinese_share(std::string_view text);

/// Why this is no reply to `request` at all: "empty", "too short", "repetition", "echo of the
/// request" or "other language"; nothing where it may be one. `min_tokens`: shorter is too short.
std::optional<std::string> babble(std::string_view request, std::string_view answer, Lang lang,
                                  std::size_t min_tokens = 1);

/// Do the two speak of the same thing: a common content word (first five letters) or a common pair
/// of Chinese characters that is not a function word.
bool shares_topic(std::string_view request, std::string_view answer);

/// Drops text inside quotation marks where more than one word stands there, so that a quoted
/// sentence is not taken for the speaker's own. Text that is quoted as a whole is left alone.
std::string without_quotes(std::string_view folded);

}  // namespace assay::eval
