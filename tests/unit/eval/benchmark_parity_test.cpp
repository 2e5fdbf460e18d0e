// Per-item results of lm-evaluation-harness 0.4.13 on SmolLM2 in f32
// (tests/parity/benchmark_parity.py) against ours: the log-probability of each choice of the first
// items of each benchmark.
#include <filesystem>
#include <gtest/gtest.h>
#include <map>

#include "base/files.h"
#include "base/paths.h"
#include "eval/registry.h"
#include "eval/replay.h"
#include "model/local/local.h"

namespace assay::eval {
namespace {

constexpr double kClose = 2e-3;    // nats, of a sum over up to a hundred tokens
constexpr std::size_t kItems = 2;  // of each benchmark; the script compares as many as it is told

model::Model* smollm2() {
  static const std::unique_ptr<model::Model> model = [] {
    model::local::Options options;
    options.dtype = model::local::parse_dtype("f32").value();
    auto opened =
        model::local::open(model_cache_dir() / "SmolLM2-135M-Instruct.Q4_1.gguf", options);
    return opened ? std::move(*opened) : std::unique_ptr<model::Model>();
  }();
  return model.get();
}

class BenchmarkParity : public ::testing::TestWithParam<const char*> {};

TEST_P(BenchmarkParity, ItemsScoreAsInTheHarness) {
  if (!std::filesystem::is_directory(ASSAY_SHARED_DATA)) {
    GTEST_SKIP() << "there is no " << ASSAY_SHARED_DATA;
  }
  if (smollm2() == nullptr) GTEST_SKIP() << "`assay model fetch smollm2` first";
  const auto text =
      read_file(std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/golden/benchmarks/smollm2.json",
                std::int64_t{1} << 24U);
  ASSERT_TRUE(text) << text.error().message();
  const Json golden = *parse_json(*text, "smollm2.json");
  ASSERT_TRUE(golden.contains(GetParam()));
  data::DataFolders folders;
  ASSERT_TRUE(folders.add(ASSAY_SHARED_DATA));
  Registry registry(std::move(folders));
  register_all_benchmarks(registry);
  const Task& task = **registry.find(GetParam());
  const auto samples = task.samples({1, Lang::en, task.info().items.full});
  ASSERT_TRUE(samples) << samples.error().message();
  std::map<std::string, const Sample*> by_id;
  for (const Sample& sample : *samples) by_id[sample.id] = &sample;
  std::size_t checked = 0;
  for (const Json& item : golden[GetParam()]) {
    if (checked == kItems) break;
    const auto found = by_id.find(item["id"].get<std::string>());
    ASSERT_NE(found, by_id.end()) << item["id"];
    Trace trace;
    const auto results =
        smollm2()->loglikelihood(task.solver().next(*found->second, trace).choices);
    ASSERT_EQ(results.size(), item["logprobs"].size());
    for (std::size_t i = 0; i < results.size(); ++i) {
      ASSERT_TRUE(results[i]) << results[i].error().message();
      EXPECT_NEAR(results[i]->total, item["logprobs"][i].get<double>(), kClose) << item["id"];
      trace.scores.push_back(*results[i]);
    }
    const Score score = task.score(*found->second, trace);
    EXPECT_NE(score.verdict, Verdict::unassessed) << score.explanation;
    ++checked;
  }
  EXPECT_EQ(checked, kItems);
}

INSTANTIATE_TEST_SUITE_P(Tasks, BenchmarkParity, ::testing::Values("bbq", "crows_pairs"));

}  // namespace
}  // namespace assay::eval
