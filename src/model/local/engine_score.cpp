// Engine: log-likelihoods.
#include <algorithm>
#include <chrono>
#include <numeric>

#include "model/local/engine.h"
#include "model/local/rolling.h"

namespace assay::model::local {
namespace {

/// llama.cpp attends over whole blocks of 256 cells; more tokens at once are not faster.
constexpr int batch_tokens = 256;

double now_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

int round_up(std::size_t value, std::size_t step) {
  return static_cast<int>((value + step - 1) / step * step);
}

LoglikelihoodResult to_result(const ScoreItem& item, Scored&& scored) {
  LoglikelihoodResult result;
  result.tokens = item.targets;
  result.token_logprobs = std::move(scored.logprobs);
  result.total = std::accumulate(result.token_logprobs.begin(), result.token_logprobs.end(), 0.0);
  result.greedy = scored.greedy;
  result.token_means = std::move(scored.means);
  result.token_sds = std::move(scored.sds);
  return result;
}

Error unfinished(const Status& status) {
  if (status) return Error{ErrorKind::internal, "a request was not scored", {}, {}};
  return status.error();
}

}  // namespace

Result<ScoreItem> Engine::score_item(const LoglikelihoodRequest& request) const {
  const auto encode = [&]() -> Result<EncodedPair> {
    if (!request.as_chat) return tokenizer_.encode_pair(request.context, request.continuation);
    ASSAY_TRY(const auto prompt, chat_.apply(request.messages, nullptr));
    return tokenizer_.encode_chat_pair(prompt.text + request.context, request.continuation);
  };
  ASSAY_TRY(auto pair, encode());
  ScoreItem item;
  item.tokens = std::move(pair.context);
  item.first_read = item.tokens.size() - 1;
  item.tokens.insert(item.tokens.end(), pair.continuation.begin(), pair.continuation.end() - 1);
  item.targets = std::move(pair.continuation);
  item.moments = request.moments;
  const int most = most_tokens();
  if (item.tokens.size() > static_cast<std::size_t>(most)) {
    return fail(ErrorKind::limit,
                "the request has " + std::to_string(item.tokens.size()) +
                    " tokens before its last one; this model takes at most " +
                    std::to_string(most) +
                    (most < info_.context_length ? " in the memory that it may use" : ""),
                {}, "Shorten the context, or use a model with a longer one");
  }
  return item;
}

Status Engine::score(std::span<const ScoreItem> items, std::vector<Scored>& scored,
                     const std::function<void(std::size_t)>& done, const CancelToken* cancel) {
  if (items.empty()) return {};
  Status status = score_with(share_, items, scored, done, cancel);
  if (status || !share_ || status.error().kind == ErrorKind::cancelled) return status;
  // A memory that refuses to be shared (a new kind of model): what is left, each by itself.
  share_ = false;
  scoring_.reset();
  std::vector<ScoreItem> rest;
  std::vector<std::size_t> index;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (scored[i].left == 0) continue;
    rest.push_back(items[i]);
    index.push_back(i);
  }
  std::vector<Scored> again;
  return score_with(
      false, rest, again,
      [&](std::size_t i) {
        scored[index[i]] = again[i];
        if (done) done(index[i]);
      },
      cancel);
}

