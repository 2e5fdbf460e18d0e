// Who does what of a run that several ranks share. A task's samples are cut into blocks in the
// order in which they are asked; a block is asked by one rank, in calls of its own. For a model
// whose answers depend in their last digits on what is computed beside them (the local engine), a
// block is what one process alone would put into one call: so all answers are the same.
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "eval/sample.h"

namespace assay::eval {

/// Samples [begin, end).
struct Block {
  std::size_t begin = 0, end = 0;
};
/// Whole clusters, as many as give at least `answers` answers; the last may be smaller.
std::vector<Block> blocks_of(const std::vector<Sample>& samples, int epochs, std::size_t answers);

/// A task in a language as it is shared out.
struct Portion {
  std::string key;           ///< "task/lang"
  std::size_t answers = 0;   ///< of a block, see blocks_of
  std::string items;         ///< digest of the samples' ids
  std::vector<double> work;  ///< of each block, what is not done yet
  std::vector<int> ranks;    ///< who does each block
  bool first = false;        ///< all wait for it before they go on
};

/// Gives each block to a rank so that all have about the same work: the largest block first, to the
/// rank that has least so far (longest processing time first: Graham 1969, SIAM J. Appl. Math.
/// 17:416, at most 4/3 of the best). What all wait for is shared out by itself.
void share_out(std::vector<Portion>& portions, int ranks);

std::string digest_of_ids(const std::vector<Sample>& samples);

/// As rank 0 announces it, and back; `work` and `first` are not kept.
Json to_json(const std::vector<Portion>& portions);
Result<std::vector<Portion>> portions_from_json(const Json& json);

}  // namespace assay::eval
