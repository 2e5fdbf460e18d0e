// The requests that bring log-probabilities, in each server's way; see scoring.h.
#include <algorithm>

#include "model/remote/scoring.h"

namespace assay::model::remote {
namespace {

constexpr double kForce = 1e9;   ///< a bias that no logit comes near
constexpr int kListed = 4096;    ///< tokens that are listed at first; a reply of about 400 kB
constexpr int kWhole = 1 << 20;  ///< more tokens than a vocabulary has
constexpr std::size_t kMostContexts = 50000;  ///< whose number of tokens is remembered
constexpr const char* kCarrier = ".";         ///< a text whose last token ends with a character

Json prompt_body(const Settings& settings, const Json& prompt) {
  return Json{{"model", settings.model}, {"prompt", prompt}, {"max_tokens", 1}, {"temperature", 0}};
}

std::string echo_body(const Settings& settings, const std::string& text) {
  Json body = prompt_body(settings, text);
  body["echo"] = true;
  body["logprobs"] = 1;
  return dump_json(body);
}

std::string prompt_logprobs_body(const Settings& settings, const Tokens& tokens) {
  Json body = prompt_body(settings, tokens);
  body["prompt_logprobs"] = 1;
  return dump_json(body);
}

std::string forced_body(const Tokens& prompt, std::int32_t token, int listed) {
  return dump_json(Json{{"prompt", prompt},
                        {"n_predict", 1},
                        {"temperature", 0},
                        {"n_probs", listed},
                        {"logit_bias", Json::array({Json::array({token, kForce})})},
                        {"cache_prompt", true}});
}

LoglikelihoodResult sum_of(const Tokens& prompt, std::size_t first,
                           const std::vector<std::optional<ForcedToken>>& read) {
  LoglikelihoodResult result;
  result.greedy = true;
  result.tokens.assign(prompt.begin() + static_cast<std::ptrdiff_t>(first), prompt.end());
  for (const auto& token : read) {
    result.total += token->logprob;
    result.token_logprobs.push_back(token->logprob);
    result.greedy = result.greedy && token->greedy;
  }
  return result;
}

}  // namespace

Jobs Scoring::jobs_of(std::size_t count, const CancelToken* cancel) const {
  Jobs jobs;
  jobs.count = count;
  jobs.direct = jobs.probe = probe_;
  jobs.cancel = cancel;
  return jobs;
}

Status Scoring::ask(std::vector<Item>& items, const Ended& ended, const CancelToken* cancel) {
  switch (server_->logprobs) {
    case Logprobs::llama_server: return ask_forced(items, ended, cancel);
    case Logprobs::prompt_logprobs: return ask_prompts(items, ended, cancel);
    default: return ask_echo(items, ended, cancel);
  }
}

/// One request for each step. With `listed` > 1 the token is looked for among so many. `steps`
/// becomes what is still without an answer.
Status Scoring::ask_steps(std::vector<Item>& items, std::vector<Step>& steps, int listed,
                          const Ended& ended, const CancelToken* cancel) {
  const bool forced = listed == 1;
  std::int32_t carrier = -1;
  if (!forced && !steps.empty()) {
    ASSAY_CHECK(fetch_tokens({kCarrier}, false, cancel));
    const auto& tokens = known_.at({kCarrier, false});
    if (tokens && !tokens->empty()) carrier = tokens->back();
  }
  std::vector<Step> open;
  Jobs jobs = jobs_of(steps.size(), cancel);
  jobs.job = [&](std::size_t n) {
    const Tokens& prompt = items[steps[n].item].prompt;
    const auto end = static_cast<std::ptrdiff_t>(steps[n].token);
    const std::int32_t token = forced ? prompt[steps[n].token] : carrier;
    return Job{server_->root + "/completion",
               forced_body(Tokens(prompt.begin(), prompt.begin() + end), token, listed),
               {}};
  };
  jobs.accept = [&](std::size_t n, const Json& reply) -> Status {
    const Step step = steps[n];
    Item& item = items[step.item];
    const std::int32_t token = item.prompt[step.token];
    ASSAY_TRY(const auto read,
              forced ? read_forced(reply, token) : read_listed(reply, carrier, token));
    client_->spent(static_cast<std::int64_t>(step.token), 1);
    if (!read) {
      if (forced) cut_.insert(token);
      open.push_back(step);
      return {};
    }
    item.read[step.token - item.first] = read;
    const bool whole = std::all_of(item.read.begin(), item.read.end(),
                                   [](const auto& each) { return each.has_value(); });
    if (!whole || !item.ready) return {};
    item.result = sum_of(item.prompt, item.first, item.read);
    ended(step.item);
    return {};
  };
  jobs.refuse = [&](std::size_t n, const Error& error) {
    Item& item = items[steps[n].item];
    if (!item.ready) return;
    item.ready = false;
    item.result = tl::unexpected(error);
    ended(steps[n].item);
  };
  Status status = client_->run(jobs);
  std::erase_if(open, [&](const Step& step) { return !items[step.item].ready; });
  steps = std::move(open);
  return status;
}

/// llama-server: one request for each token of each continuation, and one or two more for a token
/// that ends within a character.
Status Scoring::ask_forced(std::vector<Item>& items, const Ended& ended,
                           const CancelToken* cancel) {
  std::vector<Step> whole, cut;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].ready) continue;
    items[i].read.assign(items[i].prompt.size() - items[i].first, std::nullopt);
    for (std::size_t k = items[i].first; k < items[i].prompt.size(); ++k) {
      (cut_.contains(items[i].prompt[k]) ? cut : whole).push_back({i, k});
    }
  }
  ASSAY_CHECK(ask_steps(items, whole, 1, ended, cancel));
  cut.insert(cut.end(), whole.begin(), whole.end());
  ASSAY_CHECK(ask_steps(items, cut, kListed, ended, cancel));
  ASSAY_CHECK(ask_steps(items, cut, kWhole, ended, cancel));
  for (const Step& step : cut) {
    Item& item = items[step.item];
    if (!item.ready) continue;
    item.ready = false;
    item.result = fail(ErrorKind::unsupported, "the server gives no log-probability of a token",
                       settings_->base_url, "Open the model's weights (GGUF) locally");
    ended(step.item);
  }
  return {};
}

