// Which format a log has, by what is in it.
#include <algorithm>

#include "logs/json_parts.h"
#include "logs/log.h"

namespace assay::logs {
namespace {

namespace fs = std::filesystem;

Result<fs::path> results_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code code;
  for (fs::directory_iterator it(folder, code), end; !code && it != end; it.increment(code)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with("results_") && name.ends_with(".json")) found.push_back(it->path());
  }
  if (code)
    return fail(ErrorKind::io, "cannot list the folder: " + code.message(), folder.string());
  if (found.size() == 1) return found.front();
  return fail(
      ErrorKind::usage,
      found.empty() ? "the folder has no results_*.json" : "the folder has several results_*.json",
      folder.string(), "Name the log itself");
}

tl::unexpected<Error> unknown(const fs::path& file) {
  return fail(ErrorKind::format, "this is no log that can be read", file.string(),
              "Give a .eval or .json log of Inspect, results_*.json or samples_*.jsonl of "
              "lm-evaluation-harness, or report.jsonl of garak");
}

/// By the keys of the first JSON object.
Result<std::unique_ptr<LogReader>> by_keys(const fs::path& file, std::string_view text) {
  std::string_view rest = text;
  std::size_t number = 0;
  const auto line = next_line(rest, number);
  const auto first = object_members(line.value_or(""), file.string());
  if (first && (!member(*first, "entry_type").empty() || !member(*first, "attempt_id").empty())) {
    return open_garak(file);
  }
  if (first && !member(*first, "doc_id").empty()) return open_lm_eval(file);
  const auto whole = object_members(text, file.string());
  if (!whole) {
    // A report of garak whose first line is damaged is still one.
    if (text.find("\"entry_type\"") != std::string_view::npos) return open_garak(file);
    if (first || text.find('{') == std::string_view::npos) return unknown(file);
    return tl::unexpected(whole.error());
  }
  if (!member(*whole, "eval").empty()) return open_inspect(file);
  if (!member(*whole, "results").empty()) return open_lm_eval(file);
  return unknown(file);
}

}  // namespace

Result<std::unique_ptr<LogReader>> open_log(const fs::path& path) {
  std::error_code code;
  if (fs::is_directory(path, code)) {
    ASSAY_TRY(const fs::path results, results_in(path));
    return open_lm_eval(results);
  }
  ASSAY_TRY(const MappedFile file, MappedFile::open(path));
  if (file.text().starts_with("PK")) return open_inspect(path);
  if (file.text().empty()) {
    return fail(ErrorKind::format, "the file is empty", path.string(), "Copy the log again");
  }
  return by_keys(path, file.text());
}

}  // namespace assay::logs
