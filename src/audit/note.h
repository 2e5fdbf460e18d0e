// Signed notes (c2sp.org/signed-note): a text signed by named keys, and the keys that verify them.
// Signature types: 0x01 Ed25519, 0x04 Ed25519 cosignatures with a time (c2sp.org/tlog-cosignature).
// Thread-safety: pure functions and plain values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::audit {

inline constexpr std::size_t kPublicBytes = 32;
inline constexpr std::size_t kSignatureBytes = 64;
inline constexpr std::size_t kMaxNoteBytes = 1'000'000;
using PublicKey = std::array<std::uint8_t, kPublicBytes>;

enum class SignatureType : std::uint8_t { ed25519 = 0x01, cosignature = 0x04 };

/// May a key have this name: not empty, UTF-8 without spaces, control characters and "+"?
[[nodiscard]] bool valid_key_name(std::string_view name);
/// SHA-256(name || 0x0A || type || public key)[:4], as a big-endian number.
[[nodiscard]] std::uint32_t key_id(std::string_view name, SignatureType type, const PublicKey& key);

/// Whose signature it is.
struct Verifier {
  std::string name;
  SignatureType type = SignatureType::ed25519;
  PublicKey key{};
  [[nodiscard]] std::uint32_t id() const { return key_id(name, type, key); }
  bool operator==(const Verifier&) const = default;
};
/// "name+hex(id)+base64(type || key)".
std::string to_vkey(const Verifier& verifier);
/// Errors: format, with what is wrong.
Result<Verifier> parse_vkey(std::string_view text);

struct NoteSignature {
  std::string name;
  std::uint32_t id = 0;
  std::string bytes;  ///< after the id
};

struct Note {
  std::string text;  ///< with its last newline
  std::vector<NoteSignature> signatures;
};

/// Strict: no byte may differ from what to_text() gives. Errors: format, limit (over 1 MB).
Result<Note> parse_note(std::string_view bytes);
std::string to_text(const Note& note);

/// A signature that holds.
struct Verified {
  Verifier by;
  std::optional<std::uint64_t> time;  ///< of a cosignature, seconds since 1970 UTC
};
/// The signatures by those in `known`; others are ignored. Errors: format, if one of a known key is
/// wrong, or none is of a known key.
Result<std::vector<Verified>> verify_note(const Note& note, std::span<const Verifier> known);

/// What a cosignature of `text` at `time` signs.
std::string cosigned_message(std::string_view text, std::uint64_t time);
[[nodiscard]] bool verify_ed25519(std::string_view message, std::string_view signature,
                                  const PublicKey& key);

}  // namespace assay::audit
