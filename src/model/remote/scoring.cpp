#include "model/remote/scoring.h"

#include <algorithm>

#include "base/text.h"

namespace assay::model::remote {
namespace {

constexpr std::size_t kMostKnown = 50000;  ///< texts whose tokens are remembered

bool works(Client& client, const Settings& settings, const Server& server, Logprobs method) {
  Server probed = server;
  probed.logprobs = method;
  Scoring scoring(client, settings, probed, true);
  std::vector<LoglikelihoodRequest> requests(2);
  requests[0].context = requests[1].context = "The capital of France is";
  requests[0].continuation = " Paris";
  requests[1].continuation = " a";
  const auto results = scoring.loglikelihood(requests, {}, nullptr);
  return std::all_of(results.begin(), results.end(), [](const auto& r) { return r.has_value(); });
}

}  // namespace

std::string Scoring::tokenize_body(const std::string& text, bool special) const {
  if (server_->dialect == Dialect::vllm) {
    return dump_json(
        Json{{"model", settings_->model}, {"prompt", text}, {"add_special_tokens", special}});
  }
  return dump_json(Json{{"content", text}, {"add_special", special}, {"parse_special", true}});
}

Status Scoring::fetch_tokens(const std::vector<std::string>& texts, bool special,
                             const CancelToken* cancel) {
  std::vector<std::string> unknown;
  std::set<std::string> seen;
  for (const std::string& text : texts) {
    if (!known_.contains({text, special}) && seen.insert(text).second) unknown.push_back(text);
  }
  Jobs jobs;
  jobs.count = unknown.size();
  jobs.cancel = cancel;
  jobs.direct = true;
  jobs.probe = probe_;
  jobs.job = [&](std::size_t i) {
    return Job{server_->root + "/tokenize", tokenize_body(unknown[i], special), {}};
  };
  jobs.accept = [&](std::size_t i, const Json& reply) -> Status {
    ASSAY_TRY(Tokens tokens, read_tokens(reply));
    // A template may write the first token itself; it stands once.
    if (special && tokens.size() > 1 && tokens[0] == first_ && tokens[1] == first_) {
      tokens.erase(tokens.begin());
    }
    known_.insert_or_assign({unknown[i], special}, std::move(tokens));
    return {};
  };
  jobs.refuse = [&](std::size_t i, const Error& error) {
    known_.insert_or_assign({unknown[i], special}, tl::unexpected(error));
  };
  return client_->run(jobs);
}

/// Learns which token may stand before a text.
Status Scoring::first_token(const CancelToken* cancel) {
  if (first_ >= 0 || !by_tokens()) return {};
  const bool named = !server_->first_token.empty();
  const std::string text = server_->first_token;
  ASSAY_CHECK(fetch_tokens({text}, !named, cancel));
  const auto& tokens = known_.at({text, !named});
  if (tokens && tokens->size() == 1) first_ = tokens->front();
  return {};
}

Result<Tokens> Scoring::tokenize(std::string_view text) {
  if (server_->dialect == Dialect::plain) {
    return fail(ErrorKind::unsupported, "the server does not give tokens of a text",
                settings_->base_url, "Use vLLM or llama-server, or the weights themselves");
  }
  const std::string wanted(text);
  ASSAY_CHECK(fetch_tokens({wanted}, false, nullptr));
  return known_.at({wanted, false});
}

/// Contexts of chats, through the server's own template.
Status Scoring::prompts(std::span<const LoglikelihoodRequest> requests, std::vector<Item>& items,
                        const CancelToken* cancel) {
  std::map<std::string, std::vector<std::size_t>> chats;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!requests[i].as_chat) continue;
    Json messages = Json::array();
    for (const Message& message : requests[i].messages) {
      messages.push_back({{"role", message.role}, {"content", message.content}});
    }
    chats[dump_json(messages)].push_back(i);
  }
  if (chats.empty()) return {};
  std::vector<std::string> bodies;
  std::vector<const std::vector<std::size_t>*> owners;
  for (const auto& [messages, who] : chats) {
    bodies.push_back(R"({"model":)" + dump_json(Json(settings_->model)) + R"(,"messages":)" +
                     messages + "}");
    owners.push_back(&who);
  }
  const bool vllm = server_->dialect == Dialect::vllm;
  const std::string path = server_->root + (vllm ? "/tokenize" : "/apply-template");
  const auto refuse = [&](std::size_t i, const Error& error) {
    for (const std::size_t k : *owners[i]) items[k].result = tl::unexpected(error);
  };
  const auto take = [&](std::size_t i, const Json& reply) -> Status {
    const auto prompt = reply.find("prompt");
    if (prompt == reply.end() || !prompt->is_string()) {
      return fail(ErrorKind::format, "the server did not give the chat as text");
    }
    for (const std::size_t k : *owners[i]) {
      items[k].context = prompt->get<std::string>() + requests[k].context;
      items[k].special = !vllm;
      items[k].ready = true;
    }
    return {};
  };
  std::vector<std::string> texts(bodies.size());
  Jobs jobs;
  jobs.count = bodies.size();
  jobs.direct = true;
  jobs.probe = probe_;
  jobs.refuse = refuse;
  jobs.cancel = cancel;
  jobs.job = [&](std::size_t i) { return Job{path, bodies[i], {}}; };
  jobs.accept = take;
  if (vllm) {
    jobs.accept = [&](std::size_t i, const Json& reply) -> Status {
      ASSAY_TRY(const Tokens tokens, read_tokens(reply));
      texts[i] = dump_json(Json{{"model", settings_->model}, {"tokens", tokens}});
      return {};
    };
  }
  ASSAY_CHECK(client_->run(jobs));
  if (!vllm) return {};
  std::vector<std::size_t> got;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!texts[i].empty()) got.push_back(i);
  }
  jobs.count = got.size();
  jobs.job = [&](std::size_t i) { return Job{server_->root + "/detokenize", texts[got[i]], {}}; };
  jobs.accept = [&](std::size_t i, const Json& reply) { return take(got[i], reply); };
  jobs.refuse = [&](std::size_t i, const Error& error) { refuse(got[i], error); };
  return client_->run(jobs);
}

