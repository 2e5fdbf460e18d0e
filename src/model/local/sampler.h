// Choosing the next token. Order of the steps, as llama.cpp's default chain: top-k, top-p, min-p on
// the model's own distribution, then temperature, then one draw. Temperature 0 is the arg max.
// Draws come from an Rng of the request's seed, one a token, so a request's text does not depend on
// what else is in the batch (as far as the logits do not).
// With a grammar, a token that it does not allow is drawn again from the allowed ones alone; that
// gives each allowed token its probability among the allowed ones.
// Thread-safety: one Sampler per request; different ones may run in parallel.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "model/local/grammar.h"
#include "model/model.h"

namespace assay::model::local {

struct Choice {
  std::int32_t token = 0;  ///< -1: the grammar allows no token of the vocabulary
  double logprob = 0.0;    ///< nats, of the raw distribution; 0 unless asked for
};

/// Errors: usage, naming the field that is out of range.
Status check_sampling(const Sampling& sampling);

class Sampler {
 public:
  explicit Sampler(const Sampling& sampling, std::unique_ptr<Grammar> grammar = nullptr)
      : sampling_(sampling),
        rng_(Rng::named(sampling.seed, "sampling")),
        grammar_(std::move(grammar)) {}
  /// logits [vocabulary].
  Choice choose(std::span<const float> logits, bool want_logprob);
  /// The chosen token became part of the text.
  void accept(std::int32_t token);

 private:
  struct Candidate {
    float logit;
    std::int32_t token;
  };
  std::int32_t pick(std::span<const float> logits);
  std::int32_t pick_allowed(std::span<const float> logits);
  void collect(std::span<const float> logits);
  void keep_top_p();
  std::int32_t draw();

  Sampling sampling_;
  Rng rng_;
  std::unique_ptr<Grammar> grammar_;
  std::vector<Candidate> candidates_;
};

}  // namespace assay::model::local
