// Attacks that a store holds (`assay attack`, or `assess --profile full`), as trials on one axis of
// cost and as the prompts that they put to the model: what effort.h and transfer.h take.
//
// Legal call order: recorded_attacks(store, run, axis) of each run -> name_apart(all) -> effort.h.
// Thread-safety: as store::Store.
#pragma once

#include <string>
#include <vector>

#include "attack/attack_figures.h"
#include "attack/effort.h"
#include "attack/transfer.h"
#include "store/store.h"

namespace assay::attack {

/// One attack of one run in one language.
struct RecordedAttack {
  std::string run;  ///< its id
  EffortTrials trials;
  std::vector<TransferRecord> prompts;
};

/// Every attack of a run. `run`: an id, its beginning, or "latest". A trial's behaviour is the
/// behaviour's id and a digest of what it is, so that runs pair only what was the same for both.
/// The budget is what the run's own limits allow on that axis, or the most that was spent.
/// Languages other than English are told by the method's name ("pair (zh)").
/// Errors: not_found; usage, where the run has no attacks, or the cost on that axis is not known.
Result<std::vector<RecordedAttack>> recorded_attacks(store::Store& store, const std::string& run,
                                                     Axis axis);

/// Prompts that broke the model of a run, by identity() of the behaviour. Errors: as above.
Status add_found(store::Store& store, const std::string& run, Means& means);
/// Of an artifact, by its goal: those that its judge calls jailbroken.
void add_found(const Artifact& artifact, Means& means);

/// Runs of models of the same name (another system prompt, a defence, other weights) are told apart
/// by the run's id in the model's name.
void name_apart(std::vector<RecordedAttack>& attacks);

}  // namespace assay::attack