/// Tokens of context and continuation, and where the one ends.
Status Scoring::encode(std::vector<Item>& items, const CancelToken* cancel) {
  if (known_.size() > kMostKnown) known_.clear();
  ASSAY_CHECK(first_token(cancel));
  for (const bool special : {true, false}) {
    std::vector<std::string> texts;
    for (const Item& item : items) {
      const bool bare = item.context.empty();  // then the first token is put there by us
      if (!item.ready || (item.special && !bare) != special) continue;
      if (!bare) texts.push_back(item.context);
      texts.push_back(item.context + item.continuation);
    }
    ASSAY_CHECK(fetch_tokens(texts, special, cancel));
  }
  for (Item& item : items) {
    if (!item.ready) continue;
    item.ready = false;
    const bool bare = item.context.empty();
    const bool special = item.special && !bare;
    const auto& whole = known_.at({item.context + item.continuation, special});
    if (!whole) {
      item.result = tl::unexpected(whole.error());
      continue;
    }
    Tokens context;
    if (!bare) {
      const auto& alone = known_.at({item.context, special});
      if (!alone) {
        item.result = tl::unexpected(alone.error());
        continue;
      }
      context = *alone;
    }
    const std::size_t cut = std::min(context.size(), whole->size());
    if (context.empty()) context.push_back(first_);
    if (cut == whole->size() || context.front() < 0) {
      item.result =
          fail(ErrorKind::usage,
               cut == whole->size() ? "the continuation has no tokens of its own after its context"
                                    : "the server names no token that may stand before a text",
               {}, "Give a context and a continuation that are not empty");
      continue;
    }
    item.first = context.size();
    item.prompt = std::move(context);
    item.prompt.insert(item.prompt.end(), whole->begin() + static_cast<std::ptrdiff_t>(cut),
                       whole->end());
    item.ready = true;
  }
  return {};
}

