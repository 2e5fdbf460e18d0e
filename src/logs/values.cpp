#include "logs/values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <limits>

#include "base/text.h"

namespace assay::logs {
namespace {

std::optional<double> value_of_text(const std::string& text) {
  const std::string word = lower_ascii(trim(text));
  if (word == "c" || word == "yes" || word == "true") return 1.0;
  if (word == "i" || word == "n" || word == "no" || word == "false") return 0.0;
  if (word == "p") return 0.5;
  double number = 0.0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error == std::errc() && end == word.data() + word.size() && std::isfinite(number)) {
    return number;
  }
  return std::nullopt;
}

LoggedScore one_score(const std::string& scorer, const Json& value) {
  LoggedScore out;
  out.scorer = scorer;
  out.raw = value;
  if (value.is_boolean()) {
    out.value = value.get<bool>() ? 1.0 : 0.0;
  } else if (value.is_number()) {
    const auto number = value.get<double>();
    if (std::isfinite(number)) out.value = number;
  } else if (value.is_string()) {
    out.value = value_of_text(value.get_ref<const std::string&>());
  }
  if (!out.value) out.reason = value.is_null() ? kReasonNoScore : kReasonNotNumber;
  return out;
}

std::string part_text(const Json& part) {
  const std::string type = as_text(at(part, "type"));
  if (type == "text") return as_text(at(part, "text"));
  if (type == "reasoning") return "<think>" + as_text(at(part, "reasoning")) + "</think>\n";
  return type.empty() ? std::string() : "[" + type + "]";
}

}  // namespace

const Json& at(const Json& json, std::string_view key) {
  static const Json none;
  if (!json.is_object()) return none;
  const auto place = json.find(key);
  return place == json.end() ? none : *place;
}

std::string as_text(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  if (json.is_number() || json.is_boolean()) return dump_json(json);
  return {};
}

std::int64_t as_integer(const Json& json, std::int64_t otherwise) {
  if (json.is_number_unsigned()) {
    const auto value = json.get<std::uint64_t>();
    return value <= std::uint64_t{std::numeric_limits<std::int64_t>::max()}
               ? static_cast<std::int64_t>(value)
               : otherwise;
  }
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_number_float()) {
    const auto value = json.get<double>();
    if (std::abs(value) < 9e15 && value == std::floor(value)) {
      return static_cast<std::int64_t>(value);
    }
  }
  return otherwise;
}

double as_number(const Json& json, double otherwise) {
  if (!json.is_number()) return otherwise;
  const auto value = json.get<double>();
  return std::isfinite(value) ? value : otherwise;
}

std::vector<LoggedScore> logged_scores(const std::string& scorer, const Json& value) {
  std::vector<LoggedScore> out;
  if (value.is_object()) {
    for (const auto& [key, each] : value.items())
      out.push_back(one_score(scorer + "/" + key, each));
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      out.push_back(one_score(scorer + "/" + std::to_string(i), value[i]));
    }
  } else {
    out.push_back(one_score(scorer, value));
  }
  if (out.empty()) out.push_back(one_score(scorer, nullptr));
  return out;
}

bool is_verdict_value(const Json& value) {
  if (value.is_boolean()) return true;
  if (value.is_number()) return value == 0 || value == 1;
  if (!value.is_string()) return false;
  const auto number = value_of_text(value.get_ref<const std::string&>());
  return number && (*number == 0.0 || *number == 1.0);
}

std::string content_text(const Json& content) {
  if (content.is_string()) return content.get<std::string>();
  if (!content.is_array()) return as_text(content);
  std::string out;
  for (const Json& part : content)
    out += part.is_string() ? part.get<std::string>() : part_text(part);
  return out;
}

bool take_own(const Json& kept, LogSample& out) {
  auto sample = eval::sample_from_json(at(kept, "sample"));
  auto trace = eval::trace_from_json(at(kept, "trace"));
  auto score = eval::score_from_json(at(kept, "score"));
  if (!sample || !trace || !score) return false;
  out.sample = std::move(*sample);
  out.trace = std::move(*trace);
  out.own = std::move(*score);
  out.epoch = static_cast<int>(
      std::clamp<std::int64_t>(as_integer(at(kept, "epoch"), out.epoch), 0, 1'000'000'000));
  return true;
}

void Distinct::name(LogSample& sample) {
  const std::string id = sample.sample.id;
  int n = 1;
  while (!seen_.emplace(sample.task + "\n" + sample.sample.id + "\n" + std::to_string(sample.epoch))
              .second) {
    sample.sample.id = id + "~" + std::to_string(++n);
  }
  if (n > 1 && !said_) {
    said_ = true;
    notes_->emplace_back("an id occurs twice in an epoch; the later sample has ~2 after its id");
  }
}

std::string clipped(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t cut = most;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  return text.substr(0, cut) + "…";
}

std::string task_name(std::string_view name) {
  std::string out;
  for (const char c : trim(name)) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) continue;
    out += c == '/' || c == ' ' || c == '\\' ? '.' : c;
  }
  out = clipped(out, 200);
  return out.empty() ? "unnamed" : out;
}

std::string iso_time(const Json& value) {
  if (value.is_number()) {
    const auto seconds = static_cast<std::time_t>(as_number(value, -1.0));
    std::tm parts{};
    if (seconds < 0 || as_number(value) > 4e9 || gmtime_r(&seconds, &parts) == nullptr) return {};
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
  }
  if (!value.is_string()) return {};
  const auto& text = value.get_ref<const std::string&>();
  if (text.size() < 19 || text.size() > 40 || text[4] != '-' || text[10] != 'T') return {};
  if (text.ends_with("+00:00") || text.ends_with("Z")) return text.substr(0, 19) + "Z";
  return text;
}

}  // namespace assay::logs
