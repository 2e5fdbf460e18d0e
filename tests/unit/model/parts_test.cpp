// Parts of the engine that need no model: logits, stop strings, the energy meter, sampling.
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <thread>

#include "base/random.h"
#include "fixture.h"
#include "model/energy.h"
#include "model/local/logits.h"
#include "model/local/sampler.h"
#include "model/local/text_stream.h"
#include "model/local/tokenizer.h"

namespace assay::test {
namespace {

using model::local::TextStream;

TEST(Logits, LogNormaliserAgreesWithDoubleArithmetic) {
  Rng rng(1);
  for (const std::size_t size : {1U, 15U, 16U, 17U, 1024U, 1040U, 5003U, 49152U}) {
    std::vector<float> logits(size);
    for (auto& logit : logits) logit = static_cast<float>(8.0 * rng.normal() - 3.0);
    const auto summary = model::local::summarise_row(logits);
    const auto best = std::max_element(logits.begin(), logits.end());
    EXPECT_EQ(summary.best, best - logits.begin());
    double sum = 0.0;
    for (const float logit : logits) sum += std::exp(static_cast<double>(logit - *best));
    EXPECT_NEAR(summary.log_normaliser, static_cast<double>(*best) + std::log(sum), 2e-6);
  }
}

TEST(Logits, LowestOfEqualOnesIsTheBest) {
  const std::vector<float> logits = {0.0F, 2.0F, -1.0F, 2.0F};
  EXPECT_EQ(model::local::best_of_row(logits), 1);
  const std::vector<float> far = {-1000.0F, 0.0F, -1e30F};
  EXPECT_NEAR(model::local::summarise_row(far).log_normaliser, 0.0, 1e-6);
}

TEST(Logits, MomentsAgreeWithDoubleArithmetic) {
  Rng rng(2);
  for (const std::size_t size : {1U, 17U, 5003U}) {
    std::vector<float> logits(size);
    for (auto& logit : logits) logit = static_cast<float>(6.0 * rng.normal() + 40.0);
    const auto summary = model::local::summarise_row(logits);
    const auto moments = model::local::row_moments(logits, summary);
    double mean = 0.0;
    double square = 0.0;
    for (const float logit : logits) {
      const double logprob = static_cast<double>(logit) - summary.log_normaliser;
      mean += std::exp(logprob) * logprob;
      square += std::exp(logprob) * logprob * logprob;
    }
    EXPECT_NEAR(moments.mean, mean, 1e-5);
    EXPECT_NEAR(moments.sd, std::sqrt(std::max(square - mean * mean, 0.0)), 1e-4);
  }
}

TEST(Logits, EachRowIsVisitedOnce) {
  for (const int threads : {1, 2, 5}) {
    std::vector<int> visits(37, 0);
    model::local::parallel_rows(visits.size(), threads, [&](std::size_t row) { ++visits[row]; });
    EXPECT_EQ(std::accumulate(visits.begin(), visits.end(), 0), 37);
    EXPECT_EQ(*std::max_element(visits.begin(), visits.end()), 1);
  }
}

TEST(TextStream, HoldsBackWhatMayBecomeAStopString) {
  TextStream stream({"\n\nUser:", "###"});
  EXPECT_FALSE(stream.append("Hello\n"));
  EXPECT_EQ(stream.take(), "Hello");
  EXPECT_FALSE(stream.append("\nUs"));
  EXPECT_EQ(stream.take(), "");
  EXPECT_FALSE(stream.append("e it. #"));
  EXPECT_EQ(stream.take(), "\n\nUse it. ");
  EXPECT_TRUE(stream.append("## more"));
  EXPECT_EQ(stream.finish(), "");
  EXPECT_EQ(stream.text(), "Hello\n\nUse it. ");
}

TEST(TextStream, TheFirstOfSeveralStopStringsWins) {
  TextStream stream({"b", "ab", ""});
  EXPECT_TRUE(stream.append("xxab"));
  EXPECT_EQ(stream.finish(), "xx");
}

TEST(TextStream, GivesWholeCharactersOnly) {
  TextStream stream({});
  stream.append("\xE8\xAF");  // the first two bytes of U+8BD5
  EXPECT_EQ(stream.take(), "");
  stream.append("\x95\xE9");
  EXPECT_EQ(stream.take(), "\xE8\xAF\x95");
  EXPECT_EQ(stream.finish(), "\xEF\xBF\xBD");
  TextStream wrong({});
  wrong.append(
      "a\xFF"
      "b\xC0\x80");
  EXPECT_EQ(wrong.take() + wrong.finish(),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Sampler, DrawsFollowTheDistribution) {
  const std::vector<float> logits = {std::log(0.5F), std::log(0.3F), std::log(0.15F),
                                     std::log(0.05F)};
  const auto shares = [&](model::Sampling sampling) {
    sampling.seed = 5;
    model::local::Sampler sampler(sampling);
    std::vector<double> share(logits.size(), 0.0);
    for (int i = 0; i < 20000; ++i) {
      share[static_cast<std::size_t>(sampler.choose(logits, false).token)] += 1.0 / 20000;
    }
    return share;
  };
  model::Sampling plain;
  plain.temperature = 1.0;
  const auto all = shares(plain);
  EXPECT_NEAR(all[0], 0.5, 0.015);
  EXPECT_NEAR(all[3], 0.05, 0.01);
  auto nucleus = plain;
  nucleus.top_p = 0.7;  // 0.5 + 0.3 reach it
  const auto two = shares(nucleus);
  EXPECT_NEAR(two[0], 0.625, 0.015);
  EXPECT_EQ(two[2], 0.0);
  auto floor = plain;
  floor.min_p = 0.29;  // at least 0.145
  EXPECT_EQ(shares(floor)[3], 0.0);
  EXPECT_GT(shares(floor)[2], 0.0);
  auto top = plain;
  top.top_k = 3;
  EXPECT_EQ(shares(top)[3], 0.0);
  auto hot = plain;
  hot.temperature = 2.0;  // weights are square roots
  const double sum = std::sqrt(0.5) + std::sqrt(0.3) + std::sqrt(0.15) + std::sqrt(0.05);
  EXPECT_NEAR(shares(hot)[0], std::sqrt(0.5) / sum, 0.015);
}

TEST(Sampler, RefusesWhatIsOutOfRange) {
  model::Sampling sampling;
  EXPECT_TRUE(model::local::check_sampling(sampling));
  sampling.temperature = std::nan("");
  EXPECT_FALSE(model::local::check_sampling(sampling));
  sampling = {};
  sampling.top_p = 1.5;
  EXPECT_FALSE(model::local::check_sampling(sampling));
  sampling = {};
  sampling.min_p = -0.1;
  EXPECT_FALSE(model::local::check_sampling(sampling));
  sampling = {};
  sampling.top_k = -1;
  EXPECT_FALSE(model::local::check_sampling(sampling));
}

TEST(Tokenizer, KnowsTheSpacesThatPythonStrips) {
  EXPECT_EQ(model::local::trailing_space_bytes("a b"), 0U);
  EXPECT_EQ(model::local::trailing_space_bytes("a \t\n"), 3U);
  EXPECT_EQ(model::local::trailing_space_bytes("a\xC2\xA0 \xE3\x80\x80"), 6U);
  EXPECT_EQ(model::local::trailing_space_bytes("\xE4\xBD\xA0"), 0U);
  EXPECT_EQ(model::local::trailing_space_bytes("   "), 3U);
}

TEST(EnergyMeter, ReadsCountersThatWrap) {
  ScratchFolder folder;
  const auto write = [&](const std::string& name, const std::string& uj) {
    fs::create_directories(folder / name);
    write_file(folder / (name + "/energy_uj"), uj + "\n");
    write_file(folder / (name + "/max_energy_range_uj"), "10000000\n");
  };
  write("intel-rapl:0", "9000000");
  write("intel-rapl:0:0", "1");  // a part of package 0
  model::EnergyMeter meter(2, folder.path());
  meter.start();
  write("intel-rapl:0", "9500000");
  meter.poll();
  write("intel-rapl:0", "1500000");
  const auto energy = meter.stop();
  EXPECT_FALSE(energy.modelled);
  EXPECT_NEAR(energy.joules, 2.5, 1e-9);
}

TEST(EnergyMeter, ModelsWhereThereIsNoCounter) {
  model::EnergyMeter meter(2, "/nonexistent");
  meter.start();
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
  const auto energy = meter.stop();
  EXPECT_TRUE(energy.modelled);
  EXPECT_GT(energy.joules, 0.0);
}

}  // namespace
}  // namespace assay::test
