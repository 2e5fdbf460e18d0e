#include "audit/merkle.h"

#include <bit>
#include <cstring>
#include <memory>
#include <openssl/evp.h>

namespace assay::audit {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// SHA-256 of `prefix` (0 or 1 byte) and two pieces.
Hash digest(std::string_view prefix, std::string_view first, std::string_view second = {}) {
  struct Context {
    std::unique_ptr<EVP_MD_CTX, FreeContext> handle{EVP_MD_CTX_new()};
    Context() { EVP_DigestInit_ex(handle.get(), EVP_sha256(), nullptr); }
  };
  thread_local const Context kept;
  EVP_MD_CTX* const context = kept.handle.get();
  EVP_DigestInit_ex(context, nullptr, nullptr);  // the same again, without looking it up
  if (!prefix.empty()) EVP_DigestUpdate(context, prefix.data(), prefix.size());
  EVP_DigestUpdate(context, first.data(), first.size());
  if (!second.empty()) EVP_DigestUpdate(context, second.data(), second.size());
  Hash out{};
  EVP_DigestFinal_ex(context, out.data(), nullptr);
  return out;
}

constexpr std::string_view kLeaf("\x00", 1);
constexpr std::string_view kNode("\x01", 1);

/// The largest power of two below n; n > 1.
std::uint64_t split(std::uint64_t n) { return std::bit_floor(n - 1); }

tl::unexpected<Error> not_proven(const char* what) { return fail(ErrorKind::format, what, "", ""); }

/// Nodes of the right edge that a proof of [begin, end) beside a part of it needs.
Status path(std::uint64_t index, std::uint64_t begin, std::uint64_t end, const NodeSource& nodes,
            std::vector<Hash>& out) {
  if (end - begin <= 1) return {};
  const std::uint64_t middle = begin + split(end - begin);
  const bool left = index < middle;
  ASSAY_CHECK(left ? path(index, begin, middle, nodes, out) : path(index, middle, end, nodes, out));
  ASSAY_TRY(const Hash sibling,
            left ? subtree_root(middle, end, nodes) : subtree_root(begin, middle, nodes));
  out.push_back(sibling);
  return {};
}

/// SUBPROOF of RFC 9162, section 2.1.4.1, for D[begin:end] and its first leaves up to `first`.
Status subproof(std::uint64_t first, std::uint64_t begin, std::uint64_t end, bool known,
                const NodeSource& nodes, std::vector<Hash>& out) {
  if (first == end) {
    if (known) return {};
    ASSAY_TRY(const Hash root, subtree_root(begin, end, nodes));
    out.push_back(root);
    return {};
  }
  const std::uint64_t middle = begin + split(end - begin);
  if (first <= middle) {
    ASSAY_CHECK(subproof(first, begin, middle, known, nodes, out));
    ASSAY_TRY(const Hash right, subtree_root(middle, end, nodes));
    out.push_back(right);
    return {};
  }
  ASSAY_CHECK(subproof(first, middle, end, false, nodes, out));
  ASSAY_TRY(const Hash left, subtree_root(begin, middle, nodes));
  out.push_back(left);
  return {};
}

}  // namespace

std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

std::optional<Hash> hash_from(std::string_view bytes) {
  Hash out{};
  if (bytes.size() != out.size()) return std::nullopt;
  std::memcpy(out.data(), bytes.data(), out.size());
  return out;
}

Hash sha256(std::string_view bytes) { return digest({}, bytes); }
Hash empty_root() { return digest({}, {}); }
Hash leaf_hash(std::string_view entry) { return digest(kLeaf, entry); }
Hash node_hash(const Hash& left, const Hash& right) {
  return digest(kNode, bytes_of(left), bytes_of(right));
}

Result<Frontier> Frontier::from(std::uint64_t size, std::vector<Hash> nodes) {
  if (nodes.size() != static_cast<std::size_t>(std::popcount(size))) {
    return fail(ErrorKind::internal, "a tree's right edge has another number of nodes");
  }
  Frontier out;
  out.size_ = size;
  out.nodes_ = std::move(nodes);
  return out;
}

