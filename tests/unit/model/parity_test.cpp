// The local engine against other implementations, by the values in tests/golden/model (made by
// tests/parity/make_model_golden.py): tokens and log-probabilities of HF transformers and
// lm-evaluation-harness on the same dequantised f32 weights, greedy texts of llama-server.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <unistd.h>

#include "base/json.h"
#include "base/paths.h"
#include "model/local/local.h"
#include "unit/model/gguf_writer.h"

namespace assay::model {
namespace {

namespace fs = std::filesystem;

struct Subject {
  const char* golden;
  const char* file;  ///< in the models folder; null: stories260K, written here
  double tolerance;  ///< nats a token, f32
};

void PrintTo(const Subject& subject, std::ostream* out) { *out << subject.golden; }

Json golden(const Subject& subject) {
  const std::string path =
      std::string(ASSAY_SOURCE_DIR) + "/tests/golden/model/" + subject.golden + ".json";
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  auto parsed = parse_json(text.str(), path);
  EXPECT_TRUE(parsed) << path;
  return parsed ? std::move(*parsed) : Json::object();
}

/// Where the model is; an error tells why the test has to be skipped.
Result<fs::path> locate(const Subject& subject) {
  if (subject.file == nullptr) {
    const auto data = fs::path(ASSAY_SHARED_DATA) / "models/stories260K";
    const auto bytes = assay::test::stories_gguf(data);
    if (!bytes) {
      return fail(ErrorKind::not_found, "the shared test data are not here", data.string(),
                  "Set ASSAY_SHARED_DATA");
    }
    auto path =
        fs::path(::testing::TempDir()) / ("assay-parity-" + std::to_string(::getpid()) + ".gguf");
    assay::test::write_file(path, *bytes);
    return path;
  }
  auto path = model_cache_dir() / subject.file;
  if (fs::exists(path)) return path;
  return fail(ErrorKind::not_found, "the model is not here", path.string(),
              std::string("Run `assay model fetch ") + subject.golden + "`");
}

class Parity : public ::testing::TestWithParam<Subject> {
 protected:
  /// Opened once per dtype for all tests of a subject; null after a skip or a failure.
  Model* engine(local::Dtype dtype) {
    const auto key = std::make_pair(std::string(GetParam().golden), dtype);
    if (auto known = opened().find(key); known != opened().end()) return known->second.get();
    auto path = locate(GetParam());
    if (!path) {
      skip_reason_ = path.error().message();
      return nullptr;
    }
    opened().clear();  // one model in memory at a time
    local::Options options;
    options.dtype = dtype;
    options.context = 4096;
    options.threads = 1;  // tests run side by side
    auto model = local::open(*path, options);
    if (GetParam().file == nullptr) fs::remove(*path);
    if (!model) {
      ADD_FAILURE() << model.error().message();
      return nullptr;
    }
    return opened().emplace(key, std::move(*model)).first->second.get();
  }
  static std::map<std::pair<std::string, local::Dtype>, std::unique_ptr<Model>>& opened() {
    static std::map<std::pair<std::string, local::Dtype>, std::unique_ptr<Model>> models;
    return models;
  }
  std::string skip_reason_;
};

#define ASSAY_ENGINE_OR_SKIP(model, dtype)                 \
  Model* model = engine(dtype);                            \
  if (!skip_reason_.empty()) GTEST_SKIP() << skip_reason_; \
  ASSERT_NE(model, nullptr)

std::vector<Message> messages_of(const Json& list) {
  std::vector<Message> out;
  for (const Json& m : list) out.push_back({m["role"], m["content"]});
  return out;
}

/// Compares the last tokens of the reference with all of the engine's: the harness also scores the
/// white space that ends a chat prompt, the engine counts it to the prompt.
void expect_same(const Result<LoglikelihoodResult>& result, const Json& expected,
                 double tolerance) {
  const std::string what = dump_json(expected).substr(0, 300);
  ASSERT_TRUE(result) << result.error().message() << "\n" << what;
  std::vector<std::int32_t> tokens = expected["tokens"];
  std::vector<double> logprobs = expected["logprobs"];
  const bool chat = expected.contains("chat");
  if (chat && result->tokens.size() < tokens.size() && !result->tokens.empty()) {
    const auto extra = static_cast<std::ptrdiff_t>(tokens.size() - result->tokens.size());
    tokens.erase(tokens.begin(), tokens.begin() + extra);
    logprobs.erase(logprobs.begin(), logprobs.begin() + extra);
  }
  ASSERT_EQ(result->tokens, tokens) << what;
  ASSERT_EQ(result->token_logprobs.size(), logprobs.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < logprobs.size(); ++i) {
    EXPECT_NEAR(result->token_logprobs[i], logprobs[i], tolerance) << "token " << i << " " << what;
    sum += result->token_logprobs[i];
  }
  EXPECT_NEAR(result->total, sum, 1e-6);
  if (expected.contains("greedy") && expected["greedy"].is_boolean() && !chat) {
    EXPECT_EQ(result->greedy, expected["greedy"].get<bool>()) << what;
  }
}

TEST_P(Parity, TokensAreThoseOfHuggingFaceTokenizers) {
  ASSAY_ENGINE_OR_SKIP(model, local::Dtype::as_stored);
  const Json expected = golden(GetParam());
  for (const Json& row : expected["tokenise"]) {
    const auto tokens = model->tokenize(row["text"].get<std::string>());
    ASSERT_TRUE(tokens) << tokens.error().message();
    EXPECT_EQ(*tokens, row["tokens"].get<std::vector<std::int32_t>>()) << row["text"];
  }
}

/// Generates what the reference has, and compares texts, prompt lengths and finish reasons.
void expect_same_texts(Model& model, const Json& expected) {
  std::vector<GenerateRequest> requests;
  std::vector<Json> rows;
  for (const char* key : {"generate_raw", "generate_chat"}) {
    if (!expected.contains(key)) continue;
    for (const Json& row : expected[key]) {
      GenerateRequest request;
      if (row.contains("messages")) request.messages = messages_of(row["messages"]);
      if (row.contains("prompt")) request.prompt = row["prompt"];
      request.max_tokens = row["max_tokens"];
      requests.push_back(std::move(request));
      rows.push_back(row);
    }
  }
  ASSERT_FALSE(rows.empty());
  const auto results = model.generate(requests);
  ASSERT_EQ(results.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ASSERT_TRUE(results[i]) << results[i].error().message();
    EXPECT_EQ(results[i]->text, rows[i]["text"].get<std::string>());
    EXPECT_EQ(results[i]->prompt_tokens, rows[i]["prompt_tokens"].get<int>()) << rows[i];
    EXPECT_EQ(to_string(results[i]->finish), rows[i]["finish"].get<std::string>()) << rows[i];
  }
}

/// With AMX llama.cpp multiplies quantised weights otherwise, with other rounding.
bool has_amx() {
  std::ifstream file("/proc/cpuinfo");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return text.find(" amx_int8") != std::string::npos;
}

TEST_P(Parity, GreedyTextIsThatOfLlamaServer) {
  if (has_amx() && std::string(GetParam().golden) != "stories260k") {
    GTEST_SKIP() << "the server's texts were made on a processor without AMX";
  }
  ASSAY_ENGINE_OR_SKIP(model, local::Dtype::as_stored);
  expect_same_texts(*model, golden(GetParam()));
}

/// Whole texts, not cut at near ties: no sum is rounded to half precision on either side.
TEST_P(Parity, WholeGreedyTextInF32IsThatOfLlamaServer) {
  if (std::string(GetParam().golden) != "smollm2") GTEST_SKIP() << "the reference is of SmolLM2";
  ASSAY_ENGINE_OR_SKIP(model, local::Dtype::f32);
  expect_same_texts(*model, golden({"greedy_f32", nullptr, 0.0}));
}

/// Mean and standard deviation over the vocabulary, as Min-K%++ takes them.
void expect_same_moments(const Result<LoglikelihoodResult>& result, const Json& expected,
                         double tolerance) {
  if (!result || !expected.contains("means")) return;  // Gemma's reference is older
  ASSERT_EQ(result->token_means.size(), expected["means"].size());
  ASSERT_EQ(result->token_sds.size(), expected["sds"].size());
  for (std::size_t i = 0; i < result->token_means.size(); ++i) {
    EXPECT_NEAR(result->token_means[i], expected["means"][i].get<double>(), tolerance);
    EXPECT_NEAR(result->token_sds[i], expected["sds"][i].get<double>(), tolerance);
  }
}

TEST_P(Parity, LogProbabilitiesAreThoseOfTransformersInF32) {
  ASSAY_ENGINE_OR_SKIP(model, local::Dtype::f32);
  const Json expected = golden(GetParam());
  std::vector<LoglikelihoodRequest> requests;
  for (const Json& row : expected["pairs"]) {
    requests.push_back({row["context"], row["continuation"], {}, false});
    requests.back().moments = true;
  }
  const auto results = model->loglikelihood(requests);
  ASSERT_EQ(results.size(), expected["pairs"].size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    expect_same(results[i], expected["pairs"][i], GetParam().tolerance);
    expect_same_moments(results[i], expected["pairs"][i], GetParam().tolerance);
  }
}

TEST_P(Parity, DocumentsAreScoredInTheWindowsOfTheHarness) {
  ASSAY_ENGINE_OR_SKIP(model, local::Dtype::f32);
  const Json expected = golden(GetParam());
  std::vector<RollingRequest> requests;
  for (const Json& row : expected["rolling"]) requests.push_back({row["text"]});
  const auto results = model->rolling(requests);
  ASSERT_EQ(results.size(), requests.size());
  for (std::size_t i = 0; i < results.size(); ++i)
    expect_same(results[i], expected["rolling"][i], GetParam().tolerance);
}

TEST_P(Parity, ContinuationsOfAChatFollowTheModelsTemplate) {
  const Json expected = golden(GetParam());
  if (!expected.contains("chats")) GTEST_SKIP() << "this model has no chat template";
  ASSAY_ENGINE_OR_SKIP(model, local::Dtype::f32);
  std::vector<LoglikelihoodRequest> requests;
  for (const Json& row : expected["chat_pairs"]) {
    const Json& chat = expected["chats"][row["chat"].get<std::size_t>()];
    requests.push_back({row["context"], row["continuation"], messages_of(chat["messages"]), true});
  }
  const auto results = model->loglikelihood(requests);
  ASSERT_EQ(results.size(), requests.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    expect_same(results[i], expected["chat_pairs"][i], GetParam().tolerance);
  }
}

TEST_P(Parity, StoriesKnownAnswer) {
  if (GetParam().file != nullptr) GTEST_SKIP() << "stories260K only";
  ASSAY_ENGINE_OR_SKIP(model, local::Dtype::as_stored);
  GenerateRequest request;
  request.prompt = "Zoo";
  request.max_tokens = 60;
  const auto results = model->generate(std::span(&request, 1));
  ASSERT_TRUE(results.at(0)) << results[0].error().message();
  EXPECT_TRUE(results[0]->text.starts_with(
      " was a little girl named Lily. She loved to play outside in the park. One day, she saw a "
      "big, red ball."))
      << results[0]->text;
}

// Gemma: on processors llama.cpp takes GELU from a table in half precision, also in f32.
INSTANTIATE_TEST_SUITE_P(
    Models, Parity,
    ::testing::Values(Subject{"stories260k", nullptr, 1e-3},
                      Subject{"smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf", 1e-3},
                      Subject{"gemma3-270m", "gemma-3-270m-q4_k_m.gguf", 1e-2}),
    [](const ::testing::TestParamInfo<Subject>& subject) {
      std::string name = subject.param.golden;
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

}  // namespace
}  // namespace assay::model
