// Trees and proofs against the published roots of RFC 6962's example tree, and against the
// recursive definitions written down once more.
#include "audit/merkle.h"

#include <gtest/gtest.h>

#include "base/encoding.h"

namespace assay::audit {
namespace {

Hash from_text(const char* text) {
  const auto bytes = from_hex(text);
  if (!bytes) throw std::runtime_error("no hex");
  return *hash_from(*bytes);
}

/// The example tree of Certificate Transparency's tests: its leaves and the roots of its
/// beginnings.
const std::vector<std::string> kInputs{"",
                                       "00",
                                       "10",
                                       "2021",
                                       "3031",
                                       "40414243",
                                       "5051525354555657",
                                       "606162636465666768696a6b6c6d6e6f"};
const std::vector<const char*> kRoots{
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

Hash plain_root(const std::vector<Hash>& leaves, std::size_t begin, std::size_t end) {
  if (end == begin) return empty_root();
  if (end - begin == 1) return leaves[begin];
  std::size_t half = 1;
  while (2 * half < end - begin) half *= 2;
  return node_hash(plain_root(leaves, begin, begin + half), plain_root(leaves, begin + half, end));
}

std::vector<Hash> leaves_of(std::size_t n) {
  std::vector<Hash> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(leaf_hash("leaf " + std::to_string(i)));
  return out;
}

NodeSource source(const std::vector<Hash>& leaves) {
  return [&leaves](int level, std::uint64_t index) -> Result<Hash> {
    const std::size_t width = std::size_t{1} << static_cast<unsigned>(level);
    if ((index + 1) * width > leaves.size()) return fail(ErrorKind::internal, "beyond the tree");
    return plain_root(leaves, index * width, (index + 1) * width);
  };
}

TEST(Merkle, PublishedRoots) {
  Frontier tree;
  EXPECT_EQ(tree.root(), from_text(kRoots[0]));
  for (std::size_t i = 0; i < kInputs.size(); ++i) {
    tree.append(leaf_hash(*from_hex(kInputs[i])));
    EXPECT_EQ(tree.root(), from_text(kRoots[i + 1])) << i + 1;
  }
}

TEST(Merkle, InclusionProofsOfAllTreesUpTo70) {
  for (std::size_t n = 1; n <= 70; ++n) {
    const std::vector<Hash> leaves = leaves_of(n);
    const Hash root = plain_root(leaves, 0, n);
    for (std::uint64_t i = 0; i < n; ++i) {
      auto proof = inclusion_proof(i, n, source(leaves));
      ASSERT_TRUE(proof);
      EXPECT_TRUE(verify_inclusion(leaves[i], i, n, *proof, root)) << i << " of " << n;
      // At each other place, with each hash changed, one less or one more.
      for (std::uint64_t other = 0; other < n; ++other) {
        if (other == i) continue;
        EXPECT_FALSE(verify_inclusion(leaves[i], other, n, *proof, root));
      }
      EXPECT_FALSE(verify_inclusion(leaf_hash("x"), i, n, *proof, root));
      for (Hash& hash : *proof) {
        hash[5] ^= 1;
        EXPECT_FALSE(verify_inclusion(leaves[i], i, n, *proof, root));
        hash[5] ^= 1;
      }
      proof->push_back(root);
      EXPECT_FALSE(verify_inclusion(leaves[i], i, n, *proof, root));
      proof->resize(proof->size() - 1);
      if (!proof->empty()) {
        proof->pop_back();
        EXPECT_FALSE(verify_inclusion(leaves[i], i, n, *proof, root));
      }
    }
    EXPECT_FALSE(inclusion_proof(n, n, source(leaves)));
    EXPECT_FALSE(verify_inclusion(leaves[0], n, n, {}, root));
  }
}

TEST(Merkle, ConsistencyProofsOfAllTreesUpTo70) {
  const std::vector<Hash> leaves = leaves_of(70);
  std::vector<Hash> roots;
  for (std::size_t n = 0; n <= 70; ++n) roots.push_back(plain_root(leaves, 0, n));
  for (std::uint64_t second = 0; second <= 70; ++second) {
    for (std::uint64_t first = 0; first <= second; ++first) {
      auto proof = consistency_proof(first, second, source(leaves));
      ASSERT_TRUE(proof);
      EXPECT_TRUE(verify_consistency(first, second, *proof, roots[first], roots[second]))
          << first << " in " << second;
      if (first == 0 || first == second) continue;
      EXPECT_FALSE(verify_consistency(first, second, *proof, roots[first - 1], roots[second]));
      EXPECT_FALSE(verify_consistency(first, second, *proof, roots[first], roots[second - 1]));
      for (Hash& hash : *proof) {
        hash[31] ^= 0x80;
        EXPECT_FALSE(verify_consistency(first, second, *proof, roots[first], roots[second]));
        hash[31] ^= 0x80;
      }
      proof->push_back(roots[1]);
      EXPECT_FALSE(verify_consistency(first, second, *proof, roots[first], roots[second]));
      proof->resize(proof->size() - 2);
      EXPECT_FALSE(verify_consistency(first, second, *proof, roots[first], roots[second]));
    }
  }
  EXPECT_FALSE(consistency_proof(5, 4, source(leaves)));
  EXPECT_FALSE(verify_consistency(5, 4, {}, roots[5], roots[4]));
  EXPECT_FALSE(verify_consistency(4, 4, {}, roots[4], roots[5]));
}

}  // namespace
}  // namespace assay::audit
