// What several commands read from the command line: durations, lists, languages, the store.
// Thread-safety: pure functions.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/lang.h"
#include "base/result.h"

namespace assay::cli {

/// "90s", "5m", "1h30m", or a number of seconds; more than 0 and at most 30 days.
Result<std::chrono::milliseconds> parse_duration(const std::string& text);
/// Words of all values, each split at commas, trimmed, without empty ones and repeats.
std::vector<std::string> comma_words(const std::vector<std::string>& values);
/// "en,zh" and the like; every language once. Error: usage.
Result<std::vector<Lang>> parse_langs(const std::vector<std::string>& values);
/// What names files or folders (it exists, holds a '/', or ends with ".json"), and the rest, which
/// names runs.
struct FilesAndRuns {
  std::vector<std::filesystem::path> files;
  std::vector<std::string> runs;
};
FilesAndRuns files_and_runs(const std::vector<std::string>& names);
/// The store of runs: the given path or server's address, or runs.db in the user's data folder.
std::string store_place(const std::string& given);

}  // namespace assay::cli
