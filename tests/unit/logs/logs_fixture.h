// Logs written into a folder that goes with the test, and what a reader makes of them.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

#include "logs/archive.h"
#include "logs/log.h"

namespace assay::logs {

class LogsFixture : public ::testing::Test {
 protected:
  LogsFixture() {
    std::string pattern = (std::filesystem::temp_directory_path() / "assay-logs-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~LogsFixture() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::filesystem::path write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }

  static std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  using Members = std::vector<std::pair<std::string, std::string>>;
  std::filesystem::path zip(const std::string& name, const Members& members) const {
    auto writer = ArchiveWriter::create(folder_ / name);
    if (!writer) throw std::runtime_error(writer.error().message());
    for (const auto& [member, bytes] : members) EXPECT_TRUE(writer->add(member, bytes));
    EXPECT_TRUE(writer->close());
    return folder_ / name;
  }

  /// A small header of an Inspect log.
  static std::string header(const std::string& more = "") {
    return R"({"version":2,"status":"success","eval":{"task":"t","model":"m/x","created":)"
           R"("2026-01-02T03:04:05+00:00","dataset":{},"config":{},"scorers":[{"name":"s",)"
           R"("metrics":[{"name":"accuracy"}]}],"packages":{"inspect_ai":"0.3.1"}})" +
           more + "}";
  }
  static std::string inspect_sample_text(const std::string& id, const std::string& value,
                                         const std::string& more = "") {
    return R"({"id":")" + id +
           R"(","epoch":1,"input":"q","target":"a","messages":[{"role":"user",)"
           R"("content":"q"},{"role":"assistant","content":"r"}],"output":{"choices":[{"message":)"
           R"({"role":"assistant","content":"r"},"stop_reason":"stop"}]},"scores":{"s":{"value":)" +
           value + "}}" + more + "}";
  }

  static std::filesystem::path golden(const std::string& name) {
    return std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/golden/logs" / name;
  }

  /// Every sample of a log; the test fails where the log cannot be read.
  static std::vector<LogSample> samples_of(LogReader& reader) {
    std::vector<LogSample> out;
    const Status read = reader.for_each([&](LogSample&& sample) -> Status {
      out.push_back(std::move(sample));
      return {};
    });
    EXPECT_TRUE(read) << (read ? "" : read.error().message());
    return out;
  }
  static std::vector<LogSample> samples_of(const std::filesystem::path& file) {
    auto reader = open_log(file);
    EXPECT_TRUE(reader) << (reader ? "" : reader.error().message());
    return reader ? samples_of(**reader) : std::vector<LogSample>{};
  }
  static std::string error_of(const std::filesystem::path& file) {
    auto reader = open_log(file);
    return reader ? std::string() : reader.error().message();
  }
  static const LogSample* find(const std::vector<LogSample>& samples, const std::string& id,
                               int epoch = 0) {
    for (const LogSample& sample : samples) {
      if (sample.sample.id == id && sample.epoch == epoch) return &sample;
    }
    return nullptr;
  }

  std::filesystem::path folder_;
};

}  // namespace assay::logs