/// vLLM: one request each.
Status Scoring::ask_prompts(std::vector<Item>& items, const Ended& ended,
                            const CancelToken* cancel) {
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].ready) asked.push_back(i);
  }
  Jobs jobs = jobs_of(asked.size(), cancel);
  jobs.job = [&](std::size_t n) {
    return Job{"/completions", prompt_logprobs_body(*settings_, items[asked[n]].prompt), {}};
  };
  jobs.accept = [&](std::size_t n, const Json& reply) -> Status {
    Item& item = items[asked[n]];
    ASSAY_TRY(item.result, read_prompt_logprobs(reply, item.prompt, item.first));
    const Usage usage = read_usage(reply, item.context.size() + item.continuation.size(), 0);
    client_->spent(usage.prompt_tokens, usage.completion_tokens);
    ended(asked[n]);
    return {};
  };
  jobs.refuse = [&](std::size_t n, const Error& error) {
    items[asked[n]].result = tl::unexpected(error);
    ended(asked[n]);
  };
  return client_->run(jobs);
}

/// How many tokens each of these items' contexts has alone.
Status Scoring::count_contexts(const std::vector<Item>& items,
                               const std::vector<std::size_t>& which, const CancelToken* cancel) {
  std::set<std::string> unknown;
  for (const std::size_t i : which) {
    if (!context_tokens_.contains(items[i].context)) unknown.insert(items[i].context);
  }
  const std::vector<std::string> contexts(unknown.begin(), unknown.end());
  Jobs jobs = jobs_of(contexts.size(), cancel);
  jobs.job = [&](std::size_t n) {
    return Job{"/completions", echo_body(*settings_, contexts[n]), {}};
  };
  jobs.accept = [&](std::size_t n, const Json& reply) -> Status {
    ASSAY_TRY(const Echoed echo, read_echo(reply, contexts[n]));
    const Usage usage = read_usage(reply, contexts[n].size(), 0);
    client_->spent(usage.prompt_tokens, usage.completion_tokens);
    context_tokens_.insert_or_assign(contexts[n], echo.tokens.size());
    return {};
  };
  jobs.refuse = [&](std::size_t n, const Error& error) {
    context_tokens_.insert_or_assign(contexts[n], tl::unexpected(error));
  };
  return client_->run(jobs);
}

/// Echo: one request each, and one more for a context whose end cannot be seen in the tokens.
Status Scoring::ask_echo(std::vector<Item>& items, const Ended& ended, const CancelToken* cancel) {
  std::vector<std::size_t> asked, unclear;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].ready) asked.push_back(i);
  }
  std::map<std::size_t, Echoed> echoes;
  Jobs jobs = jobs_of(asked.size(), cancel);
  jobs.job = [&](std::size_t n) {
    const Item& item = items[asked[n]];
    return Job{"/completions", echo_body(*settings_, item.context + item.continuation), {}};
  };
  jobs.accept = [&](std::size_t n, const Json& reply) -> Status {
    Item& item = items[asked[n]];
    const std::string text = item.context + item.continuation;
    ASSAY_TRY(Echoed echo, read_echo(reply, text));
    const auto first = token_at(echo, text, item.context.size());
    if (first) {
      ASSAY_TRY(item.result, score_echo(echo, *first));
    }
    const Usage usage = read_usage(reply, text.size(), 0);
    client_->spent(usage.prompt_tokens, usage.completion_tokens);
    if (first) {
      ended(asked[n]);
    } else {
      echoes.insert_or_assign(asked[n], std::move(echo));
      unclear.push_back(asked[n]);
    }
    return {};
  };
  jobs.refuse = [&](std::size_t n, const Error& error) {
    items[asked[n]].result = tl::unexpected(error);
    ended(asked[n]);
  };
  ASSAY_CHECK(client_->run(jobs));
  if (unclear.empty()) return {};
  if (context_tokens_.size() > kMostContexts) context_tokens_.clear();
  ASSAY_CHECK(count_contexts(items, unclear, cancel));
  for (const std::size_t i : unclear) {
    const auto& tokens = context_tokens_.at(items[i].context);
    items[i].result = tokens ? score_echo(echoes.at(i), *tokens)
                             : Result<LoglikelihoodResult>(tl::unexpected(tokens.error()));
    ended(i);
  }
  return {};
}

}  // namespace assay::model::remote
