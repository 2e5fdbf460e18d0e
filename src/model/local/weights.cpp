#include "model/local/weights.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "llama.h"
#include "model/local/backend.h"

namespace assay::model::local {
namespace {

namespace fs = std::filesystem;

struct Format {
  const char* name;
  llama_ftype file_type;
  ggml_type type;
};

Format format_of(Dtype dtype) {
  switch (dtype) {
    case Dtype::bf16: return {"BF16", LLAMA_FTYPE_MOSTLY_BF16, GGML_TYPE_BF16};
    case Dtype::q8_0: return {"Q8_0", LLAMA_FTYPE_MOSTLY_Q8_0, GGML_TYPE_Q8_0};
    default: return {"F32", LLAMA_FTYPE_ALL_F32, GGML_TYPE_F32};
  }
}

/// Vectors (norms, biases) stay in F32 in every format.
bool is_matrix(const GgufTensor& tensor) { return tensor.shape[1] > 1; }

fs::path own_temporary(const fs::path& file) {
  return fs::path(file.string() + "." + std::to_string(::getpid()) + ".part");
}

tl::unexpected<Error> not_converted(const fs::path& target, const std::string& name,
                                    const std::string& detail) {
  return fail(
      ErrorKind::io,
      "the weights could not be converted to " + name + (detail.empty() ? "" : " (" + detail + ")"),
      target.string(), "Free disk space there, or use `--dtype as-stored`");
}

Status convert(const fs::path& file, const fs::path& target, Dtype dtype) {
  const Format format = format_of(dtype);
  llama_model_quantize_params params = llama_model_quantize_default_params();
  params.ftype = format.file_type;
  params.output_tensor_type = format.type;
  params.token_embedding_type = format.type;
  params.allow_requantize = true;
  params.pure = true;
  const fs::path part = own_temporary(target);
  std::error_code error;
  clear_engine_log();
  const AbortGuard guard;
  std::string detail;
  std::uint32_t code = 1;
  try {
    code = llama_model_quantize(file.c_str(), part.c_str(), &params);
  } catch (const std::exception& problem) {
    detail = problem.what();
  }
  if (code == 0 && read_gguf_header(part)) {
    fs::rename(part, target, error);
    if (!error) return {};
    detail = error.message();
  }
  fs::remove(part, error);
  return not_converted(target, format.name, detail.empty() ? engine_log() : detail);
}

}  // namespace

std::string dtype_name(const GgufHeader& header, Dtype dtype) {
  return dtype == Dtype::as_stored ? weights_dtype(header) : format_of(dtype).name;
}

bool stored_as(const GgufHeader& header, Dtype dtype) {
  if (dtype == Dtype::as_stored) return true;
  const auto type = static_cast<std::uint32_t>(format_of(dtype).type);
  return std::all_of(header.tensors.begin(), header.tensors.end(), [&](const GgufTensor& tensor) {
    return tensor.type == type || (!is_matrix(tensor) && tensor.type == GGML_TYPE_F32);
  });
}

std::uint64_t weights_bytes(const GgufHeader& header, Dtype dtype) {
  std::uint64_t total = 0;
  for (const auto& tensor : header.tensors) {
    if (dtype == Dtype::as_stored) {
      total += tensor.bytes;
      continue;
    }
    const ggml_type type = is_matrix(tensor) ? format_of(dtype).type : GGML_TYPE_F32;
    total += static_cast<std::uint64_t>(tensor.elements() / ggml_blck_size(type) + 1) *
             ggml_type_size(type);
  }
  return total;
}

Result<fs::path> weights_file(const fs::path& file, const GgufHeader& header,
                              const std::string& digest, Dtype dtype, const fs::path& cache) {
  if (stored_as(header, dtype)) return file;
  const std::string name = format_of(dtype).name;
  const fs::path target = cache / "weights" / (digest.substr(0, 32) + "-" + name + ".gguf");
  std::error_code error;
  if (fs::exists(target, error) && read_gguf_header(target)) return target;
  fs::create_directories(target.parent_path(), error);
  if (error) return not_converted(target, name, error.message());
  const auto space = fs::space(target.parent_path(), error);
  const std::uint64_t wanted = weights_bytes(header, dtype) + header.data_offset;
  if (!error && space.available < wanted) {
    return not_converted(target, name,
                         std::to_string(wanted >> 20U) + " MiB are wanted, " +
                             std::to_string(space.available >> 20U) + " MiB are free");
  }
  ASSAY_CHECK(convert(file, target, dtype));
  return target;
}

Json read_cached(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (text.empty()) return nullptr;
  auto value = parse_json(text, file.string());
  return value ? std::move(*value) : Json(nullptr);
}

void write_cached(const fs::path& file, const Json& value) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  const fs::path part = own_temporary(file);
  bool written = false;
  {
    std::ofstream stream(part, std::ios::binary | std::ios::trunc);
    stream << dump_json(value) << '\n';
    written = static_cast<bool>(stream.flush());
  }
  if (written) fs::rename(part, file, error);
  if (!written || error) fs::remove(part, error);
}

Result<std::string> cached_digest(const fs::path& file, const fs::path& cache) {
  struct stat status {};
  const fs::path absolute = fs::absolute(file);
  if (::stat(absolute.c_str(), &status) != 0) return sha256_file(file);
  const Json key{{"path", absolute.string()},
                 {"bytes", status.st_size},
                 {"seconds", status.st_mtim.tv_sec},
                 {"nanoseconds", status.st_mtim.tv_nsec}};
  const fs::path place =
      cache / "digests" / (sha256_hex(absolute.string()).substr(0, 32) + ".json");
  const Json known = read_cached(place);
  if (known.is_object() && known.value("file", Json()) == key &&
      known.value("sha256", Json()).is_string()) {
    return known["sha256"].get<std::string>();
  }
  ASSAY_TRY(auto digest, sha256_file(file));
  write_cached(place, Json{{"file", key}, {"sha256", digest}});
  return digest;
}

}  // namespace assay::model::local
