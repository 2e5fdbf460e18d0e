#include "http/exchange.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <queue>

#include "http/curl_setup.h"
#include "http/multi_loop.h"
#include "http/url.h"

namespace assay::http {
namespace {

constexpr double kLook = 0.05;  ///< seconds between two looks at the cancel token
constexpr int kAtOnce = 4;      ///< requests that are begun before the loop sends them

/// A handle and the attempt that it is at.
struct Slot {
  Slot() : curl(nullptr, &curl_easy_cleanup) {}
  Curl curl;
  std::size_t index = 0;
  int retry = 0;
  std::int64_t max_bytes = 0;
  std::int64_t received = 0;
  Call call;
  Reply reply;
  bool enough = false;           ///< the reader of the stream has all that it wants
  std::optional<Error> failure;  ///< why we stopped reading
  char detail[CURL_ERROR_SIZE] = "";
};

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto& slot = *static_cast<Slot*>(user);
  const std::size_t bytes = size * count;
  slot.received += static_cast<std::int64_t>(bytes);
  if (slot.received > slot.max_bytes) {
    slot.failure = Error{ErrorKind::limit,
                         "the reply is longer than " + std::to_string(slot.max_bytes) + " bytes",
                         {},
                         {}};
    return 0;
  }
  long status = 0;
  curl_easy_getinfo(slot.curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (!slot.call.on_bytes || status < 200 || status > 299) {
    slot.reply.body.append(data, bytes);
    return bytes;
  }
  const Result<bool> more = slot.call.on_bytes({data, bytes});
  if (!more) {
    slot.failure = more.error();
    return 0;
  }
  slot.enough = !*more;
  return *more ? bytes : 0;
}

/// What Retry-After (or retry-after-ms) asks for, in seconds.
std::optional<double> asked_wait(CURL* curl) {
  curl_header* header = nullptr;
  if (curl_easy_header(curl, "retry-after-ms", 0, CURLH_HEADER, -1, &header) == CURLHE_OK) {
    char* end = nullptr;
    const double milliseconds = std::strtod(header->value, &end);
    if (end != header->value && milliseconds >= 0.0) return milliseconds / 1000.0;
  }
  curl_off_t seconds = 0;
  curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &seconds);
  if (seconds > 0) return static_cast<double>(seconds);
  return std::nullopt;
}

/// A failure that is not told yet.
struct Held {
  std::size_t index = 0;
  Error error;
  bool servers = false;  ///< may be the server's fault, not the request's
};

struct Waiting {
  double due_s = 0.0;
  std::size_t index = 0;
  int retry = 0;
  bool operator<(const Waiting& other) const { return due_s > other.due_s; }  // earliest on top
};

}  // namespace

class Exchange::Impl {
 public:
  explicit Impl(ExchangeOptions options)
      : options_(std::move(options)),
        concurrency_(options_.concurrency),
        rng_(options_.seed),
        headers_(nullptr, &curl_slist_free_all) {
    curl_slist* list = nullptr;
    for (const std::string& header : options_.headers) {
      list = curl_slist_append(list, header.c_str());
    }
    for (const char* header : {"Content-Type: application/json", "Expect:"}) {
      list = curl_slist_append(list, header);
    }
    headers_.reset(list);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { abandon(); }

  Status run(const Work& work);
  [[nodiscard]] const ExchangeCounts& counts() const { return counts_; }
  [[nodiscard]] int limit() const { return concurrency_.limit(); }

 private:
  std::unique_ptr<Slot> new_slot();
  Status start_some(const Work& work);
  Status take_done(const Work& work);
  Status start(const Work& work, const Waiting& what);
  double until_next() const;
  void finish(const Work& work, std::unique_ptr<Slot> slot, CURLcode code);
  void judge_status(const Work& work, Slot& slot);
  void failed(Slot& slot, Error error, bool again);
  void give_up(const Error& last);
  [[nodiscard]] bool nothing_works() const;
  void succeeded(const Work& work, const Slot& slot);
  void tell_held(const Work& work);
  void abandon();

  ExchangeOptions options_;
  RetryPolicy policy_;  ///< of this run
  Concurrency concurrency_;
  Rng rng_;
  CurlHeaders headers_;
  MultiLoop loop_;
  ExchangeCounts counts_;
  std::vector<std::unique_ptr<Slot>> under_way_;
  std::vector<std::unique_ptr<Slot>> idle_;
  std::priority_queue<Waiting> waiting_;
  std::vector<Held> held_;
  std::optional<Error> given_up_;
  std::size_t kept_ = 0;   ///< connections that the loop keeps open
  std::size_t count_ = 0;  ///< requests of this run
  std::size_t next_ = 0;   ///< first index that was not begun
  std::size_t ended_ = 0;  ///< accepted, refused or held
  double pause_until_s_ = 0.0;
  int failures_in_row_ = 0;
  bool any_success_ = false;
  bool probing_ = false;
};

std::unique_ptr<Slot> Exchange::Impl::new_slot() {
  auto slot = std::make_unique<Slot>();
  slot->curl = new_curl();
  if (!slot->curl) return nullptr;
  CURL* c = slot->curl.get();
  slot->max_bytes = options_.max_bytes;
  curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers_.get());
  curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, std::lround(options_.connect_seconds * 1000.0));
  curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, std::lround(options_.request_seconds * 1000.0));
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, &on_body);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, slot.get());
  curl_easy_setopt(c, CURLOPT_ERRORBUFFER, slot->detail);
  curl_easy_setopt(c, CURLOPT_PRIVATE, slot.get());
  curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
  return slot;
}

