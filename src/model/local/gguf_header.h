// The header of a GGUF file (llama.cpp's model format, versions 2 and 3): metadata and the table of
// tensors, checked so that a file that is not whole is refused before llama.cpp sees it. Layout:
// magic, version, counts, key-value pairs, tensor descriptions, padding, tensor data
// (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md).
// Thread-safety: pure functions on immutable values.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/model.h"

namespace assay::model::local {

struct GgufValue {
  enum class Kind { integer, real, boolean, text, array };
  Kind kind = Kind::integer;
  std::int64_t integer = 0;  ///< also the boolean
  double real = 0.0;
  std::string text;
  std::uint64_t length = 0;  ///< elements of an array; their values are not kept
};

struct GgufTensor {
  std::string name;
  std::array<std::int64_t, 4> shape{1, 1, 1, 1};
  std::uint32_t type = 0;    ///< ggml_type
  std::uint64_t offset = 0;  ///< from the start of the tensor data, bytes
  std::uint64_t bytes = 0;
  [[nodiscard]] std::int64_t elements() const { return shape[0] * shape[1] * shape[2] * shape[3]; }
};

struct GgufHeader {
  std::uint32_t version = 0;
  std::map<std::string, GgufValue, std::less<>> metadata;
  std::vector<GgufTensor> tensors;
  std::uint64_t data_offset = 0;  ///< of the tensor data in the file, bytes

  [[nodiscard]] std::string text(std::string_view key) const;  ///< empty if absent
  [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t otherwise) const;
  /// "{architecture}.{key}"
  [[nodiscard]] std::int64_t hyperparameter(std::string_view key, std::int64_t otherwise) const;
};

/// `bytes` is the whole file. Errors: format, with what is wrong and what to do.
Result<GgufHeader> parse_gguf_header(std::string_view bytes, const std::string& where);
/// Errors: not_found, io, format.
Result<GgufHeader> read_gguf_header(const std::filesystem::path& file);
/// What the header says about the model; digest, scored_dtype and engine are left empty.
ModelInfo describe(const GgufHeader& header, const std::filesystem::path& file);
/// Name of the weights' format as a person knows it, e.g. "Q4_1", "Q4_K_M", "F32".
std::string weights_dtype(const GgufHeader& header);

}  // namespace assay::model::local
