// DSSE 1.0 (Dead Simple Signing Envelope, secure-systems-lab/dsse, protocol.md and envelope.md of
// v1.0.2): a signed message as JSON. What is signed is not the JSON but the pre-authentication
// encoding of type and body, so that no canonical form is needed. The signature itself is the
// caller's: this file knows no keys.
//
// An envelope comes from outside. read_envelope() takes only what the standard allows, ignores
// fields that it does not know (as the standard asks), and refuses what two readers could read
// differently: members that occur twice, base64 with bits or characters left over.
//
// Legal call order: sign_envelope() -> ... -> open_envelope(). The body that open_envelope()
// returns is the one that was verified; do not take it from the envelope again. Thread-safety: pure
// functions; the callbacks are called on the caller's thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace assay::standards {

/// Bytes to sign -> the signature, as raw bytes.
using SignBytes = std::function<Result<std::string>(std::string_view bytes)>;

struct Signature {
  std::string keyid;  ///< a hint that nobody has signed; may be empty
  std::string bytes;
};
/// The name of the trusted key that made the signature of these bytes, or nothing. Two signatures
/// by one key must give one name. An error ends the check: for keys that cannot be read, not for
/// wrong signatures.
using VerifyBytes = std::function<Result<std::optional<std::string>>(std::string_view bytes,
                                                                     const Signature& signature)>;

struct Envelope {
  std::string type;  ///< payloadType
  std::string body;  ///< the payload's bytes
  std::vector<Signature> signatures;
};

/// Bytes; an envelope that is longer is refused.
inline constexpr std::size_t kLongestEnvelope = std::size_t{64} << 20U;
inline constexpr std::size_t kMostSignatures = 64;

/// PAE(type, body): "DSSEv1 LEN type LEN body", lengths in bytes as decimal digits.
std::string pre_authentication(std::string_view type, std::string_view body);

/// The envelope as one line of JSON with one signature. Errors: those of `sign`; usage (empty type,
/// one that is not UTF-8, or an empty signature).
Result<std::string> sign_envelope(std::string_view type, std::string_view body,
                                  const std::string& keyid, const SignBytes& sign);

/// Only the form; nothing is verified. Errors: format, limit.
Result<Envelope> read_envelope(std::string_view bytes);

struct Opened {
  std::string body;
  std::vector<std::string> keys;  ///< names of the keys that have signed, each once; at least one
};
/// Reads, verifies, and gives the body if its type is `type` and at least one trusted key has
/// signed it. Errors: those of read_envelope() and `verify`; format (no trusted signature, another
/// type).
Result<Opened> open_envelope(std::string_view bytes, std::string_view type,
                             const VerifyBytes& verify);

/// JSON in which no object has a member twice. Errors: format, as parse_json().
Result<Json> parse_once(std::string_view bytes, std::string_view where);

}  // namespace assay::standards