Status Exchange::Impl::start(const Work& work, const Waiting& what) {
  std::unique_ptr<Slot> slot;
  if (idle_.empty()) {
    slot = new_slot();
    if (!slot) return fail(ErrorKind::internal, "libcurl cannot start");
  } else {
    slot = std::move(idle_.back());
    idle_.pop_back();
  }
  slot->index = what.index;
  slot->retry = what.retry;
  slot->received = 0;
  slot->reply = {};
  slot->enough = false;
  slot->failure.reset();
  slot->detail[0] = '\0';
  slot->call = work.call(what.index);
  CURL* c = slot->curl.get();
  curl_easy_setopt(c, CURLOPT_URL, slot->call.url.c_str());
  if (slot->call.body.empty()) {
    curl_easy_setopt(c, CURLOPT_HTTPGET, 1L);
  } else {
    curl_easy_setopt(c, CURLOPT_POST, 1L);
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, slot->call.body.data());
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(slot->call.body.size()));
  }
  if (!loop_.add(c)) return fail(ErrorKind::internal, "libcurl does not take a request");
  ++counts_.attempts;
  if (what.retry > 0) ++counts_.retries;
  under_way_.push_back(std::move(slot));
  counts_.most_under_way = std::max(counts_.most_under_way, static_cast<int>(under_way_.size()));
  return {};
}

/// Begins requests, up to kAtOnce and as many as may be under way; those that wait for a retry go
/// first.
Status Exchange::Impl::start_some(const Work& work) {
  const auto limit = static_cast<std::size_t>(concurrency_.limit());
  if (limit > kept_) {
    kept_ = limit;
    loop_.keep(static_cast<long>(limit) + 8);
  }
  for (int begun = 0; under_way_.size() < limit && begun < kAtOnce; ++begun) {
    const double now = clock_seconds();
    if (now < pause_until_s_) break;
    Waiting what;
    if (!waiting_.empty() && waiting_.top().due_s <= now) {
      what = waiting_.top();
      waiting_.pop();
    } else if (next_ < work.count) {
      what.index = next_++;
    } else {
      break;
    }
    if (work.may_go_on) ASSAY_CHECK(work.may_go_on());
    ASSAY_CHECK(start(work, what));
  }
  return {};
}

double Exchange::Impl::until_next() const {
  if (under_way_.size() >= static_cast<std::size_t>(concurrency_.limit())) return kLook;
  const double now = clock_seconds();
  if (next_ < count_ && now >= pause_until_s_) return 0.0;
  double due = now + kLook;
  if (!waiting_.empty()) due = std::min(due, waiting_.top().due_s);
  return std::clamp(std::max(due, pause_until_s_) - now, 0.0, kLook);
}

Status Exchange::Impl::run(const Work& work) {
  if (!loop_.ready()) return fail(ErrorKind::internal, "libcurl cannot start");
  count_ = work.count;
  next_ = 0;
  ended_ = 0;
  given_up_.reset();
  probing_ = work.probe;
  policy_ = options_.retry;
  if (work.probe) policy_.max_retries = std::min(1, policy_.max_retries);
  Status status;
  while (ended_ < work.count && status && !given_up_) {
    if (work.cancel != nullptr && work.cancel->requested()) {
      status = fail(ErrorKind::cancelled, "stopped", {}, "Run this again to go on");
      break;
    }
    status = start_some(work);
    if (!status) break;
    loop_.wait(until_next());
    status = take_done(work);
  }
  if (status && !given_up_ && !work.probe && nothing_works()) give_up(held_.back().error);
  if (given_up_) status = tl::unexpected(*given_up_);
  if (status) tell_held(work);
  abandon();
  return status;
}

/// Works off what is done. Each place is filled again at once: else those that end together wait
/// for the last of them, and the limit looks unused.
Status Exchange::Impl::take_done(const Work& work) {
  CURL* curl = nullptr;
  CURLcode code = CURLE_OK;
  while (!given_up_ && loop_.next_done(curl, code)) {
    const auto at = std::find_if(under_way_.begin(), under_way_.end(),
                                 [&](const auto& slot) { return slot->curl.get() == curl; });
    if (at == under_way_.end()) continue;
    std::unique_ptr<Slot> slot = std::move(*at);
    *at = std::move(under_way_.back());
    under_way_.pop_back();
    loop_.remove(curl);
    finish(work, std::move(slot), code);
    const bool stop = given_up_ || (work.cancel != nullptr && work.cancel->requested());
    if (!stop) ASSAY_CHECK(start_some(work));
  }
  return {};
}

