#include "eval/data/text_folder.h"

#include <algorithm>
#include <array>

#include "base/files.h"
#include "base/text.h"
#include "eval/data/text_file.h"

namespace assay::eval::data {
namespace {

namespace fs = std::filesystem;

bool is_text_name(const fs::path& file) {
  static constexpr std::array<std::string_view, 3> endings{".txt", ".text", ".md"};
  const std::string ending = lower_ascii(file.extension().string());
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

std::string name_below(const fs::path& folder, const fs::path& file) {
  return file.lexically_relative(folder).generic_string();
}

struct Walk {
  std::vector<fs::path> files;
  std::vector<std::string> left_out;
};

Result<Walk> walk(const fs::path& folder) {
  Walk out;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    std::error_code ignored;
    if (at->is_symlink(ignored)) {
      out.left_out.push_back(name_below(folder, at->path()) + ": a link");
    } else if (at->is_regular_file(ignored) && is_text_name(at->path())) {
      out.files.push_back(at->path());
    }
  }
  if (error) {
    return fail(ErrorKind::io, "the folder cannot be read: " + error.message(), folder.string(),
                "Check its permissions");
  }
  std::sort(out.files.begin(), out.files.end());
  return out;
}

bool has_zero(const std::string& bytes) { return bytes.find('\0') != std::string::npos; }

Result<std::string> read_one(const fs::path& file, std::int64_t most) {
  ASSAY_TRY(std::string bytes, read_file(file, most));
  if (has_zero(bytes)) return fail(ErrorKind::format, "it is binary, not text");
  return clean_text(std::move(bytes), file.string());
}

}  // namespace

Text TextFolder::note() const {
  const std::string read = std::to_string(files.size());
  if (left_out.empty()) return {read + " files read.", "共读取 " + read + " 个文件。"};
  constexpr std::size_t shown = 3;
  std::string some;
  for (std::size_t i = 0; i < std::min(shown, left_out.size()); ++i) {
    some += (i > 0 ? "; " : "") + left_out[i];
  }
  if (left_out.size() > shown) some += "; ...";
  const std::string left = std::to_string(left_out.size());
  return {read + " files read, " + left + " left out (" + some + ").",
          "读取 " + read + " 个文件，略去 " + left + " 个（" + some + "）。"};
}

Result<TextFolder> read_text_folder(const fs::path& folder, const TextFolderLimits& limits) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return fail(ErrorKind::not_found, "there is no such folder", folder.string(),
                "Give a folder with .txt or .md files");
  }
  ASSAY_TRY(Walk found, walk(folder));
  TextFolder out;
  out.left_out = std::move(found.left_out);
  std::int64_t bytes = 0;
  for (const fs::path& file : found.files) {
    const std::string name = name_below(folder, file);
    if (out.files.size() >= limits.files || bytes >= limits.all_bytes) {
      out.left_out.push_back(name + ": the limit of the whole folder is reached");
      continue;
    }
    Result<std::string> text = read_one(file, limits.file_bytes);
    if (!text) {
      out.left_out.push_back(name + ": " + text.error().what);
      continue;
    }
    bytes += static_cast<std::int64_t>(text->size());
    out.files.push_back({name, std::move(*text)});
  }
  if (out.files.empty()) {
    const std::string why = out.left_out.empty() ? "" : " (" + out.left_out.front() + ")";
    return fail(ErrorKind::format, "the folder has no text file that can be read" + why,
                folder.string(), "Put UTF-8 files that end with .txt or .md into it");
  }
  return out;
}

}  // namespace assay::eval::data