Status Engine::score_with(bool share, std::span<const ScoreItem> items, std::vector<Scored>& scored,
                          const std::function<void(std::size_t)>& done, const CancelToken* cancel) {
  const double start = now_seconds();
  meter_.start();
  std::size_t longest = 0;
  for (const auto& item : items) {
    longest = std::max(longest, item.tokens.size());
    ledger_.prompt_tokens += static_cast<std::int64_t>(item.tokens.size());
  }
  scored.assign(items.size(), {});
  for (std::size_t i = 0; i < items.size(); ++i) scored[i].left = items[i].targets.size();
  ContextShape shape;
  shape.batch = batch_tokens;
  shape.outputs = most_outputs();
  shape.sequences = share ? std::min(options_.max_sequences, shape.outputs) : 1;
  const std::size_t wanted = std::max<std::size_t>(longest + batch_tokens, 1024);
  const std::size_t cells =
      options_.context > 0 ? static_cast<std::size_t>(options_.context) : wanted;
  shape.cells = round_up(std::max(cells, longest), 256);
  shape.f32_cache = f32_cache_;
  shape.threads = threads_;
  ASSAY_TRY(Context * context, this->context(scoring_, shape));
  Scorer scorer(*context, share, cancel);
  Status status = scorer.run(items, scored, [&](std::size_t item) {
    meter_.poll();
    if (done) done(item);
  });
  const Energy energy = meter_.stop();
  const auto computed = static_cast<double>(scorer.computed_tokens());
  ledger_.computed_tokens += scorer.computed_tokens();
  ledger_.flops += 2.0 * static_cast<double>(info_.parameters) * computed;
  ledger_.seconds += now_seconds() - start;
  ledger_.joules += energy.joules;
  ledger_.joules_modelled = energy.modelled;
  return status;
}

std::vector<Result<LoglikelihoodResult>> Engine::loglikelihood(
    std::span<const LoglikelihoodRequest> requests, const LoglikelihoodSink& sink,
    const CallOptions& options) {
  std::vector<Result<LoglikelihoodResult>> results(requests.size());
  std::vector<ScoreItem> items;
  std::vector<std::size_t> index;
  ledger_.requests += static_cast<std::int64_t>(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    auto item = score_item(requests[i]);
    if (item) {
      items.push_back(std::move(*item));
      index.push_back(i);
      continue;
    }
    results[i] = tl::unexpected(std::move(item).error());
    if (sink) sink(i, results[i]);
  }
  std::vector<Scored> scored;
  const Status status = score(
      items, scored,
      [&](std::size_t k) {
        results[index[k]] = to_result(items[k], Scored(scored[k]));
        if (sink) sink(index[k], results[index[k]]);
      },
      options.cancel);
  for (std::size_t k = 0; k < items.size(); ++k) {
    if (k < scored.size() && scored[k].left == 0) continue;
    results[index[k]] = tl::unexpected(unfinished(status));
    if (sink) sink(index[k], results[index[k]]);
  }
  return results;
}

std::vector<Result<LoglikelihoodResult>> Engine::rolling(std::span<const RollingRequest> requests,
                                                         const CallOptions& options) {
  std::vector<Result<LoglikelihoodResult>> results(requests.size());
  std::vector<ScoreItem> items;
  std::vector<std::size_t> owner;
  ledger_.requests += static_cast<std::int64_t>(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const auto windows = [&]() -> Result<std::vector<ScoreItem>> {
      ASSAY_TRY(const auto tokens, tokenizer_.encode(requests[i].text, true));
      if (tokens.empty()) return std::vector<ScoreItem>{};
      ASSAY_TRY(const auto prefix, tokenizer_.prefix_token());
      return rolling_windows(tokens, prefix, static_cast<std::size_t>(most_tokens()));
    }();
    if (!windows) {
      results[i] = tl::unexpected(windows.error());
      continue;
    }
    results[i] = LoglikelihoodResult{};
    results[i]->greedy = true;
    for (const auto& window : *windows) items.push_back(window);
    owner.resize(items.size(), i);
  }
  std::vector<Scored> scored;
  const Status status = score(items, scored, {}, options.cancel);
  for (std::size_t k = 0; k < items.size(); ++k) {
    auto& result = results[owner[k]];
    if (k >= scored.size() || scored[k].left != 0) result = tl::unexpected(unfinished(status));
    if (!result) continue;
    auto window = to_result(items[k], std::move(scored[k]));
    result->total += window.total;
    result->greedy = result->greedy && window.greedy;
    result->tokens.insert(result->tokens.end(), window.tokens.begin(), window.tokens.end());
    result->token_logprobs.insert(result->token_logprobs.end(), window.token_logprobs.begin(),
                                  window.token_logprobs.end());
  }
  return results;
}

}  // namespace assay::model::local
