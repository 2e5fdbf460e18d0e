// Where weights come from: a GGUF file or a folder of safetensors, under one naming (GGUF's:
// "blk.3.attn_q.weight"), as f32 rows. Reads one tensor at a time, and drops its pages afterwards,
// so that loading needs little more than the weights themselves. Legal call order: open_source(),
// then the rest. Thread-safety: reads from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "model/torch/spec.h"

namespace assay::model::torch_engine {

class Source {
 public:
  virtual ~Source() = default;
  [[nodiscard]] virtual bool has(const std::string& name) const = 0;
  /// Slowest first (rows, columns); empty where there is no such tensor.
  [[nodiscard]] virtual std::vector<std::int64_t> shape(const std::string& name) const = 0;
  /// All values in order, as stored but for dequantisation. Errors: format (no such tensor),
  /// unsupported (a type without a conversion).
  virtual Status read(const std::string& name, float* out) const = 0;

  Spec spec;
  Layout layout;
  std::string architecture, name, stored_dtype;
  std::filesystem::path gguf;  ///< the file, where it is one
};

/// Errors: not_found, io, format, unsupported (architecture).
Result<std::unique_ptr<Source>> open_source(const std::filesystem::path& model);
Result<std::unique_ptr<Source>> open_gguf(const std::filesystem::path& file);
Result<std::unique_ptr<Source>> open_safetensors(const std::filesystem::path& folder);

}  // namespace assay::model::torch_engine
