// The order in which scoring requests are computed so that shared prefixes are computed once.
// Requests sorted by their tokens are the leaves of the prefix tree in depth-first order: a request
// needs only the tokens after the longest common prefix with its predecessor, and what lies in
// between two neighbours is on the path of both. So the tree needs no nodes of its own: a token at
// position p belongs to the request that first brought it ("owner"), and a prediction read by many
// requests is read once, at the owner.
// Legal call order: construct, then read. Thread-safety: immutable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::model::local {

/// tokens[0 .. n): what the model is fed; targets[t] is predicted at position first_read + t, and
/// the last target is never fed: n = first_read + targets.size().
struct ScoreItem {
  std::vector<std::int32_t> tokens;
  std::size_t first_read = 0;
  std::vector<std::int32_t> targets;
  bool moments = false;  ///< mean and sd over the vocabulary are wanted too
};

/// "Request `item` wants to know, at `position` of the path of its owner, its target `target`."
struct Read {
  std::size_t owner = 0;  ///< place in order()
  std::size_t position = 0;
  std::size_t item = 0;  ///< index into the items
  std::size_t target = 0;
};

/// Some neighbours in order() that are computed together.
struct Window {
  std::size_t begin = 0;  ///< places in order(), [begin, end)
  std::size_t end = 0;
  std::size_t kept = 0;  ///< tokens of the first one's path that are in memory already
};

class PrefixPlan {
 public:
  /// share = false: every request by itself, nothing shared (for recurrent models).
  PrefixPlan(std::span<const ScoreItem> items, bool share);
  [[nodiscard]] const std::vector<std::size_t>& order() const { return order_; }
  /// shared(k): tokens that order()[k] has in common with order()[k - 1]; shared(0) = 0.
  [[nodiscard]] std::size_t shared(std::size_t place) const { return shared_[place]; }
  [[nodiscard]] std::span<const Read> reads(std::size_t owner) const;
  /// The next window: at least one request; further ones while they fill the last batch of `batch`
  /// tokens, need at most `leaves` sequences, and fit with the kept path into `cells` tokens.
  [[nodiscard]] Window window(std::size_t begin, std::size_t batch, std::size_t leaves,
                              std::size_t cells) const;
  /// Whether the next request goes on where this one ends, so that it needs no sequence of its own.
  [[nodiscard]] bool is_prefix_of_next(std::size_t place) const;
  [[nodiscard]] std::size_t new_tokens(std::size_t place) const;
  [[nodiscard]] std::size_t tree_tokens() const;

 private:
  void order_by_tokens();
  void find_reads();

  std::span<const ScoreItem> items_;
  bool share_;
  std::vector<std::size_t> order_;
  std::vector<std::size_t> shared_;
  std::vector<Read> reads_;              // by owner, then position
  std::vector<std::size_t> first_read_;  // [order + 1] into reads_
};

}  // namespace assay::model::local
