#include "model/remote/secret.h"

#include <algorithm>
#include <cstdlib>

#include "base/files.h"
#include "base/text.h"

namespace assay::model::remote {
namespace {

constexpr std::size_t kShortest = 8;  ///< characters of something worth hiding
constexpr std::int64_t kLongestFile = 64 << 10;

}  // namespace

Result<Secret> Secret::load(const std::string& file, const std::string& variable) {
  std::string value;
  if (!file.empty()) {
    ASSAY_TRY(const std::string bytes, read_file(file, kLongestFile));
    value = std::string(trim(std::string_view(bytes).substr(0, bytes.find('\n'))));
    if (value.empty()) {
      return fail(ErrorKind::usage, "the first line of the key file is empty", file,
                  "Write the key into it, and nothing else");
    }
  } else if (const char* set = std::getenv(variable.c_str())) {
    value = std::string(trim(set));
  }
  const bool clean = std::all_of(value.begin(), value.end(), [](char c) {
    return static_cast<unsigned char>(c) > 32 && static_cast<unsigned char>(c) < 127;
  });
  if (!clean) {
    return fail(ErrorKind::usage, "the key holds characters that no key has",
                file.empty() ? "$" + variable : file, "Give the key alone, without quotes");
  }
  return Secret(std::move(value));
}

std::string Secret::without(std::string text) const {
  if (value_.size() < kShortest) return text;
  for (std::size_t at = text.find(value_); at != std::string::npos; at = text.find(value_, at)) {
    text.replace(at, value_.size(), "[key]");
  }
  return text;
}

}  // namespace assay::model::remote
