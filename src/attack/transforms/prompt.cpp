#include "attack/transforms/prompt.h"

#include <algorithm>

namespace assay::attack {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::size_t last_user(const Prompt& prompt) {
  for (std::size_t i = prompt.messages.size(); i > 0; --i) {
    if (prompt.messages[i - 1].role == "user") return i - 1;
  }
  return kNone;
}

}  // namespace

Prompt make_prompt(std::string_view request, std::string_view system) {
  Prompt out;
  if (!system.empty()) out.messages.push_back({"system", std::string(system)});
  out.messages.push_back({"user", std::string(request)});
  return out;
}

const std::string& request_of(const Prompt& prompt) {
  static const std::string none;
  const std::size_t i = last_user(prompt);
  return i == kNone ? none : prompt.messages[i].content;
}

Prompt with_request(Prompt prompt, std::string text) {
  const std::size_t i = last_user(prompt);
  if (i == kNone) {
    prompt.messages.push_back({"user", std::move(text)});
  } else {
    prompt.messages[i].content = std::move(text);
  }
  return prompt;
}

Result<Prompt> change_turns(Prompt prompt,
                            const std::function<Result<std::string>(const std::string&)>& change) {
  ASSAY_TRY(std::string request, change(request_of(prompt)));
  Prompt out = with_request(std::move(prompt), std::move(request));
  for (std::string& turn : out.later_turns) {
    ASSAY_TRY(turn, change(turn));
  }
  return out;
}

std::string user_text(const Prompt& prompt) {
  std::string out = request_of(prompt);
  for (const std::string& turn : prompt.later_turns) out.append("\n").append(turn);
  return out;
}

std::size_t size_of(const Prompt& prompt) {
  std::size_t out = prompt.assistant_prefill.size();
  for (const auto& message : prompt.messages) out += message.content.size();
  for (const auto& turn : prompt.later_turns) out += turn.size();
  return out;
}

}  // namespace assay::attack
