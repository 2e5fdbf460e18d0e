// Direct logit attribution: the final residual stream is a sum of what each part of the model wrote
// into it (embeddings, each head, each MLP, biases), the final norm only divides it, and the
// unembedding is linear; so logit(right) - logit(wrong) is a sum over parts of
// (what it wrote / norm's scale) . u (Elhage et al. 2021, "A mathematical framework for transformer
// circuits"; formulas as in TransformerLens, ActivationCache). It holds exactly: `sum` is compared
// with the model's own difference.
//
// What a head wrote is found without its output matrix: attention's output is linear in z, so one
// extra run whose z is set to one head's values a row reads all heads of all layers.
//
// Its test: parts that it names are given what they wrote on the corrupt prompt; the difference
// must fall, and by more than for as many random parts of the same kinds. Thread-safety: pure
// functions of a box.
#pragma once

#include <vector>

#include "explain/lens.h"

namespace assay::explain {

struct Part {
  enum class Kind { embedding, position, head, attention, mlp };  ///< attention: bias of its output
  Kind kind = Kind::mlp;
  int layer = -1;  ///< -1 for embeddings
  int head = -1;
  double value = 0.0;  ///< of the logit difference
};
const char* to_string(Part::Kind kind);
/// "head 3.5", "mlp 7", "embedding", ...
std::string name_of(const Part& part);

struct Attribution {
  std::vector<Part> parts;
  double constant = 0.0;    ///< biases of norm and unembedding
  double sum = 0.0;         ///< of all parts and the constant
  double difference = 0.0;  ///< the model's own
  /// False where heads can't be told apart (their sum is not attention's output); then each layer's
  /// attention is one part of kind `attention`.
  bool heads = true;
  /// |sum - difference| / max(1, |difference|); not small where the model caps its logits.
  [[nodiscard]] double error() const;
};

/// At the last position. Errors: those of the box.
Result<Attribution> attribute(model::WhiteBox& box, const model::Tokens& tokens, Answer answer);

/// Heads and MLPs whose value on `clean` exceeds that on `corrupt` most, largest first.
std::vector<Part> most_telling(const Attribution& clean, const Attribution& corrupt,
                               std::size_t count);
/// As many heads and MLPs as in `like`, drawn from those of `all` that are not in it.
std::vector<Part> random_parts(const Attribution& all, const std::vector<Part>& like,
                               std::uint64_t seed);

/// Fall of the logit difference on pair.clean, as a share of (clean - corrupt), when each set of
/// parts is given its values of pair.corrupt at the last position. A value a set.
Result<std::vector<double>> exchange_parts(model::WhiteBox& box, const Pair& pair,
                                           const std::vector<std::vector<Part>>& sets);

}  // namespace assay::explain
