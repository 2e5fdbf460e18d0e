#include "model/remote/engine.h"

#include <chrono>

#include "model/remote/remote.h"
#include "model/remote/stream.h"

namespace assay::model::remote {
namespace {

class Stopwatch {
 public:
  explicit Stopwatch(double& seconds) : seconds_(&seconds), start_(Clock::now()) {}
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;
  ~Stopwatch() { *seconds_ += std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  double* seconds_;
  Clock::time_point start_;
};

std::size_t bytes_of(const GenerateRequest& request) {
  std::size_t bytes = request.prompt.size();
  for (const Message& message : request.messages) bytes += message.content.size();
  return bytes;
}

}  // namespace

/// One call of generate(): its requests, what came of each, and the streams under way.
class Engine::Generation {
 public:
  Generation(Engine& engine, std::span<const GenerateRequest> requests, const GenerateSink& sink,
             const CallOptions& options)
      : engine_(engine),
        requests_(requests),
        sink_(sink),
        options_(options),
        streamed_(engine.settings_.stream || options.on_piece),
        results_(requests.size(), fail(ErrorKind::cancelled, "the request was not asked")),
        streams_(streamed_ ? requests.size() : 0),
        told_(streams_.size(), 0) {}

  std::vector<Result<GenerateResult>> run();

 private:
  Job job(std::size_t n);
  Status accept(std::size_t n, const Json& reply);
  void end(std::size_t i, Result<GenerateResult> result);

