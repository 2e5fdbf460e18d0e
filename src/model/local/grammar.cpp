#include "model/local/grammar.h"

#include <cmath>
#include <vector>

#include "json-schema-to-grammar.h"
#include "llama.h"
#include "model/local/backend.h"

namespace assay::model::local {

Result<std::unique_ptr<Grammar>> Grammar::compile(const llama_vocab* vocab,
                                                  const std::string& text) {
  const auto refuse = [](const std::string& detail) {
    return fail(ErrorKind::usage,
                "the grammar cannot be read" + (detail.empty() ? "" : " (" + detail + ")"), {},
                "Write it in llama.cpp's GBNF, with a start symbol `root`");
  };
  if (text.find('\0') != std::string::npos) return refuse("it holds a zero byte");
  clear_engine_log();
  const AbortGuard guard;
  try {
    llama_sampler* sampler = llama_sampler_init_grammar(vocab, text.c_str(), "root");
    if (sampler == nullptr) return refuse(engine_log());
    return std::unique_ptr<Grammar>(new Grammar(sampler));
  } catch (const std::exception& problem) {
    return refuse(problem.what());
  }
}

Grammar::~Grammar() { llama_sampler_free(sampler_); }

bool Grammar::allows(std::int32_t token) {
  llama_token_data one{token, 0.0F, 0.0F};
  llama_token_data_array candidates{&one, 1, -1, false};
  llama_sampler_apply(sampler_, &candidates);
  return one.logit > -INFINITY;
}

bool Grammar::mask(std::span<float> logits) {
  std::vector<llama_token_data> all(logits.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = {static_cast<llama_token>(i), logits[i], 0.0F};
  }
  llama_token_data_array candidates{all.data(), all.size(), -1, false};
  llama_sampler_apply(sampler_, &candidates);
  bool any = false;
  for (const llama_token_data& one : all) {
    logits[static_cast<std::size_t>(one.id)] = one.logit;
    any = any || one.logit > -INFINITY;
  }
  return any;
}

void Grammar::accept(std::int32_t token) { llama_sampler_accept(sampler_, token); }

Result<std::string> grammar_of_schema(const Json& schema) {
  const auto refuse = [](const std::string& detail) {
    return fail(ErrorKind::usage, "the JSON Schema of the answer cannot be used (" + detail + ")",
                {}, "Use a schema of objects, arrays, enums, strings and numbers");
  };
  if (!schema.is_object()) return refuse("it is not an object");
  const AbortGuard guard;
  try {
    return json_schema_to_grammar(common_json::parse(dump_json(schema)), true);
  } catch (const std::exception& problem) {
    return refuse(problem.what());
  }
}

}  // namespace assay::model::local
