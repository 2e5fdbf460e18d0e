// Readers of log-probabilities in servers' replies; see scoring.h.
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

Result<ForcedToken> read_forced(const Json& reply, std::int32_t token) {
  const Json* list = member(reply, "completion_probabilities");
  if (list == nullptr || !list->is_array() || list->size() != 1) {
    return tl::unexpected(bad_reply("not the probabilities of one token"));
  }
  const Json& entry = list->front();
  const Json* id = member(entry, "id");
  if (id == nullptr || *id != token) {
    return tl::unexpected(bad_reply("another token than the one that was forced"));
  }
  ForcedToken out;
  ASSAY_TRY(out.logprob, logprob_of(member(entry, "logprob")));
  const Json* top = member(entry, "top_logprobs");
  if (top == nullptr || !top->is_array() || top->empty()) {
    return tl::unexpected(bad_reply("no most likely token"));
  }
  const Json* best = member(top->front(), "id");
  out.greedy = best != nullptr && *best == token;
  return out;
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

Result<LoglikelihoodResult> read_echo(const Json& reply, std::size_t first, std::size_t last) {
  const Json* choice = only_choice(reply);
  const Json* logprobs = choice == nullptr ? nullptr : member(*choice, "logprobs");
  if (logprobs == nullptr) return tl::unexpected(bad_reply("no log-probabilities"));
  const Json* values = member(*logprobs, "token_logprobs");
  const Json* offsets = member(*logprobs, "text_offset");
  const Json* tokens = member(*logprobs, "tokens");
  const Json* tops = member(*logprobs, "top_logprobs");
  for (const Json* list : {values, offsets, tokens}) {
    if (list == nullptr || !list->is_array() || list->size() != values->size()) {
      return tl::unexpected(bad_reply("lists of tokens that do not fit"));
    }
  }
  LoglikelihoodResult result;
  result.greedy = true;
  bool met = false;
  for (std::size_t i = 0; i < values->size(); ++i) {
    if (!(*offsets)[i].is_number_unsigned()) return tl::unexpected(bad_reply("a wrong offset"));
    const auto offset = (*offsets)[i].get<std::size_t>();
    if (offset < first || offset >= last) continue;
    met = met || offset == first;
    ASSAY_TRY(const double logprob, logprob_of(&(*values)[i]));
    const Json* top =
        tops != nullptr && tops->is_array() && i < tops->size() ? &(*tops)[i] : nullptr;
    bool greedy = top != nullptr && top->is_object() && (*tokens)[i].is_string();
    if (greedy) {
      for (const auto& [text, value] : top->items()) {
        if (text != (*tokens)[i] && value.is_number())
          greedy = greedy && value.get<double>() < logprob;
      }
    }
    add_token(result, logprob, greedy);
  }
  if (!met) {
    return fail(ErrorKind::unsupported, "no token begins where the continuation does", {},
                "Use a server with another way to log-probabilities, or the weights themselves");
  }
  return result;
}

}  // namespace assay::model::remote
