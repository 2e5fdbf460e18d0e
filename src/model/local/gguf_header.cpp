#include "model/local/gguf_header.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <memory>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ggml.h"

namespace assay::model::local {
namespace {

constexpr const char* fetch_again = "Fetch the file again, and compare its size and SHA-256";
constexpr std::uint64_t most_entries = 1U << 20U;  // pairs or tensors; real files have thousands
constexpr std::uint64_t longest_name = 1U << 16U;

enum GgufType : std::uint32_t {
  u8,
  i8,
  u16,
  i16,
  u32,
  i32,
  f32,
  boolean,
  text,
  array,
  u64,
  i64,
  f64,
  type_count
};
constexpr std::array<std::uint64_t, type_count> type_bytes = {1, 1, 2, 2, 4, 4, 4,
                                                              1, 0, 0, 8, 8, 8};

/// A cursor that never leaves the file: after a failed read, ok() is false and values are zero.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] std::uint64_t position() const { return position_; }
  [[nodiscard]] std::uint64_t left() const { return bytes_.size() - position_; }

  template <class T>
  T number() {
    T value{};
    const auto piece = take(sizeof(T));
    if (ok_) std::memcpy(&value, piece.data(), sizeof(T));
    return value;
  }
  std::string_view take(std::uint64_t count) {
    if (!ok_ || count > left()) {
      ok_ = false;
      return {};
    }
    const auto piece = bytes_.substr(position_, count);
    position_ += count;
    return piece;
  }
  std::string_view string() { return take(number<std::uint64_t>()); }

 private:
  std::string_view bytes_;
  std::uint64_t position_ = 0;
  bool ok_ = true;
};

void read_scalar(Cursor& cursor, std::uint32_t type, GgufValue& value) {
  const auto integer = [&](auto number) {
    value.kind = GgufValue::Kind::integer;
    value.integer = static_cast<std::int64_t>(number);
    value.real = static_cast<double>(number);
  };
  const auto real = [&](double number) {
    value.kind = GgufValue::Kind::real;
    value.real = number;
  };
  switch (type) {
    case u8: return integer(cursor.number<std::uint8_t>());
    case i8: return integer(cursor.number<std::int8_t>());
    case u16: return integer(cursor.number<std::uint16_t>());
    case i16: return integer(cursor.number<std::int16_t>());
    case u32: return integer(cursor.number<std::uint32_t>());
    case i32: return integer(cursor.number<std::int32_t>());
    case u64: return integer(cursor.number<std::uint64_t>());
    case i64: return integer(cursor.number<std::int64_t>());
    case f32: return real(static_cast<double>(cursor.number<float>()));
    case f64: return real(cursor.number<double>());
    case boolean:
      integer(cursor.number<std::uint8_t>());
      value.kind = GgufValue::Kind::boolean;
      return;
    default: value.kind = GgufValue::Kind::text; value.text = std::string(cursor.string());
  }
}

bool skip_array(Cursor& cursor, GgufValue& value) {
  const auto type = cursor.number<std::uint32_t>();
  value.kind = GgufValue::Kind::array;
  value.length = cursor.number<std::uint64_t>();
  if (type >= type_count || type == array) return false;
  if (type == text) {
    for (std::uint64_t i = 0; i < value.length && cursor.ok(); ++i) cursor.string();
  } else if (value.length > cursor.left() / type_bytes[type]) {
    return false;
  } else {
    cursor.take(value.length * type_bytes[type]);
  }
  return cursor.ok();
}

tl::unexpected<Error> broken(std::string what, const std::string& where) {
  return fail(ErrorKind::format, std::move(what), where, fetch_again);
}

Status read_metadata(Cursor& cursor, std::uint64_t count, GgufHeader& header,
                     const std::string& where) {
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string key(cursor.string());
    const auto type = cursor.number<std::uint32_t>();
    if (!cursor.ok()) return broken("the model file ends within its metadata", where);
    if (key.empty() || key.size() > longest_name || type >= type_count) {
      return broken("the model file's metadata is damaged at entry " + std::to_string(i), where);
    }
    GgufValue value;
    if (type == array) {
      if (!skip_array(cursor, value)) {
        return broken("the model file's metadata is damaged or cut off in `" + key + "`", where);
      }
    } else {
      read_scalar(cursor, type, value);
    }
    if (!cursor.ok()) return broken("the model file ends within its metadata", where);
    if (!header.metadata.emplace(key, std::move(value)).second) {
      return broken("the model file has the metadata key `" + key + "` twice", where);
    }
  }
  return {};
}

