// The evidence folder: the evidence log, the logs of the runs and their salts, and payloads by
// their digest (docs/evidence.md). Thread-safety: pure functions of the file system.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/keys.h"
#include "audit/log_reader.h"
#include "base/result.h"

namespace assay::evidence {

/// $ASSAY_EVIDENCE; else beside the store's file (runs.db -> runs.evidence); else, for a store on a
/// server, user_data_dir()/evidence.
std::filesystem::path default_folder(const std::string& store);

struct Folder {
  std::filesystem::path root;
  [[nodiscard]] std::filesystem::path log() const { return root / "log"; }
  [[nodiscard]] std::filesystem::path run(const std::string& id) const {
    return root / "runs" / id;
  }
  [[nodiscard]] std::filesystem::path run_log(const std::string& id) const {
    return run(id) / "log";
  }
  [[nodiscard]] std::filesystem::path witnessed() const { return root / "witnessed"; }
  [[nodiscard]] std::filesystem::path run_salt(const std::string& id) const {
    return run(id) / "salt";
  }
};

/// The name that a run's own log has: ORIGIN/runs/ID.
std::string run_origin(std::string_view origin, const std::string& run);

/// The origin that the log in a folder has; nothing if there is no log. Errors: io, format.
Result<std::optional<std::string>> origin_of(const std::filesystem::path& log);

/// The key that signs here: `name` if it is given, else the one of the log that is there, else the
/// only key in `keys`, else one that is made for it (own.key). `passphrase` is asked for only if
/// the key needs one. Errors: usage (several keys, and no log says which), not_found, io.
Result<audit::SigningKey> key_for(const Folder& folder, const std::filesystem::path& keys,
                                  const std::string& name,
                                  const std::optional<std::string>& passphrase);

/// The run's secret salt of 32 bytes; made, mode 0600, if `make` and it is not there. Errors: io,
/// not_found, format.
Result<std::string> run_salt(const Folder& folder, const std::string& run, bool make);

}  // namespace assay::evidence
