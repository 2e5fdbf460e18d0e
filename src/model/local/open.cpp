// open() and inspect(): from a path to a Model.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "base/paths.h"
#include "base/text.h"
#include "model/local/backend.h"
#include "model/local/engine.h"
#include "model/local/gguf_header.h"
#include "model/local/probe.h"
#include "model/local/weights.h"

namespace assay::model::local {
namespace {

namespace fs = std::filesystem;

fs::path cache_of(const Options& options) {
  return options.cache_dir.empty() ? user_cache_dir() : options.cache_dir;
}

const char* option_name(Dtype dtype) {
  switch (dtype) {
    case Dtype::automatic: return "auto";
    case Dtype::as_stored: return "as-stored";
    case Dtype::f32: return "f32";
    case Dtype::bf16: return "bf16";
    case Dtype::q8_0: return "q8_0";
  }
  return "auto";
}

Result<ModelInfo> inspect_with(const GgufHeader& header, const fs::path& file,
                               const fs::path& cache) {
  ModelInfo info = describe(header, file);
  ASSAY_TRY(info.digest, cached_digest(file, cache));
  info.engine = engine_version();
  return info;
}

/// A model file and how it is to be opened.
struct Source {
  const fs::path& file;
  const GgufHeader& header;
  const ModelInfo& info;
  const Options& options;
  const fs::path& cache;
};

/// Texts that weights in two formats are compared on: prose, dialogue, code, numbers, Chinese.
constexpr std::array<const char*, 5> sample = {
    "The committee met on Tuesday to discuss the repair of the old bridge. Nobody objected, but "
    "the "
    "treasurer asked for a second estimate before any money was spent.",
    "Question: What is the capital of Kenya?\nAnswer: The capital of Kenya is Nairobi.\n",
    "def mean(values):\n    total = sum(values)\n    return total / len(values)\n",
    "17 + 25 = 42, and 42 / 6 = 7. In 2023 the rate fell from 4.1% to 3.8%.",
    "\u4eca\u5929\u7684\u4f1a\u8bae\u63a8\u8fdf\u5230\u4e0b\u5348\u4e09\u70b9\u3002"};

Result<std::unique_ptr<Engine>> load_as(const Source& source, Dtype dtype) {
  ASSAY_TRY(const auto weights,
            weights_file(source.file, source.header, source.info.digest, dtype, source.cache));
  ModelInfo info = source.info;
  info.scored_dtype = dtype_name(source.header, dtype);
  const bool f32 = stored_as(source.header, Dtype::f32) && dtype == Dtype::as_stored;
  return Engine::load(weights, std::move(info), source.options, f32 || dtype == Dtype::f32);
}

std::vector<double> sample_logprobs(Engine& engine) {
  std::vector<RollingRequest> requests;
  for (const char* text : sample) requests.push_back({text});
  std::vector<double> all;
  for (const auto& result : engine.rolling(requests, {})) {
    if (result) all.insert(all.end(), result->token_logprobs.begin(), result->token_logprobs.end());
  }
  engine.forget_ledger();
  return all;
}

std::string cache_key(const Source& source) {
  return source.info.digest.substr(0, 32) + "-" + processor_key();
}

fs::path delta_file(const Source& source, Dtype dtype) {
  const std::string name = dtype_name(source.header, dtype);
  return source.cache / "probes" / (cache_key(source) + "-" + name + ".json");
}

/// What an earlier open() found, if it was the same engine on the same processor.
std::optional<double> known_delta(const Source& source, Dtype dtype) {
  const Json known = read_cached(delta_file(source, dtype));
  if (!known.is_object() || known.value("engine", "") != engine_version()) return std::nullopt;
  const Json delta = known.value("max_logprob_delta", Json());
  return delta.is_number() ? std::optional(delta.get<double>()) : std::nullopt;
}

/// With the largest difference of a token's log-probability from as-stored on the sample, in nats.
Result<std::unique_ptr<Model>> open_as(const Source& source, Dtype dtype) {
  if (stored_as(source.header, dtype)) {
    ASSAY_TRY(auto engine, load_as(source, dtype));
    return std::unique_ptr<Model>(std::move(engine));
  }
  auto delta = known_delta(source, dtype);
  std::vector<double> expected;
  if (!delta) {  // one after the other, so that two models are never in memory
    ASSAY_TRY(const auto stored, load_as(source, Dtype::as_stored));
    expected = sample_logprobs(*stored);
  }
  ASSAY_TRY(auto engine, load_as(source, dtype));
  if (!delta) {
    const auto found = sample_logprobs(*engine);
    delta = 0.0;
    for (std::size_t i = 0; i < std::min(expected.size(), found.size()); ++i) {
      delta = std::max(*delta, std::abs(expected[i] - found[i]));
    }
    write_cached(delta_file(source, dtype),
                 Json{{"engine", engine_version()}, {"max_logprob_delta", *delta}});
  }
  engine->set_dtype_delta(*delta);
  return std::unique_ptr<Model>(std::move(engine));
}

/// Probed once for each model and processor.
Dtype choose_dtype(const Source& source) {
  const int threads = source.options.threads > 0 ? source.options.threads : physical_cores();
  const fs::path place =
      source.cache / "probes" / (cache_key(source) + "-" + std::to_string(threads) + ".json");
  const Json known = read_cached(place);
  if (known.is_object() && known.value("engine", "") == engine_version()) {
    const auto dtype = parse_dtype(known.value("fastest", ""));
    if (dtype && *dtype != Dtype::automatic) return *dtype;
  }
  const AbortGuard guard;
  try {
    const auto times = probe_formats(source.header, threads, available_memory() / 2);
    const Dtype dtype = fastest(times);
    Json measured = Json::object();
    for (const auto& [tried, nanoseconds] : times.nanoseconds) {
      measured[option_name(tried)] = nanoseconds;
    }
    write_cached(place, Json{{"engine", engine_version()},
                             {"fastest", option_name(dtype)},
                             {"nanoseconds_per_token_and_million_parameters", measured}});
    return dtype;
  } catch (const std::exception&) {
    return Dtype::as_stored;
  }
}

}  // namespace

Result<Dtype> parse_dtype(std::string_view name) {
  const std::string lower = lower_ascii(name);
  if (lower == "auto" || lower == "automatic") return Dtype::automatic;
  if (lower == "as-stored" || lower == "as_stored") return Dtype::as_stored;
  if (lower == "f32") return Dtype::f32;
  if (lower == "bf16") return Dtype::bf16;
  if (lower == "q8_0") return Dtype::q8_0;
  return fail(ErrorKind::usage, "there is no such weight format", std::string(name),
              "Use auto, as-stored, f32, bf16 or q8_0");
}

Result<ModelInfo> inspect(const fs::path& file) {
  start_backend();
  ASSAY_TRY(const auto header, read_gguf_header(file));
  return inspect_with(header, file, user_cache_dir());
}

Result<std::unique_ptr<Model>> open(const fs::path& file, const Options& options) {
  start_backend();
  ASSAY_TRY(const auto header, read_gguf_header(file));
  const fs::path cache = cache_of(options);
  ASSAY_TRY(auto info, inspect_with(header, file, cache));
  const Source source{file, header, info, options, cache};
  if (options.dtype != Dtype::automatic) return open_as(source, options.dtype);
  const Dtype dtype = choose_dtype(source);
  auto opened = open_as(source, dtype);
  // A full disk or too little memory for the faster weights is no reason not to go on.
  if (!opened && dtype != Dtype::as_stored) return open_as(source, Dtype::as_stored);
  return opened;
}

}  // namespace assay::model::local