/// Rows are `shape[0]` long and stored in whole blocks of the type.
bool set_size(GgufTensor& tensor) {
  if (tensor.type >= GGML_TYPE_COUNT) return false;
  const auto type = static_cast<ggml_type>(tensor.type);
  const std::int64_t block = ggml_blck_size(type);
  const std::size_t size = ggml_type_size(type);
  if (block <= 0 || size == 0 || tensor.shape[0] % block != 0) return false;
  std::int64_t elements = 1;
  for (const std::int64_t extent : tensor.shape) {
    if (extent <= 0 || extent > (std::int64_t{1} << 48U) / elements) return false;
    elements *= extent;
  }
  tensor.bytes = static_cast<std::uint64_t>(elements / block) * size;
  return true;
}

Status read_tensors(Cursor& cursor, std::uint64_t count, GgufHeader& header,
                    const std::string& where) {
  for (std::uint64_t i = 0; i < count; ++i) {
    GgufTensor tensor;
    tensor.name = std::string(cursor.string());
    const auto dimensions = cursor.number<std::uint32_t>();
    if (cursor.ok() && (dimensions > 4 || tensor.name.size() >= GGML_MAX_NAME)) {
      return broken("the model file's tensor table is damaged at entry " + std::to_string(i),
                    where);
    }
    for (std::uint32_t d = 0; d < dimensions && cursor.ok(); ++d) {
      tensor.shape[d] = cursor.number<std::int64_t>();
    }
    tensor.type = cursor.number<std::uint32_t>();
    tensor.offset = cursor.number<std::uint64_t>();
    if (!cursor.ok()) return broken("the model file ends within its tensor table", where);
    if (!set_size(tensor)) {
      return broken("the tensor `" + tensor.name + "` has an impossible shape or type", where);
    }
    header.tensors.push_back(std::move(tensor));
  }
  return {};
}

Status check_offsets(const GgufHeader& header, std::uint64_t file_bytes, std::uint64_t alignment,
                     const std::string& where) {
  const std::uint64_t room = file_bytes > header.data_offset ? file_bytes - header.data_offset : 0;
  for (const auto& tensor : header.tensors) {
    if (tensor.offset % alignment != 0) {
      return broken("the tensor `" + tensor.name + "` is not aligned", where);
    }
    if (tensor.bytes > room || tensor.offset > room - tensor.bytes) {
      return broken("the file is " + std::to_string(file_bytes) + " bytes long, but the tensor `" +
                        tensor.name + "` would lie past its end; the file is cut off",
                    where);
    }
  }
  return {};
}

/// What llama.cpp divides by or allocates from, in ranges beyond every known model.
Status check_hyperparameters(const GgufHeader& header, const std::string& where) {
  if (header.text("general.architecture").empty()) {
    return broken("the model file does not name its architecture (general.architecture)", where);
  }
  struct Range {
    const char* key;
    std::int64_t least;
    std::int64_t most;
  };
  constexpr std::array<Range, 12> ranges = {{{"block_count", 1, 512},
                                             {"embedding_length", 1, 1 << 20},
                                             {"context_length", 1, 1 << 30},
                                             {"feed_forward_length", 0, 1 << 24},
                                             {"vocab_size", 1, 1 << 24},
                                             {"expert_count", 0, 1 << 14},
                                             {"expert_used_count", 0, 1 << 14},
                                             {"attention.head_count", 0, 1 << 14},
                                             {"attention.head_count_kv", 0, 1 << 14},
                                             {"attention.key_length", 0, 1 << 16},
                                             {"attention.value_length", 0, 1 << 16},
                                             {"rope.dimension_count", 0, 1 << 16}}};
  const std::string prefix = header.text("general.architecture") + ".";
  for (const auto& range : ranges) {
    const auto found = header.metadata.find(prefix + range.key);
    if (found == header.metadata.end() || found->second.kind == GgufValue::Kind::array) continue;
    const std::int64_t value = found->second.integer;
    if (found->second.kind != GgufValue::Kind::integer || value < range.least ||
        value > range.most) {
      return broken("the model file's `" + found->first + "` is out of range", where);
    }
  }
  return {};
}

