// What a person says about a served model: the spec "openai:MODEL@URL" and "key=value" arguments.
// Thread-safety: pure functions, but for the environment that they read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace assay::model::remote {

enum class Api { chat, completions };
/// How log-probabilities of a given text are had; see scoring.h.
enum class Logprobs { automatic, off, echo, prompt_logprobs, llama_server };
const char* to_string(Logprobs method);

struct Settings {
  std::string spec;      ///< as typed
  std::string model;     ///< its name on the server
  std::string base_url;  ///< without a slash at the end, e.g. "http://127.0.0.1:8080/v1"
  Api api = Api::chat;
  Logprobs logprobs = Logprobs::automatic;
  std::string key_file;
  std::string key_env = "OPENAI_API_KEY";
  std::string max_tokens_field;  ///< "max_tokens" or "max_completion_tokens"
  Json extra_body;               ///< further fields of each request, an object or null
  bool stream = false;
  bool tools = true;  ///< false: the server takes none; agents write their calls as text

  int in_flight = 0;        ///< > 0: always so many; 0 = adaptive
  int max_in_flight = 256;  ///< bound of the adaptive number
  double timeout_s = 600.0;
  int max_retries = 5;
  int give_up_after = 20;

  std::optional<double> max_seconds;       ///< of this process
  std::optional<std::int64_t> max_tokens;  ///< read and written
  std::optional<double> max_cost;          ///< in the unit of the prices
  double price_in = 0.0;                   ///< for a million tokens
  double price_out = 0.0;

  std::string cache_dir;  ///< empty = no cache
  std::string batch_out;
  std::string batch_in;

  [[nodiscard]] bool batch() const { return !batch_out.empty() || !batch_in.empty(); }
  /// Arguments that shape the answers, as "key=value", sorted; part of the model's identity.
  [[nodiscard]] std::vector<std::string> shaping() const;
};

/// Errors: usage, with near names. A user name, password or key in the address is refused, and
/// never repeated in the error.
Result<Settings> read_settings(const std::string& spec, const std::vector<std::string>& arguments);

}  // namespace assay::model::remote
