// Choosing the next token. Order of the steps, as llama.cpp's default chain: top-k, top-p, min-p on
// the model's own distribution, then temperature, then one draw. Temperature 0 is the arg max.
// Draws come from an Rng of the request's seed, one a token, so a request's text does not depend on
// what else is in the batch (as far as the logits do not).
// Thread-safety: one Sampler per request; different ones may run in parallel.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "model/model.h"

namespace assay::model::local {

struct Choice {
  std::int32_t token = 0;
  double logprob = 0.0;  ///< nats, of the raw distribution; 0 unless asked for
};

/// Errors: usage, naming the field that is out of range.
Status check_sampling(const Sampling& sampling);

class Sampler {
 public:
  explicit Sampler(const Sampling& sampling)
      : sampling_(sampling), rng_(Rng::named(sampling.seed, "sampling")) {}
  /// logits [vocabulary].
  Choice choose(std::span<const float> logits, bool want_logprob);

 private:
  struct Candidate {
    float logit;
    std::int32_t token;
  };
  void collect(std::span<const float> logits);
  void keep_top_p();
  std::int32_t draw();

  Sampling sampling_;
  Rng rng_;
  std::vector<Candidate> candidates_;
};

}  // namespace assay::model::local
