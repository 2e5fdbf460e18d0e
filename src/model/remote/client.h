// Requests of one model to its server: the exchange of http/, and around it the reply cache, batch
// files, limits of time, tokens and cost, and the key that must not get out.
//
// A request is answered by the first of: the results of a batch, the cache, the server; with a
// batch to be written, it is written instead of asked, and stays open.
// Legal call order: open() -> run() any number of times, spent() after each answer.
// Thread-safety: one thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/exchange.h"
#include "model/remote/batch_file.h"
#include "model/remote/reply_cache.h"
#include "model/remote/secret.h"
#include "model/remote/settings.h"

namespace assay::model::remote {

struct Job {
  std::string path;  ///< after the base address, e.g. "/chat/completions"; or a whole address
  std::string body;  ///< empty = GET
  std::function<Result<bool>(std::string_view bytes)> on_bytes;  ///< of a stream
};

struct Jobs {
  std::size_t count = 0;
  bool direct = false;    ///< about the server, not the model: neither cache nor batch nor limits
  bool probe = false;     ///< to see whether it works: a failure says nothing about the server
  bool streamed = false;  ///< read by on_bytes; accept() gets null. Neither cached nor in a batch
  std::function<Job(std::size_t index)> job;  ///< anew for each attempt
  std::function<Status(std::size_t index, const Json& reply)> accept;
  std::function<void(std::size_t index, const Error& error)> refuse;
  const CancelToken* cancel = nullptr;
};

class Client {
 public:
  static Result<std::unique_ptr<Client>> open(const Settings& settings);

  /// What was neither accepted nor refused is open still; why, is returned (also when it was only
  /// written into a batch).
  Status run(const Jobs& jobs);
  void spent(std::int64_t prompt_tokens, std::int64_t completion_tokens);

  /// Why nothing will be answered any more: a limit, a server that was given up.
  [[nodiscard]] const std::optional<Error>& halted() const { return halted_; }
  /// Requests were written into the batch.
  [[nodiscard]] std::size_t in_batch() const { return writer_ ? writer_->count() : 0; }
  [[nodiscard]] double cost() const;
  [[nodiscard]] std::string without_key(std::string text) const {
    return secret_.without(std::move(text));
  }
  [[nodiscard]] const http::ExchangeCounts& counts() const { return exchange_->counts(); }

 private:
  Client(const Settings& settings, Secret secret);
  [[nodiscard]] std::string address(const std::string& path) const;
  Result<std::vector<std::size_t>> answer_here(const Jobs& jobs);
  bool answered(const Jobs& jobs, std::size_t index, const std::string& digest);
  Status write(const Job& job, const std::string& digest);
  Status ask(const Jobs& jobs, const std::vector<std::size_t>& open);
  Status accept(const Jobs& jobs, std::size_t index, http::Reply&& reply);
  [[nodiscard]] Status may_go_on() const;

  Settings settings_;
  Secret secret_;
  std::unique_ptr<http::Exchange> exchange_;
  std::optional<ReplyCache> cache_;
  std::optional<BatchWriter> writer_;
  BatchResults results_;
  std::optional<Error> halted_;
  double opened_s_ = 0.0;
  std::int64_t prompt_tokens_ = 0;
  std::int64_t completion_tokens_ = 0;
};

}  // namespace assay::model::remote
