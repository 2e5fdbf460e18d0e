#include "audit/receipt.h"

#include <charconv>

#include "base/encoding.h"

namespace assay::audit {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1\n";
constexpr std::size_t kMaxProof = 64;

tl::unexpected<Error> malformed(const char* what) {
  return fail(ErrorKind::format, what, "receipt");
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

}  // namespace

std::string receipt_text(std::uint64_t index, std::span<const Hash> proof,
                         std::string_view checkpoint) {
  std::string out(kFirstLine);
  out += "index " + std::to_string(index) + "\n";
  for (const Hash& hash : proof) out += base64(bytes_of(hash)) + "\n";
  out += "\n";
  out += checkpoint;
  return out;
}

Result<Receipt> open_receipt(std::string_view bytes, std::span<const Verifier> known) {
  if (bytes.size() > kMaxNoteBytes) return fail(ErrorKind::limit, "a receipt is over 1 MB");
  if (!bytes.starts_with(kFirstLine)) return malformed("it does not begin as a tlog-proof");
  bytes.remove_prefix(kFirstLine.size());
  constexpr std::string_view kExtra = "extra ";
  if (bytes.starts_with(kExtra)) {
    if (!from_base64(take_line(bytes).substr(kExtra.size()))) {
      return malformed("its extra data are not Base64");
    }
  }
  constexpr std::string_view kIndex = "index ";
  std::string_view line = take_line(bytes);
  Receipt out;
  if (!line.starts_with(kIndex)) return malformed("it has no index");
  line.remove_prefix(kIndex.size());
  const auto [end, problem] = std::from_chars(line.data(), line.data() + line.size(), out.index);
  if (problem != std::errc() || std::to_string(out.index) != line) {
    return malformed("its index is no number");
  }
  for (line = take_line(bytes); !line.empty(); line = take_line(bytes)) {
    const auto hash = from_base64(line);
    const auto node = hash ? hash_from(*hash) : std::nullopt;
    if (!node || out.proof.size() == kMaxProof) return malformed("its proof is malformed");
    out.proof.push_back(*node);
  }
  ASSAY_TRY(out.checkpoint, open_checkpoint(bytes, known));
  return out;
}

Result<Receipt> verify_receipt(std::string_view bytes, std::string_view entry,
                               std::span<const Verifier> known) {
  ASSAY_TRY(Receipt out, open_receipt(bytes, known));
  const Checkpoint& log = out.checkpoint.checkpoint;
  ASSAY_CHECK(verify_inclusion(leaf_hash(entry), out.index, log.size, out.proof, log.root));
  return out;
}

}  // namespace assay::audit
