// links: model
// parse_gguf_header on any bytes: a header whose tensors lie within the file, or an error.
#include <cstdint>
#include <cstdlib>

#include "model/local/gguf_header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace local = assay::model::local;
  const auto header = local::parse_gguf_header({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!header) return header.error().what.empty() ? (std::abort(), 0) : 0;
  for (const auto& tensor : header->tensors) {
    if (tensor.bytes == 0 || header->data_offset + tensor.offset + tensor.bytes > size)
      std::abort();
  }
  const auto info = local::describe(*header, "fuzz.gguf");
  if (info.architecture.empty() || info.parameters < 0) std::abort();
  return 0;
}