Status check_magic(std::string_view bytes, const std::string& where) {
  if (bytes.empty()) return broken("the model file is empty (0 bytes)", where);
  if (bytes.substr(0, 4) != "GGUF") {
    return fail(ErrorKind::format, "this is not a GGUF model file", where,
                "Give a file that ends in .gguf; other formats can be converted with llama.cpp's "
                "convert_hf_to_gguf.py");
  }
  return {};
}

}  // namespace

std::string GgufHeader::text(std::string_view key) const {
  const auto found = metadata.find(key);
  return found == metadata.end() ? std::string() : found->second.text;
}

std::int64_t GgufHeader::integer(std::string_view key, std::int64_t otherwise) const {
  const auto found = metadata.find(key);
  if (found == metadata.end() || found->second.kind != GgufValue::Kind::integer) return otherwise;
  return found->second.integer;
}

std::int64_t GgufHeader::hyperparameter(std::string_view key, std::int64_t otherwise) const {
  return integer(text("general.architecture") + "." + std::string(key), otherwise);
}

Result<GgufHeader> parse_gguf_header(std::string_view bytes, const std::string& where) {
  ASSAY_CHECK(check_magic(bytes, where));
  Cursor cursor(bytes);
  cursor.take(4);
  GgufHeader header;
  header.version = cursor.number<std::uint32_t>();
  const auto tensors = cursor.number<std::uint64_t>();
  const auto pairs = cursor.number<std::uint64_t>();
  if (!cursor.ok()) return broken("the model file ends within its first 24 bytes", where);
  if (header.version != 2 && header.version != 3) {
    return fail(ErrorKind::unsupported,
                "the file says GGUF version " + std::to_string(header.version) +
                    "; 2 and 3 (little-endian) can be read",
                where, "Convert the model anew with a current llama.cpp");
  }
  if (tensors > most_entries || pairs > most_entries) {
    return broken("the model file claims " + std::to_string(tensors) + " tensors and " +
                      std::to_string(pairs) + " metadata entries, more than any model has",
                  where);
  }
  ASSAY_CHECK(read_metadata(cursor, pairs, header, where));
  ASSAY_CHECK(read_tensors(cursor, tensors, header, where));
  const auto alignment = static_cast<std::uint64_t>(header.integer("general.alignment", 32));
  if (alignment == 0 || alignment > (1U << 20U) || (alignment & (alignment - 1)) != 0) {
    return broken("the model file's general.alignment is not a small power of two", where);
  }
  header.data_offset = (cursor.position() + alignment - 1) / alignment * alignment;
  ASSAY_CHECK(check_offsets(header, bytes.size(), alignment, where));
  ASSAY_CHECK(check_hyperparameters(header, where));
  return header;
}

Result<GgufHeader> read_gguf_header(const std::filesystem::path& file) {
  const std::string where = file.string();
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return fail(errno == ENOENT ? ErrorKind::not_found : ErrorKind::io,
                std::string("cannot open the model file: ") + std::strerror(errno), where,
                "Check the path and its permissions");
  }
  const auto close = [](const int* fd) { ::close(*fd); };
  const std::unique_ptr<const int, decltype(close)> closer(&descriptor, close);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    return fail(ErrorKind::format, "this is not a regular file", where,
                "Give the path of a GGUF file, not of a folder or device");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return parse_gguf_header({}, where);
  void* memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (memory == MAP_FAILED) {
    return fail(ErrorKind::io, std::string("cannot read the model file: ") + std::strerror(errno),
                where, "Check that it is a regular file on a healthy disk");
  }
  auto header = parse_gguf_header({static_cast<const char*>(memory), size}, where);
  ::munmap(memory, size);
  return header;
}

}  // namespace assay::model::local
