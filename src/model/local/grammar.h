// Holding a generation to a form: a grammar in llama.cpp's GBNF, or a JSON Schema turned into one.
// A Grammar follows one generation: it is told each token that was chosen and says which ones may
// come next.
// Legal call order: compile() -> per token: allows() or mask(), then accept() of an allowed one.
// Thread-safety: one thread per Grammar; different ones may run in parallel.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/json.h"
#include "base/result.h"

struct llama_sampler;
struct llama_vocab;

namespace assay::model::local {

class Grammar {
 public:
  /// Errors: usage, where the text is not GBNF or has no start symbol `root`; llama.cpp writes a
  /// line of its own on standard error then.
  static Result<std::unique_ptr<Grammar>> compile(const llama_vocab* vocab,
                                                  const std::string& text);
  ~Grammar();
  Grammar(const Grammar&) = delete;
  Grammar& operator=(const Grammar&) = delete;

  /// May `token` come next? The tokens that end a generation may where the form is complete.
  [[nodiscard]] bool allows(std::int32_t token);
  /// Sets the logit of each token that may not come next to -infinity; logits [vocabulary]. False
  /// if none is left: no token of this vocabulary goes on with the form.
  bool mask(std::span<float> logits);
  /// An allowed token that does not end the generation.
  void accept(std::int32_t token);

 private:
  explicit Grammar(llama_sampler* sampler) : sampler_(sampler) {}
  llama_sampler* sampler_;
};

/// The GBNF of the JSON texts that a schema accepts (without white space that is not needed).
/// Errors: usage, where it is not an object or has what llama.cpp cannot turn into a grammar.
Result<std::string> grammar_of_schema(const Json& schema);

}  // namespace assay::model::local
