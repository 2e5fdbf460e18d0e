#include "logs/inspect_sample.h"

#include <algorithm>

#include "base/text.h"
#include "eval/replay.h"
#include "logs/json_parts.h"
#include "logs/values.h"

namespace assay::logs {
namespace {

constexpr std::string_view kAttachment = "attachment://";
constexpr std::size_t kLongestDetail = 2000;

/// Reads members of a sample on demand, with their attachments in place.
class SampleReader {
 public:
  SampleReader(Members members, std::string where)
      : members_(std::move(members)), where_(std::move(where)) {}

  /// Null where it is missing or cannot be parsed; then broken() says so.
  Json get(std::string_view key) {
    const std::string_view text = member(members_, key);
    if (text.empty()) return nullptr;
    Result<Json> parsed = parse_lenient(text, where_);
    if (!parsed) {
      broken_ = parsed.error().what;
      return nullptr;
    }
    if (text.find(kAttachment) != std::string_view::npos) attach(*parsed);
    return std::move(*parsed);
  }
  [[nodiscard]] const std::string& broken() const { return broken_; }

 private:
  void attach(Json& json) {
    if (json.is_structured()) {
      for (Json& each : json) attach(each);
    } else if (json.is_string()) {
      const auto& text = json.get_ref<const std::string&>();
      if (!text.starts_with(kAttachment)) return;
      if (attachments_.is_null()) {
        attachments_ = Json::object();
        attachments_ = get("attachments");
        if (!attachments_.is_object()) attachments_ = Json::object();
      }
      const Json& found = at(attachments_, text.substr(kAttachment.size()));
      if (found.is_string()) json = found;
    }
  }

