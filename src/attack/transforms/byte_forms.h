// Encodings of bytes and code points as functions, each with its strict reverse: nothing where the
// text is not wholly in that form. Checked against Python's base64, binascii, urllib and json
// (tests/parity/transforms.py). Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::attack::forms {

using Read = std::optional<std::string>;

std::string base64(std::string_view bytes);       ///< RFC 4648, padded
Read from_base64(std::string_view text);          ///< also URL-safe letters, line ends, no padding
std::string base32(std::string_view bytes);       ///< RFC 4648, padded
Read from_base32(std::string_view text);          ///< also lower case, spaces, no padding
std::string hexadecimal(std::string_view bytes);  ///< lower case, no spaces
Read from_hexadecimal(std::string_view text);     ///< also spaces, "0x" and "\x" before each byte
std::string binary(std::string_view bytes);       ///< groups of eight, separated by spaces
Read from_binary(std::string_view text);          ///< with or without spaces
std::string ascii85(std::string_view bytes);  ///< Adobe's alphabet without <~ ~>; z = four zeros
Read from_ascii85(std::string_view text);
std::string percent(std::string_view bytes);  ///< every byte as %XX
/// %XX anywhere in the text; nothing if there is none or one is broken.
Read from_percent(std::string_view text);
std::string code_points(std::string_view text);  ///< decimal code points, separated by spaces
Read from_code_points(std::string_view text);    ///< separated by spaces or commas
std::string entities(std::string_view text);     ///< &#NNN; for each code point
Read from_entities(std::string_view text);       ///< decimal or &#x..; anywhere in the text
std::string escapes(std::string_view text);      ///< \uXXXX for each UTF-16 unit, as JSON has it
Read from_escapes(std::string_view text);        ///< anywhere in the text

}  // namespace assay::attack::forms
