// The local engine: any GGUF that llama.cpp reads. The only folder that includes llama.cpp headers.
// Legal call order: open() once per model; see model/model.h for the rest.
#pragma once

#include <filesystem>
#include <memory>

#include "model/model.h"

namespace assay::model::local {

enum class Dtype { automatic, as_stored, f32, bf16, q8_0 };
Result<Dtype> parse_dtype(std::string_view name);

struct Options {
  Dtype dtype = Dtype::automatic;
  int threads = 0;                  ///< 0 = all physical cores
  int context = 0;                  ///< KV cells in all; 0 = chosen from the model and memory
  int max_sequences = 256;          ///< parallel sequences, at most 256
  std::filesystem::path cache_dir;  ///< requantised weights; empty = the user's cache
};

/// Opens a GGUF. Errors: not_found, io, format (wrong magic, truncated, offsets past the end),
/// unsupported (architecture), limit (memory).
Result<std::unique_ptr<Model>> open(const std::filesystem::path& file, const Options& options = {});
/// Reads metadata only (no weights), for `assay model info`.
Result<ModelInfo> inspect(const std::filesystem::path& file);
/// llama.cpp's version and build, for `assay doctor`.
std::string engine_version();

}  // namespace assay::model::local
