#include "model/remote/stream.h"

#include <algorithm>

namespace assay::model::remote {
namespace {

Error bad_stream(const std::string& what) {
  return {ErrorKind::format, "the stream is not what the protocol promises: " + what, {}, {}};
}

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

/// Bytes at the end of `text` that may be the beginning of `mark`.
std::size_t begun(std::string_view text, std::string_view mark) {
  for (std::size_t n = std::min(text.size(), mark.size() - 1); n > 0; --n) {
    if (text.ends_with(mark.substr(0, n))) return n;
  }
  return 0;
}

/// Bytes at the end that are the beginning of a character.
std::size_t open_character(std::string_view text) {
  for (std::size_t n = 1; n <= std::min<std::size_t>(3, text.size()); ++n) {
    const auto c = static_cast<unsigned char>(text[text.size() - n]);
    if ((c & 0xC0U) == 0x80U) continue;
    const std::size_t wanted = c >= 0xF0U ? 4 : c >= 0xE0U ? 3 : c >= 0xC0U ? 2 : 1;
    return wanted > n ? n : 0;
  }
  return 0;
}

}  // namespace

StreamedReply::StreamedReply(bool chat, bool tools, std::vector<std::string> stop, OnPiece on_piece)
    : chat_(chat),
      tools_(tools),
      stop_(std::move(stop)),
      on_piece_(std::move(on_piece)),
      parser_([this](std::string_view data) { return event(data); }) {
  std::erase(stop_, "");
}

Result<bool> StreamedReply::feed(std::string_view bytes) {
  ASSAY_TRY(const bool more, parser_.feed(bytes));
  if (!failure_) return tl::unexpected(failure_.error());
  return more;
}

bool StreamedReply::event(std::string_view data) {
  if (data == "[DONE]") {
    done_ = true;
    return false;
  }
  const auto json = parse_json(data, "an event of the stream");
  failure_ = json ? chunk(*json) : tl::unexpected(json.error());
  if (failure_) tell(false);
  return failure_.has_value() && !done_;
}

Status StreamedReply::chunk(const Json& json) {
  if (const Json* error = member(json, "error")) {
    const std::string told = error_text(dump_json(Json{{"error", *error}}));
    return tl::unexpected(bad_stream("the server broke off: " + told));
  }
  if (const Json* usage = member(json, "usage")) usage_["usage"] = *usage;
  const Json* choices = member(json, "choices");
  if (choices == nullptr) return {};
  if (!choices->is_array()) return tl::unexpected(bad_stream("choices is not a list"));
  if (choices->empty()) return {};  // usage comes so
  if (choices->size() != 1) return tl::unexpected(bad_stream("more than one choice"));
  return delta(choices->front());
}

Status StreamedReply::delta(const Json& choice) {
  const Json* index = member(choice, "index");
  if (index != nullptr && *index != 0) return tl::unexpected(bad_stream("more than one choice"));
  if (const Json* message = chat_ ? member(choice, "delta") : &choice) {
    if (chat_) {
      ASSAY_TRY(const std::string text, content_text(*message, &left_out_));
      out_.result.text += text;
      if (const Json* calls = member(*message, "tool_calls")) ASSAY_CHECK(add_calls(*calls));
    } else if (const Json* text = member(choice, "text")) {
      if (!text->is_string()) return tl::unexpected(bad_stream("text is not text"));
      out_.result.text += text->get<std::string>();
    }
  }
  if (const Json* logprobs = member(choice, "logprobs")) {
    ASSAY_CHECK(add_logprobs(*logprobs, out_.result));
  }
  if (const Json* reason = member(choice, "finish_reason")) {
    if (!reason->is_string()) return tl::unexpected(bad_stream("finish_reason is not text"));
    reason_ = reason->get<std::string>();
  }
  GenerateResult& result = out_.result;
  const std::size_t before = result.text.size();
  cut_at_stop(result, stop_);
  if (result.text.size() < before) {
    reason_ = "stop";
    done_ = true;
  }
  return {};
}

Status StreamedReply::add_calls(const Json& calls) {
  if (!calls.is_array()) return tl::unexpected(bad_stream("tool_calls is not a list"));
  for (const Json& call : calls) {
    const Json* index = member(call, "index");
    const bool counted = index != nullptr && index->is_number_integer();
    Call& entry = calls_[counted ? index->get<std::int64_t>() : 0];
    if (const Json* id = member(call, "id"); id != nullptr && entry.id.empty()) {
      if (!id->is_string()) return tl::unexpected(bad_stream("a tool call's id is not text"));
      entry.id = id->get<std::string>();
    }
    const Json* function = member(call, "function");
    if (function == nullptr) continue;
    for (const auto& [key, text] :
         {std::pair{"name", &entry.name}, std::pair{"arguments", &entry.arguments}}) {
      const Json* value = member(*function, key);
      if (value == nullptr) continue;
      if (!value->is_string()) return tl::unexpected(bad_stream("a tool call is not text"));
      *text += value->get<std::string>();
    }
  }
  return {};
}

/// Hands on what is certain: whole characters that no stop string can begin with.
void StreamedReply::tell(bool all) {
  if (!on_piece_) return;
  const std::string_view text = out_.result.text;
  std::size_t held = 0;
  if (!all && !done_) {
    held = open_character(text);
    for (const std::string& mark : stop_) held = std::max(held, begun(text, mark));
  }
  const std::size_t end = text.size() - std::min(held, text.size());
  if (end <= told_) return;
  on_piece_(text.substr(told_, end - told_));
  told_ = end;
}

Result<Generated> StreamedReply::finish() {
  if (!failure_) return tl::unexpected(failure_.error());
  if (reason_ == "content_filter") out_.withheld = kFiltered;
  const auto finish = read_finish(reason_);
  if (!finish && out_.withheld.empty()) {
    return tl::unexpected(bad_stream(reason_.empty()
                                         ? "it ended before the answer did"
                                         : "the finish_reason is '" + reason_.substr(0, 40) + "'"));
  }
  out_.result.finish = finish.value_or(FinishReason::stop);
  Json calls = Json::array();
  for (const auto& [index, call] : calls_) {
    calls.push_back(
        {{"id", call.id}, {"function", {{"name", call.name}, {"arguments", call.arguments}}}});
  }
  GenerateResult& result = out_.result;
  ASSAY_CHECK(add_tool_calls(calls, tools_, result));
  const bool empty = result.text.empty() && result.tool_calls.empty();
  if (empty && left_out_ && out_.withheld.empty()) out_.withheld = kNoText;
  tell(true);
  return out_;
}

}  // namespace assay::model::remote
