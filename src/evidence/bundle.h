// Bundles: a run with all its evidence in one zip file, for one who has nothing else
// (docs/evidence.md has the layout). The same run, keys and version give the same bytes, but for
// what is sealed.
//
// Thread-safety: one thread per store and folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "audit/keys.h"
#include "eval/registry.h"
#include "evidence/folder.h"
#include "evidence/zip.h"
#include "store/store.h"

namespace assay::evidence {

inline constexpr const char* kBundleSchema = "assay.bundle/1";

// Names in a bundle.
inline constexpr const char* kManifest = "bundle.json";
inline constexpr const char* kManifestNote = "bundle.note";
inline constexpr const char* kKeysFile = "keys.txt";
inline constexpr const char* kRunFile = "run.json";
inline constexpr const char* kOutcomesFile = "outcomes.jsonl";
inline constexpr const char* kReportFile = "report.json";
inline constexpr const char* kSealsFile = "sealed.json";
inline constexpr const char* kReceiptFile = "run.tlog-proof";
inline constexpr const char* kLogCheckpoint = "log/checkpoint";
inline constexpr const char* kLogEntries = "log/entries";
inline constexpr const char* kWitnessedFolder = "log/witnessed/";
inline constexpr const char* kRunCheckpoint = "run/checkpoint";
inline constexpr const char* kRunEntries = "run/entries";
/// "records/TASK.LANG.jsonl", and with ".sealed" what only named readers can open.
std::string records_file(const std::string& task, const std::string& lang);
inline constexpr const char* kSealedSuffix = ".sealed";

struct BundleOptions {
  /// Readers of what is sealed; none: nothing is.
  std::vector<audit::Verifier> seal_to;
  /// Tasks to seal; empty: those that are sensitive (TaskInfo::sensitive).
  std::vector<std::string> seal_tasks;
};

struct BundleMade {
  std::string manifest;  ///< digest of bundle.json, "sha256:..."
  std::uint64_t samples = 0;
  std::uint64_t sealed = 0;  ///< among them
  std::uint64_t bytes = 0;   ///< of the zip file
};

/// Bundles a finished run whose evidence is in `folder`: completes its log (a report of this
/// version of Assay may be new), writes the bundle, and notes it in the evidence log. Errors: usage
/// (the run is not finished, or has no evidence), io, busy, format (a damaged log).
Result<BundleMade> make_bundle(store::Store& store, const eval::Registry& registry,
                               const Folder& folder, const audit::SigningKey& key,
                               const std::string& run, const std::filesystem::path& out,
                               const BundleOptions& options);

/// What the note beside the manifest says: three lines.
std::string manifest_text(const std::string& run, const std::string& manifest);

/// Takes a sealed file apart for one of its readers. Errors: format, not_found (not sealed to it).
Result<std::string> open_sealed(const Files& bundle, const std::string& name,
                                const audit::SigningKey& reader);

}  // namespace assay::evidence
