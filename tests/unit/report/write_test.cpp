// Files on disk: all of them or none, and errors that say what to do.
#include <csignal>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

#include "report/report.h"
#include "rich_run.h"

namespace assay::report {
namespace {

namespace fs = std::filesystem;

class WriteReport : public testing::Test {
 protected:
  WriteReport() {
    std::string pattern = (fs::temp_directory_path() / "assay-report-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~WriteReport() override { fs::remove_all(folder_); }

  static Json report() {
    eval::Registry registry;
    test::fill_registry(registry);
    return build(test::rich_run(), registry);
  }
  static std::string content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  fs::path folder_;
};

TEST_F(WriteReport, MakesTheFolderAndFourFiles) {
  const Json document = report();
  const auto written = write(document, folder_ / "new" / "out");
  ASSERT_TRUE(written) << written.error().message();
  EXPECT_EQ(content(written->json), dump_json(document, 1) + "\n");
  EXPECT_EQ(content(written->markdown_en), markdown(document, Lang::en));
  EXPECT_EQ(content(written->markdown_zh), markdown(document, Lang::zh));
  EXPECT_EQ(content(written->html), *html(document));
}

TEST_F(WriteReport, ReplacesOlderFilesAndLeavesNothingElse) {
  std::ofstream(folder_ / "report.json") << "old";
  ASSERT_TRUE(write(report(), folder_));
  ASSERT_TRUE(write(report(), folder_));
  EXPECT_EQ(files(), 4U);
  EXPECT_NE(content(folder_ / "report.json"), "old");
}

TEST_F(WriteReport, FolderThatIsAFileIsNamed) {
  std::ofstream(folder_ / "taken") << "x";
  const auto written = write(report(), folder_ / "taken");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::io);
  EXPECT_THAT(written.error().message(), testing::HasSubstr("taken"));
  EXPECT_THAT(written.error().next, testing::HasSubstr("--out"));
  EXPECT_EQ(content(folder_ / "taken"), "x");
}

TEST_F(WriteReport, PathBelowAFileIsAnError) {
  std::ofstream(folder_ / "taken") << "x";
  const auto written = write(report(), folder_ / "taken" / "out");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().next, testing::HasSubstr("file"));
}

TEST_F(WriteReport, ReportThatIsAFolderLeavesNothingHalfWritten) {
  fs::create_directories(folder_ / "report.html" / "inside");
  const auto written = write(report(), folder_);
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().message(), testing::HasSubstr("report.html"));
  EXPECT_EQ(files(), 1U);
}

TEST_F(WriteReport, FullDiskKeepsTheOldReport) {
  std::ofstream(folder_ / "report.json") << "old";
  const auto before = ::signal(SIGXFSZ, SIG_IGN);
  rlimit old{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
  const rlimit small{4096, old.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto written = write(report(), folder_);
  ::setrlimit(RLIMIT_FSIZE, &old);
  ::signal(SIGXFSZ, before);
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().next, testing::HasSubstr("space"));
  EXPECT_EQ(content(folder_ / "report.json"), "old");
  EXPECT_EQ(files(), 1U);
}

TEST_F(WriteReport, FolderWithoutPermissionIsNamed) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write anywhere";
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  const auto written = write(report(), folder_);
  fs::permissions(folder_, fs::perms::owner_all);
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().next, testing::HasSubstr("may write"));
}

}  // namespace
}  // namespace assay::report
