// What a header says about a model, in ModelInfo's terms.
#include <algorithm>
#include <cctype>
#include <map>

#include "base/digest.h"
#include "ggml.h"
#include "llama.h"
#include "model/local/gguf_header.h"

namespace assay::model::local {
namespace {

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

/// The format that holds the most parameters.
std::string commonest_type(const GgufHeader& header) {
  std::map<std::uint32_t, std::int64_t> elements;
  for (const auto& tensor : header.tensors) elements[tensor.type] += tensor.elements();
  const auto most = std::max_element(elements.begin(), elements.end(),
                                     [](auto& a, auto& b) { return a.second < b.second; });
  if (most == elements.end()) return {};
  return upper(ggml_type_name(static_cast<ggml_type>(most->first)));
}

/// "Q4_K - Medium" -> "Q4_K_M", "all F32" -> "F32", else unchanged.
std::string short_name(std::string name) {
  if (name.rfind("all ", 0) == 0) name = name.substr(4);
  const auto dash = name.find(" - ");
  if (dash == std::string::npos) return name.substr(0, name.find(' '));
  return name.substr(0, dash) + "_" + name.substr(dash + 3, 1);
}

}  // namespace

std::string weights_dtype(const GgufHeader& header) {
  const std::int64_t type = header.integer("general.file_type", -1);
  if (type >= 0 && type <= LLAMA_FTYPE_MOSTLY_Q2_0) {
    const std::string name = llama_ftype_name(static_cast<llama_ftype>(type));
    if (name.find("unknown") == std::string::npos) return short_name(name);
  }
  return commonest_type(header);
}

ModelInfo describe(const GgufHeader& header, const std::filesystem::path& file) {
  ModelInfo info;
  info.id = file.string();
  info.name = header.text("general.name");
  if (info.name.empty()) info.name = file.stem().string();
  info.architecture = header.text("general.architecture");
  for (const auto& tensor : header.tensors) info.parameters += tensor.elements();
  info.context_length = static_cast<int>(header.hyperparameter("context_length", 0));
  const auto tokens = header.metadata.find("tokenizer.ggml.tokens");
  if (tokens != header.metadata.end()) info.vocabulary = static_cast<int>(tokens->second.length);
  info.tokenizer = header.text("tokenizer.ggml.model");
  const std::string pre = header.text("tokenizer.ggml.pre");
  if (!pre.empty()) info.tokenizer += "/" + pre;
  const std::string chat_template = header.text("tokenizer.chat_template");
  info.has_chat_template = !chat_template.empty();
  if (info.has_chat_template) info.template_digest = sha256_hex(chat_template);
  info.license = header.text("general.license");
  info.weights_dtype = weights_dtype(header);
  std::error_code error;
  info.file_bytes = static_cast<std::int64_t>(std::filesystem::file_size(file, error));
  return info;
}

}  // namespace assay::model::local
