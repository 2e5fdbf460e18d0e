// docs/transforms.md lists every registered transform as it describes itself, and no other.
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

#include "attack/transforms/transform.h"

namespace assay::attack {
namespace {

std::string row_of(const TransformInfo& info) {
  std::string langs;
  for (const Lang lang : info.langs) langs.append(langs.empty() ? "" : " ").append(to_string(lang));
  std::string out = std::string("| `").append(info.name).append("` | ").append(info.description.en);
  if (info.random) out.append(" Drawn anew each time.");
  out.append(" | ").append(langs).append(" | ").append(to_string(info.kept)).append(" | ");
  return out.append(info.argument.en).append(" | ").append(info.source).append(" |\n");
}

TEST(TransformsDocs, ListEveryTransformAsItIs) {
  Transforms registry;
  register_all_transforms(registry);
  std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/docs/transforms.md");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::size_t rows = 0;
  for (const Transform* transform : registry.all()) {
    EXPECT_NE(text.find(row_of(transform->info)), std::string::npos) << row_of(transform->info);
    ++rows;
  }
  std::size_t listed = 0;
  for (std::size_t at = text.find("\n| `"); at != std::string::npos;
       at = text.find("\n| `", at + 1)) {
    ++listed;
  }
  EXPECT_EQ(listed, rows);
}

}  // namespace
}  // namespace assay::attack