  Members members_;
  std::string where_;
  std::string broken_;
  Json attachments_;
};

std::string with_calls(const Json& message) {
  std::string text = content_text(at(message, "content"));
  const Json& calls = at(message, "tool_calls");
  if (!calls.is_array()) return text;
  for (const Json& call : calls) {
    if (!text.empty()) text += "\n";
    text += "[tool call: " + as_text(at(call, "function")) + " " +
            dump_json(at(call, "arguments")) + "]";
  }
  return text;
}

std::vector<model::Message> messages_of(const Json& list) {
  std::vector<model::Message> out;
  if (!list.is_array()) return out;
  for (const Json& message : list) {
    std::string role = as_text(at(message, "role"));
    out.push_back({role.empty() ? "user" : std::move(role), with_calls(message)});
  }
  return out;
}

model::FinishReason finish_of(const std::string& reason) {
  if (reason == "max_tokens" || reason == "model_length") return model::FinishReason::length;
  return model::FinishReason::stop;
}

void read_content(SampleReader& from, LogSample& out) {
  const Json input = from.get("input");
  if (input.is_array()) {
    out.sample.messages = messages_of(input);
  } else if (!input.is_null()) {
    out.sample.messages = {{"user", as_text(input)}};
  }
  const Json target = from.get("target");
  if (target.is_array()) {
    for (const Json& each : target) out.sample.targets.push_back(as_text(each));
  } else if (const std::string text = as_text(target); !text.empty()) {
    out.sample.targets = {text};
  }
  Json metadata = from.get("metadata");
  const Json choices = from.get("choices");
  const bool has_metadata = metadata.is_object() && !metadata.empty();
  if (has_metadata || choices.is_array()) {
    out.sample.metadata = Json::object();
    if (has_metadata) out.sample.metadata["metadata"] = std::move(metadata);
    if (choices.is_array()) out.sample.metadata["choices"] = choices;
  }
}

void read_output(SampleReader& from, LogSample& out) {
  out.trace.transcript = messages_of(from.get("messages"));
  const Json output = from.get("output");
  const Json& choices = at(output, "choices");
  if (!choices.is_array() || choices.empty()) return;
  model::GenerateResult result;
  result.text = with_calls(at(choices.front(), "message"));
  result.finish = finish_of(as_text(at(choices.front(), "stop_reason")));
  const Json& usage = at(output, "usage");
  const auto small = [](std::int64_t n) {
    return static_cast<int>(std::clamp<std::int64_t>(n, 0, 2'000'000'000));
  };
  result.prompt_tokens = small(as_integer(at(usage, "input_tokens")));
  result.completion_tokens = small(as_integer(at(usage, "output_tokens")));
  out.trace.generations.push_back(std::move(result));
  if (out.trace.transcript.empty()) {
    out.trace.transcript = out.sample.messages;
    out.trace.transcript.push_back({"assistant", out.trace.generations.back().text});
  }
}

void read_scores(SampleReader& from, LogSample& out) {
  Json scores = from.get("scores");
  if (scores.is_null()) {  // before 2024-08 there was one score without a name
    Json one = from.get("score");
    if (!one.is_null()) scores = Json{{"score", std::move(one)}};
  }
  if (!scores.is_object()) return;
  for (const auto& [scorer, score] : scores.items()) {
    for (LoggedScore& each : logged_scores(scorer, at(score, "value"))) {
      each.answer = as_text(at(score, "answer"));
      each.explanation = as_text(at(score, "explanation"));
      out.scores.push_back(std::move(each));
    }
  }
}

void read_trouble(SampleReader& from, LogSample& out) {
  const Json error = from.get("error");
  const Json limit = from.get("limit");
  if (!error.is_null()) {
    out.unassessed = kReasonError;
    out.detail =
        clipped(error.is_string() ? as_text(error) : as_text(at(error, "message")), kLongestDetail);
    out.trace.error = Error{ErrorKind::internal, out.detail.empty() ? "unknown" : out.detail,
                            "recorded by the log", ""};
  } else if (!limit.is_null()) {
    out.unassessed = kReasonLimit;
    out.detail = limit.is_string() ? as_text(limit) : as_text(at(limit, "type"));
  } else if (eval::cut_off(out.trace)) {
    out.unassessed = eval::kReasonCutOff;
  }
}

void read_usage(SampleReader& from, LogSample& out) {
  out.ledger.requests = static_cast<std::int64_t>(std::max<std::size_t>(
      1, static_cast<std::size_t>(std::count_if(
             out.trace.transcript.begin(), out.trace.transcript.end(),
             [](const model::Message& message) { return message.role == "assistant"; }))));
  const Json usage = from.get("model_usage");
  if (usage.is_object()) {
    for (const Json& each : usage) {
      out.ledger.prompt_tokens +=
          std::clamp<std::int64_t>(as_integer(at(each, "input_tokens")), 0, std::int64_t{1} << 50);
      out.ledger.completion_tokens +=
          std::clamp<std::int64_t>(as_integer(at(each, "output_tokens")), 0, std::int64_t{1} << 50);
    }
  }
  const Json seconds = from.get("working_time");
  out.ledger.seconds = std::clamp(as_number(seconds), 0.0, 1e9);
}

/// "samples/7_epoch_2.json" -> 7 and 2; else the whole name and 1.
void id_from_entry(const std::string& entry, LogSample& out) {
  std::string name = entry;
  if (name.starts_with("samples/")) name.erase(0, 8);
  if (name.ends_with(".json")) name.erase(name.size() - 5);
  const std::size_t mark = name.rfind("_epoch_");
  out.sample.id = mark == std::string::npos ? name : name.substr(0, mark);
  out.epoch = 0;
  if (mark != std::string::npos) {
    const std::string digits = name.substr(mark + 7);
    if (digits.size() < 7 && digits.find_first_not_of("0123456789") == std::string::npos &&
        !digits.empty()) {
      out.epoch = std::max(0, std::stoi(digits) - 1);
    }
  }
}

void unreadable(LogSample& out, std::string why) {
  out.unassessed = kReasonUnreadable;
  out.detail = std::move(why);
  out.scores.clear();
}

}  // namespace

LogSample inspect_sample(std::string_view text, const std::string& task, const std::string& entry,
                         bool by_assay) {
  LogSample out;
  out.task = task;
  id_from_entry(entry, out);
  Result<Members> members = object_members(text, entry);
  if (!members) {
    unreadable(out, members.error().what);
    return out;
  }
  SampleReader from(std::move(*members), entry);
  if (const Json id = from.get("id"); id.is_string() || id.is_number()) {
    out.sample.id = as_text(id);
  }
  const std::int64_t epoch = as_integer(from.get("epoch"), out.epoch + 1);
  out.epoch = static_cast<int>(std::clamp<std::int64_t>(epoch, 1, 1'000'000'000) - 1);
  read_content(from, out);
  read_output(from, out);
  read_scores(from, out);
  read_trouble(from, out);
  read_usage(from, out);
  const std::string id = out.sample.id;
  if (!by_assay || !take_own(at(from.get("store"), "assay"), out)) out.sample.cluster = id;
  if (!from.broken().empty()) unreadable(out, from.broken());
  return out;
}

}  // namespace assay::logs
