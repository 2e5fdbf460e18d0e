// The header of a safetensors file (Hugging Face's format for weights): 8 bytes little-endian
// length, a JSON object name -> {dtype, shape, data_offsets}, then the data
// (https://github.com/huggingface/safetensors, "Format"). Checked so that every tensor lies within
// the file, no two overlap, no byte is left over and each size fits its shape and type.
// Thread-safety: pure functions on immutable values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::model {

struct SafeTensor {
  std::string name;
  std::string dtype;                ///< "F32", "F16", "BF16", ...
  std::vector<std::int64_t> shape;  ///< slowest first; empty for a scalar
  std::uint64_t begin = 0;          ///< from the start of the file, bytes
  std::uint64_t bytes = 0;
  [[nodiscard]] std::int64_t elements() const;
};

/// `bytes` is the whole file; tensors come in order of their place. Errors: format.
Result<std::vector<SafeTensor>> parse_safetensors(std::string_view bytes, const std::string& where);
/// The tensor's values as f32 [elements()], of F32, F16 or BF16; `bytes` is the whole file.
/// Errors: unsupported (another type).
Status read_floats(std::string_view bytes, const SafeTensor& tensor, float* out);

}  // namespace assay::model
