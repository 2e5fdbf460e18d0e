// Reading a short answer out of what a model wrote, in English and Chinese: without its reasoning,
// quotes, bold type and lead-in ("The answer is ..."). Where it is not clear what the final answer
// is, the functions say so; a scorer then leaves the sample unassessed.
// Thread-safety: pure functions. All texts are UTF-8; bytes that are not are read as U+FFFD.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/sample.h"
#include "eval/score.h"

namespace assay::eval {

/// Code points of a UTF-8 text.
std::u32string code_points(std::string_view text);
std::string to_utf8(std::u32string_view text);

/// A Han character (CJK Unified Ideographs and extensions).
bool is_han(char32_t c);
std::size_t count_han(std::string_view text);
/// Share of Han characters among the letters of a text (Han, Latin, any other alphabet); 0 when it
/// has no letter.
double han_share(std::string_view text);

/// The answer without a <think>...</think> part, trimmed; empty if the thinking never ended.
std::string final_text(std::string_view answer);
/// The unassessed score of a trace that has no whole answer: an error, no generation, one that was
/// cut off or cancelled, or an empty one. Nothing if there is an answer to look at.
std::optional<Score> without_answer(const Trace& trace);
/// Full-width letters, digits and punctuation of ASCII's set as ASCII; ideographic space as space.
std::string narrow(std::string_view text);
/// Without quotes, backticks, asterisks, brackets and closing punctuation around it.
std::string bare(std::string_view text);
/// Non-empty lines, trimmed.
std::vector<std::string> lines_of(std::string_view text);

/// True if `word` stands in `text`, upper and lower case alike. A word that begins or ends with a
/// Latin letter or digit must not be continued by one ("cat" is not in "category"); Han text has no
/// such borders.
bool contains_word(std::string_view text, std::string_view word);

/// What the model gives as its final answer, made bare. Looked for in this order: after the last
/// "answer is", "result:", "答案是", ...; the only line, or the only fenced code line; in it the
/// one piece in quotes, bold or backticks that is not in the question; what follows its last "is",
/// "=",
/// ":", "是", "为". `list` keeps a line of several items whole. Nothing if none is clear.
std::optional<std::string> short_answer(std::string_view answer, std::string_view question,
                                        bool list = false);

}  // namespace assay::eval
