#include "evidence/witnessed.h"

#include <algorithm>

#include "audit/disk.h"
#include "base/encoding.h"
#include "base/files.h"

namespace assay::evidence {

Result<std::string> keep_cosigned(const Folder& folder, audit::LogReader& log,
                                  std::string_view note, const audit::Verifier& log_key,
                                  const audit::Verifier& witness) {
  const audit::Verifier known[] = {log_key, witness};
  ASSAY_TRY(const audit::SignedCheckpoint seen, audit::open_checkpoint(note, known));
  const bool cosigned = std::any_of(
      seen.signatures.begin(), seen.signatures.end(),
      [&](const audit::Verified& each) { return each.by == witness && each.time.has_value(); });
  if (!cosigned) {
    return fail(ErrorKind::format, witness.name + " has not cosigned this checkpoint", "",
                "The verifier key of a witness is what `assay key export NAME --format cosigner` "
                "prints");
  }
  if (seen.checkpoint.origin != log.checkpoint().origin || seen.checkpoint.size > log.size()) {
    return fail(ErrorKind::format, "this is no checkpoint of the log here", log.place());
  }
  ASSAY_TRY(const audit::Hash root, log.root_at(seen.checkpoint.size));
  if (root != seen.checkpoint.root) {
    return fail(ErrorKind::format, "the log does not begin as the witness saw it", log.place(),
                "One of the two was changed");
  }
  const std::uint32_t id = witness.id();
  std::string bytes(4, '\0');
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<char>(id >> (8 * (3 - i)) & 0xFFU);
  const std::string name = std::to_string(seen.checkpoint.size) + "-" + hex(bytes);
  const auto disk = audit::open_disk(folder.witnessed());
  const std::string aside = name + ".new";
  ASSAY_CHECK(disk->write(aside, note));
  ASSAY_CHECK(disk->sync(std::span(&aside, 1)));
  ASSAY_CHECK(disk->rename(aside, name));
  ASSAY_CHECK(disk->sync(std::span(&name, 1)));
  return name;
}

Result<std::vector<std::pair<std::string, std::string>>> cosigned_notes(const Folder& folder) {
  const auto disk = audit::open_disk(folder.witnessed());
  ASSAY_TRY(const std::vector<std::string> names, disk->list());
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string& name : names) {
    if (name.ends_with(".new")) continue;
    ASSAY_TRY(auto note, disk->read(name, static_cast<std::int64_t>(audit::kMaxNoteBytes)));
    if (note) out.emplace_back(name, std::move(*note));
  }
  return out;
}

}  // namespace assay::evidence
