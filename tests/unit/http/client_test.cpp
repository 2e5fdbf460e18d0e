#include "http/client.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <thread>

#include "base/digest.h"
#include "http/package_index.h"
#include "unit/http/local_server.h"

namespace assay::http {
namespace {

std::string body() {
  std::string bytes(300000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7 % 251);
  return bytes;
}

std::string read(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

class HttpClient : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(server_.port(), 0) << "python3 could not start the test server";
    setenv("no_proxy", "127.0.0.1", 1);
    std::string name = (std::filesystem::temp_directory_path() / "assay_http_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    to_ = folder_ / "new" / "file";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void leave_part(const std::string& bytes) const {
    std::filesystem::create_directories(to_.parent_path());
    std::ofstream(part(), std::ios::binary) << bytes;
  }
  [[nodiscard]] std::filesystem::path part() const { return to_.string() + ".part"; }
  [[nodiscard]] Download what(const std::string& path) const {
    return {server_.url(path), to_, sha256_hex(body()), 0};
  }

  LocalServer server_;
  std::filesystem::path folder_;
  std::filesystem::path to_;
};

TEST_F(HttpClient, DownloadsThroughARedirectAndLeavesNoPart) {
  std::int64_t last = 0;
  Options options;
  options.on_progress = [&](const Progress& progress) {
    EXPECT_GE(progress.done_bytes, last);
    last = progress.done_bytes;
  };
  const auto status = download(what("/moved"), options);
  ASSERT_TRUE(status.has_value()) << status.error().message();
  EXPECT_EQ(read(to_), body());
  EXPECT_EQ(last, 300000);
  EXPECT_FALSE(std::filesystem::exists(part()));
}

TEST_F(HttpClient, ABrokenConnectionKeepsThePartAndTheNextCallGoesOn) {
  const auto broken = download(what("/flaky"));
  ASSERT_FALSE(broken.has_value());
  EXPECT_EQ(broken.error().kind, ErrorKind::io);
  EXPECT_FALSE(std::filesystem::exists(to_));
  EXPECT_EQ(std::filesystem::file_size(part()), 150000U);
  std::int64_t first = 0;
  Options options;
  options.on_progress = [&](const Progress& p) { first = first == 0 ? p.done_bytes : first; };
  const auto resumed = download(what("/flaky"), options);
  ASSERT_TRUE(resumed.has_value()) << resumed.error().message();
  EXPECT_GT(first, 150000);
  EXPECT_EQ(read(to_), body());
}

TEST_F(HttpClient, AServerWithoutRangesSendsTheWholeFileAgain) {
  leave_part("something else");
  const auto status = download(what("/whole"));
  ASSERT_TRUE(status.has_value()) << status.error().message();
  EXPECT_EQ(read(to_), body());
}

TEST_F(HttpClient, ACompletePartIsAcceptedAndAWrongOneIsDeleted) {
  leave_part(body());
  EXPECT_TRUE(download(what("/file")).has_value());
  std::filesystem::remove(to_);
  leave_part("wrong start");
  const auto damaged = download(what("/file"));
  ASSERT_FALSE(damaged.has_value());
  EXPECT_EQ(damaged.error().kind, ErrorKind::format);
  EXPECT_FALSE(std::filesystem::exists(part()));
  EXPECT_FALSE(std::filesystem::exists(to_));
}

TEST_F(HttpClient, NothingIsFetchedWhenTheFileIsThere) {
  std::filesystem::create_directories(to_.parent_path());
  std::ofstream(to_, std::ios::binary) << body();
  EXPECT_TRUE(download(what("/status/500")).has_value());
}

TEST_F(HttpClient, AnErrorPageNeverBecomesTheFile) {
  const auto missing = download(what("/status/404"));
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
  const auto refused = download(what("/status/503"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::unsupported);
  EXPECT_FALSE(std::filesystem::exists(to_));
}

TEST_F(HttpClient, StopsAtTheBoundOfBytes) {
  auto bounded = what("/file");
  bounded.max_bytes = 299999;
  const auto status = download(bounded);
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().kind, ErrorKind::limit);
  const auto answer = get(server_.url("/file"), 1000);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().kind, ErrorKind::limit);
}

TEST_F(HttpClient, CancelStopsSoon) {
  CancelToken cancel;
  Options options;
  options.cancel = &cancel;
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    cancel.request();
  });
  const auto began = std::chrono::steady_clock::now();
  const auto status = download(what("/slow"), options);
  stopper.join();
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().kind, ErrorKind::cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
}

TEST_F(HttpClient, TwoDownloadsOfOneFileAreRefused) {
  CancelToken cancel;
  Options options;
  options.cancel = &cancel;
  std::thread first([&] { (void)download(what("/slow"), options); });
  for (int i = 0; i < 100 && !std::filesystem::exists(part()); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  const auto second = download(what("/file"));
  cancel.request();
  first.join();
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, ErrorKind::busy);
}

TEST_F(HttpClient, ErrorsNameTheNextStepAndNeverAPassword) {
  const auto denied = get(server_.url("/auth", "u:wrong"), 1000);
  ASSERT_FALSE(denied.has_value());
  EXPECT_EQ(denied.error().message().find("wrong"), std::string::npos);
  EXPECT_FALSE(denied.error().next.empty());
  const auto allowed = get(server_.url("/auth", "u:p"), 1000);
  ASSERT_TRUE(allowed.has_value()) << allowed.error().message();
  EXPECT_EQ(allowed->body, "secret");
  for (const char* url : {"http://127.0.0.1:1/x", "http://no-such-host.invalid/"}) {
    const auto unreachable = get(url, 1000);
    ASSERT_FALSE(unreachable.has_value());
    EXPECT_EQ(unreachable.error().kind, ErrorKind::io);
  }
  EXPECT_FALSE(get(server_.url("/loop"), 1000).has_value());
  EXPECT_EQ(get("file:///etc/passwd", 1000).error().kind, ErrorKind::usage);
}

TEST_F(HttpClient, AnUnwritableFolderIsAnIoError) {
  auto nowhere = what("/file");
  nowhere.to = "/proc/nowhere/file";
  const auto status = download(nowhere);
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().kind, ErrorKind::io);
}

TEST_F(HttpClient, FindsAPackageFileOnAnIndex) {
  const auto link = find_package_file(server_.url("/simple", "u:p") + "/", "thing", "file");
  ASSERT_TRUE(link.has_value()) << link.error().message();
  EXPECT_EQ(*link, server_.url("/file", "u:p"));
  const auto missing = find_package_file(server_.url("/simple"), "other", "thing-1.whl");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace assay::http
