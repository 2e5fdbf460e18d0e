// Embedder: texts as vectors of length 1 by an encoder (BERT) in GGUF, on llama.cpp; the mean over
// a text's tokens. And the converter that makes such a GGUF of safetensors, as `assay model fetch
// minilm` needs it.
// Legal call order: open() -> embed() any number of times. Thread-safety: one call at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model/model.h"

namespace assay::model::local {

class Embedder {
 public:
  /// Errors: those of local::open(); unsupported, where the file is not an encoder with mean
  /// pooling.
  static Result<std::unique_ptr<Embedder>> open(const std::filesystem::path& file, int threads = 0);
  virtual ~Embedder() = default;

  /// One vector a text, [dimensions] of length 1; what is longer than the model's limit of tokens
  /// is cut there, as sentence-transformers does. Errors: cancelled, internal; per text: usage
  /// (empty).
  virtual std::vector<Result<std::vector<float>>> embed(std::span<const std::string> texts,
                                                        const CancelToken* cancel = nullptr) = 0;
  /// general.name and sha256 of the file.
  [[nodiscard]] virtual const std::string& name() const = 0;
  [[nodiscard]] virtual const std::string& digest() const = 0;
  [[nodiscard]] virtual Ledger ledger() const = 0;
};

/// What safetensors do not say of themselves.
struct BertSource {
  std::string name;
  std::string license;
  std::uint32_t heads = 12;
  std::uint32_t most_tokens = 256;  ///< of a text; longer ones are cut
  float epsilon = 1e-12F;           ///< of the layer norms
};

/// `source`: safetensors in F32, and after their end the words of vocab.txt, a line each. Written
/// under another name and renamed when whole; the same bytes each time. Errors: io, format.
Status convert_bert(const std::filesystem::path& source, const BertSource& about,
                    const std::filesystem::path& target);

}  // namespace assay::model::local
