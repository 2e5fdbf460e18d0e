// log_appender FOLDER ACKNOWLEDGED: checks the evidence log there, which has to hold what was said
// to be in it, then appends and commits until it is killed, and says after each commit how many
// entries there are. For the test that kills it.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "audit/log_writer.h"

namespace {

using assay::audit::LogReader;
using assay::audit::LogWriter;
using assay::audit::SigningKey;

std::string entry_of(std::uint64_t index) {
  return "entry " + std::to_string(index) + std::string(index % 90, '.');
}

int give_up(const assay::Error& error) {
  std::printf("FAILED %s\n", error.message().c_str());
  return 1;
}

int check(const char* folder, const SigningKey& key, std::uint64_t acknowledged) {
  auto reader = LogReader::open(assay::audit::open_disk(folder), {key.verifier()});
  if (!reader) return give_up(reader.error());
  const auto verified = reader->verify();
  if (!verified) return give_up(verified.error());
  if (reader->size() < acknowledged) {
    std::printf("FAILED %llu entries of %llu\n", static_cast<unsigned long long>(reader->size()),
                static_cast<unsigned long long>(acknowledged));
    return 1;
  }
  bool same = true;
  const auto read = reader->for_each(0, reader->size(), [&](std::uint64_t i, std::string_view e) {
    same = same && e == entry_of(i);
    return same;
  });
  if (!read) return give_up(read.error());
  if (!same) std::printf("FAILED another entry\n");
  return same ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto key = SigningKey::from_seed("test.example/log", std::string(32, '\x07'));
  if (!key) return give_up(key.error());
  const std::uint64_t acknowledged = std::strtoull(argv[2], nullptr, 10);
  if (acknowledged > 0) {
    if (const int failed = check(argv[1], *key, acknowledged); failed != 0) return failed;
  }
  auto writer = LogWriter::open(argv[1], *key);
  if (!writer) return give_up(writer.error());
  std::printf("open\n");
  std::fflush(stdout);
  for (unsigned batch = 1;; batch = batch * 5 % 67 + 1) {
    for (unsigned i = 0; i < batch; ++i) {
      const auto appended = writer->append(entry_of(writer->size()));
      if (!appended) return give_up(appended.error());
    }
    const auto done = writer->commit();
    if (!done) return give_up(done.error());
    std::printf("%llu\n", static_cast<unsigned long long>(writer->size()));
    std::fflush(stdout);
  }
}
