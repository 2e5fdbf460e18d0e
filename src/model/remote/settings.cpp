#include "model/remote/settings.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <map>

#include "base/paths.h"
#include "base/text.h"
#include "model/remote/remote.h"

namespace assay::model::remote {
namespace {

constexpr std::string_view kScheme = "openai:";
constexpr const char* kVendor = "https://api.openai.com/v1";

Error bad_value(const std::string& key, const std::string& wanted) {
  return {ErrorKind::usage, "the value of " + key + " is not " + wanted, "--model-arg " + key, {}};
}

/// Reads a finite number in [low, high].
Result<double> number(const std::string& key, const std::string& text, double low, double high) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !(value >= low) ||
      !(value <= high)) {
    std::string wanted = "a number from " + std::to_string(std::llround(low)) + " to ";
    wanted += std::to_string(std::llround(high));
    return tl::unexpected(bad_value(key, wanted));
  }
  return value;
}

Result<std::int64_t> whole(const std::string& key, const std::string& text, double low,
                           double high) {
  ASSAY_TRY(const double value, number(key, text, low, high));
  if (value != std::floor(value)) return tl::unexpected(bad_value(key, "a whole number"));
  return static_cast<std::int64_t>(value);
}

Result<bool> flag(const std::string& key, const std::string& text) {
  if (text == "1" || text == "true" || text == "yes") return true;
  if (text == "0" || text == "false" || text == "no") return false;
  return tl::unexpected(bad_value(key, "1 or 0"));
}

using Reader = std::function<Status(Settings&, const std::string& key, const std::string& value)>;

Reader integer(int Settings::*member, double low, double high) {
  return [=](Settings& s, const std::string& key, const std::string& value) -> Status {
    ASSAY_TRY(const std::int64_t n, whole(key, value, low, high));
    s.*member = static_cast<int>(n);
    return {};
  };
}

template <class T>
Reader real(T Settings::*member, double low, double high) {
  return [=](Settings& s, const std::string& key, const std::string& value) -> Status {
    ASSAY_TRY(s.*member, number(key, value, low, high));
    return {};
  };
}

Reader text(std::string Settings::*member) {
  return [=](Settings& s, const std::string& key, const std::string& value) -> Status {
    if (value.empty()) return tl::unexpected(bad_value(key, "given"));
    s.*member = value;
    return {};
  };
}

template <class T>
Reader choice(T Settings::*member, std::map<std::string, T> values) {
  return [member, values = std::move(values)](Settings& s, const std::string& key,
                                              const std::string& value) -> Status {
    const auto found = values.find(value);
    if (found == values.end()) {
      std::string names;
      for (const auto& [name, ignored] : values) names += (names.empty() ? "" : ", ") + name;
      return tl::unexpected(bad_value(key, "one of " + names));
    }
    s.*member = found->second;
    return {};
  };
}

Status read_extra_body(Settings& s, const std::string& key, const std::string& value) {
  auto json = parse_json(value, key);
  if (!json || !json->is_object()) return tl::unexpected(bad_value(key, "a JSON object"));
  s.extra_body = std::move(*json);
  return {};
}

Status read_cache(Settings& s, const std::string& key, const std::string& value) {
  if (value.empty()) return tl::unexpected(bad_value(key, "1, 0 or a folder"));
  if (const auto on = flag(key, value)) {
    s.cache_dir = *on ? (user_cache_dir() / "replies").string() : "";
  } else {
    s.cache_dir = value;
  }
  return {};
}

Status read_stream(Settings& s, const std::string& key, const std::string& value) {
  ASSAY_TRY(s.stream, flag(key, value));
  return {};
}

Status read_tools(Settings& s, const std::string& key, const std::string& value) {
  ASSAY_TRY(s.tools, flag(key, value));
  return {};
}

Status refuse_key(Settings& /*s*/, const std::string& key, const std::string& /*value*/) {
  return fail(ErrorKind::usage, "a key on the command line can be seen by others and is kept",
              "--model-arg " + key,
              "Put it into OPENAI_API_KEY, or name where it is: key_env=NAME or key_file=PATH");
}

