// Verifying a bundle, without network and without trust in whoever made it (docs/evidence.md):
//
//  1. every file is the one of the manifest, and the manifest is signed;
//  2. the entries of both logs lead to their signed checkpoints, and the evidence log knew of the
//  run
//     before its first answer;
//  3. every record is the one whose digest was logged, and every logged sample is there;
//  4. every outcome, estimate, claim and report is the logged one;
//  5. every figure follows from the samples: it is computed again;
//  6. verdicts follow from the answers, and items from the seed, where that can be done here;
//  7. the report and its pages are what this version of Assay makes of the run.
//
// What does not hold is a fault. What can't be checked here is said, and is no fault. What a reader
// should know beside (other runs of the model that were not reported, what was done otherwise than
// planned) is a remark.
//
// Thread-safety: pure function of its arguments; writes a store in a temporary folder.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audit/keys.h"
#include "base/cancel.h"
#include "eval/registry.h"
#include "evidence/bundle.h"
#include "evidence/plans.h"

namespace assay::evidence {

struct Finding {
  enum class Kind { fault, unchecked, remark } kind = Kind::fault;
  std::string check;  ///< "files", "signatures", "logs", "records", "figures", "scores", "items",
                      ///< "report", "runs"
  std::string where;  ///< file, sample, figure; may be empty
  std::string what;
};
const char* to_string(Finding::Kind kind);

struct VerifyOptions {
  /// Keys that are trusted. Empty: those in the bundle, on its own word (which is a remark).
  std::vector<audit::Verifier> trusted;
  /// Witnesses that are known: what they saw, and when, is remarked.
  std::vector<audit::Verifier> witnesses;
  /// Opens what is sealed to it.
  const audit::SigningKey* reader = nullptr;
  const CancelToken* cancel = nullptr;
};

struct Verification {
  std::string run, model, origin;
  std::vector<Finding> findings;
  std::int64_t samples = 0, sealed = 0;
  std::int64_t figures = 0, recomputed = 0;
  std::int64_t verdicts = 0, rescored = 0;
  std::int64_t items = 0, regenerated = 0;
  History history;
  [[nodiscard]] bool holds() const;
};

/// The tasks that a run's figures are made with, by its plan.
using RegistryOf = std::function<Result<eval::Registry>(const Json& config)>;

/// Errors: those of read_zip() and of `registry`; cancelled. Everything else that is wrong is a
/// finding.
Result<Verification> verify_bundle(const std::filesystem::path& file, const RegistryOf& registry,
                                   const VerifyOptions& options);
Result<Verification> verify_files(const Files& files, const eval::Registry& registry,
                                  const VerifyOptions& options);

Json to_json(const Verification& verification);

}  // namespace assay::evidence
