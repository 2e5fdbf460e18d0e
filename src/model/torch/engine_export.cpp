// The weights as GGUF: the file that the model was read from, with its matrices as they are now.
// Written tensor by tensor, under another name until it is whole.
#include <cstring>
#include <fstream>

#include "ggml.h"
#include "gguf.h"
#include "model/torch/adapter.h"
#include "model/torch/engine.h"

namespace assay::model::torch_engine {
namespace {

namespace fs = std::filesystem;

struct Format {
  ggml_type type;
  std::uint32_t file_type;  ///< general.file_type
};

std::optional<Format> format_of(const std::string& dtype) {
  if (dtype == "F32") return Format{GGML_TYPE_F32, 0};
  if (dtype == "F16") return Format{GGML_TYPE_F16, 1};
  if (dtype == "BF16") return Format{GGML_TYPE_BF16, 32};
  if (dtype == "Q8_0") return Format{GGML_TYPE_Q8_0, 7};
  return std::nullopt;
}

/// Layer and kind of "blk.3.attn_q.weight"; a kind that is empty where it is no matrix of a layer.
std::pair<std::int64_t, std::string> parts_of(const std::string& name) {
  if (!name.starts_with("blk.") || !name.ends_with(".weight")) return {0, ""};
  const auto dot = name.find('.', 4);
  return {std::stoll(name.substr(4, dot - 4)), name.substr(dot + 1, name.size() - dot - 1 - 7)};
}

class Writer {
 public:
  Writer(Net& net, const Source& source, const Format& format)
      : net_(net), source_(source), format_(format) {}
  ~Writer() {
    if (meta_ != nullptr) gguf_free(meta_);
    if (tensors_ != nullptr) ggml_free(tensors_);
    if (from_ != nullptr) gguf_free(from_);
    if (from_tensors_ != nullptr) ggml_free(from_tensors_);
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  Status write(const fs::path& file) {
    from_ = gguf_init_from_file(source_.gguf.c_str(), {true, &from_tensors_});
    if (from_ == nullptr) {
      return fail(ErrorKind::io, "the model's file cannot be read again", source_.gguf.string(),
                  "Leave it in its place while its weights are written");
    }
    const auto count = gguf_get_n_tensors(from_);
    meta_ = gguf_init_empty();
    tensors_ =
        ggml_init({ggml_tensor_overhead() * static_cast<std::size_t>(count + 1), nullptr, true});
    gguf_set_kv(meta_, from_);
    gguf_set_val_u32(meta_, "general.file_type", format_.file_type);
    for (std::int64_t i = 0; i < count; ++i) {
      const ggml_tensor* old = ggml_get_tensor(from_tensors_, gguf_get_tensor_name(from_, i));
      ggml_tensor* made = ggml_new_tensor(tensors_, type_of(*old), ggml_n_dims(old), old->ne);
      ggml_set_name(made, old->name);
      gguf_add_tensor(meta_, made);
    }
    std::ofstream out(file, std::ios::binary);
    std::vector<char> head(gguf_get_meta_size(meta_));
    gguf_get_meta_data(meta_, head.data());
    out.write(head.data(), static_cast<std::streamsize>(head.size()));
    for (std::int64_t i = 0; i < count; ++i) {
      ASSAY_TRY(const std::vector<char> bytes, bytes_of(gguf_get_tensor_name(meta_, i)));
      out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      const std::size_t alignment = gguf_get_alignment(meta_);
      const std::vector<char> pad((alignment - bytes.size() % alignment) % alignment);
      out.write(pad.data(), static_cast<std::streamsize>(pad.size()));
    }
    if (!out.flush()) {
      return fail(ErrorKind::io, "the model cannot be written", file.string(),
                  "Check the folder, its permissions and the space left");
    }
    return {};
  }

 private:
  /// Vectors stay F32, and rows that do not fill the type's blocks become F16.
  [[nodiscard]] ggml_type type_of(const ggml_tensor& tensor) const {
    if (ggml_n_dims(&tensor) < 2 || format_.type == GGML_TYPE_F32) return GGML_TYPE_F32;
    return tensor.ne[0] % ggml_blck_size(format_.type) == 0 ? format_.type : GGML_TYPE_F16;
  }

  /// As the file has them: rows of q and k in its order.
  Result<at::Tensor> values_of(const std::string& name, const ggml_tensor& tensor) {
    if (name == "token_embd.weight") return net_.embedding.cpu().contiguous();
    if (name == "output.weight") return net_.head.weight.cpu().contiguous();
    const auto [layer, kind] = parts_of(name);
    const bool up = kind == "ffn_up" && net_.spec.gated && !source_.has("blk.0.ffn_gate.weight");
    MatrixPlace place;
    if (!kind.empty()) place = place_of(net_, layer, kind);
    if (up) place = {place.linear, 0, 2 * net_.spec.mlp, 0};
    if (place.linear != nullptr) {
      at::Tensor rows = place.linear->weight.narrow(0, place.begin, place.rows).cpu();
      if (source_.layout.interleaved_rope && place.heads > 0)
        rows = halves_to_pairs(rows, place.heads);
      return rows.contiguous();
    }
    at::Tensor values = at::empty({ggml_nelements(&tensor)}, at::kFloat);  // nothing changes it
    ASSAY_CHECK(source_.read(name, values.data_ptr<float>()));
    return values;
  }

  Result<std::vector<char>> bytes_of(const std::string& name) {
    const ggml_tensor* tensor = ggml_get_tensor(tensors_, name.c_str());
    ASSAY_TRY(const at::Tensor values, values_of(name, *tensor));
    std::vector<char> bytes(ggml_nbytes(tensor));
    const auto* from = values.data_ptr<float>();
    if (tensor->type == GGML_TYPE_F32) {
      std::memcpy(bytes.data(), from, bytes.size());
    } else {
      ggml_quantize_chunk(tensor->type, from, bytes.data(), 0, ggml_nrows(tensor), tensor->ne[0],
                          nullptr);
    }
    return bytes;
  }

  Net& net_;
  const Source& source_;
  Format format_;
  gguf_context *meta_ = nullptr, *from_ = nullptr;
  ggml_context *tensors_ = nullptr, *from_tensors_ = nullptr;
};

}  // namespace

Status Engine::write_gguf(const fs::path& file, const std::string& dtype) {
  return guarded([&]() -> Status {
    const auto format = format_of(dtype);
    if (!format) {
      return fail(ErrorKind::usage, "GGUF cannot be written as `" + dtype + "`", {},
                  "Known are F32, F16, BF16 and Q8_0");
    }
    if (adapter_) {
      return fail(ErrorKind::usage, "the adapter is not part of the weights yet", {},
                  "Call merge_lora() first, or save_lora() for the adapter alone");
    }
    if (model_.extension() != ".gguf" && !std::filesystem::is_regular_file(model_)) {
      return fail(ErrorKind::unsupported, "a model from safetensors has no tokenizer for GGUF", {},
                  "Convert it with llama.cpp's convert_hf_to_gguf.py, and open the GGUF");
    }
    ASSAY_TRY(const auto source, open_gguf(model_));
    const at::NoGradGuard no_grad;
    const fs::path unfinished = file.string() + ".part";
    ASSAY_CHECK(Writer(net_, *source, *format).write(unfinished));
    std::error_code error;
    fs::rename(unfinished, file, error);
    if (error) {
      return fail(ErrorKind::io, "the model cannot be written: " + error.message(), file.string(),
                  "Check the folder and its permissions");
    }
    return {};
  });
}

}  // namespace assay::model::torch_engine
