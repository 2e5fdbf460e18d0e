// Dataset: a public data set that benchmarks read in its original format: where it comes from,
// under which licence, and the SHA-256 of each file that is known. DataFolders: where on this
// machine data sets are looked for. Nothing here uses the network.
//
// Legal call order: DataFolders::standard(), then add() what the person names -> find() ->
// verify(). Thread-safety: Dataset is a plain value; a DataFolders is filled by one thread, then
// const.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"

namespace assay::eval::data {

struct DataFile {
  std::string path;        ///< below the data set's folder
  std::string upstream;    ///< below base_url, and in a clone of the original; "" = as `path`
  std::string sha256;      ///< 64 hex digits; "" = no known hash, so never downloaded
  std::int64_t bytes = 0;  ///< 0 = unknown
};

struct Dataset {
  std::string name;  ///< also its folder, e.g. "crows-pairs"
  std::string title;
  std::string license;
  std::string citation;
  std::string homepage;
  std::string base_url;  ///< of the files; "" = cannot be downloaded by itself
  std::int64_t rows = 0;
  std::vector<DataFile> files;  ///< none: the person's own files, see own()
  std::string note;  ///< what a person should know, e.g. parts that are missing; may be empty
  /// Files that only the person has (their corpus, their product page): any folder that is given
  /// as --data NAME=DIR, nothing to download or to verify.
  [[nodiscard]] bool own() const { return files.empty(); }
  /// Every file has an address and a known hash.
  [[nodiscard]] bool downloadable() const;
};

/// base_url + upstream path, percent-encoded.
std::string url_of(const Dataset& dataset, const DataFile& file);
/// The file in a folder: at `path`, else at the upstream path; empty if it is at neither.
std::filesystem::path file_in(const std::filesystem::path& folder, const DataFile& file);

enum class FileState { verified, unpinned, different, missing };
const char* to_string(FileState state);

struct FileCheck {
  const DataFile* file = nullptr;
  FileState state = FileState::missing;
};
/// Hashes every file of the set in the folder. Errors: io, cancelled.
Result<std::vector<FileCheck>> verify(const Dataset& dataset, const std::filesystem::path& folder,
                                      const CancelToken* cancel = nullptr);

/// SHA-256 of the files of the set that are in the folder (own(): of all files below it), by path.
/// Errors: io, cancelled.
Result<std::vector<std::pair<std::string, std::string>>> digests(
    const Dataset& dataset, const std::filesystem::path& folder,
    const CancelToken* cancel = nullptr);

class DataFolders {
 public:
  /// $ASSAY_DATA (folders separated by ':'), then user_cache_dir()/data.
  static DataFolders standard();
  /// Where `assay data get` puts a set.
  static std::filesystem::path download_folder(const Dataset& dataset);

  /// "DIR" (holds a folder for each set, looked at first) or "NAME=DIR" (the folder of one set).
  /// Errors: not_found where DIR is no folder.
  assay::Status add(const std::string& what);
  /// The folder that holds at least one file of the set (own(): that is there). Errors: not_found,
  /// with `assay data get NAME` (own(): --data NAME=DIR) as the next step.
  [[nodiscard]] Result<std::filesystem::path> find(const Dataset& dataset) const;

 private:
  std::vector<std::filesystem::path> roots_;
  std::vector<std::pair<std::string, std::filesystem::path>> named_;
};

}  // namespace assay::eval::data
