// Means: what the attacks of a run have in common: models, transforms, behaviours, limits.
//
// Legal call order: make one -> set what there is -> attack_tasks.h makes tasks with it -> set the
// models before the run begins. Thread-safety: set by one thread, then const; who works on weights
// holds `turn`.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attack/answer_judge.h"
#include "attack/behaviour.h"
#include "attack/limits.h"
#include "attack/transforms/transform.h"
#include "base/cancel.h"
#include "base/memo.h"
#include "model/lazy_whitebox.h"
#include "model/model.h"

namespace assay::attack {

/// A prompt that broke a model, to be put to another.
struct FoundPrompt {
  std::string from;  ///< for people: attack and model
  std::vector<model::Message> messages;
  std::string prefill;
  std::string reply_code;
};

/// A direction in the residual stream that the person gives.
struct GivenDirection {
  int layer = 0;              ///< whose input it is of
  std::vector<float> vector;  ///< [width]
};
/// {"layer": 12, "vector": [...]}. Errors: format (naming what is wrong).
Result<GivenDirection> parse_direction(std::string_view json, const std::string& where);

struct Means {
  Transforms transforms;
  /// Chains that the attack by templates tries in this order; empty = its own list.
  std::vector<std::string> chains;
  Limits limits;
  std::optional<Prices> prices;
  /// Behaviours of the person's files; empty = the stand-ins.
  std::vector<Behaviour> behaviours;
  std::string behaviours_from;  ///< for people: where they are from
  /// Of the attack `transfer`, by identity() of the behaviour or by its request.
  std::map<std::string, std::vector<FoundPrompt>> found;
  int count = 40;   ///< behaviours in each language, at most
  int repeats = 1;  ///< attacks on each behaviour, each with a seed of its own

  model::Model* target = nullptr;
  AnswerJudge judge;
  model::Model* attacker = nullptr;  ///< null or the target itself: it attacks itself
  const CancelToken* cancel = nullptr;
  std::uint64_t seed = 0;               ///< of the run
  mutable model::LazyWhiteBox weights;  ///< of the target; who opens it holds `turn`
  /// Of a smaller model with the target's vocabulary, for drafts; who opens it holds `turn`.
  mutable model::LazyWhiteBox draft;
  std::optional<GivenDirection> direction;  ///< to steer along; none = it is found
  mutable Memo kept;  ///< what attacks work out once a run; who asks it holds `turn`
  /// Held by an attack that works on weights, or asks the target beside the run.
  mutable std::mutex turn;

  /// Who plays the attacker; null before the models are set.
  [[nodiscard]] model::Model* attacking() const { return attacker != nullptr ? attacker : target; }
};

/// A stretch of an attack's work on the weights: its time, and its operations, go to what was spent
/// when it ends.
class Work {
 public:
  explicit Work(Spent& spent) : spent_(&spent), began_(std::chrono::steady_clock::now()) {}
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  ~Work();
  /// So many tokens forward, and so many forward and backward, of a model of so many parameters: 2
  /// operations a parameter and token forward, 4 more backward (Kaplan et al. 2020, section 2.1).
  void count(std::int64_t parameters, double forward, double both = 0.0);

 private:
  Spent* spent_;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace assay::attack
