// Checkpoints of the evidence log that others have cosigned (c2sp.org/tlog-cosignature): somebody
// else saw the log when it had so many entries, so that it can't be begun anew. They lie in
// witnessed/ of the evidence folder, a file each, named SIZE-KEYID.
// Thread-safety: pure functions of the file system.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/checkpoint.h"
#include "audit/log_reader.h"
#include "evidence/folder.h"

namespace assay::evidence {

/// Checks that the note is of this log as it is now or was before, and cosigned by `witness`, and
/// keeps it. The file's name. Errors: format, io.
Result<std::string> keep_cosigned(const Folder& folder, audit::LogReader& log,
                                  std::string_view note, const audit::Verifier& log_key,
                                  const audit::Verifier& witness);

/// The notes that are kept, by size. Error: io.
Result<std::vector<std::pair<std::string, std::string>>> cosigned_notes(const Folder& folder);

}  // namespace assay::evidence
