#include "audit/checkpoint.h"

#include <algorithm>
#include <charconv>

#include "base/encoding.h"

namespace assay::audit {
namespace {

tl::unexpected<Error> malformed(std::string what) {
  return fail(ErrorKind::format, std::move(what), "checkpoint");
}

/// Takes a line off the front; nothing if there is none.
std::optional<std::string_view> next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::string to_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         base64(bytes_of(checkpoint.root)) + "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  const auto origin = next_line(text);
  const auto size = next_line(text);
  const auto root = next_line(text);
  if (!root || origin->empty()) return malformed("it has not three lines");
  Checkpoint out;
  out.origin = *origin;
  const char* const end = size->data() + size->size();
  const auto [read, problem] = std::from_chars(size->data(), end, out.size);
  if (problem != std::errc() || read != end || std::to_string(out.size) != *size) {
    return malformed("its second line is no size");
  }
  const auto bytes = from_base64(*root);
  const auto hash = bytes ? hash_from(*bytes) : std::nullopt;
  if (!hash) return malformed("its third line is no root hash");
  out.root = *hash;
  while (!text.empty()) {
    const auto line = next_line(text);
    if (!line || line->empty()) return malformed("it has an empty line");
  }
  return out;
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  Note note;
  note.text = to_text(checkpoint);
  const Verifier by = key.verifier();
  note.signatures.push_back({by.name, by.id(), key.sign(note.text)});
  return to_text(note);
}

Result<SignedCheckpoint> open_checkpoint(std::string_view bytes, std::span<const Verifier> known) {
  ASSAY_TRY(const Note note, parse_note(bytes));
  SignedCheckpoint out;
  ASSAY_TRY(out.checkpoint, parse_checkpoint(note.text));
  ASSAY_TRY(out.signatures, verify_note(note, known));
  const bool by_log =
      std::any_of(out.signatures.begin(), out.signatures.end(), [&](const Verified& signature) {
        return signature.by.name == out.checkpoint.origin && !signature.time.has_value();
      });
  if (!by_log) return malformed("it is not signed by a known key of " + out.checkpoint.origin);
  out.bytes = bytes;
  return out;
}

Result<std::string> cosign(std::string_view checkpoint, const SigningKey& witness,
                           std::uint64_t time) {
  ASSAY_TRY(Note note, parse_note(checkpoint));
  ASSAY_CHECK(parse_checkpoint(note.text));
  const Verifier by = witness.verifier(SignatureType::cosignature);
  std::erase_if(note.signatures, [&](const NoteSignature& each) {
    return each.name == by.name && each.id == by.id();
  });
  std::string bytes(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<char>(time >> (8 * (7 - i)) & 0xFFU);
  }
  bytes += witness.sign(cosigned_message(note.text, time));
  note.signatures.push_back({by.name, by.id(), std::move(bytes)});
  return to_text(note);
}

}  // namespace assay::audit
