// links: model
// parse_safetensors on any bytes: tensors that lie within the file one after the other, or an
// error.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "model/safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace model = assay::model;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto tensors = model::parse_safetensors(bytes, "fuzz");
  if (!tensors) return tensors.error().what.empty() ? (std::abort(), 0) : 0;
  for (const auto& tensor : *tensors) {
    if (tensor.begin + tensor.bytes > size || tensor.elements() < 0) std::abort();
    std::vector<float> values(static_cast<std::size_t>(tensor.elements()));
    if (tensor.bytes > 0) static_cast<void>(model::read_floats(bytes, tensor, values.data()));
  }
  return 0;
}
