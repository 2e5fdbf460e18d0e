// links: model
// What a server may send, on any bytes. The first byte chooses the reader: whole replies (chat and
// completions), streams in pieces of any length, log-probabilities in each server's form, batch
// results, error pages. A result, or an error that says what was wrong; and a stream brings the
// same however its bytes are cut.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "model/remote/batch_file.h"
#include "model/remote/scoring.h"
#include "model/remote/stream.h"
#include "model/remote/wire.h"

namespace {

using namespace assay;
using namespace assay::model::remote;

template <class T>
void check(const Result<T>& result) {
  if (!result && result.error().what.empty()) std::abort();
}

void check_numbers(const std::vector<double>& logprobs) {
  for (const double value : logprobs) {
    if (!(value <= 0.0)) std::abort();
  }
}

void whole(std::string_view bytes, bool chat) {
  (void)error_text(std::string(bytes));
  const auto json = parse_json(bytes, "reply");
  if (!json) return;
  auto generated = read_generated(*json, chat);
  check(generated);
  const Usage usage = read_usage(*json, bytes.size(), 4);
  if (usage.prompt_tokens < 0 || usage.completion_tokens < 0) std::abort();
  if (usage.cached_tokens < 0 || usage.cached_tokens > usage.prompt_tokens) std::abort();
  if (!generated) return;
  cut_at_stop(generated->result, {"\n", "END"});
  if (generated->result.text.find('\n') != std::string::npos) std::abort();
}

/// What comes of a stream that arrives in pieces of `step` bytes.
std::string streamed(std::string_view bytes, bool chat, std::size_t step) {
  std::string told;
  StreamedReply stream(chat, bytes.size() % 2 == 0, {"END"},
                       [&](std::string_view piece) { told += piece; });
  bool more = true;
  while (more && !bytes.empty()) {
    const auto fed = stream.feed(bytes.substr(0, step));
    check(fed);
    if (!fed) return "error";
    more = *fed;
    bytes.remove_prefix(std::min(step, bytes.size()));
  }
  const auto reply = stream.finish();
  check(reply);
  if (!reply) return "error";
  if (!reply->result.text.starts_with(told)) std::abort();
  return reply->result.text;
}

void scores(std::string_view bytes) {
  const auto json = parse_json(bytes, "reply");
  if (!json) return;
  check(read_tokens(*json));
  check(read_forced(*json, 5));
  check(read_listed(*json, 5, 7));
  for (const auto& result : {read_prompt_logprobs(*json, {1, 5, 7}, 1)}) {
    check(result);
    if (result) check_numbers(result->token_logprobs);
  }
  const std::string_view text = "The sky is \xE8\x93\x9D";
  const auto echo = read_echo(*json, text);
  check(echo);
  if (!echo) return;
  const auto first = token_at(*echo, text, 7);
  const auto result = score_echo(*echo, first.value_or(1));
  check(result);
  if (result) check_numbers(result->token_logprobs);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool chat = data[0] % 2 == 0;
  switch (data[0] / 2 % 4) {
    case 0: whole(bytes, chat); break;
    case 1:
      if (streamed(bytes, chat, bytes.size() + 1) != streamed(bytes, chat, 3)) std::abort();
      break;
    case 2: scores(bytes); break;
    default: check(parse_batch_results(bytes, "fuzz"));
  }
  return 0;
}
