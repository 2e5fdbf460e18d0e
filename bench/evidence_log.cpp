// evidence_log FOLDER [MILLIONS]: entries that an evidence log takes a second (durable, in
// batches), the time of a proof and of a whole verification. A plain program: each figure is one
// long piece of work on real files. MILLIONS: of entries in the log of which proofs are made (10).
// With $KEEP the logs stay, for others to read.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "audit/log_writer.h"
#include "audit/receipt.h"

namespace {

using namespace assay::audit;  // NOLINT(google-build-using-namespace): a bench of one namespace
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// About 250 bytes, as the entry of a sample has.
std::string entry_of(std::uint64_t index) {
  std::string out = R"({"type":"sample","task":"arithmetic","lang":"en","sample":"en-)" +
                    std::to_string(index) + R"(","epoch":0,"record":"sha256:)";
  out.append(64, 'a');
  return out + R"(","verdict":"success","value":1.0,"group":"addition","cluster":"en-)" +
         std::to_string(index) + "\"}";
}

template <class T>
T must(assay::Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", result.error().message().c_str());
  std::exit(1);
}
void must(const assay::Status& status) {
  if (status) return;
  std::fprintf(stderr, "%s\n", status.error().message().c_str());
  std::exit(1);
}

void append(LogWriter& log, std::uint64_t entries, std::uint64_t batch) {
  for (std::uint64_t i = 0; i < entries; ++i) {
    (void)must(log.append(entry_of(log.size())));
    if ((i + 1) % batch == 0) must(log.commit());
  }
  must(log.commit());
}

void appends(const std::filesystem::path& folder, const SigningKey& key) {
  for (const std::uint64_t batch : {1'000ULL, 10'000ULL, 100'000ULL}) {
    const auto place = folder / std::to_string(batch);
    LogWriter log = must(LogWriter::open(place, key));
    const std::uint64_t entries = batch < 10'000 ? 200'000 : 1'000'000;
    const auto begin = Clock::now();
    append(log, entries, batch);
    std::printf("appends, %llu a commit: %.0f a second\n", static_cast<unsigned long long>(batch),
                static_cast<double>(entries) / seconds_since(begin));
  }
}

void verification(const std::filesystem::path& folder, const SigningKey& key) {
  LogReader log = must(LogReader::open(open_disk(folder / "100000"), {key.verifier()}));
  const auto begin = Clock::now();
  const LogCheck check = must(log.verify());
  std::printf("verify %llu entries (%.0f MB): %.2f s\n",
              static_cast<unsigned long long>(check.entries),
              static_cast<double>(check.bytes) / 1e6, seconds_since(begin));
}

void proofs(const std::filesystem::path& folder, const SigningKey& key, std::uint64_t entries) {
  const auto place = folder / "large";
  {
    LogWriter log = must(LogWriter::open(place, key));
    append(log, entries, 200'000);
  }
  constexpr int kProofs = 2000;
  const auto index_of = [&](int i) { return static_cast<std::uint64_t>(i) * 7919U % entries; };
  double cold = 0.0;
  for (int i = 0; i < kProofs / 10; ++i) {
    LogReader log = must(LogReader::open(open_disk(place), {key.verifier()}));
    const auto begin = Clock::now();
    (void)must(log.inclusion(index_of(i)));
    cold += seconds_since(begin);
  }
  LogReader log = must(LogReader::open(open_disk(place), {key.verifier()}));
  const auto begin = Clock::now();
  for (int i = 0; i < kProofs; ++i) (void)must(log.inclusion(index_of(i)));
  const double warm = seconds_since(begin);
  const auto again = Clock::now();
  for (int i = 1; i <= kProofs; ++i) (void)must(log.consistency(index_of(i) + 1));
  std::printf(
      "proof of inclusion in %llu entries: %.3f ms (new reader), %.3f ms; of consistency: "
      "%.3f ms\n",
      static_cast<unsigned long long>(entries), cold / (kProofs / 10.0) * 1e3, warm / kProofs * 1e3,
      seconds_since(again) / kProofs * 1e3);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "evidence_log FOLDER [MILLIONS]\n");
    return 2;
  }
  const std::filesystem::path folder = std::filesystem::path(argv[1]) / "evidence-log-bench";
  std::filesystem::remove_all(folder);
  const SigningKey key = must(SigningKey::from_seed("bench.example/log", std::string(32, '\x07')));
  const double millions = argc > 2 ? std::atof(argv[2]) : 10.0;
  appends(folder, key);
  verification(folder, key);
  proofs(folder, key, static_cast<std::uint64_t>(millions * 1e6));
  if (std::getenv("KEEP") == nullptr) std::filesystem::remove_all(folder);
  return 0;
}
