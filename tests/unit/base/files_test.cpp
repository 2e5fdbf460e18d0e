#include "base/files.h"

#include <fstream>
#include <gtest/gtest.h>

#include "support/scratch_folder.h"

namespace assay {

TEST(Files, ReadsWholeFilesWithinTheLimit) {
  const test::ScratchFolder folder;
  const auto file = folder.write("file", std::string(70000, 'x'));
  EXPECT_EQ(read_file(file, 70000).value().size(), 70000U);
  EXPECT_EQ(read_file(file, 69999).error().kind, ErrorKind::limit);
  std::filesystem::remove(file);
  EXPECT_EQ(read_file(file, 10).error().kind, ErrorKind::not_found);
  EXPECT_EQ(read_file(folder.path(), 10).error().kind, ErrorKind::io);
}

}  // namespace assay
