#include "eval/wave.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <optional>
#include <thread>

#include "base/random.h"
#include "base/text.h"
#include "eval/plain_form.h"
#include "eval/replay.h"
#include "eval/tool_form.h"

namespace assay::eval {

void Wave::run(const std::vector<std::pair<const Sample*, int>>& samples) {
  items_.clear();
  items_.reserve(samples.size());
  for (const auto& [sample, epoch] : samples) {
    Item& item = items_.emplace_back();
    item.sample = sample;
    item.epoch = epoch;
    item.trace.transcript = sample->messages;
  }
  for (Item& item : items_) advance(item);
  advance_waiting();
  const auto open = [](const Item& item) { return item.open; };
  while (std::any_of(items_.begin(), items_.end(), open)) {
    if (options_.stop != nullptr && options_.stop->requested()) return;
    ask_choices();
    advance_waiting();
    ask_generations();
    advance_waiting();
  }
}

/// Decides what to ask next, or finishes the sample.
void Wave::advance(Item& item) {
  if (!task_->scores_truncated() && cut_off(item.trace)) {
    finish(item);
  } else if (task_->solver().acts()) {
    waiting_.push_back(&item);
  } else {
    go_on(item);
    conclude(item);
  }
}

/// May run for several items at once.
void Wave::go_on(Item& item) const {
  try {
    item.step = task_->solver().next(*item.sample, item.trace);
  } catch (const std::exception& problem) {
    item.failure = {ErrorKind::internal, std::string("the solver failed: ") + problem.what(),
                    item.sample->id, ""};
  }
}

void Wave::conclude(Item& item) {
  if (item.failure) {
    fail_with(item, *item.failure);
  } else if (item.trace.error) {
    fail_with(item, *item.trace.error);
  } else if (item.step.done()) {
    finish(item);
  } else {
    prepare(item);
  }
}

/// The programs of several samples run at once: of served models hundreds wait together.
void Wave::advance_waiting() {
  const std::vector<Item*> items = std::exchange(waiting_, {});
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < items.size(); i = next++) {
      if (options_.stop != nullptr && options_.stop->requested()) return;
      go_on(*items[i]);
    }
  };
  const std::size_t most = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::thread> helpers;
  while (helpers.size() + 1 < std::min(most, items.size())) helpers.emplace_back(work);
  work();
  for (std::thread& helper : helpers) helper.join();
  if (options_.stop != nullptr && options_.stop->requested()) return;
  for (Item* item : items) conclude(*item);
}

/// Which answer of which sample this is: the seed of its sampling depends on it.
std::string Wave::place(const Item& item, std::size_t answer) const {
  return task_->info().name + "/" + item.sample->id + "/" + std::to_string(item.epoch) + "/" +
         std::to_string(answer);
}

/// Plain form, a seed of its own for each step, and a temperature for repeats.
void Wave::prepare(Item& item) const {
  const Lang lang = item.sample->lang;
  for (model::LoglikelihoodRequest& request : item.step.choices) {
    if (options_.plain) make_plain(request, lang);
  }
  if (!item.step.generate) return;
  model::GenerateRequest& request = *item.step.generate;
  if (item.step.by != nullptr) {
    if (!item.step.by->can().chat) make_plain(request, lang);
    request.sampling.seed = stable_hash(place(item, item.trace.asides.size()) + "/aside",
                                        options_.seed ^ request.sampling.seed);
    return;
  }
  item.tool_text = !request.tools.is_null() && (options_.plain || !model_->can().tools);
  if (item.tool_text) make_tool_text(request, lang);
  item.trim = options_.plain && !request.messages.empty();
  if (options_.plain) make_plain(request, lang);
  if (options_.repeat_temperature > 0.0 && request.sampling.temperature <= 0.0) {
    request.sampling.temperature = options_.repeat_temperature;
  }
  request.sampling.seed = stable_hash(place(item, item.trace.generations.size()),
                                      options_.seed ^ request.sampling.seed);
}

void Wave::finish(Item& item) {
  item.open = false;
  finished_(*item.sample, item.epoch, item.trace, score_trace(*task_, *item.sample, item.trace));
  item.trace = {};
  item.step = {};
}

void Wave::fail_with(Item& item, const Error& error) {
  if (error.kind == ErrorKind::cancelled) {
    item.open = false;
    return;
  }
  item.trace.error = error;
  finish(item);
}

