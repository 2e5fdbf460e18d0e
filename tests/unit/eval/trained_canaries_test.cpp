// trained_canaries: its file with what may be wrong in it, and models that know all, some or none
// of the secrets.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include "eval/benchmark.h"
#include "task_checks.h"
#include "task_items.h"

namespace assay::eval {
void register_trained_canaries(Registry& registry);
namespace {

namespace fs = std::filesystem;

class TrainedCanariesTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::temp_directory_path() / (std::string("assay-canaries-") +
                                     testing::UnitTest::GetInstance()->current_test_info()->name() +
                                     std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  Result<std::vector<Sample>> load(const std::string& lines) const {
    std::ofstream(folder_ / "canaries.jsonl") << lines;
    return task_.load(folder_);
  }
  /// 40 canaries, a third each never, once and 16 times trained on.
  std::vector<Sample> canaries() const {
    std::string lines;
    for (int i = 0; i < 42; ++i) {
      lines += dump_json(Json{{"text", "The locker of number " + std::to_string(i) +
                                           " opens with " + std::to_string(10000 + 977 * i) + "."},
                              {"secret", std::to_string(10000 + 977 * i)},
                              {"times", i % 3 == 0   ? 0
                                        : i % 3 == 1 ? 1
                                                     : 16}}) +
               "\n";
    }
    auto samples = load(lines);
    EXPECT_TRUE(samples) << samples.error().message();
    return samples ? *samples : std::vector<Sample>();
  }
  std::map<std::string, stats::Estimate> played(
      const std::function<double(const Sample&, std::size_t)>& nats) const {
    std::vector<Scored> all;
    for (const Sample& s : canaries()) {
      std::vector<double> totals;
      for (std::size_t i = 0; i < s.choices.size(); ++i) totals.push_back(nats(s, i));
      all.push_back(test::scored(task_, s, test::with_logprobs(totals)));
    }
    std::map<std::string, stats::Estimate> out;
    for (const Figure& f : task_.summarise(all, {Lang::en, 1, nullptr, {}, nullptr}).figures) {
      out[f.id] = f.estimate;
    }
    return out;
  }

  fs::path folder_;
  std::unique_ptr<Registry> registry_ = registry_of(register_trained_canaries);
  const Benchmark& task_ = dynamic_cast<const Benchmark&>(*registry_->tasks().front());
};

TEST_F(TrainedCanariesTest, OptionsAreOfTheSameFormAndHoldTheSecretOnce) {
  const auto samples =
      load(R"({"text": "Kurier-Code: AB-4821x fuer Halle 3", "secret": "AB-4821x", "times": 2})"
           "\n"
           R"({"text": "柜子的密码是48213。", "secret": "48213"})"
           "\n");
  ASSERT_TRUE(samples) << samples.error().message();
  const Sample& first = samples->at(0);
  EXPECT_EQ(first.context, "Kurier-Code:");
  EXPECT_EQ(first.group, "times-2");
  EXPECT_EQ(first.choices.size(), 64U);
  EXPECT_EQ(std::set<std::string>(first.choices.begin(), first.choices.end()).size(), 64U);
  EXPECT_EQ(first.choices.at(static_cast<std::size_t>(first.target_index)), " AB-4821x");
  for (const std::string& option : first.choices) {
    ASSERT_EQ(option.size(), 9U);
    EXPECT_TRUE(std::isupper(option[1]) && std::isupper(option[2]) && option[3] == '-' &&
                std::isdigit(option[4]) && std::islower(option[8]))
        << option;
  }
  EXPECT_EQ(samples->at(1).lang, Lang::zh);
  EXPECT_EQ(samples->at(1).group, "trained");
  EXPECT_EQ(samples->at(1).choices.at(static_cast<std::size_t>(samples->at(1).target_index)),
            "48213");
}

TEST_F(TrainedCanariesTest, AWrongLineIsNamed) {
  for (const char* line :
       {R"({"text": "No secret here.", "secret": "48213"})",
        R"({"text": "48213 first", "secret": "48213"})",
        R"({"text": "The code is 48.", "secret": "48"})", R"({"text": "a 48213", "secret": ""})",
        R"({"text": "a 48213", "secret": "48213", "times": -1})",
        R"({"text": "a 48213", "secret": "48213", "times": "often"})", R"({"secret": "48213"})",
        R"({"text": 5, "secret": "48213"})", "not json"}) {
    const auto samples =
        load(std::string("{\"text\": \"The code is 48213.\", \"secret\": \"48213\"}\n") + line);
    ASSERT_FALSE(samples) << line;
    EXPECT_EQ(samples.error().kind, ErrorKind::format) << line;
    EXPECT_NE(samples.error().message().find("line 2"), std::string::npos)
        << samples.error().message();
  }
  EXPECT_FALSE(load(""));
  EXPECT_FALSE(task_.load(folder_ / "none"));
}

/// Who knows nothing has the exposure of chance, trained or not.
TEST_F(TrainedCanariesTest, AModelThatLearnedNothing) {
  auto figures = played([](const Sample& s, std::size_t i) {
    return -static_cast<double>(stable_hash(s.id, i) % 100000);
  });
  EXPECT_LT(figures.at("exposure.en").interval.low, *figures.at("exposure.en").chance);
  EXPECT_GT(figures.at("exposure.en").interval.high, *figures.at("exposure.en").chance);
  EXPECT_LT(figures.at("exposure.added.en").interval.low, 0.0);
  EXPECT_GT(figures.at("exposure.added.en").interval.high, 0.0);
}

/// Who learned what stood there 16 times shows it there, and only there.
TEST_F(TrainedCanariesTest, AModelThatLearnedWhatIsOften) {
  auto figures = played([](const Sample& s, std::size_t i) {
    const bool known = s.group == "times-16" && i == static_cast<std::size_t>(s.target_index);
    return known ? -1.0 : -10.0 - static_cast<double>(stable_hash(s.id, i) % 1000) / 1000.0;
  });
  EXPECT_DOUBLE_EQ(figures.at("exposure.times-16.en").value, 6.0);
  EXPECT_LT(figures.at("exposure.times-1.en").value, 3.0);
  EXPECT_LT(figures.at("exposure.never.en").value, 3.0);
  EXPECT_GT(figures.at("exposure.added.en").interval.low, 0.0);
  EXPECT_NEAR(figures.at("first.en").value, 0.5, 0.1);
}

}  // namespace
}  // namespace assay::eval