Hash Frontier::root() const {
  if (nodes_.empty()) return empty_root();
  Hash out = nodes_.back();
  for (std::size_t i = nodes_.size() - 1; i > 0; --i) out = node_hash(nodes_[i - 1], out);
  return out;
}

Result<Hash> subtree_root(std::uint64_t begin, std::uint64_t end, const NodeSource& nodes) {
  const std::uint64_t count = end - begin;
  if (count == 0) return empty_root();
  if (std::has_single_bit(count)) {
    const int level = std::countr_zero(count);
    return nodes(level, begin >> static_cast<unsigned>(level));
  }
  const std::uint64_t middle = begin + split(count);
  ASSAY_TRY(const Hash left, subtree_root(begin, middle, nodes));
  ASSAY_TRY(const Hash right, subtree_root(middle, end, nodes));
  return node_hash(left, right);
}

Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                          const NodeSource& nodes) {
  if (index >= size) {
    return fail(ErrorKind::usage,
                "entry " + std::to_string(index) + " is not in a log of " + std::to_string(size),
                "", "Entries are counted from 0");
  }
  std::vector<Hash> out;
  ASSAY_CHECK(path(index, 0, size, nodes, out));
  return out;
}

Result<std::vector<Hash>> consistency_proof(std::uint64_t first, std::uint64_t second,
                                            const NodeSource& nodes) {
  if (first > second) {
    return fail(ErrorKind::usage, "a log of " + std::to_string(second) +
                                      " entries does not begin with one of " +
                                      std::to_string(first));
  }
  std::vector<Hash> out;
  if (first > 0 && first < second) ASSAY_CHECK(subproof(first, 0, second, true, nodes, out));
  return out;
}

Status verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                        std::span<const Hash> proof, const Hash& root) {
  if (index >= size) return fail(ErrorKind::usage, "the entry lies beyond the log's size");
  std::uint64_t place = index;
  std::uint64_t last = size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (last == 0) return not_proven("the proof of inclusion is too long");
    if ((place & 1U) != 0 || place == last) {
      hash = node_hash(sibling, hash);
      while ((place & 1U) == 0 && place != 0) {
        place >>= 1U;
        last >>= 1U;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    place >>= 1U;
    last >>= 1U;
  }
  if (last != 0) return not_proven("the proof of inclusion is too short");
  if (hash != root) return not_proven("the proof of inclusion leads to another root");
  return {};
}

Status verify_consistency(std::uint64_t first, std::uint64_t second, std::span<const Hash> proof,
                          const Hash& first_root, const Hash& second_root) {
  if (first > second) return fail(ErrorKind::usage, "the log has become smaller");
  if (first == second || first == 0) {
    if (!proof.empty()) return not_proven("the proof of consistency is too long");
    if (first == second && first_root != second_root) {
      return not_proven("two logs of one size have different roots");
    }
    if (first == 0 && first_root != empty_root()) {
      return not_proven("an empty log has another root");
    }
    return {};
  }
  if (proof.empty()) return not_proven("the proof of consistency is empty");
  const bool whole = std::has_single_bit(first);
  Hash old_root = whole ? first_root : proof.front();
  Hash new_root = old_root;
  std::uint64_t place = first - 1;
  std::uint64_t last = second - 1;
  while ((place & 1U) != 0) {
    place >>= 1U;
    last >>= 1U;
  }
  for (const Hash& node : proof.subspan(whole ? 0 : 1)) {
    if (last == 0) return not_proven("the proof of consistency is too long");
    if ((place & 1U) != 0 || place == last) {
      old_root = node_hash(node, old_root);
      new_root = node_hash(node, new_root);
      while ((place & 1U) == 0 && place != 0) {
        place >>= 1U;
        last >>= 1U;
      }
    } else {
      new_root = node_hash(new_root, node);
    }
    place >>= 1U;
    last >>= 1U;
  }
  if (last != 0) return not_proven("the proof of consistency is too short");
  if (old_root != first_root) return not_proven("the proof does not begin with the smaller log");
  if (new_root != second_root) return not_proven("the proof does not lead to the larger log");
  return {};
}

}  // namespace assay::audit
