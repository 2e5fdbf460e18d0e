#include "eval/plain_form.h"

#include <algorithm>
#include <utility>

namespace assay::eval {
namespace {

struct Marks {
  const char* one_user;
  const char* one_assistant;
  const char* user;
  const char* assistant;
  const char* gap;  ///< between a mark and its text
};

constexpr Marks kEnglish{"Question:", "Answer:", "User:", "Assistant:", " "};
constexpr Marks kChinese{"问题：", "答案：", "用户：", "助手：", ""};

const Marks& marks_of(Lang lang) { return lang == Lang::zh ? kChinese : kEnglish; }

bool is_single(const std::vector<model::Message>& messages) {
  std::ptrdiff_t users = 0;
  std::ptrdiff_t others = 0;
  for (const model::Message& m : messages) {
    if (m.role == "user") ++users;
    if (m.role != "user" && m.role != "system") ++others;
  }
  return users == 1 && others == 0;
}

}  // namespace

std::string plain_text(const std::vector<model::Message>& messages, Lang lang) {
  const Marks& marks = marks_of(lang);
  const bool single = is_single(messages);
  std::string text;
  for (const model::Message& m : messages) {
    if (m.role == "system") {
      text += m.content + "\n\n";
      continue;
    }
    const char* asks = single ? marks.one_user : marks.user;
    text +=
        std::string(m.role == "assistant" ? marks.assistant : asks) + marks.gap + m.content + "\n";
  }
  return text + (single ? marks.one_assistant : marks.assistant);
}

void make_plain(model::GenerateRequest& request, Lang lang) {
  if (request.messages.empty()) return;
  const Marks& marks = marks_of(lang);
  request.prompt = plain_text(request.messages, lang);
  for (const char* mark : {marks.one_user, marks.user}) {
    const std::string stop = std::string("\n") + mark;
    if (std::find(request.stop.begin(), request.stop.end(), stop) == request.stop.end()) {
      request.stop.push_back(stop);
    }
  }
  request.messages.clear();
}

void make_plain(model::LoglikelihoodRequest& request, Lang lang) {
  if (!request.as_chat) return;
  if (request.context.empty() && !request.continuation.starts_with(' ')) {
    request.continuation = marks_of(lang).gap + request.continuation;
  }
  request.context = plain_text(request.messages, lang) + request.context;
  request.messages.clear();
  request.as_chat = false;
}

Text plain_form_note() {
  return {"The model has no chat template, so the items were put to it as plain text.",
          "模型没有对话模板，因此题目以纯文本形式提出。"};
}

}  // namespace assay::eval
