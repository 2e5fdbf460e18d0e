// Large JSON documents in parts: the members of the top-level object or the elements of an array
// are found by a scan that knows strings and brackets only, so that what nobody needs (the events
// of a sample, say) is never parsed, and a document of any size is gone through in constant memory.
// Thread-safety: pure functions; the views point into the given text.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace assay::logs {

/// JSON as Python writes it: bare NaN, Infinity and -Infinity become the strings "NaN",
/// "Infinity", "-Infinity"; bytes that are not UTF-8 become U+FFFD. Else as parse_json.
Result<Json> parse_lenient(std::string_view text, std::string_view where);

/// Key and value (as text) of each member of the object that `text` is. Keys are unescaped only as
/// far as ASCII goes. Errors: format (not an object, cut off).
using Members = std::vector<std::pair<std::string, std::string_view>>;
Result<Members> object_members(std::string_view text, std::string_view where);
/// The value of the last member of that name; empty where there is none.
std::string_view member(const Members& members, std::string_view key);

/// Calls `use` on the text of each element of the array that `text` is. Errors: format, and those
/// of `use`.
Status for_each_element(std::string_view text, std::string_view where,
                        const std::function<Status(std::string_view element)>& use);

/// A file mapped for reading; pages that were read may leave memory again. The file must not be cut
/// shorter while it is open.
class MappedFile {
 public:
  /// Errors: not_found, io.
  static Result<MappedFile> open(const std::filesystem::path& file);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();
  [[nodiscard]] std::string_view text() const { return {data_, size_}; }

 private:
  MappedFile() = default;
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Takes the next line off `rest`, without its end; nothing when `rest` is empty. Blank lines are
/// left out. `number` counts the lines, from 1.
std::optional<std::string_view> next_line(std::string_view& rest, std::size_t& number);

}  // namespace assay::logs
