// BERT in safetensors -> GGUF, tensor names and metadata as llama.cpp's encoder reads them.
#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

#include "base/json.h"
#include "base/text.h"
#include "ggml.h"
#include "gguf.h"
#include "model/local/embedder.h"

namespace assay::model::local {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostHeader = std::uint64_t{16} << 20U;
constexpr std::int32_t kNormal = 1;   // LLAMA_TOKEN_TYPE_NORMAL
constexpr std::int32_t kControl = 3;  // LLAMA_TOKEN_TYPE_CONTROL

struct Tensor {
  std::string name;
  std::vector<std::int64_t> shape;  ///< fastest first
  std::uint64_t begin = 0, end = 0;
};

struct Source {
  std::string bytes;
  std::size_t data = 0;  ///< where the tensors begin
  std::vector<Tensor> tensors;
  std::vector<std::string> vocabulary;
};

Error bad(const std::string& what, const fs::path& file) {
  return {ErrorKind::format, what, file.string(), "Fetch the file again"};
}

/// llama.cpp's name of a tensor of BERT; nothing for what it does not need.
std::optional<std::string> gguf_name(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kNames = {
      {{"embeddings.word_embeddings", "token_embd"},
       {"embeddings.token_type_embeddings", "token_types"},
       {"embeddings.position_embeddings", "position_embd"},
       {"embeddings.LayerNorm", "token_embd_norm"},
       {"attention.self.query", "attn_q"},
       {"attention.self.key", "attn_k"},
       {"attention.self.value", "attn_v"},
       {"attention.output.dense", "attn_output"},
       {"attention.output.LayerNorm", "attn_output_norm"},
       {"intermediate.dense", "ffn_up"},
       {"output.dense", "ffn_down"},
       {"output.LayerNorm", "layer_output_norm"}}};
  std::string prefix;
  constexpr std::string_view layer = "encoder.layer.";
  if (name.starts_with(layer)) {
    name.remove_prefix(layer.size());
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    prefix = std::string("blk.").append(name.substr(0, dot)).append(".");
    name.remove_prefix(dot + 1);
  }
  const std::size_t last = name.rfind('.');
  if (last == std::string_view::npos) return std::nullopt;
  for (const auto& [theirs, ours] : kNames) {
    if (name.substr(0, last) == theirs) {
      return prefix.append(ours).append(name.substr(last));
    }
  }
  return std::nullopt;
}

Status read_tensors(const Json& header, Source& out, const fs::path& file) {
  for (const auto& [name, about] : header.items()) {
    const auto ours = gguf_name(name);
    if (!ours) continue;
    const bool whole = about.is_object() && about.contains("dtype") && about["dtype"] == "F32" &&
                       about.contains("shape") && about["shape"].is_array() &&
                       !about["shape"].empty() && about["shape"].size() <= 2 &&
                       about.contains("data_offsets") && about["data_offsets"].is_array() &&
                       about["data_offsets"].size() == 2;
    if (!whole)
      return tl::unexpected(bad(std::string("tensor ") + name + " is not one of F32", file));
    Tensor tensor;
    tensor.name = *ours;
    std::uint64_t elements = 1;
    for (const Json& extent : about["shape"]) {
      if (!extent.is_number_unsigned() || extent < 1 || extent > 10'000'000) {
        return tl::unexpected(
            bad(std::string("tensor ") + name + " has an impossible shape", file));
      }
      tensor.shape.insert(tensor.shape.begin(), extent.get<std::int64_t>());
      elements *= extent.get<std::uint64_t>();
    }
    const Json& place = about["data_offsets"];
    if (!place[0].is_number_unsigned() || !place[1].is_number_unsigned()) {
      return tl::unexpected(bad(std::string("tensor ") + name + " has no place", file));
    }
    tensor.begin = place[0].get<std::uint64_t>();
    tensor.end = place[1].get<std::uint64_t>();
    if (tensor.end > out.bytes.size() - out.data || tensor.begin > tensor.end ||
        tensor.end - tensor.begin != elements * sizeof(float)) {
      return tl::unexpected(bad(std::string("tensor ") + name + " does not fit the file", file));
    }
    out.tensors.push_back(std::move(tensor));
  }
  std::sort(out.tensors.begin(), out.tensors.end(),
            [](const Tensor& a, const Tensor& b) { return a.name < b.name; });
  return {};
}

Result<Source> read_source(const fs::path& file) {
  Source out;
  std::ifstream in(file, std::ios::binary);
  out.bytes.assign(std::istreambuf_iterator<char>(in), {});
  if (!in.eof() && in.fail()) return fail(ErrorKind::io, "cannot read", file.string());
  std::uint64_t length = 0;
  if (out.bytes.size() < sizeof length) return tl::unexpected(bad("the file is cut off", file));
  std::memcpy(&length, out.bytes.data(), sizeof length);
  if (length > kMostHeader || length + sizeof length > out.bytes.size()) {
    return tl::unexpected(bad("this is not a safetensors file", file));
  }
  ASSAY_TRY(const Json header, parse_json(std::string_view(out.bytes).substr(8, length), "header"));
  if (!header.is_object()) return tl::unexpected(bad("this is not a safetensors file", file));
  out.data = sizeof length + static_cast<std::size_t>(length);
  ASSAY_CHECK(read_tensors(header, out, file));
  std::uint64_t end = 0;
  for (const auto& [name, about] : header.items()) {
    if (about.is_object() && about.contains("data_offsets")) {
      end = std::max(end, about["data_offsets"].at(1).get<std::uint64_t>());
    }
  }
  if (end > out.bytes.size() - out.data) return tl::unexpected(bad("the file is cut off", file));
  out.vocabulary = split(std::string_view(out.bytes).substr(out.data + end), '\n');
  while (!out.vocabulary.empty() && out.vocabulary.back().empty()) out.vocabulary.pop_back();
  return out;
}

const Tensor* find(const Source& source, std::string_view name) {
  for (const Tensor& tensor : source.tensors) {
    if (tensor.name == name) return &tensor;
  }
  return nullptr;
}

using Gguf = std::unique_ptr<gguf_context, decltype(&gguf_free)>;

void add_vocabulary(gguf_context* out, const Source& source) {
  std::vector<std::string> words;
  std::vector<std::int32_t> types;
  for (const std::string& word : source.vocabulary) {
    const bool special = word == "[PAD]" || word == "[UNK]" || word == "[CLS]" || word == "[SEP]" ||
                         word == "[MASK]";
    types.push_back(special ? kControl : kNormal);
    // llama.cpp marks where a word begins, BERT where one goes on.
    words.push_back(special                  ? word
                    : word.starts_with("##") ? word.substr(2)
                                             : std::string("\xe2\x96\x81").append(word));
  }
  std::vector<const char*> pointers;
  for (const std::string& word : words) pointers.push_back(word.c_str());
  gguf_set_val_str(out, "tokenizer.ggml.model", "bert");
  gguf_set_val_u32(out, "tokenizer.ggml.token_type_count", 2);
  gguf_set_arr_str(out, "tokenizer.ggml.tokens", pointers.data(), pointers.size());
  gguf_set_arr_data(out, "tokenizer.ggml.token_type", GGUF_TYPE_INT32, types.data(), types.size());
  constexpr std::array<std::pair<const char*, const char*>, 5> specials = {{{"unknown", "[UNK]"},
                                                                            {"seperator", "[SEP]"},
                                                                            {"padding", "[PAD]"},
                                                                            {"cls", "[CLS]"},
                                                                            {"mask", "[MASK]"}}};
  for (const auto& [key, word] : specials) {
    const auto place = std::find(source.vocabulary.begin(), source.vocabulary.end(), word);
    if (place == source.vocabulary.end()) continue;
    const std::string name = std::string("tokenizer.ggml.") + key + "_token_id";
    gguf_set_val_u32(out, name.c_str(),
                     static_cast<std::uint32_t>(place - source.vocabulary.begin()));
  }
}

Status add_shape(gguf_context* out, const Source& source, const BertSource& about,
                 const fs::path& file) {
  const Tensor* words = find(source, "token_embd.weight");
  const Tensor* places = find(source, "position_embd.weight");
  const Tensor* up = find(source, "blk.0.ffn_up.weight");
  if (words == nullptr || places == nullptr || up == nullptr || words->shape.size() != 2 ||
      up->shape.size() != 2 || places->shape.size() != 2) {
    return tl::unexpected(bad("this is not a BERT model", file));
  }
  if (words->shape[1] != static_cast<std::int64_t>(source.vocabulary.size())) {
    return tl::unexpected(bad("the vocabulary does not fit the weights", file));
  }
  std::uint32_t layers = 0;
  while (find(source, std::string("blk.") + std::to_string(layers) + ".ffn_up.weight") != nullptr)
    ++layers;
  gguf_set_val_str(out, "general.architecture", "bert");
  gguf_set_val_str(out, "general.name", about.name.c_str());
  gguf_set_val_str(out, "general.license", about.license.c_str());
  gguf_set_val_u32(out, "bert.block_count", layers);
  gguf_set_val_u32(out, "bert.context_length", static_cast<std::uint32_t>(places->shape[1]));
  gguf_set_val_u32(out, "bert.embedding_length", static_cast<std::uint32_t>(words->shape[0]));
  gguf_set_val_u32(out, "bert.feed_forward_length", static_cast<std::uint32_t>(up->shape[1]));
  gguf_set_val_u32(out, "bert.attention.head_count", about.heads);
  gguf_set_val_f32(out, "bert.attention.layer_norm_epsilon", about.epsilon);
  gguf_set_val_bool(out, "bert.attention.causal", false);
  gguf_set_val_u32(out, "bert.pooling_type", 1);  // mean
  gguf_set_val_u32(out, "assay.most_tokens", about.most_tokens);
  return {};
}

}  // namespace

