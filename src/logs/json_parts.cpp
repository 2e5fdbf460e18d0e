#include "logs/json_parts.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "eval/scorers/answer_text.h"

namespace assay::logs {
namespace {

bool blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

void skip_blank(std::string_view text, std::size_t& at) {
  while (at < text.size() && blank(text[at])) ++at;
}

/// `at` stands on the opening quote; afterwards behind the closing one. False: it never closes.
bool skip_string(std::string_view text, std::size_t& at) {
  ++at;
  while (true) {
    const void* quote =
        at < text.size() ? std::memchr(text.data() + at, '"', text.size() - at) : nullptr;
    if (quote == nullptr) return false;
    at = static_cast<std::size_t>(static_cast<const char*>(quote) - text.data());
    std::size_t slashes = 0;
    while (text[at - 1 - slashes] == '\\') ++slashes;  // the opening quote stops it
    ++at;
    if (slashes % 2 == 0) return true;
  }
}

/// `at` stands on the first character of a value; afterwards behind it.
bool skip_value(std::string_view text, std::size_t& at) {
  if (at >= text.size()) return false;
  if (text[at] == '"') return skip_string(text, at);
  if (text[at] != '{' && text[at] != '[') {
    const std::size_t start = at;
    while (at < text.size() && !blank(text[at]) && text[at] != ',' && text[at] != '}' &&
           text[at] != ']') {
      ++at;
    }
    return at > start;
  }
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      if (!skip_string(text, at)) return false;
      continue;
    }
    ++at;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return true;
  }
  return false;
}

tl::unexpected<Error> not_whole(std::string_view where, const char* what) {
  return fail(ErrorKind::format, std::string("not a whole JSON ") + what, std::string(where),
              "Check that the file is complete");
}

/// NaN and infinities outside strings, as strings.
std::string quoted_constants(std::string_view text) {
  static constexpr std::array<std::string_view, 3> names{"-Infinity", "Infinity", "NaN"};
  std::string out;
  out.reserve(text.size() + 64);
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"') {
      const std::size_t start = at;
      if (!skip_string(text, at)) at = text.size();
      out.append(text.substr(start, at - start));
      continue;
    }
    bool found = false;
    for (const std::string_view name : names) {
      if ((c == 'N' || c == 'I' || c == '-') && text.substr(at, name.size()) == name) {
        out.append("\"").append(name).append("\"");
        at += name.size();
        found = true;
        break;
      }
    }
    if (!found) {
      out += c;
      ++at;
    }
  }
  return out;
}

std::string plain_key(std::string_view quoted) {
  std::string_view inner = quoted.substr(1, quoted.size() - 2);
  if (inner.find('\\') == std::string_view::npos) return std::string(inner);
  const auto parsed = parse_json(quoted, "key");
  return parsed && parsed->is_string() ? parsed->get<std::string>() : std::string(inner);
}

}  // namespace

Result<Json> parse_lenient(std::string_view text, std::string_view where) {
  Result<Json> plain = parse_json(text, where);
  if (plain) return plain;
  const bool valid = is_utf8(text);
  const std::string fixed =
      quoted_constants(valid ? std::string(text) : eval::to_utf8(eval::code_points(text)));
  if (valid && fixed == text) return plain;
  Result<Json> again = parse_json(fixed, where);
  return again ? std::move(again) : std::move(plain);
}

Result<Members> object_members(std::string_view text, std::string_view where) {
  std::size_t at = 0;
  skip_blank(text, at);
  if (at >= text.size() || text[at] != '{') return not_whole(where, "object");
  ++at;
  Members out;
  skip_blank(text, at);
  if (at < text.size() && text[at] == '}') return out;
  while (true) {
    skip_blank(text, at);
    const std::size_t key = at;
    if (at >= text.size() || text[at] != '"' || !skip_string(text, at)) break;
    const std::string_view quoted = text.substr(key, at - key);
    skip_blank(text, at);
    if (at >= text.size() || text[at] != ':') break;
    ++at;
    skip_blank(text, at);
    const std::size_t value = at;
    if (!skip_value(text, at)) break;
    out.emplace_back(plain_key(quoted), text.substr(value, at - value));
    skip_blank(text, at);
    if (at >= text.size()) break;
    if (text[at] == '}') return out;
    if (text[at] != ',') break;
    ++at;
  }
  return not_whole(where, "object");
}

std::string_view member(const Members& members, std::string_view key) {
  for (auto it = members.rbegin(); it != members.rend(); ++it) {
    if (it->first == key) return it->second;
  }
  return {};
}

Status for_each_element(std::string_view text, std::string_view where,
                        const std::function<Status(std::string_view element)>& use) {
  std::size_t at = 0;
  skip_blank(text, at);
  if (at >= text.size() || text[at] != '[') return not_whole(where, "array");
  ++at;
  skip_blank(text, at);
  if (at < text.size() && text[at] == ']') return {};
  while (true) {
    skip_blank(text, at);
    const std::size_t start = at;
    if (!skip_value(text, at)) return not_whole(where, "array");
    ASSAY_CHECK(use(text.substr(start, at - start)));
    skip_blank(text, at);
    if (at >= text.size()) return not_whole(where, "array");
    if (text[at] == ']') return {};
    if (text[at] != ',') return not_whole(where, "array");
    ++at;
  }
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const bool missing = errno == ENOENT;
    return fail(missing ? ErrorKind::not_found : ErrorKind::io,
                missing ? "there is no such file"
                        : std::string("cannot read the file: ") + std::strerror(errno),
                file.string());
  }
  struct stat info {};
  const bool regular = ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
  MappedFile out;
  out.size_ = regular ? static_cast<std::size_t>(info.st_size) : 0;
  void* data = out.size_ > 0 ? ::mmap(nullptr, out.size_, PROT_READ, MAP_PRIVATE, fd, 0) : nullptr;
  ::close(fd);
  if (!regular) return fail(ErrorKind::io, "this is not a file", file.string());
  if (data == MAP_FAILED) {
    return fail(ErrorKind::io, std::string("cannot read the file: ") + std::strerror(errno),
                file.string());
  }
  if (data != nullptr) ::madvise(data, out.size_, MADV_SEQUENTIAL);
  out.data_ = static_cast<const char*>(data);
  return out;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

std::optional<std::string_view> next_line(std::string_view& rest, std::size_t& number) {
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = trim(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    ++number;
    if (!line.empty()) return line;
  }
  return std::nullopt;
}

}  // namespace assay::logs
