#include "cli/options.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "store/store.h"

namespace assay::cli {
namespace {

double seconds_of_unit(char unit) {
  switch (unit) {
    case 's': return 1.0;
    case 'm': return 60.0;
    case 'h': return 3600.0;
    default: return 0.0;
  }
}

}  // namespace

Result<std::chrono::milliseconds> parse_duration(const std::string& text) {
  constexpr double longest_s = 30.0 * 24 * 3600;
  const auto bad = [&] {
    return fail(ErrorKind::usage, "'" + text + "' is not a time", "",
                "Write it like 90s, 5m or 1h30m (at most 30 days)");
  };
  double seconds = 0.0;
  const char* at = text.data();
  const char* const end = at + text.size();
  if (at == end) return bad();
  while (at != end) {
    double number = 0.0;
    const auto [next, error] = std::from_chars(at, end, number, std::chars_format::fixed);
    if (error != std::errc{} || !(number >= 0.0) || number > longest_s) return bad();
    const bool bare = next == end && at == text.data();  // a plain number of seconds
    const double unit = bare ? 1.0 : next == end ? 0.0 : seconds_of_unit(*next);
    if (unit == 0.0) return bad();
    seconds += number * unit;
    at = bare ? next : next + 1;
  }
  if (!(seconds >= 0.001) || seconds > longest_s) return bad();
  return std::chrono::milliseconds(std::llround(seconds * 1000.0));
}

std::vector<std::string> comma_words(const std::vector<std::string>& values) {
  std::vector<std::string> words;
  for (const auto& value : values) {
    for (const auto& part : split(value, ',')) {
      std::string word(trim(part));
      if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end()) {
        words.push_back(std::move(word));
      }
    }
  }
  return words;
}

FilesAndRuns files_and_runs(const std::vector<std::string>& names) {
  FilesAndRuns out;
  for (const std::string& name : names) {
    const bool file = name.find('/') != std::string::npos || name.ends_with(".json") ||
                      std::filesystem::exists(name);
    if (file) {
      out.files.emplace_back(name);
    } else {
      out.runs.push_back(name);
    }
  }
  return out;
}

Result<std::vector<Lang>> parse_langs(const std::vector<std::string>& values) {
  std::vector<Lang> langs;
  for (const auto& word : comma_words(values)) {
    if (word != "en" && word != "zh") {
      return fail(ErrorKind::usage, "no tasks in the language '" + word + "'", "--lang",
                  "Choose en, zh or en,zh");
    }
    langs.push_back(word == "en" ? Lang::en : Lang::zh);
  }
  if (langs.empty()) {
    return fail(ErrorKind::usage, "no language is given", "--lang", "Choose en, zh or en,zh");
  }
  return langs;
}

std::string store_place(const std::string& given) {
  return given.empty() ? store::default_path().string() : given;
}

}  // namespace assay::cli
