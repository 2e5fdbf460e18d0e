#include "cli/evidence_options.h"

#include <cstdlib>

#include "base/files.h"

namespace assay::cli {
namespace {

constexpr std::int64_t kMaxPassphrase = 64 * 1024;

}  // namespace

void add_evidence_options(CLI::App& app, EvidenceOptions& options, bool plan) {
  app.add_option("--evidence", options.folder,
                 "Folder of the evidence log (beside the store), or none");
  app.add_option("--key", options.key, "The key that signs it; `assay key` lists them");
  app.add_option("--passphrase-file", options.passphrase_file,
                 "Where the key's passphrase is ($ASSAY_KEY_PASSPHRASE)");
  if (plan) {
    app.add_option("--plan", options.plan,
                   "The plan that this run carries out; `assay plan --commit` prints its id");
  }
}

Result<std::optional<std::string>> read_passphrase(const std::string& file) {
  if (file.empty()) {
    const char* given = std::getenv("ASSAY_KEY_PASSPHRASE");
    return given == nullptr ? std::nullopt : std::optional<std::string>(given);
  }
  ASSAY_TRY(std::string text, read_file(file, kMaxPassphrase));
  text.resize(std::min(text.find_first_of("\r\n"), text.size()));
  return std::optional(std::move(text));
}

evidence::Folder evidence_folder(const EvidenceOptions& options, const std::string& store) {
  if (!options.folder.empty()) return {options.folder};
  return {evidence::default_folder(store)};
}

Result<audit::SigningKey> evidence_key(const EvidenceOptions& options,
                                       const evidence::Folder& folder) {
  ASSAY_TRY(const auto passphrase, read_passphrase(options.passphrase_file));
  std::string name = options.key;
  if (const char* given = std::getenv("ASSAY_KEY"); name.empty() && given != nullptr) name = given;
  return evidence::key_for(folder, audit::default_key_folder(), name, passphrase);
}

Result<std::unique_ptr<evidence::Recorder>> open_recorder(const EvidenceOptions& options,
                                                          const std::string& store) {
  if (options.folder == "none") {
    if (options.plan.empty()) return nullptr;
    return fail(ErrorKind::usage, "a plan is kept in the evidence log", "--evidence none",
                "Leave one of the two out");
  }
  const evidence::Folder folder = evidence_folder(options, store);
  ASSAY_TRY(audit::SigningKey key, evidence_key(options, folder));
  return evidence::Recorder::open(folder, std::move(key), options.plan);
}

}  // namespace assay::cli
