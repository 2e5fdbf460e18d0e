#include <algorithm>
#include <map>
#include <set>

#include "base/files.h"
#include "model/mapped_file.h"
#include "model/safetensors.h"
#include "model/torch/source.h"

namespace assay::model::torch_engine {
namespace {

namespace fs = std::filesystem;
constexpr std::int64_t most_json = std::int64_t{64} << 20U;

struct Shard {
  MappedFile file;
  std::vector<SafeTensor> tensors;
};

class SafetensorsSource : public Source {
 public:
  explicit SafetensorsSource(std::vector<Shard> shards) : shards_(std::move(shards)) {}

  /// Gives every tensor its GGUF name. Errors: format (twice the same, or a name that no part of
  /// the family has).
  Status index(const Family& family, const std::string& where);

  [[nodiscard]] bool has(const std::string& tensor) const override {
    return by_name_.contains(tensor);
  }
  [[nodiscard]] std::vector<std::int64_t> shape(const std::string& tensor) const override {
    const auto found = by_name_.find(tensor);
    return found == by_name_.end() ? std::vector<std::int64_t>() : found->second.second->shape;
  }
  Status read(const std::string& tensor, float* out) const override {
    const auto found = by_name_.find(tensor);
    if (found == by_name_.end()) {
      return fail(ErrorKind::format, "the model has no tensor for `" + tensor + "`", {},
                  "Fetch the model again; if it is whole, it is of a form that is not known");
    }
    const auto& [shard, at] = found->second;
    ASSAY_CHECK(read_floats(shard->file.bytes(), *at, out));
    shard->file.forget(at->begin, at->bytes);
    return {};
  }

 private:
  std::vector<Shard> shards_;
  std::map<std::string, std::pair<const Shard*, const SafeTensor*>> by_name_;
};

/// "model.layers.12.mlp.up_proj" against "model.layers.%.mlp.up_proj" -> GGUF's name, or "".
std::string renamed(const std::string& module, const std::vector<Rename>& names) {
  for (const auto& [hf, gguf] : names) {
    const auto hole = hf.find('%');
    if (hole == std::string::npos) {
      if (module == hf) return gguf;
      continue;
    }
    const std::string tail = hf.substr(hole + 1);
    if (!module.starts_with(hf.substr(0, hole)) || !module.ends_with(tail) ||
        module.size() <= hole + tail.size()) {
      continue;
    }
    const std::string layer = module.substr(hole, module.size() - hole - tail.size());
    if (layer.size() > 4 ||
        !std::all_of(layer.begin(), layer.end(), [](char c) { return c >= '0' && c <= '9'; })) {
      continue;
    }
    std::string out = gguf;
    return out.replace(out.find('%'), 1, layer);
  }
  return {};
}

Status SafetensorsSource::index(const Family& family, const std::string& where) {
  for (const Shard& shard : shards_) {
    for (const SafeTensor& tensor : shard.tensors) {
      const auto ignored = [&](const std::string& end) { return tensor.name.ends_with(end); };
      if (std::any_of(family.ignored.begin(), family.ignored.end(), ignored)) continue;
      const auto dot = tensor.name.rfind('.');
      const std::string module =
          dot == std::string::npos ? "" : renamed(tensor.name.substr(0, dot), family.hf_names);
      if (module.empty()) {
        return fail(ErrorKind::unsupported, "the tensor `" + tensor.name + "` is not known", where,
                    "The model is of another form than those of " + family.name);
      }
      if (!by_name_.emplace(module + tensor.name.substr(dot), std::pair(&shard, &tensor)).second) {
        return fail(ErrorKind::format, "the tensor `" + tensor.name + "` is there twice", where,
                    "Fetch the model again");
      }
    }
  }
  return {};
}

/// model.safetensors, or the files that the index names.
Result<std::vector<fs::path>> weight_files(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder / "model.safetensors", error)) {
    return std::vector<fs::path>{folder / "model.safetensors"};
  }
  const fs::path index = folder / "model.safetensors.index.json";
  if (!fs::exists(index, error)) {
    return fail(ErrorKind::not_found, "there is no model.safetensors and no index of its parts",
                folder.string(),
                "Give a folder with config.json and safetensors; weights in .bin (pickle) can run "
                "code and are not read");
  }
  ASSAY_TRY(const std::string text, read_file(index, most_json));
  ASSAY_TRY(const Json json, parse_json(text, index.string()));
  std::set<std::string> names;
  if (json.is_object() && json.contains("weight_map") && json["weight_map"].is_object()) {
    for (const auto& [tensor, file] : json["weight_map"].items()) {
      if (file.is_string()) names.insert(file.get<std::string>());
    }
  }
  std::vector<fs::path> files;
  for (const auto& name : names) {
    if (name.empty() || name.find('/') != std::string::npos || name == "..") {
      return fail(ErrorKind::format, "the index names a file outside the folder", index.string(),
                  "Fetch the model again");
    }
    files.push_back(folder / name);
  }
  if (files.empty()) {
    return fail(ErrorKind::format, "the index has no weight_map", index.string(),
                "Fetch the model again");
  }
  return files;
}

}  // namespace

Result<std::unique_ptr<Source>> open_safetensors(const fs::path& folder) {
  const fs::path config_file = folder / "config.json";
  ASSAY_TRY(const std::string text, read_file(config_file, most_json));
  ASSAY_TRY(const Json config, parse_json(text, config_file.string()));
  const auto type = config.is_object() ? config.find("model_type") : config.end();
  if (type == config.end() || !type->is_string()) {
    return fail(ErrorKind::format, "config.json does not say model_type", config_file.string(),
                "Give the folder of a model as Hugging Face stores it");
  }
  const Family* family = family_of_hf(type->get<std::string>());
  if (family == nullptr) {
    return tl::unexpected(unknown_architecture(type->get<std::string>(), folder.string()));
  }
  Result<Spec> spec = family->from_config(config);
  if (!spec) {
    if (spec.error().where.empty()) spec.error().where = config_file.string();
    return tl::unexpected(spec.error());
  }
  ASSAY_TRY(const auto files, weight_files(folder));
  std::vector<Shard> shards;
  for (const fs::path& file : files) {
    ASSAY_TRY(auto mapped, MappedFile::open(file));
    ASSAY_TRY(auto tensors, parse_safetensors(mapped.bytes(), file.string()));
    shards.push_back({std::move(mapped), std::move(tensors)});
  }
  std::map<std::string, std::int64_t> types;
  for (const Shard& shard : shards) {
    for (const auto& tensor : shard.tensors) types[tensor.dtype] += tensor.elements();
  }
  auto source = std::make_unique<SafetensorsSource>(std::move(shards));
  ASSAY_CHECK(source->index(*family, folder.string()));
  source->spec = std::move(*spec);
  source->layout = family->hf_layout;
  source->architecture = type->get<std::string>();
  source->name = folder.filename().string();
  const auto most = std::max_element(
      types.begin(), types.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most != types.end()) source->stored_dtype = most->first;
  return source;
}

}  // namespace assay::model::torch_engine
