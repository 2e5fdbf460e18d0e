// Log-probabilities of given continuations, by walking a PrefixPlan window by window. In memory is
// always one path of the tree (at most the model's context) and one window beside it, whatever the
// number of requests. At a window's end all but the path to the next request is dropped.
// Legal call order: run() any number of times. Thread-safety: one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "model/local/context.h"
#include "model/local/prefix_plan.h"

namespace assay::model::local {

struct Scored {
  std::vector<double> logprobs;    ///< nats [targets]
  std::vector<double> means, sds;  ///< [targets] where the item asks for moments, else empty
  bool greedy = true;
  std::size_t left = 0;  ///< targets not read yet; 0 = complete
};

class Scorer {
 public:
  /// share = false for models whose memory cannot be shared between sequences.
  Scorer(Context& context, bool share, const CancelToken* cancel)
      : context_(context), share_(share), cancel_(cancel) {}

  /// `done` is called with the index of each item as it is complete. On an error (cancelled,
  /// limit, internal) the items that are complete keep their values.
  Status run(std::span<const ScoreItem> items, std::vector<Scored>& scored,
             const std::function<void(std::size_t item)>& done);
  [[nodiscard]] std::int64_t computed_tokens() const { return computed_; }

 private:
  struct Row {
    std::span<const Read> reads;  ///< all of one position
  };
  Status run_window(const PrefixPlan& plan, const Window& window);
  Status feed(const PrefixPlan& plan, const Window& window, std::size_t place);
  Status compute();
  void keep_path(std::size_t length);
  void give_sequences(const PrefixPlan& plan, const Window& window);

  Context& context_;
  bool share_;
  const CancelToken* cancel_;
  std::span<const ScoreItem> items_;
  std::vector<Scored>* scored_ = nullptr;
  const std::function<void(std::size_t)>* done_ = nullptr;
  std::vector<Row> rows_;       ///< of the batch, in the order of its outputs
  std::vector<int> sequence_;   ///< [requests of the window] sequence id
  int path_sequence_ = 0;       ///< that holds the path to the last request
  bool path_complete_ = false;  ///< whether that path is in memory from position 0 on
  std::int64_t computed_ = 0;
};

}  // namespace assay::model::local
