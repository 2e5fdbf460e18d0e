// Codes: encodings and ciphers that a request can be written in, and a reply too. Each is a pair of
// pure functions with a name and the words that explain it to a model; add_code() makes a transform
// of it, reply.h reads replies in it.
//
// The transform's argument: options, separated by commas: `raw` (the coded text alone, without a
// word of explanation), `reply` (the answer is to be written in the code too), and the key of codes
// that have one ("caesar:7,reply"). Thread-safety: constants and pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attack/transforms/transform.h"

namespace assay::attack {

struct Code {
  TransformInfo info;  ///< argument and example are filled by add_code()
  Text label;          ///< what the text is written in; "{key}" stands for the key
  std::string (*encode)(std::string_view text, std::string_view key) = nullptr;
  /// A whole reply with all that is in the code decoded, and the rest as it is; null = replies are
  /// not asked for in this code.
  std::string (*decode_reply)(std::string_view reply, std::string_view key) = nullptr;
  std::string key{};  ///< the default key; empty = it has none
  bool (*valid_key)(std::string_view key) = nullptr;
  enum class Script { any, latin, han };
  Script script = Script::any;  ///< whose letters it changes: refuses texts without enough of them
  bool plain = false;           ///< stands for itself: is never explained, and takes no options
};

const std::vector<Code>& byte_codes();
const std::vector<Code>& cipher_codes();
const std::vector<Code>& spelling_codes();
const std::vector<Code>& unicode_codes();
const std::vector<Code>& chinese_codes();
/// The code of that name in any of these lists, or null.
const Code* find_code(std::string_view name);

/// Words that explain a coded text: "The text below is written in {label}. ..."
Text explanation();

void add_code(Transforms& registry, const Code& code);

}  // namespace assay::attack
