// The options of commands that write or read evidence (docs/evidence.md), and what they open.
// Thread-safety: one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "audit/keys.h"
#include "cli/command.h"
#include "evidence/recorder.h"

namespace assay::cli {

struct EvidenceOptions {
  std::string folder;  ///< "" = beside the store; "none" = no evidence is kept
  std::string key;     ///< "" = $ASSAY_KEY, or the log's
  std::string passphrase_file;
  std::string plan;
};
/// --evidence, --key, --passphrase-file; with `plan` also --plan.
void add_evidence_options(CLI::App& app, EvidenceOptions& options, bool plan);

/// The first line of a file, or $ASSAY_KEY_PASSPHRASE; nothing if neither is there. Errors: io.
Result<std::optional<std::string>> read_passphrase(const std::string& file);
evidence::Folder evidence_folder(const EvidenceOptions& options, const std::string& store);
/// The key that signs in that folder.
Result<audit::SigningKey> evidence_key(const EvidenceOptions& options,
                                       const evidence::Folder& folder);
/// Nothing where no evidence is kept.
Result<std::unique_ptr<evidence::Recorder>> open_recorder(const EvidenceOptions& options,
                                                          const std::string& store);

}  // namespace assay::cli
