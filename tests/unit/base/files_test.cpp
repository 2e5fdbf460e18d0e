#include "base/files.h"

#include <fstream>
#include <gtest/gtest.h>

namespace assay {

TEST(Files, ReadsWholeFilesWithinTheLimit) {
  const auto file = std::filesystem::path(testing::TempDir()) / "assay_files_test";
  std::ofstream(file) << std::string(70000, 'x');
  EXPECT_EQ(read_file(file, 70000).value().size(), 70000U);
  EXPECT_EQ(read_file(file, 69999).error().kind, ErrorKind::limit);
  std::filesystem::remove(file);
  EXPECT_EQ(read_file(file, 10).error().kind, ErrorKind::not_found);
  EXPECT_EQ(read_file(testing::TempDir(), 10).error().kind, ErrorKind::io);
}

}  // namespace assay
