// Readers of log-probabilities in servers' replies; see scoring.h.
#include <algorithm>
#include <cmath>
#include <limits>

#include "model/remote/scoring.h"

namespace assay::model::remote {
namespace {

constexpr double kRounding = 1e-3;  ///< a logarithm of a probability may be this much above 0
constexpr double kLowest = -1e6;    ///< servers write something lower where it is minus infinity

Error bad_reply(const std::string& what) {
  return {ErrorKind::format, "the reply is not what the protocol promises: " + what, {}, {}};
}

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

Result<double> logprob_of(const Json* value) {
  if (value == nullptr || !value->is_number()) {
    return tl::unexpected(bad_reply("a token without a log-probability"));
  }
  const auto logprob = value->get<double>();
  if (!(logprob <= kRounding) || logprob < kLowest) {
    return tl::unexpected(bad_reply("a log-probability that is none"));
  }
  return std::min(0.0, logprob);
}

const Json* only_choice(const Json& reply) {
  const Json* choices = member(reply, "choices");
  return choices != nullptr && choices->is_array() && choices->size() == 1 ? &choices->front()
                                                                           : nullptr;
}

void add_token(LoglikelihoodResult& result, double logprob, bool greedy) {
  result.token_logprobs.push_back(logprob);
  result.total += logprob;
  result.greedy = result.greedy && greedy;
}

}  // namespace

Result<Tokens> read_tokens(const Json& reply) {
  const Json* tokens = member(reply, "tokens");
  if (tokens == nullptr || !tokens->is_array()) {
    return tl::unexpected(bad_reply("no list of tokens"));
  }
  Tokens out;
  out.reserve(tokens->size());
  for (const Json& token : *tokens) {
    const bool whole = token.is_number_integer();
    const auto id = whole ? token.get<std::int64_t>() : -1;
    if (id < 0 || id > std::numeric_limits<std::int32_t>::max()) {
      return tl::unexpected(bad_reply("a token that is no number"));
    }
    out.push_back(static_cast<std::int32_t>(id));
  }
  return out;
}

namespace {

/// The list of most likely tokens of a reply that had to give `token`, and the token's own entry.
Result<const Json*> only_token(const Json& reply, std::int32_t token) {
  const Json* list = member(reply, "completion_probabilities");
  if (list == nullptr || !list->is_array() || list->size() != 1) {
    return tl::unexpected(bad_reply("not the probabilities of one token"));
  }
  const Json* entry = &list->front();
  const Json* id = member(*entry, "id");
  if (id == nullptr || *id != token) {
    return tl::unexpected(bad_reply("another token than the one that was forced"));
  }
  const Json* top = member(*entry, "top_logprobs");
  if (top == nullptr || !top->is_array() || top->empty()) {
    return tl::unexpected(bad_reply("no most likely token"));
  }
  return entry;
}

}  // namespace

Result<std::optional<ForcedToken>> read_forced(const Json& reply, std::int32_t token) {
  const Json* made = member(reply, "tokens_predicted");
  if (member(reply, "completion_probabilities") == nullptr && made != nullptr && *made == 1) {
    return std::optional<ForcedToken>();
  }
  ASSAY_TRY(const Json* entry, only_token(reply, token));
  ForcedToken out;
  ASSAY_TRY(out.logprob, logprob_of(member(*entry, "logprob")));
  const Json* best = member(entry->at("top_logprobs").front(), "id");
  out.greedy = best != nullptr && *best == token;
  return std::optional<ForcedToken>(out);
}

Result<std::optional<ForcedToken>> read_listed(const Json& reply, std::int32_t carrier,
                                               std::int32_t token) {
  ASSAY_TRY(const Json* entry, only_token(reply, carrier));
  const Json& top = entry->at("top_logprobs");
  for (std::size_t i = 0; i < top.size(); ++i) {
    const Json* id = member(top[i], "id");
    if (id == nullptr || *id != token) continue;
    ForcedToken out;
    ASSAY_TRY(out.logprob, logprob_of(member(top[i], "logprob")));
    out.greedy = i == 0;
    return std::optional<ForcedToken>(out);
  }
  return std::optional<ForcedToken>();
}

Result<LoglikelihoodResult> read_prompt_logprobs(const Json& reply, const Tokens& prompt,
                                                 std::size_t first) {
  const Json* choice = only_choice(reply);
  const Json* list = choice == nullptr ? nullptr : member(*choice, "prompt_logprobs");
  if (list == nullptr) list = member(reply, "prompt_logprobs");
  if (list == nullptr || !list->is_array() || list->size() != prompt.size()) {
    return tl::unexpected(bad_reply("not one log-probability for each token of the prompt"));
  }
  LoglikelihoodResult result;
  result.greedy = true;
  for (std::size_t i = first; i < prompt.size(); ++i) {
    const Json* entry = member((*list)[i], std::to_string(prompt[i]).c_str());
    if (entry == nullptr) return tl::unexpected(bad_reply("no log-probability of a token"));
    ASSAY_TRY(const double logprob, logprob_of(member(*entry, "logprob")));
    const Json* rank = member(*entry, "rank");
    result.tokens.push_back(prompt[i]);
    add_token(result, logprob, rank != nullptr && *rank == 1);
  }
  return result;
}

namespace {

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// How many of the listed tokens are the text's: all but what was generated. Some servers list
/// their first token (BOS), some do not, and not all say how many tokens there were.
Result<std::size_t> echoed_count(const Json& reply, const Json& offsets, std::string_view text) {
  const std::size_t listed = offsets.size();
  const Json* usage = member(reply, "usage");
  const Json* made = usage == nullptr ? nullptr : member(*usage, "completion_tokens");
  const Json* asked = usage == nullptr ? nullptr : member(*usage, "prompt_tokens");
  if (made != nullptr && made->is_number_unsigned() && asked != nullptr &&
      asked->is_number_unsigned()) {
    const auto prompt = asked->get<std::size_t>();
    const auto answer = made->get<std::size_t>();
    if (listed == prompt || listed + 1 == prompt) {
      if (answer == 0 || !offsets.back().is_number_unsigned() ||
          offsets.back().get<std::size_t>() < characters(text)) {
        return listed;
      }
    }
    if (listed >= answer && (listed - answer == prompt || listed - answer + 1 == prompt)) {
      return listed - answer;
    }
    return tl::unexpected(bad_reply("not as many tokens as it counted"));
  }
  std::size_t count = 0;
  const std::size_t end = characters(text);
  for (const Json& offset : offsets) {
    if (!offset.is_number_unsigned()) return tl::unexpected(bad_reply("a wrong offset"));
    if (offset.get<std::size_t>() < end) ++count;
  }
  return count;
}

/// Was the token at least as likely as all that are listed beside it?
bool was_greedy(const Json* top, const std::string& token, double logprob) {
  if (top == nullptr || !top->is_object()) return false;
  for (const auto& [text, value] : top->items()) {
    if (text != token && value.is_number() && value.get<double>() >= logprob) return false;
  }
  return true;
}

}  // namespace

Result<Echoed> read_echo(const Json& reply, std::string_view text) {
  const Json* choice = only_choice(reply);
  const Json* logprobs = choice == nullptr ? nullptr : member(*choice, "logprobs");
  if (logprobs == nullptr) return tl::unexpected(bad_reply("no log-probabilities"));
  const Json* values = member(*logprobs, "token_logprobs");
  const Json* offsets = member(*logprobs, "text_offset");
  const Json* tokens = member(*logprobs, "tokens");
  const Json* tops = member(*logprobs, "top_logprobs");
  for (const Json* list : {values, offsets, tokens}) {
    if (list == nullptr || !list->is_array() || list->empty() || list->size() != values->size()) {
      return tl::unexpected(bad_reply("lists of tokens that do not fit"));
    }
  }
  ASSAY_TRY(const std::size_t count, echoed_count(reply, *offsets, text));
  Echoed out;
  for (std::size_t i = 0; i < count; ++i) {
    if (!(*tokens)[i].is_string()) return tl::unexpected(bad_reply("a token that is no text"));
    out.tokens.push_back((*tokens)[i].get<std::string>());
    out.logprobs.emplace_back();
    if (!(*values)[i].is_null()) {
      ASSAY_TRY(out.logprobs.back(), logprob_of(&(*values)[i]));
    }
    const Json* top =
        tops != nullptr && tops->is_array() && i < tops->size() ? &(*tops)[i] : nullptr;
    out.greedy.push_back(out.logprobs.back() &&
                         was_greedy(top, out.tokens.back(), *out.logprobs.back()));
  }
  return out;
}

std::optional<std::size_t> token_at(const Echoed& echo, std::string_view text, std::size_t at) {
  std::optional<std::size_t> found;
  std::size_t end = 0;
  for (std::size_t i = 0; i < echo.tokens.size(); ++i) {
    const std::string& token = echo.tokens[i];
    if (token.empty() || text.substr(end, token.size()) != token) return std::nullopt;
    if (end == at) found = i;
    end += token.size();
  }
  return end == text.size() ? found : std::nullopt;
}

Result<LoglikelihoodResult> score_echo(const Echoed& echo, std::size_t first) {
  if (first >= echo.tokens.size()) {
    return fail(ErrorKind::usage, "the continuation has no tokens of its own after its context", {},
                "Give a context and a continuation that are not empty");
  }
  LoglikelihoodResult result;
  result.greedy = true;
  for (std::size_t i = first; i < echo.tokens.size(); ++i) {
    if (!echo.logprobs[i]) return tl::unexpected(bad_reply("a token without a log-probability"));
    add_token(result, *echo.logprobs[i], echo.greedy[i]);
  }
  return result;
}

}  // namespace assay::model::remote
