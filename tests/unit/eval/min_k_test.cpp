// Min-K%: the number of a text by hand, and the tasks that compare items with documents written
// anew.
#include "eval/min_k.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <limits>

#include "eval/benchmark.h"

namespace assay::eval {
namespace {

std::optional<double> of(std::vector<double> logprobs) {
  model::LoglikelihoodResult result;
  result.token_logprobs = std::move(logprobs);
  return min_k(result);
}

TEST(MinK, TakesTheLeastLikelyFifth) {
  EXPECT_DOUBLE_EQ(of({-1, -9, -5, -1, -1, -1, -8, -1, -1, -4.5}).value(), -8.5);
  EXPECT_DOUBLE_EQ(of({-1, -2, -3}).value(), -3.0);  // at least one token
  EXPECT_FALSE(of({}));
  EXPECT_FALSE(of({-1, -std::numeric_limits<double>::infinity()}));
}

TEST(MinK, PlusIsOfScoresStandardisedOverTheVocabulary) {
  model::LoglikelihoodResult result;
  result.token_logprobs = {-1, -6, -2, -3, -1};
  EXPECT_FALSE(min_k_plus(result));  // an engine that sees no vocabulary
  result.token_means = {-2, -3, -2, -1, -4};
  result.token_sds = {1, 2, 0, 0.5, 1};
  EXPECT_DOUBLE_EQ(min_k_plus(result).value(), -4.0);  // (-3 - -1) / 0.5
  result.token_sds[3] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_DOUBLE_EQ(min_k_plus(result).value(), -1.5);  // no spread that is known: 0
}

class Letters : public Benchmark {
 public:
  explicit Letters(const Registry& registry) : Benchmark(info_of_it(), registry) {}
  [[nodiscard]] Result<std::vector<Sample>> load(const std::filesystem::path&) const override {
    std::vector<Sample> out;
    for (int i = 0; i < 20; ++i) {
      Sample& sample = out.emplace_back();
      sample.id = std::to_string(i);
      sample.context = "Introduction.\n\nQuestion " + std::to_string(i) + "?\nAnswer:";
      sample.choices = {" yes", " no"};
      sample.target_index = 0;
    }
    return out;
  }
  [[nodiscard]] std::vector<Example> examples() const override { return {}; }

 private:
  static TaskInfo info_of_it() {
    TaskInfo out;
    out.name = "letters";
    out.dataset = "letters";
    out.needs.logprobs = true;
    out.langs = {Lang::en};
    out.items = {20, 20, 20};
    return out;
  }
};

TEST(MinK, ItemsAreComparedWithNewDocuments) {
  const auto root = std::filesystem::path(ASSAY_SOURCE_DIR) / "tests";
  data::DataFolders folders;
  ASSERT_TRUE(folders.add("letters=" + root.string()));
  Registry registry(std::move(folders));
  data::Dataset dataset;
  dataset.name = "letters";
  dataset.files = {{"CMakeLists.txt", "", "", 0}};
  registry.add_dataset(dataset);
  registry.add(std::make_unique<Letters>(registry));
  add_min_k_tasks(registry);
  const Task& task = **registry.find("letters_mink");
  const auto samples = task.samples({5, Lang::en, 20});
  ASSERT_TRUE(samples) << samples.error().message();
  ASSERT_EQ(samples->size(), 20U);
  for (const Sample& sample : *samples) {
    ASSERT_EQ(sample.choices.size(), 1U + static_cast<std::size_t>(kFreshTexts));
    // What all contexts begin with is no part of an item.
    EXPECT_EQ(sample.choices.front(), sample.id + "?\nAnswer: yes");
    EXPECT_NE(sample.choices[1], sample.choices[2]);
  }
  const auto other = task.samples({6, Lang::en, 20});
  EXPECT_NE(other->front().choices[1], samples->front().choices[1]);  // another seed, new documents
}

}  // namespace
}  // namespace assay::eval
