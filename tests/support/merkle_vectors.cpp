// merkle_vectors FOLDER: runs the test vectors of transparency-dev/merkle (its folder testdata)
// through our verification of proofs, and says how many agree.
#include <cstdio>
#include <filesystem>

#include "audit/merkle.h"
#include "base/encoding.h"
#include "base/files.h"
#include "base/json.h"

namespace {

using assay::Json;
using assay::audit::Hash;

/// Nothing where it is no hash of 32 bytes: then no proof can hold.
std::optional<Hash> hash_of(const Json& json) {
  if (!json.is_string()) return std::nullopt;
  const auto bytes = assay::from_base64(json.get<std::string>());
  return bytes ? assay::audit::hash_from(*bytes) : std::nullopt;
}

/// One vector has words in place of equal roots, and holds by that alone: a root of ours is a hash.
bool words_for_roots(const Json& vector) {
  return !vector.value("wantErr", false) && vector.contains("root1") && !hash_of(vector["root1"]);
}

bool holds(const Json& vector) {
  std::vector<Hash> proof;
  const Json list = vector.value("proof", Json());
  for (const Json& each : list) {
    const auto hash = hash_of(each);
    if (!hash) return false;
    proof.push_back(*hash);
  }
  if (vector.contains("leafIdx")) {
    const auto root = hash_of(vector["root"]);
    const auto leaf = hash_of(vector["leafHash"]);
    return root && leaf &&
           assay::audit::verify_inclusion(*leaf, vector["leafIdx"].get<std::uint64_t>(),
                                          vector["treeSize"].get<std::uint64_t>(), proof, *root)
               .has_value();
  }
  const auto first = hash_of(vector["root1"]);
  const auto second = hash_of(vector["root2"]);
  return first && second &&
         assay::audit::verify_consistency(vector["size1"].get<std::uint64_t>(),
                                          vector["size2"].get<std::uint64_t>(), proof, *first,
                                          *second)
             .has_value();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  int agree = 0;
  int differ = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(argv[1])) {
    if (file.path().extension() != ".json") continue;
    // Proofs of subtrees (draft-ietf-plants-merkle-tree-certs) are not ours.
    if (file.path().string().find("/subtree") != std::string::npos) continue;
    const auto text = assay::read_file(file.path(), 1 << 20);
    const auto vector =
        text ? assay::parse_json(*text, file.path().string()) : tl::unexpected(text.error());
    if (!vector) return 2;
    if (words_for_roots(*vector)) continue;
    const bool wanted = !vector->value("wantErr", false);
    if (holds(*vector) == wanted) {
      ++agree;
    } else {
      ++differ;
      std::printf("DIFFERS %s: %s\n", file.path().c_str(), vector->value("desc", "").c_str());
    }
  }
  std::printf("%d agree, %d differ\n", agree, differ);
  return differ == 0 && agree > 0 ? 0 : 1;
}
