#include "base/digest.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>

#include "base/paths.h"
#include "support/scratch_folder.h"

namespace assay {

// FIPS 180-4 example messages (NIST, "SHA256.pdf").
TEST(Digest, MatchesNistExamples) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, FileEqualsBytesAcrossBufferEdges) {
  const test::ScratchFolder folder;
  for (const std::size_t size : {0U, 1U, (1U << 20U) - 1U, 1U << 20U, (1U << 20U) + 1U}) {
    const std::string bytes(size, 'x');
    const auto file = folder.write("file", bytes);
    const auto digest = sha256_file(file);
    ASSERT_TRUE(digest.has_value()) << digest.error().message();
    EXPECT_EQ(*digest, sha256_hex(bytes)) << size;
  }
}

TEST(Digest, MissingFileAndFolderAreTypedErrors) {
  const auto missing = sha256_file("/nonexistent/file");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
  const auto folder = sha256_file(std::filesystem::temp_directory_path());
  ASSERT_FALSE(folder.has_value());
  EXPECT_EQ(folder.error().kind, ErrorKind::io);
}

TEST(Paths, FollowXdgAndTreatEmptyAsUnset) {
  ASSERT_EQ(setenv("HOME", "/home/someone", 1), 0);
  ASSERT_EQ(setenv("XDG_CACHE_HOME", "/elsewhere", 1), 0);
  ASSERT_EQ(setenv("XDG_DATA_HOME", "", 1), 0);
  EXPECT_EQ(user_cache_dir(), "/elsewhere/assay");
  EXPECT_EQ(model_cache_dir(), "/elsewhere/assay/models");
  EXPECT_EQ(user_data_dir(), "/home/someone/.local/share/assay");
}

}  // namespace assay
