#include "cli/data_fetch.h"

#include "base/digest.h"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;
using eval::data::DataFile;
using eval::data::DataFolders;
using eval::data::Dataset;

constexpr std::int64_t kMaxFileBytes = std::int64_t{1} << 29U;

std::int64_t all_bytes(const Dataset& dataset) {
  std::int64_t bytes = 0;
  for (const DataFile& file : dataset.files) bytes += file.bytes;
  return bytes;
}

Status make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) return {};
  return fail(ErrorKind::io, "cannot make the folder: " + error.message(), folder.string(),
              "Set XDG_CACHE_HOME to a folder that may be written");
}

/// Copies through a temporary name, so that a file is whole or not there.
Status copy_whole(const fs::path& source, const fs::path& target) {
  ASSAY_CHECK(make_folder(target.parent_path()));
  fs::path part = target;
  part += ".part";
  std::error_code error;
  fs::copy_file(source, part, fs::copy_options::overwrite_existing, error);
  if (!error) {  // a read-only original must not make a copy that cannot be replaced
    fs::permissions(part, fs::perms::owner_write, fs::perm_options::add, error);
  }
  if (!error) fs::rename(part, target, error);
  if (!error) return {};
  std::error_code ignored;
  fs::remove(part, ignored);
  return fail(ErrorKind::io, "cannot copy the file: " + error.message(), target.string(),
              "Check free space and permissions");
}

/// The folder itself, or the one in it that is named after the set.
fs::path source_folder(const Dataset& dataset, const fs::path& from) {
  for (const DataFile& file : dataset.files) {
    if (!eval::data::file_in(from, file).empty()) return from;
  }
  return from / dataset.name;
}

}  // namespace

Result<FetchedData> download_data(const Dataset& dataset, const http::Options& options) {
  if (!dataset.downloadable()) {
    return fail(
        ErrorKind::unsupported, "not every file of " + dataset.name + " has a known hash",
        dataset.homepage,
        "Get it from there by yourself, then `assay data get " + dataset.name + " --from DIR`");
  }
  FetchedData out;
  out.folder = DataFolders::download_folder(dataset);
  std::int64_t before = 0;
  for (const DataFile& file : dataset.files) {
    http::Options step = options;
    if (options.on_progress) {
      step.on_progress = [&](const http::Progress& progress) {
        options.on_progress({before + progress.done_bytes, all_bytes(dataset)});
      };
    }
    const fs::path target = out.folder / file.path;
    const auto digest = sha256_file(target, options.cancel);
    if (!digest || *digest != file.sha256) {
      const std::int64_t most = file.bytes > 0 ? file.bytes : kMaxFileBytes;
      ASSAY_CHECK(
          http::download({eval::data::url_of(dataset, file), target, file.sha256, most}, step));
      ++out.fetched;
    }
    before += file.bytes;
  }
  return out;
}

Result<FetchedData> copy_data(const Dataset& dataset, const fs::path& from,
                              const CancelToken* cancel) {
  const fs::path source = source_folder(dataset, from);
  FetchedData out;
  out.folder = DataFolders::download_folder(dataset);
  bool any = false;
  for (const DataFile& file : dataset.files) {
    const fs::path here = eval::data::file_in(source, file);
    if (here.empty()) continue;
    any = true;
    const fs::path target = out.folder / file.path;
    std::error_code error;
    if (fs::equivalent(here, target, error)) continue;
    ASSAY_TRY(const std::string digest, sha256_file(here, cancel));
    if (!file.sha256.empty() && digest != file.sha256) {
      return fail(
          ErrorKind::format,
          "the file differs from the original: its SHA-256 is " + digest + ", not " + file.sha256,
          here.string(),
          "Take it from " + dataset.homepage +
              "; to use another version as it is, name it with --data " + dataset.name + "=DIR");
    }
    const auto there = sha256_file(target, cancel);
    if (there && *there == digest) continue;
    if (file.sha256.empty()) ++out.unpinned;
    ASSAY_CHECK(copy_whole(here, target));
    ++out.fetched;
  }
  if (any) return out;
  return fail(ErrorKind::not_found, "this folder holds no file of " + dataset.name, from.string(),
              "Its files are e.g. " + dataset.files.front().path);
}

}  // namespace assay::cli
