#include "model/remote/client.h"

#include <chrono>

#include "base/text.h"
#include "http/url.h"
#include "model/remote/wire.h"

namespace assay::model::remote {
namespace {

double now_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

http::ExchangeOptions exchange_options(const Settings& settings, const Secret& secret) {
  http::ExchangeOptions options;
  if (!secret.empty()) options.headers.push_back(secret.header());
  options.request_seconds = settings.timeout_s;
  options.connect_seconds = std::min(30.0, settings.timeout_s);
  options.retry.max_retries = settings.max_retries;
  options.concurrency.fixed = settings.in_flight;
  options.concurrency.most = settings.max_in_flight;
  options.give_up_after = settings.give_up_after;
  options.seed = static_cast<std::uint64_t>(
      std::chrono::system_clock::now().time_since_epoch().count());  // jitter only
  return options;
}

Error not_json(std::string_view body) {
  const std::string_view start = trim(body);
  std::string what = "the reply is not JSON";
  if (start.empty()) what = "the reply is empty";
  if (start.starts_with('<')) what = "the reply is a page (HTML), not JSON";
  return {ErrorKind::format, std::move(what), {}, "Check the address (it usually ends in /v1)"};
}

Error limit_reached(const std::string& what, const std::string& argument) {
  return {ErrorKind::limit, "the limit of " + what + " is reached", "--model-arg " + argument,
          "Go on with a higher one"};
}

}  // namespace

Client::Client(const Settings& settings, Secret secret)
    : settings_(settings),
      secret_(std::move(secret)),
      exchange_(std::make_unique<http::Exchange>(exchange_options(settings, secret_))),
      opened_s_(now_seconds()) {
  if (!settings.cache_dir.empty()) cache_.emplace(settings.cache_dir);
}

Result<std::unique_ptr<Client>> Client::open(const Settings& settings) {
  ASSAY_TRY(Secret secret, Secret::load(settings.key_file, settings.key_env));
  std::unique_ptr<Client> client(new Client(settings, std::move(secret)));
  if (!settings.batch_in.empty()) {
    ASSAY_TRY(client->results_, read_batch_results(settings.batch_in));
  }
  if (!settings.batch_out.empty()) {
    ASSAY_TRY(client->writer_, BatchWriter::open(settings.batch_out));
  }
  return client;
}

std::string Client::address(const std::string& path) const {
  return path.starts_with('/') ? settings_.base_url + path : path;
}

void Client::spent(std::int64_t prompt_tokens, std::int64_t completion_tokens) {
  prompt_tokens_ += prompt_tokens;
  completion_tokens_ += completion_tokens;
}

double Client::cost() const {
  constexpr double million = 1e6;
  return (static_cast<double>(prompt_tokens_) * settings_.price_in +
          static_cast<double>(completion_tokens_) * settings_.price_out) /
         million;
}

Status Client::may_go_on() const {
  if (halted_) return tl::unexpected(*halted_);
  if (settings_.max_seconds && now_seconds() - opened_s_ > *settings_.max_seconds) {
    return tl::unexpected(limit_reached("time", "max_seconds"));
  }
  if (settings_.max_tokens && prompt_tokens_ + completion_tokens_ >= *settings_.max_tokens) {
    return tl::unexpected(limit_reached("tokens", "max_tokens"));
  }
  if (settings_.max_cost && cost() >= *settings_.max_cost) {
    return tl::unexpected(limit_reached("cost", "max_cost"));
  }
  return {};
}

/// Answers from the batch or the cache. A kept reply that is no good any more is not used.
bool Client::answered(const Jobs& jobs, std::size_t index, const std::string& digest) {
  if (const auto found = results_.find(digest); found != results_.end()) {
    if (!found->second) {
      jobs.refuse(index, found->second.error());
    } else if (const Status taken = jobs.accept(index, *found->second); !taken) {
      jobs.refuse(index, taken.error());
    }
    return true;
  }
  if (!cache_) return false;
  const auto kept = cache_->find(digest);
  return kept && jobs.accept(index, *kept);
}

Status Client::write(const Job& job, const std::string& digest) {
  const std::string url = address(job.path);
  const std::size_t path = url.find('/', url.find("://") + 3);
  return writer_->add(digest, path == std::string::npos ? "/" : url.substr(path), job.body);
}

/// Returns what the server has to be asked for.
Result<std::vector<std::size_t>> Client::answer_here(const Jobs& jobs) {
  std::vector<std::size_t> open;
  const bool here = !jobs.direct && !jobs.streamed && (cache_ || writer_ || !results_.empty());
  for (std::size_t i = 0; i < jobs.count; ++i) {
    if (!here) {
      open.push_back(i);
      continue;
    }
    if (jobs.cancel != nullptr && jobs.cancel->requested()) {
      return fail(ErrorKind::cancelled, "stopped");
    }
    const Job job = jobs.job(i);
    const std::string digest = request_digest(address(job.path), job.body);
    if (answered(jobs, i, digest)) continue;
    if (writer_) {
      ASSAY_CHECK(write(job, digest));
    } else {
      open.push_back(i);
    }
  }
  if (writer_) ASSAY_CHECK(writer_->flush());
  return open;
}

Status Client::run(const Jobs& jobs) {
  if (halted_ && !jobs.probe) return tl::unexpected(*halted_);
  const auto open = answer_here(jobs);
  Status status;
  if (!open) {
    status = tl::unexpected(open.error());
  } else if (!open->empty()) {
    status = ask(jobs, *open);
  }
  const bool stopped = !status && status.error().kind != ErrorKind::cancelled;
  if (stopped && !jobs.probe && !halted_) {
    halted_ = status.error();
  }
  return status;
}

Status Client::ask(const Jobs& jobs, const std::vector<std::size_t>& open) {
  http::Work work;
  work.count = open.size();
  work.cancel = jobs.cancel;
  work.probe = jobs.probe;
  work.call = [&](std::size_t i) {
    Job job = jobs.job(open[i]);
    return http::Call{address(job.path), std::move(job.body), std::move(job.on_bytes)};
  };
  work.accept = [&](std::size_t i, http::Reply&& reply) {
    return accept(jobs, open[i], std::move(reply));
  };
  work.refuse = [&](std::size_t i, const Error& error) { jobs.refuse(open[i], error); };
  if (!jobs.direct) work.may_go_on = [&] { return may_go_on(); };
  work.explain = [&](const http::Reply& reply) { return secret_.without(error_text(reply.body)); };
  return exchange_->run(work);
}

Status Client::accept(const Jobs& jobs, std::size_t index, http::Reply&& reply) {
  if (jobs.streamed) return jobs.accept(index, Json(nullptr));
  const std::string body = secret_.without(std::move(reply.body));
  const auto json = parse_json(body, "reply");
  if (!json || !json->is_object()) return tl::unexpected(not_json(body));
  ASSAY_CHECK(jobs.accept(index, *json));
  if (!cache_ || jobs.direct) return {};
  const Job job = jobs.job(index);
  const Status kept = cache_->put(request_digest(address(job.path), job.body), *json);
  if (!kept && !halted_) halted_ = kept.error();  // the answer is good all the same
  return {};
}

}  // namespace assay::model::remote
