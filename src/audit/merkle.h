// Merkle trees of RFC 6962, section 2.1 (RFC 9162, section 2.1): the hash of the empty tree is
// SHA-256(""), of a leaf SHA-256(0x00 || entry), of a node SHA-256(0x01 || left || right); a tree
// of n > 1 leaves is split at the largest power of two below n. SHA-256 by OpenSSL's libcrypto,
// which uses the processor's instructions for it.
//
// A node is named by (level, index): the root of the full subtree over the leaves
// [index * 2^level, (index + 1) * 2^level). Whoever can give such nodes (NodeSource) gets proofs.
//
// Thread-safety: pure functions; a Frontier belongs to one thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::audit {

inline constexpr std::size_t kHashBytes = 32;
using Hash = std::array<std::uint8_t, kHashBytes>;

std::string_view bytes_of(const Hash& hash);
/// Nothing unless there are exactly 32 bytes.
std::optional<Hash> hash_from(std::string_view bytes);
/// SHA-256 of any bytes.
Hash sha256(std::string_view bytes);

Hash empty_root();
Hash leaf_hash(std::string_view entry);
Hash node_hash(const Hash& left, const Hash& right);

/// The right edge of a growing tree: the roots of its largest full subtrees, at most 64.
class Frontier {
 public:
  Frontier() = default;
  /// `nodes`: the roots, from left to right, as nodes() gives them; as many as `size` has bits set.
  static Result<Frontier> from(std::uint64_t size, std::vector<Hash> nodes);
  void append(const Hash& leaf) {
    append(leaf, [](int, const Hash&) {});
  }
  /// `made(level, hash)` is called for the leaf and for each full subtree that it completes.
  template <class Made>
  void append(const Hash& leaf, const Made& made) {
    Hash node = leaf;
    int level = 0;
    made(level, node);
    for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1U) {
      node = node_hash(nodes_.back(), node);
      nodes_.pop_back();
      made(++level, node);
    }
    nodes_.push_back(node);
    ++size_;
  }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Hash root() const;
  [[nodiscard]] const std::vector<Hash>& nodes() const { return nodes_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> nodes_;
};

/// The hash of a full subtree. Errors are those of whoever keeps them.
using NodeSource = std::function<Result<Hash>(int level, std::uint64_t index)>;

/// MTH(D[begin:end]); `begin` must be a multiple of the smallest power of two >= end - begin.
Result<Hash> subtree_root(std::uint64_t begin, std::uint64_t end, const NodeSource& nodes);
/// PATH(index, D[0:size]), from the leaf's sibling up. Error: usage, unless index < size.
Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                          const NodeSource& nodes);
/// PROOF(first, D[0:second]); empty if first is 0 or second. Error: usage, unless first <= second.
Result<std::vector<Hash>> consistency_proof(std::uint64_t first, std::uint64_t second,
                                            const NodeSource& nodes);

/// RFC 9162, section 2.1.3.2: is `leaf` the leaf at `index` of the tree with this root? Errors:
/// usage (index >= size), format (the proof does not lead to the root, or has another length).
Status verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                        std::span<const Hash> proof, const Hash& root);
/// RFC 9162, section 2.1.4.2: does the second tree begin with the first? Errors: as above.
Status verify_consistency(std::uint64_t first, std::uint64_t second, std::span<const Hash> proof,
                          const Hash& first_root, const Hash& second_root);

}  // namespace assay::audit
