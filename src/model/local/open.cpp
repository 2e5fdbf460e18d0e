// open() and inspect(): from a path to a Model.
#include "base/paths.h"
#include "base/text.h"
#include "model/local/backend.h"
#include "model/local/engine.h"
#include "model/local/gguf_header.h"
#include "model/local/weights.h"

namespace assay::model::local {
namespace {

namespace fs = std::filesystem;

fs::path cache_of(const Options& options) {
  return options.cache_dir.empty() ? user_cache_dir() : options.cache_dir;
}

Result<ModelInfo> inspect_with(const GgufHeader& header, const fs::path& file,
                               const fs::path& cache) {
  ModelInfo info = describe(header, file);
  ASSAY_TRY(info.digest, cached_digest(file, cache));
  info.engine = engine_version();
  return info;
}

}  // namespace

Result<Dtype> parse_dtype(std::string_view name) {
  const std::string lower = lower_ascii(name);
  if (lower == "auto" || lower == "automatic") return Dtype::automatic;
  if (lower == "as-stored" || lower == "as_stored") return Dtype::as_stored;
  if (lower == "f32") return Dtype::f32;
  if (lower == "bf16") return Dtype::bf16;
  if (lower == "q8_0") return Dtype::q8_0;
  return fail(ErrorKind::usage, "there is no such weight format", std::string(name),
              "Use auto, as-stored, f32, bf16 or q8_0");
}

Result<ModelInfo> inspect(const fs::path& file) {
  start_backend();
  ASSAY_TRY(const auto header, read_gguf_header(file));
  return inspect_with(header, file, user_cache_dir());
}

Result<std::unique_ptr<Model>> open(const fs::path& file, const Options& options) {
  start_backend();
  ASSAY_TRY(const auto header, read_gguf_header(file));
  const fs::path cache = cache_of(options);
  ASSAY_TRY(auto info, inspect_with(header, file, cache));
  Dtype dtype = options.dtype;
  if (dtype == Dtype::automatic) dtype = Dtype::as_stored;
  ASSAY_TRY(const auto weights, weights_file(file, header, info.digest, dtype, cache));
  info.scored_dtype = dtype_name(header, dtype);
  const bool f32 =
      dtype == Dtype::f32 || (dtype == Dtype::as_stored && stored_as(header, Dtype::f32));
  ASSAY_TRY(auto engine, Engine::load(weights, std::move(info), options, f32));
  return std::unique_ptr<Model>(std::move(engine));
}

}  // namespace assay::model::local
