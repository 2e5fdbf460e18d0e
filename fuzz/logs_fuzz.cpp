// links: logs
// The readers of foreign logs on any bytes, as a file of each format: every sample or an error with
// a reason; what is read is counted the same twice, and can be kept and written.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <unistd.h>

#include "logs/log.h"
#include "logs/recorded_task.h"

namespace {

using namespace assay;

const std::filesystem::path& folder() {
  static const std::filesystem::path place = [] {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "assay-logs-fuzz-XXXXXX").string();
    return std::filesystem::path(mkdtemp(pattern.data()));
  }();
  return place;
}

/// The number of samples, or -1 where there was an error.
std::int64_t count(logs::LogReader& reader) {
  std::int64_t n = 0;
  const Status read = reader.for_each([&](logs::LogSample&& sample) -> Status {
    ++n;
    logs::Recorded recorded;
    recorded.primary = sample.scores.empty() ? "" : sample.scores.front().scorer;
    const eval::Score score = logs::recorded_score(sample, recorded);
    if (!parse_json(dump_json(eval::to_json(score)), "fuzz")) std::abort();
    const auto again = eval::sample_from_json(eval::to_json(sample.sample));
    if (!again) std::abort();
    if (!eval::trace_from_json(eval::to_json(sample.trace))) std::abort();
    return {};
  });
  if (!read && read.error().what.empty()) std::abort();
  return read ? n : -1;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::filesystem::path file = folder() / "samples_t_x.jsonl";
  std::FILE* out = std::fopen(file.c_str(), "wb");
  if (out == nullptr) return 0;
  if (size > 0) std::fwrite(data, 1, size, out);
  std::fclose(out);
  for (const auto& open :
       {&logs::open_log, &logs::open_inspect, &logs::open_lm_eval, &logs::open_garak}) {
    auto reader = (*open)(file);
    if (!reader) {
      if (reader.error().what.empty()) std::abort();
      continue;
    }
    const std::int64_t first = count(**reader);
    if (first != count(**reader)) std::abort();
  }
  return 0;
}
