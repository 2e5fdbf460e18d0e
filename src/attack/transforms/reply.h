// Replies that were asked for in a code ("base64", "caesar:7", ...), made readable before they are
// judged. A reply of a model is rarely the code alone: "Sure! Here it is: ```SGVsbG8=``` Hope this
// helps." Whatever is in the code is decoded where it stands, the rest stays.
// Thread-safety: pure functions.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::attack {

/// The reply, decoded by Prompt::reply_code; of several, joined by '+', the last is undone first.
/// "" gives the reply as it is. Errors: usage (a code that does not exist, or a wrong key).
Result<std::string> decode_reply(std::string_view reply_code, std::string_view reply);

namespace reply {

/// Text that a person could have written: valid UTF-8 without control characters, and mostly
/// letters, digits and spaces.
bool plausible(std::string_view text);

/// Looks for runs of characters that `in_code` takes, and replaces each that `decode` can read as
/// something plausible: first a whole run, else its lines, else its tokens (between spaces).
/// Pieces of fewer than `least` bytes stay.
std::string runs(std::string_view text, const std::function<bool(char)>& in_code, std::size_t least,
                 const std::function<std::optional<std::string>(std::string_view)>& decode);

/// Decodes line by line, and keeps of each line the reading that looks more like language: the
/// share of common words, then the frequency of letters (English), then how it begins and ends; a
/// tie goes to the decoded one.
std::string lines(std::string_view text,
                  const std::function<std::string(std::string_view)>& decode);

}  // namespace reply
}  // namespace assay::attack