  Engine& engine_;
  std::span<const GenerateRequest> requests_;
  const GenerateSink& sink_;
  const CallOptions& options_;
  bool streamed_;
  std::vector<Result<GenerateResult>> results_;
  std::vector<std::size_t> asked_;
  std::vector<std::unique_ptr<StreamedReply>> streams_;
  std::vector<std::size_t> told_;  ///< bytes that the sink of pieces has, over all attempts
};

std::vector<Result<GenerateResult>> Engine::Generation::run() {
  for (std::size_t i = 0; i < requests_.size(); ++i) {
    if (const Status status = engine_.possible(requests_[i]); status) {
      asked_.push_back(i);
    } else {
      end(i, tl::unexpected(status.error()));
    }
  }
  Jobs jobs;
  jobs.count = asked_.size();
  jobs.streamed = streamed_;
  jobs.cancel = options_.cancel;
  jobs.job = [this](std::size_t n) { return job(n); };
  jobs.accept = [this](std::size_t n, const Json& reply) { return accept(n, reply); };
  jobs.refuse = [this](std::size_t n, const Error& error) {
    end(asked_[n], tl::unexpected(error));
  };
  // What is left open is cancelled; halted() says why.
  const Status status = engine_.client_->run(jobs);
  if (!status) {
    for (auto& result : results_) {
      if (!result && result.error().kind == ErrorKind::cancelled) {
        result.error().what = status.error().what;
      }
    }
  }
  return std::move(results_);
}

Job Engine::Generation::job(std::size_t n) {
  const std::size_t i = asked_[n];
  const GenerateRequest& request = requests_[i];
  const bool chat = !request.messages.empty();
  Job out;
  out.path = chat ? "/chat/completions" : "/completions";
  out.body =
      dump_json(generate_body(engine_.settings_, engine_.server_.dialect, request, streamed_));
  if (!streamed_) return out;
  // A second attempt begins anew; its sink gets what goes beyond the first one's.
  StreamedReply::OnPiece on_piece;
  if (options_.on_piece) {
    on_piece = [this, i, seen = std::size_t{0}](std::string_view piece) mutable {
      const std::size_t known = std::min(piece.size(), told_[i] - std::min(told_[i], seen));
      seen += piece.size();
      if (known == piece.size()) return;
      told_[i] = seen;
      options_.on_piece(i, piece.substr(known));
    };
  }
  streams_[i] = std::make_unique<StreamedReply>(chat, !request.tools.is_null(), request.stop,
                                                std::move(on_piece));
  out.on_bytes = [stream = streams_[i].get()](std::string_view bytes) {
    return stream->feed(bytes);
  };
  return out;
}

Status Engine::Generation::accept(std::size_t n, const Json& reply) {
  const std::size_t i = asked_[n];
  const GenerateRequest& request = requests_[i];
  const auto read = [&]() -> Result<Generated> {
    if (streamed_) return streams_[i]->finish();
    return read_generated(reply, !request.messages.empty(), !request.tools.is_null());
  };
  ASSAY_TRY(Generated generated, read());
  GenerateResult& result = generated.result;
  const Json& with_usage = streamed_ ? streams_[i]->usage() : reply;
  const Usage usage = read_usage(with_usage, bytes_of(request), result.text.size());
  result.prompt_tokens = static_cast<int>(usage.prompt_tokens);
  result.completion_tokens = static_cast<int>(usage.completion_tokens);
  engine_.count(usage);
  if (!generated.withheld.empty()) {
    end(i, fail(ErrorKind::unsupported, generated.withheld));
    return {};
  }
  result.text = engine_.client_->without_key(std::move(result.text));
  cut_at_stop(result, request.stop);
  if (!held_to(request, result)) {
    end(i, fail(ErrorKind::unsupported, "the server did not hold the answer to the JSON Schema",
                engine_.settings_.base_url, "Use llama-server or vLLM, or the weights themselves"));
    return {};
  }
  end(i, std::move(result));
  if (streamed_) streams_[i].reset();
  return {};
}

void Engine::Generation::end(std::size_t i, Result<GenerateResult> result) {
  results_[i] = std::move(result);
  if (sink_) sink_(i, results_[i]);
}

Capabilities Engine::can() const {
  Capabilities can;
  can.generate = true;
  can.chat = settings_.api == Api::chat;
  can.logprobs = server_.logprobs != Logprobs::off;
  can.tools = can.chat && settings_.tools;
  return can;
}

Status Engine::possible(const GenerateRequest& request) const {
  if (!request.messages.empty() && settings_.api == Api::completions) {
    return fail(ErrorKind::unsupported, "this model was opened for completions, not for chats",
                settings_.base_url, "Leave out --model-arg api=completions");
  }
  if (request.messages.empty() && !server_.completions) {
    return fail(ErrorKind::unsupported, "the server takes chats only, not plain texts",
                settings_.base_url, "Add --model-arg api=completions, if it has them");
  }
  return can_hold(server_.dialect, request);
}

void Engine::count(const Usage& usage) {
  client_->spent(usage.prompt_tokens, usage.completion_tokens);
  const std::int64_t computed = usage.prompt_tokens - usage.cached_tokens + usage.completion_tokens;
  ledger_.prompt_tokens += usage.prompt_tokens;
  ledger_.completion_tokens += usage.completion_tokens;
  ledger_.computed_tokens += computed;
  ledger_.flops +=
      2.0 * static_cast<double>(server_.info.parameters) * static_cast<double>(computed);
}

std::vector<Result<GenerateResult>> Engine::generate(std::span<const GenerateRequest> requests,
                                                     const GenerateSink& sink,
                                                     const CallOptions& options) {
  const Stopwatch watch(ledger_.seconds);
  ledger_.requests += static_cast<std::int64_t>(requests.size());
  return Generation(*this, requests, sink, options).run();
}

/// Of a server's scoring only the scored tokens are known to have been computed.
void Engine::count_scores(const std::vector<Result<LoglikelihoodResult>>& results) {
  ledger_.requests += static_cast<std::int64_t>(results.size());
  for (const auto& result : results) {
    if (!result) continue;
    const auto tokens = static_cast<std::int64_t>(result->token_logprobs.size());
    ledger_.prompt_tokens += tokens;
    ledger_.computed_tokens += tokens;
    ledger_.flops +=
        2.0 * static_cast<double>(server_.info.parameters) * static_cast<double>(tokens);
  }
}

Result<std::vector<std::int32_t>> Engine::tokenize(std::string_view text) {
  return scoring_.tokenize(text);
}

std::vector<Result<LoglikelihoodResult>> Engine::loglikelihood(
    std::span<const LoglikelihoodRequest> requests, const LoglikelihoodSink& sink,
    const CallOptions& options) {
  const Stopwatch watch(ledger_.seconds);
  auto results =
      server_.logprobs == Logprobs::off
          ? std::vector<Result<LoglikelihoodResult>>(
                requests.size(),
                fail(ErrorKind::unsupported, "the server gives no log-probabilities of a text",
                     settings_.base_url, "Open the model's weights (GGUF) locally"))
          : scoring_.loglikelihood(requests, sink, options.cancel);
  count_scores(results);
  return results;
}

std::vector<Result<LoglikelihoodResult>> Engine::rolling(std::span<const RollingRequest> requests,
                                                         const CallOptions& options) {
  const Stopwatch watch(ledger_.seconds);
  auto results = scoring_.rolling(requests, options.cancel);
  count_scores(results);
  return results;
}

std::optional<Halt> Engine::halted() const {
  if (client_->halted()) return Halt{*client_->halted(), false};
  if (client_->in_batch() == 0) return std::nullopt;
  return Halt{
      {ErrorKind::cancelled,
       std::to_string(client_->in_batch()) + " requests were written for a batch",
       settings_.batch_out, "Send it, fetch the results, and add --model-arg batch_in=RESULTS"},
      true};
}

Result<std::unique_ptr<Model>> open(const std::string& spec,
                                    const std::vector<std::string>& arguments) {
  ASSAY_TRY(Settings settings, read_settings(spec, arguments));
  ASSAY_TRY(auto client, Client::open(settings));
  ASSAY_TRY(Server server, look_at_server(*client, settings));
  return std::make_unique<Engine>(std::move(settings), std::move(client), std::move(server));
}

}  // namespace assay::model::remote
