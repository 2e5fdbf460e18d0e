#include <map>

#include "ggml.h"
#include "model/mapped_file.h"
#include "model/torch/source.h"

namespace assay::model::torch_engine {
namespace {

namespace fs = std::filesystem;

class GgufSource : public Source {
 public:
  GgufSource(MappedFile file, local::GgufHeader header)
      : file_(std::move(file)), header_(std::move(header)) {
    for (const auto& tensor : header_.tensors) by_name_.emplace(tensor.name, &tensor);
  }
  [[nodiscard]] const local::GgufHeader& header() const { return header_; }

  [[nodiscard]] bool has(const std::string& tensor) const override {
    return by_name_.contains(tensor);
  }
  [[nodiscard]] std::vector<std::int64_t> shape(const std::string& tensor) const override {
    const auto found = by_name_.find(tensor);
    if (found == by_name_.end()) return {};
    std::vector<std::int64_t> out;
    for (std::size_t i = 4; i-- > 0;) {
      const std::int64_t extent = found->second->shape[i];
      if (extent != 1 || !out.empty() || i == 0) out.push_back(extent);
    }
    return out;
  }
  Status read(const std::string& tensor, float* out) const override {
    const auto found = by_name_.find(tensor);
    if (found == by_name_.end()) {
      return fail(ErrorKind::format, "the model file has no tensor `" + tensor + "`", gguf.string(),
                  "Fetch the file again, or convert the model anew");
    }
    const local::GgufTensor& t = *found->second;
    const std::size_t at = header_.data_offset + t.offset;
    const char* from = file_.bytes().data() + at;
    const auto type = static_cast<ggml_type>(t.type);
    const auto* traits = ggml_get_type_traits(type);
    if (type == GGML_TYPE_F32) {
      std::copy_n(reinterpret_cast<const float*>(from), t.elements(), out);
    } else if (traits == nullptr || traits->to_float == nullptr) {
      return fail(ErrorKind::unsupported,
                  "the tensor `" + tensor + "` has a type without a conversion to F32",
                  gguf.string(), "Convert the model to a common type, e.g. Q8_0");
    } else {
      const std::int64_t columns = t.shape[0];
      const std::int64_t rows = t.elements() / columns;
      const std::size_t row_bytes = ggml_row_size(type, columns);
      for (std::int64_t r = 0; r < rows; ++r) {
        traits->to_float(from + static_cast<std::size_t>(r) * row_bytes, out + r * columns,
                         columns);
      }
    }
    file_.forget(at, t.bytes);
    return {};
  }

 private:
  MappedFile file_;
  local::GgufHeader header_;
  std::map<std::string, const local::GgufTensor*> by_name_;
};

}  // namespace

Result<std::unique_ptr<Source>> open_gguf(const fs::path& file) {
  ASSAY_TRY(auto mapped, MappedFile::open(file));
  ASSAY_TRY(auto header, local::parse_gguf_header(mapped.bytes(), file.string()));
  const std::string architecture = header.text("general.architecture");
  const Family* family = family_of_gguf(architecture);
  if (family == nullptr) return tl::unexpected(unknown_architecture(architecture, file.string()));
  auto source = std::make_unique<GgufSource>(std::move(mapped), std::move(header));
  ASSAY_TRY(source->spec, family->from_gguf(source->header()));
  source->layout = family->gguf_layout;
  source->architecture = architecture;
  const ModelInfo about = local::describe(source->header(), file);
  source->name = about.name;
  source->stored_dtype = about.weights_dtype;
  source->gguf = file;
  return source;
}

Result<std::unique_ptr<Source>> open_source(const fs::path& model) {
  std::error_code error;
  if (fs::is_directory(model, error)) return open_safetensors(model);
  return open_gguf(model);
}

}  // namespace assay::model::torch_engine