/// What is under way, waiting or held is forgotten.
void Exchange::Impl::abandon() {
  for (const auto& slot : under_way_) loop_.remove(slot->curl.get());
  under_way_.clear();
  waiting_ = {};
  held_.clear();
}

void Exchange::Impl::tell_held(const Work& work) {
  for (const Held& held : held_) work.refuse(held.index, held.error);
  held_.clear();
}

void Exchange::Impl::succeeded(const Work& work, const Slot& slot) {
  ++ended_;
  if (!work.probe) {
    any_success_ = true;
    failures_in_row_ = 0;
  }
  concurrency_.succeeded(clock_seconds(), slot.reply.seconds,
                         static_cast<int>(under_way_.size()) + 1);
  tell_held(work);
}

/// Asks again later, or holds the failure back.
void Exchange::Impl::failed(Slot& slot, Error error, bool again) {
  CURL* curl = slot.curl.get();
  if (again) {
    const std::optional<double> asked = asked_wait(curl);
    if (const auto delay = retry_delay(policy_, slot.retry, asked, rng_)) {
      const double now = clock_seconds();
      if (asked && is_overload(slot.reply.status)) {
        pause_until_s_ = std::max(pause_until_s_, now + *asked);
      }
      waiting_.push({now + *delay, slot.index, slot.retry + 1});
      return;
    }
  }
  ++ended_;
  if (!probing_) ++failures_in_row_;
  held_.push_back({slot.index, std::move(error), again});
  if (!probing_ && failures_in_row_ >= options_.give_up_after) give_up(held_.back().error);
}

void Exchange::Impl::give_up(const Error& last) {
  given_up_ = last;
  given_up_->kind = ErrorKind::io;
  given_up_->what = std::to_string(failures_in_row_) +
                    (failures_in_row_ == 1 ? " request has failed: "
                                           : " requests in a row have failed, the last one: ") +
                    last.what;
  if (last.next.empty()) given_up_->next = "Look at the server and its log, then go on";
}

/// No request ever succeeded, and all of this run failed in a way that may be the server's.
bool Exchange::Impl::nothing_works() const {
  const auto servers = [](const Held& held) { return held.servers; };
  return !any_success_ && !held_.empty() && held_.size() == ended_ &&
         std::all_of(held_.begin(), held_.end(), servers);
}

/// A reply that is not 2xx.
void Exchange::Impl::judge_status(const Work& work, Slot& slot) {
  const long status = slot.reply.status;
  Error error{ErrorKind::io, "the server answered with status " + std::to_string(status),
              public_url(slot.call.url), ""};
  const std::string told = work.explain ? work.explain(slot.reply) : "";
  if (!told.empty()) error.what += ": " + told;
  if (status >= 300 && status <= 399) {
    error.kind = ErrorKind::unsupported;
    error.next = "Redirects are not followed; give the address to which this one leads";
    given_up_ = std::move(error);
  } else if (status == 401 || (status == 403 && !any_success_)) {
    error.next = "Check the key (OPENAI_API_KEY, or --model-arg key_env=NAME or key_file=PATH)";
    given_up_ = std::move(error);
  } else if (status == 404) {
    error.kind = ErrorKind::not_found;
    error.next = "Check the model's name and the address (it usually ends in /v1)";
    given_up_ = std::move(error);
  } else {
    if (is_overload(status)) {
      ++counts_.overloads;
      concurrency_.overloaded(clock_seconds());
    }
    failed(slot, std::move(error), is_retryable(status));
  }
}

void Exchange::Impl::finish(const Work& work, std::unique_ptr<Slot> slot, CURLcode code) {
  CURL* curl = slot->curl.get();
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &slot->reply.status);
  curl_off_t microseconds = 0;
  curl_easy_getinfo(curl, CURLINFO_TOTAL_TIME_T, &microseconds);
  slot->reply.seconds = static_cast<double>(microseconds) / 1e6;
  const char* type = nullptr;
  if (curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type) == CURLE_OK && type != nullptr) {
    slot->reply.content_type = type;
  }
  const std::size_t index = slot->index;
  if (slot->failure) {
    slot->failure->where = public_url(slot->call.url);
    failed(*slot, *slot->failure, true);
  } else if (code != CURLE_OK && !slot->enough) {
    if (code == CURLE_OPERATION_TIMEDOUT) {
      ++counts_.overloads;
      concurrency_.overloaded(clock_seconds());
    }
    failed(*slot, network_error(code, slot->call.url, slot->detail), true);
  } else if (slot->reply.status < 200 || slot->reply.status > 299) {
    judge_status(work, *slot);
  } else if (const Status taken = work.accept(index, std::move(slot->reply)); taken) {
    succeeded(work, *slot);
  } else {
    Error error = taken.error();
    if (error.where.empty()) error.where = public_url(slot->call.url);
    failed(*slot, std::move(error), true);
  }
  idle_.push_back(std::move(slot));
}

Exchange::Exchange(ExchangeOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Exchange::~Exchange() = default;
Status Exchange::run(const Work& work) { return impl_->run(work); }
const ExchangeCounts& Exchange::counts() const { return impl_->counts(); }
int Exchange::limit() const { return impl_->limit(); }

}  // namespace assay::http
