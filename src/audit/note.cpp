#include "audit/note.h"

#include <algorithm>
#include <cstring>
#include <sodium/crypto_sign_ed25519.h>

#include "audit/merkle.h"
#include "base/encoding.h"
#include "base/text.h"

namespace assay::audit {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";  // U+2014 and a space
constexpr std::size_t kIdBytes = 4;
constexpr std::size_t kTimeBytes = 8;

tl::unexpected<Error> malformed(std::string what) {
  return fail(ErrorKind::format, std::move(what), "signed note");
}

std::string big_endian(std::uint64_t value, std::size_t bytes) {
  std::string out(bytes, '\0');
  for (std::size_t i = bytes; i > 0; --i) {
    out[i - 1] = static_cast<char>(value & 0xFFU);
    value >>= 8U;
  }
  return out;
}

std::uint64_t from_big_endian(std::string_view bytes) {
  std::uint64_t out = 0;
  for (const char byte : bytes) out = out << 8U | static_cast<unsigned char>(byte);
  return out;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; });
}

/// Unicode's White_Space beyond ASCII, as UTF-8.
constexpr std::string_view kSpaces[] = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
    "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

Result<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(kDash)) return malformed("a signature line does not begin with a dash");
  line.remove_prefix(kDash.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return malformed("a signature line has no key name");
  NoteSignature out;
  out.name = line.substr(0, space);
  if (!valid_key_name(out.name)) return malformed("a signature line has no proper key name");
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= kIdBytes) return malformed("a signature is not Base64 of one");
  out.id =
      static_cast<std::uint32_t>(from_big_endian(std::string_view(*bytes).substr(0, kIdBytes)));
  out.bytes = bytes->substr(kIdBytes);
  return out;
}

/// Nothing if the signature does not hold.
std::optional<Verified> verified(const Note& note, const NoteSignature& signature,
                                 const Verifier& by) {
  if (by.type == SignatureType::ed25519) {
    if (!verify_ed25519(note.text, signature.bytes, by.key)) return std::nullopt;
    return Verified{by, std::nullopt};
  }
  if (signature.bytes.size() != kTimeBytes + kSignatureBytes) return std::nullopt;
  const std::string_view bytes = signature.bytes;
  const std::uint64_t time = from_big_endian(bytes.substr(0, kTimeBytes));
  if (time >> 63U != 0) return std::nullopt;
  if (!verify_ed25519(cosigned_message(note.text, time), bytes.substr(kTimeBytes), by.key)) {
    return std::nullopt;
  }
  return Verified{by, time};
}

}  // namespace

bool valid_key_name(std::string_view name) {
  if (name.empty() || name.size() > 255 || !is_utf8(name)) return false;
  const bool ascii = std::none_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '+';
  });
  return ascii && std::none_of(std::begin(kSpaces), std::end(kSpaces), [&](std::string_view space) {
           return name.find(space) != std::string_view::npos;
         });
}

std::uint32_t key_id(std::string_view name, SignatureType type, const PublicKey& key) {
  std::string bytes(name);
  bytes += '\n';
  bytes += static_cast<char>(type);
  bytes.append(reinterpret_cast<const char*>(key.data()), key.size());
  const Hash hash = sha256(bytes);
  return static_cast<std::uint32_t>(from_big_endian(bytes_of(hash).substr(0, kIdBytes)));
}

std::string to_vkey(const Verifier& verifier) {
  std::string key(1, static_cast<char>(verifier.type));
  key.append(reinterpret_cast<const char*>(verifier.key.data()), verifier.key.size());
  return verifier.name + "+" + hex(big_endian(verifier.id(), kIdBytes)) + "+" + base64(key);
}

Result<Verifier> parse_vkey(std::string_view text) {
  const auto wrong = [](std::string what) {
    return fail(ErrorKind::format, std::move(what), "verifier key",
                "It looks like name+1a2b3c4d+BASE64; `assay key show` prints one");
  };
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return wrong("a verifier key has three parts");
  Verifier out;
  out.name = text.substr(0, first);
  if (!valid_key_name(out.name)) return wrong("its name is empty or has spaces");
  const auto id = from_hex(text.substr(first + 1, second - first - 1));
  const auto key = from_base64(text.substr(second + 1));
  if (!id || id->size() != kIdBytes) return wrong("its id is not 8 hex digits");
  if (!key || key->size() != 1 + kPublicBytes) return wrong("its key is not Base64 of 33 bytes");
  const auto type = static_cast<std::uint8_t>((*key)[0]);
  if (type != 0x01 && type != 0x04) return wrong("its signature type is not Ed25519");
  out.type = static_cast<SignatureType>(type);
  std::memcpy(out.key.data(), key->data() + 1, kPublicBytes);
  if (out.id() != from_big_endian(*id)) return wrong("its id is not that of its key");
  return out;
}

Result<Note> parse_note(std::string_view bytes) {
  if (bytes.size() > kMaxNoteBytes) return fail(ErrorKind::limit, "a signed note is over 1 MB");
  if (!is_utf8(bytes) || has_control(bytes)) return malformed("it is not plain UTF-8 text");
  const std::size_t gap = bytes.rfind("\n\n");
  if (gap == std::string_view::npos || gap == 0) return malformed("it has no signatures");
  Note out;
  out.text = bytes.substr(0, gap + 1);
  std::string_view rest = bytes.substr(gap + 2);
  if (rest.empty() || rest.back() != '\n') return malformed("its last line does not end");
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    ASSAY_TRY(NoteSignature signature, parse_signature(rest.substr(0, end)));
    out.signatures.push_back(std::move(signature));
    rest.remove_prefix(end + 1);
  }
  return out;
}

std::string to_text(const Note& note) {
  std::string out = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) {
    out += kDash;
    out +=
        signature.name + " " + base64(big_endian(signature.id, kIdBytes) + signature.bytes) + "\n";
  }
  return out;
}

Result<std::vector<Verified>> verify_note(const Note& note, std::span<const Verifier> known) {
  std::vector<Verified> out;
  for (const NoteSignature& signature : note.signatures) {
    const auto by = std::find_if(known.begin(), known.end(), [&](const Verifier& each) {
      return each.name == signature.name && each.id() == signature.id;
    });
    if (by == known.end()) continue;
    const auto holds = verified(note, signature, *by);
    if (!holds) return malformed("the signature of " + signature.name + " does not hold");
    out.push_back(*holds);
  }
  if (out.empty()) return malformed("no signature is by a known key");
  return out;
}

std::string cosigned_message(std::string_view text, std::uint64_t time) {
  return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

bool verify_ed25519(std::string_view message, std::string_view signature, const PublicKey& key) {
  if (signature.size() != kSignatureBytes) return false;
  return crypto_sign_ed25519_verify_detached(
             reinterpret_cast<const unsigned char*>(signature.data()),
             reinterpret_cast<const unsigned char*>(message.data()), message.size(),
             key.data()) == 0;
}

}  // namespace assay::audit
