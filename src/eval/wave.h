// A wave: samples of one task that are put to the model together. In each round all of them take
// their next step, log-likelihoods in one call and generations in another, so that the engine can
// share and batch; a sample is scored and handed on as soon as it is solved.
// Legal call order: construct -> run() once. Thread-safety: one thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eval/task.h"

namespace assay::eval {

struct WaveOptions {
  std::uint64_t seed = 0;           ///< of the run; each step gets a seed of its own from it
  double repeat_temperature = 0.0;  ///< > 0: greedy steps are sampled at this temperature
  bool plain = false;               ///< put chats as plain text (plain_form.h)
  const CancelToken* stop = nullptr;
};

class Wave {
 public:
  /// Called with each sample that was solved, in the order in which they end.
  using Finished =
      std::function<void(const Sample& sample, int epoch, const Trace& trace, const Score& score)>;

  Wave(model::Model& model, const Task& task, WaveOptions options, Finished finished)
      : model_(&model), task_(&task), options_(options), finished_(std::move(finished)) {}

  /// Pairs of a sample and its epoch. What `stop` interrupts is not handed on.
  void run(const std::vector<std::pair<const Sample*, int>>& samples);

 private:
  struct Item {
    const Sample* sample = nullptr;
    int epoch = 0;
    Trace trace;
    Step step;          ///< what to ask now
    bool trim = false;  ///< the answer was asked for in plain form, so spaces around it say nothing
    bool tool_text = false;  ///< tools were described in the text, and calls stand in the answer
    std::optional<Error> failure;  ///< of the solver
    bool open = true;              ///< neither finished nor interrupted
  };

  void advance(Item& item);
  void go_on(Item& item) const;
  void conclude(Item& item);
  void advance_waiting();
  void finish(Item& item);
  void fail_with(Item& item, const Error& error);
  void prepare(Item& item) const;
  void ask_generations();
  void ask_choices();
  void take(Item& item, const Result<model::GenerateResult>& result);
  void take_aside(Item& item, const Result<model::GenerateResult>& result);
  void ask_generations_of(model::Model* other);
  [[nodiscard]] std::string place(const Item& item, std::size_t answer) const;
  void take(Item& item, std::vector<Result<model::LoglikelihoodResult>>& results);

  model::Model* model_;
  const Task* task_;
  WaveOptions options_;
  Finished finished_;
  std::vector<Item> items_;
  std::vector<Item*> waiting_;  ///< of a solver that acts: solved on, several at once, later
};

}  // namespace assay::eval