Scoring::Results Scoring::answer(std::vector<Item>& items, const LoglikelihoodSink& sink,
                                 const CancelToken* cancel) {
  std::vector<bool> told(items.size(), false);
  const auto ended = [&](std::size_t i) {
    if (told[i]) return;
    told[i] = true;
    if (sink) sink(i, items[i].result);
  };
  Status status;
  if (by_tokens()) status = encode(items, cancel);
  if (status) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!items[i].ready && items[i].result.error().kind != ErrorKind::cancelled) ended(i);
    }
    status = ask(items, ended, cancel);
  }
  Results results;
  results.reserve(items.size());
  for (Item& item : items) results.push_back(std::move(item.result));
  return results;
}

Scoring::Results Scoring::loglikelihood(std::span<const LoglikelihoodRequest> requests,
                                        const LoglikelihoodSink& sink, const CancelToken* cancel) {
  std::vector<Item> items(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    Item& item = items[i];
    item.context = requests[i].context;
    item.continuation = requests[i].continuation;
    if (requests[i].as_chat) {
      if (by_tokens()) continue;  // prompts() fills it
      item.result = fail(ErrorKind::unsupported,
                         "this server gives log-probabilities of plain text only, not of chats",
                         settings_->base_url, "Add --model-arg api=completions");
      continue;
    }
    const std::size_t spaces = trailing_space_bytes(item.context);
    item.continuation.insert(0, item.context.substr(item.context.size() - spaces));
    item.context.resize(item.context.size() - spaces);
    item.ready = true;
    if (item.context.empty() && !by_tokens()) {
      item.ready = false;
      item.result = fail(ErrorKind::unsupported,
                         "this server gives no log-probability of a text's first token",
                         settings_->base_url, "Give a context that is not empty");
    }
  }
  if (by_tokens()) {
    if (const Status status = prompts(requests, items, cancel); !status) {
      return Results(items.size(),
                     tl::unexpected(Error{ErrorKind::cancelled, status.error().what, {}, {}}));
    }
  }
  return answer(items, sink, cancel);
}

Scoring::Results Scoring::rolling(std::span<const RollingRequest> requests,
                                  const CancelToken* cancel) {
  if (!by_tokens()) {
    return Results(
        requests.size(),
        fail(ErrorKind::unsupported, "this server gives no log-probability of a text's first token",
             settings_->base_url, "Use vLLM or llama-server"));
  }
  std::vector<Item> items(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    items[i].continuation = requests[i].text;
    items[i].ready = true;
  }
  return answer(items, {}, cancel);
}

Status find_logprobs(Client& client, const Settings& settings, Server& server) {
  server.completions = settings.api == Api::completions || server.dialect != Dialect::plain;
  std::vector<Logprobs> ways;
  if (settings.logprobs == Logprobs::off) return {};
  if (settings.logprobs != Logprobs::automatic) {
    ways = {settings.logprobs};
  } else if (server.dialect == Dialect::llama_server) {
    ways = {Logprobs::llama_server};
  } else if (server.dialect == Dialect::vllm) {
    ways = {Logprobs::prompt_logprobs};
  } else if (settings.api == Api::completions) {
    ways = {Logprobs::echo};
  }
  for (const Logprobs way : ways) {
    if (works(client, settings, server, way)) {
      server.logprobs = way;
      server.completions = true;
      return {};
    }
  }
  if (settings.logprobs == Logprobs::automatic) return {};
  return fail(ErrorKind::usage, "the server gives no log-probabilities in this way",
              std::string("--model-arg logprobs=") + to_string(settings.logprobs),
              "Leave it out, and tasks that need them are not measured");
}

}  // namespace assay::model::remote
