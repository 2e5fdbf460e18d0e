#include "http/archive.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <unistd.h>
#include <zip.h>

namespace assay::http {
namespace {

class Archive : public ::testing::Test {
 protected:
  void SetUp() override {
    file_ = std::filesystem::temp_directory_path() /
            ("assay_archive_" + std::to_string(getpid()) + ".zip");
    std::filesystem::remove(file_);
    int code = 0;
    zip_t* zip = zip_open(file_.c_str(), ZIP_CREATE, &code);
    ASSERT_NE(zip, nullptr);
    for (std::size_t i = 0; i < content_.size(); ++i) content_[i] = static_cast<char>(i * i % 253);
    zip_source_t* source = zip_source_buffer(zip, content_.data(), content_.size(), 0);
    const auto index = zip_file_add(zip, "folder/member", source, 0);
    ASSERT_GE(index, 0);
    zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    ASSERT_EQ(zip_close(zip), 0);
  }
  void TearDown() override { std::filesystem::remove(file_); }
  [[nodiscard]] Result<std::int64_t> take(const std::string& member, std::int64_t max,
                                          std::string& bytes) const {
    return extract(file_, member, max, [&](std::string_view piece) -> Status {
      bytes.append(piece);
      return {};
    });
  }

  std::filesystem::path file_;
  std::string content_ = std::string(3000000, '\0');
};

TEST_F(Archive, StreamsAMember) {
  std::string bytes;
  const auto size = take("folder/member", 3000000, bytes);
  ASSERT_TRUE(size.has_value()) << size.error().message();
  EXPECT_EQ(*size, 3000000);
  EXPECT_EQ(bytes, content_);
}

TEST_F(Archive, BoundsMissingMembersAndStops) {
  std::string bytes;
  EXPECT_EQ(take("folder/member", 2999999, bytes).error().kind, ErrorKind::limit);
  EXPECT_EQ(take("other", 1, bytes).error().kind, ErrorKind::not_found);
  const auto stopped = extract(file_, "folder/member", 3000000, [](std::string_view) -> Status {
    return fail(ErrorKind::io, "full");
  });
  EXPECT_EQ(stopped.error().what, "full");
  EXPECT_EQ(extract("/nonexistent.zip", "x", 1, {}).error().kind, ErrorKind::not_found);
}

TEST_F(Archive, ADamagedOrTruncatedArchiveIsAFormatError) {
  std::string bytes;
  {
    std::fstream stream(file_, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(1000000);
    stream.write("damage", 6);
  }
  EXPECT_EQ(take("folder/member", 3000000, bytes).error().kind, ErrorKind::format);
  std::filesystem::resize_file(file_, 2000000);
  EXPECT_EQ(take("folder/member", 3000000, bytes).error().kind, ErrorKind::format);
  std::ofstream(file_) << "plain text";
  EXPECT_EQ(take("folder/member", 3000000, bytes).error().kind, ErrorKind::format);
}

}  // namespace
}  // namespace assay::http