void Wave::take(Item& item, const Result<model::GenerateResult>& result) {
  if (!result) {
    fail_with(item, result.error());
    return;
  }
  if (result->finish == model::FinishReason::cancelled) {
    item.open = false;
    return;
  }
  item.trace.generations.push_back(*result);
  std::string& text = item.trace.generations.back().text;
  if (item.trim) text = std::string(trim(text));
  if (item.tool_text) read_tool_text(item.trace.generations.back());
  item.trace.transcript.push_back({"assistant", text, item.trace.generations.back().tool_calls});
  advance(item);
}

/// What another model said, also that it failed, is the solver's to judge.
void Wave::take_aside(Item& item, const Result<model::GenerateResult>& result) {
  const bool stopped = result ? result->finish == model::FinishReason::cancelled
                              : result.error().kind == ErrorKind::cancelled;
  if (stopped) {
    item.open = false;
    return;
  }
  item.trace.asides.push_back(result);
  advance(item);
}

/// Of the model under test first, then of the others in the order in which they are asked.
void Wave::ask_generations() {
  ask_generations_of(nullptr);
  std::vector<model::Model*> others;
  for (const Item& item : items_) {
    if (!item.open || !item.step.generate || item.step.by == nullptr) continue;
    if (std::find(others.begin(), others.end(), item.step.by) == others.end()) {
      others.push_back(item.step.by);
    }
  }
  for (model::Model* other : others) ask_generations_of(other);
}

void Wave::ask_generations_of(model::Model* other) {
  std::vector<Item*> asked;
  std::vector<model::GenerateRequest> requests;
  for (Item& item : items_) {
    if (!item.open || !item.step.generate || item.step.by != other) continue;
    asked.push_back(&item);
    requests.push_back(std::move(*item.step.generate));
    item.step = {};
  }
  if (requests.empty()) return;
  std::vector<bool> taken(requests.size(), false);
  const auto sink = [&](std::size_t i, const Result<model::GenerateResult>& result) {
    if (taken.at(i)) return;
    taken[i] = true;
    if (other == nullptr) {
      take(*asked[i], result);
    } else {
      take_aside(*asked[i], result);
    }
  };
  model::CallOptions call;
  call.cancel = options_.stop;
  const auto results = (other == nullptr ? model_ : other)->generate(requests, sink, call);
  for (std::size_t i = 0; i < results.size() && i < taken.size(); ++i) sink(i, results[i]);
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (!taken[i]) asked[i]->open = false;
  }
}

void Wave::take(Item& item, std::vector<Result<model::LoglikelihoodResult>>& results) {
  for (const auto& result : results) {
    if (!result) {
      fail_with(item, result.error());
      return;
    }
  }
  for (auto& result : results) item.trace.scores.push_back(std::move(*result));
  advance(item);
}

void Wave::ask_choices() {
  struct Asked {
    Item* item = nullptr;
    std::size_t first = 0;    // request of the first choice
    std::size_t missing = 0;  // choices without a result
    std::vector<Result<model::LoglikelihoodResult>> results;
  };
  std::vector<Asked> asked;
  std::vector<std::size_t> owner;
  std::vector<model::LoglikelihoodRequest> requests;
  for (Item& item : items_) {
    if (!item.open || item.step.choices.empty()) continue;
    const std::size_t n = item.step.choices.size();
    Asked entry{&item, requests.size(), n, {}};
    entry.results.resize(n);
    for (auto& request : item.step.choices) {
      owner.push_back(asked.size());
      requests.push_back(std::move(request));
    }
    item.step = {};
    asked.push_back(std::move(entry));
  }
  if (requests.empty()) return;
  std::vector<bool> taken(requests.size(), false);
  const auto sink = [&](std::size_t i, const Result<model::LoglikelihoodResult>& result) {
    if (taken.at(i)) return;
    taken[i] = true;
    Asked& entry = asked[owner[i]];
    entry.results[i - entry.first] = result;
    if (--entry.missing == 0) take(*entry.item, entry.results);
  };
  model::CallOptions call;
  call.cancel = options_.stop;
  const auto results = model_->loglikelihood(requests, sink, call);
  for (std::size_t i = 0; i < results.size() && i < taken.size(); ++i) sink(i, results[i]);
  for (const Asked& entry : asked) {
    if (entry.missing > 0) entry.item->open = false;
  }
}

}  // namespace assay::eval