Status convert_bert(const fs::path& file, const BertSource& about, const fs::path& target) {
  ASSAY_TRY(Source source, read_source(file));
  const Gguf out(gguf_init_empty(), &gguf_free);
  ASSAY_CHECK(add_shape(out.get(), source, about, file));
  add_vocabulary(out.get(), source);
  const std::unique_ptr<ggml_context, decltype(&ggml_free)> tensors(
      ggml_init({ggml_tensor_overhead() * (source.tensors.size() + 1), nullptr, true}), &ggml_free);
  for (const Tensor& tensor : source.tensors) {
    ggml_tensor* made = ggml_new_tensor(tensors.get(), GGML_TYPE_F32,
                                        static_cast<int>(tensor.shape.size()), tensor.shape.data());
    ggml_set_name(made, tensor.name.c_str());
    made->data = source.bytes.data() + source.data + tensor.begin;
    gguf_add_tensor(out.get(), made);
  }
  const fs::path part = target.string() + ".part";
  std::error_code error;
  if (!gguf_write_to_file(out.get(), part.c_str(), false)) {
    fs::remove(part, error);
    return fail(ErrorKind::io, "the model could not be written", target.string(),
                "Free some disk space, or set XDG_CACHE_HOME to another folder");
  }
  fs::rename(part, target, error);
  if (!error) return {};
  return fail(ErrorKind::io, std::string("cannot rename the model: ") + error.message(),
              target.string());
}

}  // namespace assay::model::local
