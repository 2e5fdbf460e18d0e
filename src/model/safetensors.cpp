#include "model/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "base/json.h"
#include "ggml.h"

namespace assay::model {
namespace {

constexpr const char* fetch_again = "Fetch the file again, and compare its size and SHA-256";
constexpr std::uint64_t most_header = std::uint64_t{100} << 20U;  // as the reference reader

tl::unexpected<Error> broken(std::string what, const std::string& where) {
  return fail(ErrorKind::format, std::move(what), where, fetch_again);
}

std::uint64_t bytes_of(std::string_view dtype) {
  static constexpr std::array<std::pair<std::string_view, std::uint64_t>, 14> sizes = {
      {{"F64", 8},
       {"F32", 4},
       {"F16", 2},
       {"BF16", 2},
       {"I64", 8},
       {"I32", 4},
       {"I16", 2},
       {"I8", 1},
       {"U64", 8},
       {"U32", 4},
       {"U16", 2},
       {"U8", 1},
       {"BOOL", 1},
       {"F8_E4M3", 1}}};
  const auto* found =
      std::find_if(sizes.begin(), sizes.end(), [&](const auto& s) { return s.first == dtype; });
  return found == sizes.end() ? 0 : found->second;
}

/// Fills shape; the elements, or -1 where they are no sizes or too many.
std::int64_t read_shape(const Json& json, std::vector<std::int64_t>& shape) {
  std::int64_t elements = 1;
  if (!json.is_array() || json.size() > 8) return -1;
  for (const auto& extent : json) {
    if (!extent.is_number_unsigned()) return -1;
    const auto value = extent.get<std::uint64_t>();
    if (value > (std::uint64_t{1} << 40U)) return -1;
    const auto size = static_cast<std::int64_t>(value);
    if (size > 0 && elements > (std::int64_t{1} << 48U) / size) return -1;
    elements *= size;
    shape.push_back(size);
  }
  return elements;
}

Status read_entry(const std::string& name, const Json& entry, std::uint64_t data,
                  std::uint64_t room, const std::string& where, std::vector<SafeTensor>& out) {
  const auto damaged = [&](const char* what) {
    return broken("the tensor `" + name + "` " + what, where);
  };
  if (!entry.is_object() || !entry.contains("dtype") || !entry.contains("shape") ||
      !entry.contains("data_offsets") || !entry["dtype"].is_string()) {
    return damaged("lacks dtype, shape or data_offsets");
  }
  SafeTensor tensor;
  tensor.name = name;
  tensor.dtype = entry["dtype"].get<std::string>();
  const std::uint64_t size = bytes_of(tensor.dtype);
  if (size == 0) return damaged("has a type that is not known");
  const std::int64_t elements = read_shape(entry["shape"], tensor.shape);
  if (elements < 0) return damaged("has an impossible shape");
  const Json& offsets = entry["data_offsets"];
  if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
      !offsets[1].is_number_unsigned()) {
    return damaged("has damaged data_offsets");
  }
  const auto begin = offsets[0].get<std::uint64_t>();
  const auto end = offsets[1].get<std::uint64_t>();
  if (begin > end || end > room) {
    return damaged("would lie past the end of the file; the file is cut off or damaged");
  }
  if (end - begin != static_cast<std::uint64_t>(elements) * size) {
    return damaged("is not as long as its shape and type say");
  }
  tensor.begin = data + begin;
  tensor.bytes = end - begin;
  out.push_back(std::move(tensor));
  return {};
}

}  // namespace

std::int64_t SafeTensor::elements() const {
  std::int64_t product = 1;
  for (const auto extent : shape) product *= extent;
  return product;
}

Result<std::vector<SafeTensor>> parse_safetensors(std::string_view bytes,
                                                  const std::string& where) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t length = 0;
  if (bytes.size() < sizeof length) return broken("the file ends within its first 8 bytes", where);
  std::memcpy(&length, bytes.data(), sizeof length);
  if (length > most_header || length > bytes.size() - sizeof length) {
    return broken("this is not a whole safetensors file: its header would be " +
                      std::to_string(length) + " bytes long",
                  where);
  }
  ASSAY_TRY(const Json header, parse_json(bytes.substr(sizeof length, length), where));
  if (!header.is_object()) return broken("the file's header is no JSON object", where);
  const std::uint64_t data = sizeof length + length;
  std::vector<SafeTensor> tensors;
  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__") continue;
    ASSAY_CHECK(read_entry(name, entry, data, bytes.size() - data, where, tensors));
  }
  std::stable_sort(tensors.begin(), tensors.end(), [](const SafeTensor& a, const SafeTensor& b) {
    return std::pair(a.begin, a.bytes) < std::pair(b.begin, b.bytes);
  });
  std::uint64_t at = data;
  for (const auto& tensor : tensors) {
    if (tensor.begin < at) {
      return broken("the tensor `" + tensor.name + "` overlaps the one before it", where);
    }
    if (tensor.begin > at) {
      return broken("bytes before the tensor `" + tensor.name + "` belong to none", where);
    }
    at += tensor.bytes;
  }
  if (at != bytes.size()) return broken("bytes at the end of the file belong to no tensor", where);
  return tensors;
}

Status read_floats(std::string_view bytes, const SafeTensor& tensor, float* out) {
  const char* from = bytes.data() + tensor.begin;
  const std::int64_t count = tensor.elements();
  if (tensor.dtype == "F32") {
    if (count > 0) std::memcpy(out, from, static_cast<std::size_t>(count) * sizeof(float));
    return {};
  }
  if (tensor.dtype != "F16" && tensor.dtype != "BF16") {
    return fail(ErrorKind::unsupported,
                "the tensor `" + tensor.name + "` is stored as " + tensor.dtype, {},
                "Weights in F32, F16 or BF16 can be read; save the model in one of them");
  }
  constexpr std::int64_t piece = 4096;  // aligned copies: offsets in the file may be odd
  std::array<std::uint16_t, piece> raw{};
  for (std::int64_t at = 0; at < count; at += piece) {
    const std::int64_t n = std::min(piece, count - at);
    std::memcpy(raw.data(), from + at * 2, static_cast<std::size_t>(n) * 2);
    if (tensor.dtype == "F16") {
      ggml_fp16_to_fp32_row(raw.data(), out + at, n);
    } else {
      for (std::int64_t i = 0; i < n; ++i) {
        out[at + i] = std::bit_cast<float>(
            static_cast<std::uint32_t>(raw[static_cast<std::size_t>(i)]) << 16U);
      }
    }
  }
  return {};
}

}  // namespace assay::model
