// Bytes as text: hexadecimal and Base64 (RFC 4648, section 4), by libsodium. Reading is strict:
// only the text that writing would give is taken, so that no two texts stand for the same bytes.
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay {

/// Lower case, two digits a byte.
std::string hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view text);

/// The standard alphabet, with padding.
std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

}  // namespace assay