const std::map<std::string, Reader>& readers() {
  constexpr double large = 1e15;
  static const std::map<std::string, Reader> all =
      {
          {"api",
           choice(&Settings::api, std::map<std::string, Api>{{"chat", Api::chat},
                                                             {"completions", Api::completions}})},
          {"logprobs", choice(&Settings::logprobs,
                              std::map<std::string, Logprobs>{
                                  {"auto", Logprobs::automatic},
                                  {"off", Logprobs::off},
                                  {"echo", Logprobs::echo},
                                  {"prompt_logprobs", Logprobs::prompt_logprobs},
                                  {"llama_server", Logprobs::llama_server}})},
          {"base_url", text(&Settings::base_url)},
          {"key_file", text(&Settings::key_file)},
          {"key_env", text(&Settings::key_env)},
          {"max_tokens_field", choice(&Settings::max_tokens_field,
                                      std::map<std::string, std::string>{
                                          {"max_tokens", "max_tokens"},
                                          {"max_completion_tokens", "max_completion_tokens"}})},
          {"extra_body", read_extra_body},
          {"stream", read_stream},
          {"tools", read_tools},
          {"in_flight", integer(&Settings::in_flight, 1, 4096)},
          {"max_in_flight", integer(&Settings::max_in_flight, 1, 4096)},
          {"timeout", real(&Settings::timeout_s, 0.001, 86400)},
          {"max_retries", integer(&Settings::max_retries, 0, 100)},
          {"give_up_after", integer(&Settings::give_up_after, 1, 1000000)},
          {"max_seconds", real(&Settings::max_seconds, 0.0, large)},
          {"max_tokens",
           [](Settings& s, const std::string& key, const std::string& value) -> Status {
             ASSAY_TRY(s.max_tokens, whole(key, value, 1, large));
             return {};
           }},
          {"max_cost", real(&Settings::max_cost, 0.0, large)},
          {"price_in", real(&Settings::price_in, 0.0, large)},
          {"price_out", real(&Settings::price_out, 0.0, large)},
          {"cache", read_cache},
          {"batch_out", text(&Settings::batch_out)},
          {"batch_in", text(&Settings::batch_in)},
          {"key", refuse_key},
          {"api_key", refuse_key},
          {"token", refuse_key}};
  return all;
}

Status read_argument(Settings& settings, const std::string& argument) {
  const std::size_t equals = argument.find('=');
  const std::string key = argument.substr(0, equals);
  const auto reader = readers().find(key);
  if (equals == std::string::npos || reader == readers().end()) {
    std::vector<std::string> names;
    for (const auto& [name, ignored] : readers()) names.push_back(name);
    const auto near = near_names(key, names);
    return fail(ErrorKind::usage,
                equals == std::string::npos ? "an argument is not of the form key=value"
                                            : "a served model has no such argument",
                "--model-arg " + key,
                near.empty() ? "The user guide lists them, under \"Served models\""
                             : "Did you mean " + near.front() + "=...?");
  }
  return reader->second(settings, key, argument.substr(equals + 1));
}

Status check_url(Settings& settings) {
  std::string& url = settings.base_url;
  while (url.ends_with('/')) url.pop_back();
  const std::size_t host = url.find("://");
  const bool http = url.starts_with("http://") || url.starts_with("https://");
  if (!http || host + 3 >= url.size()) {
    return fail(ErrorKind::usage, "the server's address is not an http or https address", "MODEL",
                "Write it like openai:MODEL@http://127.0.0.1:8080/v1");
  }
  if (url.find_first_of("@?#", host) != std::string::npos) {
    return fail(ErrorKind::usage, "the server's address holds a user name, a password or a query",
                "MODEL",
                "Give the plain address; a key goes into OPENAI_API_KEY, key_env=NAME or "
                "key_file=PATH");
  }
  return {};
}

}  // namespace

const char* to_string(Logprobs method) {
  switch (method) {
    case Logprobs::automatic: return "auto";
    case Logprobs::off: return "off";
    case Logprobs::echo: return "echo";
    case Logprobs::prompt_logprobs: return "prompt_logprobs";
    case Logprobs::llama_server: return "llama_server";
  }
  return "off";
}

bool is_served(std::string_view spec) { return spec.starts_with(kScheme); }

std::vector<std::string> Settings::shaping() const {
  std::vector<std::string> out;
  if (api == Api::completions) out.emplace_back("api=completions");
  if (!extra_body.is_null()) out.push_back("extra_body=" + dump_json(extra_body));
  if (logprobs != Logprobs::automatic) {
    out.push_back(std::string("logprobs=") + to_string(logprobs));
  }
  if (!tools) out.emplace_back("tools=no");
  return out;
}

Result<Settings> read_settings(const std::string& spec, const std::vector<std::string>& arguments) {
  Settings settings;
  settings.spec = spec;
  std::string rest = spec.substr(std::min(spec.size(), kScheme.size()));
  for (const char* mark : {"@http://", "@https://"}) {
    const std::size_t at = rest.find(mark);
    if (at == std::string::npos) continue;
    settings.base_url = rest.substr(at + 1);
    rest.resize(at);
    break;
  }
  settings.model = rest;
  if (settings.model.empty() || !is_utf8(settings.model)) {
    return fail(ErrorKind::usage, "the name of the served model is missing", "MODEL",
                "Write it like openai:MODEL@http://127.0.0.1:8080/v1");
  }
  for (const std::string& argument : arguments) {
    ASSAY_CHECK(read_argument(settings, argument));
  }
  if (settings.base_url.empty()) {
    const char* set = std::getenv("OPENAI_BASE_URL");
    settings.base_url = set != nullptr && *set != '\0' ? set : kVendor;
  }
  ASSAY_CHECK(check_url(settings));
  if (settings.max_tokens_field.empty()) {
    settings.max_tokens_field = settings.base_url.starts_with("https://api.openai.com/")
                                    ? "max_completion_tokens"
                                    : "max_tokens";
  }
  if (settings.max_cost && settings.price_in + settings.price_out <= 0.0) {
    return fail(ErrorKind::usage, "a limit of cost needs prices", "--model-arg max_cost",
                "Add --model-arg price_in=X and price_out=Y, for a million tokens each");
  }
  return settings;
}

}  // namespace assay::model::remote
