// Transfer: of the prompts that broke model A, which share breaks model B? Only prompts that were
// put to both count, text for text; several prompts of one behaviour are a cluster.
//
// Legal call order: records of every model (transfer_records(artifact)) -> transfer_matrix.
// Thread-safety: pure functions; plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "attack/artifacts.h"
#include "stats/estimate.h"

namespace assay::attack {

struct TransferRecord {
  std::string prompt;  ///< what was sent, or a digest of it: equal where the prompts are
  std::string behaviour;
  std::string model;
  std::optional<bool> broken;  ///< none: no verdict
};

struct TransferCell {
  std::string from;
  std::string to;
  std::int64_t common = 0;  ///< prompts put to both
  std::int64_t broke = 0;   ///< of those, the ones that broke `from`
  stats::Estimate share;  ///< of `broke`, the share that broke `to`; unassessed: no verdict of `to`
  stats::Estimate others;  ///< the same of the common prompts that did not break `from`
};

/// Every ordered pair of models with common prompts, by name. A prompt that was put to a model
/// several times broke it if any of its answers did.
std::vector<TransferCell> transfer_matrix(std::span<const TransferRecord> records,
                                          double level = 0.95);

/// One record an attempt that has a prompt.
std::vector<TransferRecord> transfer_records(const Artifact& artifact);

using MethodRecords = std::map<std::string, std::vector<TransferRecord>>;  ///< by method

/// The matrix of each method by itself, by name; methods without common prompts are left out.
struct MethodTransfer {
  std::string method;
  std::vector<TransferCell> cells;
};
std::vector<MethodTransfer> transfer_by_method(const MethodRecords& methods, double level = 0.95);

Json to_json(std::span<const TransferCell> cells);

}  // namespace assay::attack
