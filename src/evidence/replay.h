// Replay: a random share of a bundle's answers asked of the model again, and how many come out the
// same. That figures follow from samples says nothing of whether the samples are the model's; this
// does. Thread-safety: one thread per model.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "evidence/entries.h"
#include "evidence/verify.h"
#include "model/model.h"
#include "stats/estimate.h"

namespace assay::evidence {

struct ReplayOptions {
  double share = 0.1;      ///< of the answers, in (0, 1]; at least one
  std::uint64_t seed = 0;  ///< of the draw: the auditor's, so that the share can't be foreseen
  const audit::SigningKey* reader = nullptr;
  const CancelToken* cancel = nullptr;
  std::function<void(std::int64_t done, std::int64_t all)> progress;
};

/// An answer that came out otherwise.
struct Differing {
  SampleName name;
  std::string verdict_then, verdict_now;
  std::string answer_then, answer_now;
};

struct Replay {
  std::string run, model;
  bool same_model = false;   ///< by the digest of its weights and template
  std::int64_t drawn = 0;    ///< answers that were to be asked again
  std::int64_t asked = 0;    ///< that came to an end
  std::int64_t skipped = 0;  ///< that need a judge, or a task that is not known here
  stats::Estimate verdicts;  ///< share with the same verdict, two-sided
  stats::Estimate answers;   ///< share with the same answer, byte for byte
  std::vector<Differing> differing;
};

/// Asks drawn answers again as the run did, with its seeds. Errors: format (so much of the bundle
/// is missing that nothing can be asked), cancelled.
Result<Replay> replay(const Files& files, const eval::Registry& registry, model::Model& model,
                      const ReplayOptions& options);

Json to_json(const Replay& replay);

}  // namespace assay::evidence
