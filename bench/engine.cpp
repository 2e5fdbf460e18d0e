// The local engine from the command line, for the scripts here that set it beside other programs:
//   bench_engine score MODEL DTYPE CONTEXT REQUESTS.jsonl OUT.jsonl
//       lines {"context", "continuation"} in, {"logprob", "greedy"} out
//   bench_engine generate MODEL DTYPE CONTEXT PROMPTS.jsonl OUT.jsonl NEW_TOKENS
//       lines {"prompt"} in, {"text", "tokens"} out; greedy
//   bench_engine first-token MODEL DTYPE CONTEXT PROMPT
//       prints the first piece as soon as it comes
// CONTEXT is the number of KV cells (0: the engine's choice); BENCH_THREADS sets the threads. The
// last line on standard output is a JSON object of seconds, tokens and bytes. Without arguments it
// exits 77: the scripts run it.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <vector>

#include "base/json.h"
#include "model/local/local.h"

namespace {

using namespace assay;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

[[noreturn]] void stop(const std::string& message) {
  std::fprintf(stderr, "bench_engine: %s\n", message.c_str());
  std::exit(3);
}

/// A field of /proc/self/status in bytes.
double status_bytes(const std::string& field) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(field + ":")) return 1024.0 * std::atof(line.c_str() + field.size() + 1);
  }
  return 0.0;
}

/// User time of all threads so far.
double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec);
}

std::vector<Json> read_lines(const std::string& file) {
  std::ifstream in(file);
  if (!in) stop("cannot read " + file);
  std::vector<Json> out;
  for (std::string line; std::getline(in, line);) {
    auto json = parse_json(line, file);
    if (!json) stop(json.error().message());
    out.push_back(std::move(*json));
  }
  return out;
}

void finish(const model::Model& model, double open_seconds, double seconds) {
  const model::ModelInfo& info = model.info();
  const model::Ledger ledger = model.ledger();
  std::puts(dump_json({{"open_seconds", open_seconds},
                       {"seconds", seconds},
                       {"engine", info.engine},
                       {"scored_dtype", info.scored_dtype},
                       {"weights_dtype", info.weights_dtype},
                       {"max_logprob_delta", info.dtype_max_logprob_delta
                                                 ? Json(*info.dtype_max_logprob_delta)
                                                 : Json(nullptr)},
                       {"requests", ledger.requests},
                       {"prompt_tokens", ledger.prompt_tokens},
                       {"computed_tokens", ledger.computed_tokens},
                       {"completion_tokens", ledger.completion_tokens},
                       {"processor_seconds", processor_seconds()},
                       {"peak_bytes", status_bytes("VmHWM")}})
                .c_str());
}

double score(model::Model& model, const std::string& in, const std::string& out) {
  std::vector<model::LoglikelihoodRequest> requests;
  for (const Json& line : read_lines(in)) {
    requests.push_back({line["context"], line["continuation"], {}, false});
  }
  const auto start = Clock::now();
  const auto results = model.loglikelihood(requests);
  const double seconds = seconds_since(start);
  std::ofstream file(out);
  for (const auto& result : results) {
    if (!result) stop(result.error().message());
    file << dump_json({{"logprob", result->total}, {"greedy", result->greedy}}) << "\n";
  }
  return seconds;
}

double generate(model::Model& model, const std::string& in, const std::string& out,
                int new_tokens) {
  std::vector<model::GenerateRequest> requests;
  for (const Json& line : read_lines(in)) {
    model::GenerateRequest request;
    request.prompt = line["prompt"];
    request.max_tokens = new_tokens;
    requests.push_back(std::move(request));
  }
  const auto start = Clock::now();
  const auto results = model.generate(requests);
  const double seconds = seconds_since(start);
  std::ofstream file(out);
  for (const auto& result : results) {
    if (!result) stop(result.error().message());
    file << dump_json({{"text", result->text}, {"tokens", result->completion_tokens}}) << "\n";
  }
  return seconds;
}

double first_token(model::Model& model, const std::string& prompt) {
  model::GenerateRequest request;
  request.prompt = prompt;
  request.max_tokens = 8;
  model::CallOptions options;
  bool first = true;
  options.on_piece = [&first](std::size_t, std::string_view piece) {
    if (first && !piece.empty()) {
      std::puts("first");
      std::fflush(stdout);
      first = false;
    }
  };
  const auto start = Clock::now();
  const auto results = model.generate(std::span(&request, 1), {}, options);
  if (!results.at(0)) stop(results[0].error().message());
  return seconds_since(start);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv, argv + argc);
  if (argc == 1) {
    std::puts("bench_engine is run by bench/*_vs_*.py and bench/first_token.py");
    return 77;
  }
  if (argc < 6) stop("too few arguments; see the head of bench/engine.cpp");
  const auto dtype = model::local::parse_dtype(arguments[3]);
  if (!dtype) stop(dtype.error().message());
  model::local::Options options;
  options.dtype = *dtype;
  options.context = std::atoi(arguments[4].c_str());
  if (const char* threads = std::getenv("BENCH_THREADS")) options.threads = std::atoi(threads);
  const auto start = Clock::now();
  auto model = model::local::open(arguments[2], options);
  if (!model) stop(model.error().message());
  const double open_seconds = seconds_since(start);
  double seconds = 0.0;
  if (arguments[1] == "score" && argc == 7) {
    seconds = score(**model, arguments[5], arguments[6]);
  } else if (arguments[1] == "generate" && argc == 8) {
    seconds = generate(**model, arguments[5], arguments[6], std::atoi(arguments[7].c_str()));
  } else if (arguments[1] == "first-token") {
    seconds = first_token(**model, arguments[5]);
  } else {
    stop("unknown mode or wrong number of arguments; see the head of bench/engine.cpp");
  }
  finish(**model, open_seconds, seconds);
}
