#include "explain/lab.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace assay::explain {

Result<model::Tokens> Lab::tokens(const std::string& text) {
  model::GenerateRequest request;
  request.prompt = text;
  return target->prompt_tokens(request);
}

Result<model::Tokens> Lab::chat_tokens(const std::vector<model::Message>& messages) {
  model::GenerateRequest request;
  request.messages = messages;
  return target->prompt_tokens(request);
}

Result<std::int32_t> Lab::first_token(const std::string& prompt, const std::string& answer) {
  ASSAY_TRY(const model::Tokens before, tokens(prompt));
  ASSAY_TRY(const model::Tokens all, tokens(prompt + answer));
  if (all.size() <= before.size() || !std::equal(before.begin(), before.end(), all.begin())) {
    return fail(ErrorKind::usage, "the answer does not begin with a token of its own", answer,
                "Move the space between prompt and answer to the answer's beginning");
  }
  return all[before.size()];
}

Result<Pair> Lab::pair(const std::string& clean, const std::string& answer,
                       const std::vector<std::pair<std::string, std::string>>& others) {
  Pair out;
  ASSAY_TRY(out.clean, tokens(clean));
  ASSAY_TRY(out.answer.right, first_token(clean, answer));
  for (const auto& [text, other_answer] : others) {
    ASSAY_TRY(out.corrupt, tokens(text));
    if (out.corrupt.size() != out.clean.size()) continue;
    ASSAY_TRY(out.answer.wrong, first_token(text, other_answer));
    if (out.answer.wrong == out.answer.right) continue;
    out.corrupt_text = text;
    out.wrong_text = other_answer;
    return out;
  }
  return fail(ErrorKind::usage, "no counterpart has as many tokens and another first token", clean);
}

std::string Lab::text_of(std::int32_t token) {
  const std::vector<std::int32_t> one{token};
  const auto text = target->text_of(one);
  std::string out;
  if (!text || text->empty()) return out.append("<").append(std::to_string(token)).append(">");
  for (const char c : *text) {
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += '.';
    } else {
      out += c;
    }
  }
  return out;
}

double difference(std::span<const float> logits, Answer answer) {
  return static_cast<double>(logits[static_cast<std::size_t>(answer.right)]) -
         static_cast<double>(logits[static_cast<std::size_t>(answer.wrong)]);
}

namespace {

template <class Values>
double log_sum_exp(const Values& values) {
  double most = -INFINITY;
  for (const auto x : values) most = std::max(most, static_cast<double>(x));
  double sum = 0.0;
  for (const auto x : values) sum += std::exp(static_cast<double>(x) - most);
  return most + std::log(sum);
}

}  // namespace

double log_probability(std::span<const float> logits, std::int32_t token) {
  return static_cast<double>(logits[static_cast<std::size_t>(token)]) - log_sum_exp(logits);
}

std::int32_t largest(std::span<const float> logits) {
  return static_cast<std::int32_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

double dot(std::span<const float> a, std::span<const float> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  }
  return sum;
}

}  // namespace assay::explain
