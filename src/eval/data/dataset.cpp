#include "eval/data/dataset.h"

#include <algorithm>
#include <cstdlib>

#include "base/digest.h"
#include "base/paths.h"
#include "base/text.h"

namespace assay::eval::data {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool holds_some(const fs::path& folder, const Dataset& dataset) {
  if (dataset.own()) return is_folder(folder);
  return std::any_of(dataset.files.begin(), dataset.files.end(),
                     [&](const DataFile& file) { return !file_in(folder, file).empty(); });
}

std::string percent_encoded(std::string_view path) {
  constexpr std::string_view plain = "-._~/";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

}  // namespace

bool Dataset::downloadable() const {
  return !own() && !base_url.empty() &&
         std::all_of(files.begin(), files.end(),
                     [](const DataFile& file) { return !file.sha256.empty(); });
}

std::string url_of(const Dataset& dataset, const DataFile& file) {
  return dataset.base_url + percent_encoded(file.upstream.empty() ? file.path : file.upstream);
}

fs::path file_in(const fs::path& folder, const DataFile& file) {
  if (is_file(folder / file.path)) return folder / file.path;
  if (!file.upstream.empty() && is_file(folder / file.upstream)) return folder / file.upstream;
  return {};
}

const char* to_string(FileState state) {
  switch (state) {
    case FileState::verified: return "verified";
    case FileState::unpinned: return "no known hash";
    case FileState::different: return "different";
    case FileState::missing: return "missing";
  }
  return "missing";
}

Result<std::vector<FileCheck>> verify(const Dataset& dataset, const fs::path& folder,
                                      const CancelToken* cancel) {
  std::vector<FileCheck> out;
  for (const DataFile& file : dataset.files) {
    FileCheck check{&file, FileState::missing};
    const fs::path path = file_in(folder, file);
    if (!path.empty() && file.sha256.empty()) {
      check.state = FileState::unpinned;
    } else if (!path.empty()) {
      ASSAY_TRY(const std::string digest, sha256_file(path, cancel));
      check.state = digest == file.sha256 ? FileState::verified : FileState::different;
    }
    out.push_back(check);
  }
  return out;
}

Result<std::vector<std::pair<std::string, std::string>>> digests(const Dataset& dataset,
                                                                 const fs::path& folder,
                                                                 const CancelToken* cancel) {
  std::vector<std::pair<std::string, fs::path>> files;
  for (const DataFile& file : dataset.files) {
    const fs::path path = file_in(folder, file);
    if (!path.empty()) files.emplace_back(file.path, path);
  }
  if (dataset.own()) {
    std::error_code problem;
    fs::recursive_directory_iterator each(folder, problem);
    for (; !problem && each != fs::recursive_directory_iterator(); each.increment(problem)) {
      if (!each->is_regular_file()) continue;
      files.emplace_back(each->path().lexically_relative(folder).string(), each->path());
    }
    if (problem) return fail(ErrorKind::io, problem.message(), folder.string());
  }
  std::sort(files.begin(), files.end());
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [name, path] : files) {
    ASSAY_TRY(std::string digest, sha256_file(path, cancel));
    out.emplace_back(name, std::move(digest));
  }
  return out;
}

DataFolders DataFolders::standard() {
  DataFolders out;
  if (const char* given = std::getenv("ASSAY_DATA"); given != nullptr) {
    for (const std::string& folder : split(given, ':')) {
      if (!folder.empty()) out.roots_.emplace_back(folder);
    }
  }
  out.roots_.push_back(user_cache_dir() / "data");
  return out;
}

fs::path DataFolders::download_folder(const Dataset& dataset) {
  return user_cache_dir() / "data" / dataset.name;
}

assay::Status DataFolders::add(const std::string& what) {
  const std::size_t equals = what.find('=');
  const bool one_set = equals != std::string::npos && !is_folder(what);
  const fs::path folder = one_set ? what.substr(equals + 1) : what;
  if (!is_folder(folder)) {
    return fail(ErrorKind::not_found, "there is no such folder", folder.string(),
                "Give a folder that holds data sets, or NAME=DIR for one of them");
  }
  if (one_set) {
    named_.emplace_back(what.substr(0, equals), folder);
  } else {
    roots_.insert(roots_.begin(), folder);
  }
  return {};
}

Result<fs::path> DataFolders::find(const Dataset& dataset) const {
  std::string looked;
  for (const auto& [name, folder] : named_) {
    if (name != dataset.name) continue;
    if (holds_some(folder, dataset)) return folder;
    return fail(ErrorKind::not_found, "this folder holds no file of " + dataset.name,
                folder.string(), "Its files are e.g. " + dataset.files.front().path);
  }
  for (const fs::path& root : roots_) {
    const fs::path folder = root / dataset.name;
    if (holds_some(folder, dataset)) return folder;
    looked += (looked.empty() ? "" : ", ") + folder.string();
  }
  if (dataset.own()) {
    return fail(ErrorKind::not_found, "no folder is given for " + dataset.name, "",
                "Name yours with --data " + dataset.name + "=DIR (" + dataset.note + ")");
  }
  return fail(ErrorKind::not_found, "the data of " + dataset.name + " are not on this machine",
              "looked in " + looked,
              "`assay data get " + dataset.name +
                  "` fetches them; or name a folder that holds them with --data " + dataset.name +
                  "=DIR");
}

}  // namespace assay::eval::data
