// An evidence log on a disk that crashes, or is full, at each operation; and every flipped bit.
#include <gtest/gtest.h>

#include "audit/log_writer.h"
#include "support/scratch_folder.h"
#include "support/simulated_disk.h"

namespace assay::audit {
namespace {

using test::Crash;
using test::DiskState;
using test::SimulatedDisk;

const std::vector<int> kBatches{1, 3, 250, 2, 1, 255, 300, 0, 513, 7};

SigningKey test_key() {
  auto key = SigningKey::from_seed("test.example/log", std::string(32, '\x07'));
  if (!key) throw std::runtime_error(key.error().message());
  return std::move(*key);
}

std::string entry_of(std::uint64_t index) {
  return "entry " + std::to_string(index) + std::string(index % 40, '.');
}

/// What happened to a log over crashes: entries that were said to be there, and all checkpoints
/// that somebody can have seen.
struct History {
  std::uint64_t acknowledged = 0;
  std::vector<std::string> checkpoints;
};

std::unique_ptr<Disk> disk(DiskState& state) { return std::make_unique<SimulatedDisk>(state); }

/// Appends all batches; ends by a Crash, or whole.
void append_all(DiskState& state, const SigningKey& key, History& history) {
  auto writer = LogWriter::open(disk(state), key);
  ASSERT_TRUE(writer) << writer.error().message();
  for (const int batch : kBatches) {
    for (int i = 0; i < batch; ++i) ASSERT_TRUE(writer->append(entry_of(writer->size())));
    const Status done = writer->commit();
    // Seen by others from the rename on, whether or not commit() came to its end.
    if (const auto seen = state.now.find(kCheckpointFile); seen != state.now.end()) {
      history.checkpoints.push_back(seen->second->content);
    }
    if (!done) {
      state.room = -1;  // the person made room
      const Status again = writer->commit();
      ASSERT_TRUE(again) << again.error().message();
    }
    history.acknowledged = writer->size();
    history.checkpoints.push_back(writer->checkpoint());
  }
}

void check(DiskState& state, const SigningKey& key, const History& history) {
  state.room = -1;
  auto writer = LogWriter::open(disk(state), key);  // takes up what was durable
  ASSERT_TRUE(writer) << writer.error().message();
  ASSERT_GE(writer->size(), history.acknowledged);
  ASSERT_TRUE(writer->append(entry_of(writer->size())));
  const Status done = writer->commit();
  ASSERT_TRUE(done) << done.error().message();
  auto reader = LogReader::open(disk(state), {key.verifier()});
  ASSERT_TRUE(reader) << reader.error().message();
  const auto verified = reader->verify();
  ASSERT_TRUE(verified) << verified.error().message();
  ASSERT_TRUE(reader->for_each(0, reader->size(), [](std::uint64_t index, std::string_view entry) {
    EXPECT_EQ(entry, entry_of(index));
    return true;
  }));
  const Verifier known[] = {key.verifier()};
  for (const std::string& bytes : history.checkpoints) {
    const auto seen = open_checkpoint(bytes, known);
    ASSERT_TRUE(seen);
    ASSERT_LE(seen->checkpoint.size, reader->size());
    const auto proof = reader->consistency(seen->checkpoint.size);
    ASSERT_TRUE(proof);
    EXPECT_TRUE(verify_consistency(seen->checkpoint.size, reader->size(), *proof,
                                   seen->checkpoint.root, reader->checkpoint().root));
  }
}

long operations_of_a_series() {
  DiskState state;
  History history;
  append_all(state, test_key(), history);
  return state.operations;
}

TEST(LogFaults, ACrashBeforeAnyOperationLosesNothingThatWasAcknowledged) {
  const SigningKey key = test_key();
  const long operations = operations_of_a_series();
  ASSERT_GT(operations, 60);
  for (long at = 0; at < operations; ++at) {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
      DiskState state;
      History history;
      state.crash_at = at;
      Rng rng(seed * 100'000 + static_cast<std::uint64_t>(at));
      try {
        append_all(state, key, history);
      } catch (const Crash&) {
        if (const auto seen = state.now.find(kCheckpointFile); seen != state.now.end()) {
          history.checkpoints.push_back(seen->second->content);
        }
      }
      state.crash(rng);
      check(state, key, history);
      if (HasFatalFailure()) FAIL() << "crash before operation " << at << ", seed " << seed;
    }
  }
}

TEST(LogFaults, CrashesOneAfterTheOther) {
  const SigningKey key = test_key();
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    DiskState state;
    History history;
    Rng rng(seed);
    for (int round = 0; round < 6; ++round) {
      state.crash_at = state.operations + rng.between(0, 60);
      try {
        append_all(state, key, history);
      } catch (const Crash&) {
        if (const auto seen = state.now.find(kCheckpointFile); seen != state.now.end()) {
          history.checkpoints.push_back(seen->second->content);
        }
      }
      state.crash(rng);
    }
    check(state, key, history);
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

TEST(LogFaults, AFullDiskAtAnyByteLosesNothing) {
  const SigningKey key = test_key();
  for (long room = 0; room < 150'000; room += room < 3000 ? 37 : 1511) {
    DiskState state;
    History history;
    state.room = room;
    append_all(state, key, history);
    check(state, key, history);
    if (HasFatalFailure()) FAIL() << room << " bytes of room";
  }
}

constexpr std::size_t kParts = 11;  // none divides 8: each part has all bits of a byte

class FlippedBits : public ::testing::TestWithParam<std::size_t> {};

/// All files of a log with two full tiles, partial forms of earlier commits, and a cosignature.
TEST_P(FlippedBits, EveryOneIsSeen) {
  const SigningKey key = test_key();
  const auto witness = SigningKey::from_seed("witness.example/w", std::string(32, '\x09'));
  ASSERT_TRUE(witness);
  const std::vector<Verifier> known{key.verifier(), witness->verifier(SignatureType::cosignature)};
  DiskState state;
  {
    auto writer = LogWriter::open(disk(state), key);
    ASSERT_TRUE(writer);
    for (const int batch : {3, 250, 5, 20, 2}) {
      for (int i = 0; i < batch; ++i) {
        ASSERT_TRUE(writer->append("e" + std::to_string(writer->size())));
      }
      ASSERT_TRUE(writer->commit());
    }
  }
  auto& checkpoint = state.now.at(kCheckpointFile)->content;
  const auto cosigned = cosign(checkpoint, *witness, 1'700'000'000);
  ASSERT_TRUE(cosigned);
  checkpoint = *cosigned;
  const auto holds = [&] {
    auto reader = LogReader::open(disk(state), known);
    // The line of an unknown key is left aside, as the specification asks: then the witness is
    // missed.
    return reader && reader->signed_checkpoint().signatures.size() == 2 && reader->verify();
  };
  ASSERT_TRUE(holds());
  ASSERT_GE(state.now.size(), 8U);
  std::size_t flips = 0;
  for (auto& [name, node] : state.now) {
    for (std::size_t bit = 0; bit < 8 * node->content.size(); ++bit) {
      if (bit % kParts != GetParam()) continue;
      char& byte = node->content[bit / 8];
      byte = static_cast<char>(byte ^ (1 << (bit % 8)));
      const bool seen = !holds();
      byte = static_cast<char>(byte ^ (1 << (bit % 8)));
      ++flips;
      ASSERT_TRUE(seen) << name << ", bit " << bit;
    }
  }
  EXPECT_GT(flips, 90'000U / kParts);
}

/// In parts, so that they can be run beside each other.
INSTANTIATE_TEST_SUITE_P(Parts, FlippedBits, ::testing::Range<std::size_t>(0, kParts));

}  // namespace
}  // namespace assay::audit
