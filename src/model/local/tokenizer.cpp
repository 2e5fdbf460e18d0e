#include "model/local/tokenizer.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "llama.h"

namespace assay::model::local {
namespace {

Result<EncodedPair> split(const Tokens& whole, Tokens context, const Tokenizer& tokenizer) {
  EncodedPair pair;
  const std::size_t cut = std::min(context.size(), whole.size());
  pair.continuation.assign(whole.begin() + static_cast<std::ptrdiff_t>(cut), whole.end());
  if (pair.continuation.empty()) {
    return fail(ErrorKind::usage, "the continuation has no tokens of its own after its context", {},
                "Give a continuation that is not empty");
  }
  // As the harness does, the context is what it is alone, also where the joined text is cut
  // differently at the boundary.
  pair.context = std::move(context);
  if (pair.context.empty()) {
    ASSAY_TRY(const auto prefix, tokenizer.prefix_token());
    pair.context.push_back(prefix);
  }
  return pair;
}

}  // namespace

Result<Tokens> Tokenizer::encode(std::string_view text, bool parse_special) const {
  if (!is_utf8(text)) {
    return fail(ErrorKind::usage, "a text for the model is not valid UTF-8", {},
                "Convert the text to UTF-8");
  }
  if (text.empty()) return Tokens{};
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()) / 4;
  if (text.size() > most) {
    return fail(ErrorKind::limit, "a text for the model has more than 512 MiB", {}, "Split it");
  }
  const auto length = static_cast<std::int32_t>(text.size());
  Tokens tokens(text.size() + 2);
  const auto call = [&] {
    return llama_tokenize(vocab_, text.data(), length, tokens.data(),
                          static_cast<std::int32_t>(tokens.size()), false, parse_special);
  };
  std::int32_t count = call();
  if (count < 0 && count != std::numeric_limits<std::int32_t>::min()) {
    tokens.resize(static_cast<std::size_t>(-count));
    count = call();
  }
  if (count < 0) {
    return fail(ErrorKind::internal,
                "llama.cpp could not tokenize a text of " + std::to_string(length) + " bytes");
  }
  tokens.resize(static_cast<std::size_t>(count));
  return tokens;
}

Result<Tokens> Tokenizer::encode_input(std::string_view text) const {
  ASSAY_TRY(auto tokens, encode(text, true));
  const llama_token first = llama_vocab_bos(vocab_);
  const bool wanted = llama_vocab_get_add_bos(vocab_) && first != LLAMA_TOKEN_NULL;
  if (wanted && (tokens.empty() || tokens.front() != first)) tokens.insert(tokens.begin(), first);
  return tokens;
}

Result<EncodedPair> Tokenizer::encode_pair(std::string context, std::string continuation) const {
  if (context.empty()) {
    ASSAY_TRY(const auto prefix, prefix_token());
    ASSAY_TRY(auto tokens, encode(continuation, true));
    tokens.insert(tokens.begin(), prefix);
    return split(tokens, {prefix}, *this);
  }
  const std::size_t spaces = trailing_space_bytes(context);
  continuation.insert(0, context.substr(context.size() - spaces));
  context.resize(context.size() - spaces);
  return encode_chat_pair(context, continuation);
}

Result<EncodedPair> Tokenizer::encode_chat_pair(const std::string& context,
                                                const std::string& continuation) const {
  ASSAY_TRY(const auto whole, encode_input(context + continuation));
  ASSAY_TRY(auto alone, encode_input(context));
  return split(whole, std::move(alone), *this);
}

Result<std::int32_t> Tokenizer::prefix_token() const {
  for (const llama_token token : {llama_vocab_bos(vocab_), llama_vocab_eos(vocab_)}) {
    if (token != LLAMA_TOKEN_NULL) return token;
  }
  return fail(ErrorKind::unsupported,
              "the model has no token that may stand before a text (BOS or EOS)", {},
              "Give a context that is not empty");
}

bool Tokenizer::ends_generation(std::int32_t token) const {
  return llama_vocab_is_eog(vocab_, token);
}

std::string Tokenizer::piece(std::int32_t token, bool special) const {
  std::string bytes(32, '\0');
  const auto call = [&] {
    return llama_token_to_piece(vocab_, token, bytes.data(),
                                static_cast<std::int32_t>(bytes.size()), 0, special);
  };
  std::int32_t count = call();
  if (count < 0) {
    bytes.resize(static_cast<std::size_t>(-count));
    count = call();
  }
  bytes.resize(static_cast<std::size_t>(std::max(count, 0)));
  return bytes;
}

}  // namespace assay::model::local
