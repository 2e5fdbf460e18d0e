#include "explain/probe.h"

#include <cmath>
#include <fstream>
#include <gtest/gtest.h>
#include <numeric>
#include <set>

#include "base/json.h"
#include "base/random.h"

namespace assay::test {
namespace {

using explain::ProbeData;

/// As in tests/parity/make_probe_golden.py.
ProbeData formula_data(std::size_t features) {
  ProbeData out;
  out.items = 50;
  out.features = features;
  for (std::size_t i = 0; i < out.items; ++i) {
    const bool label = i * 7 % 5 < 2;
    out.labels.push_back(label);
    out.clusters.push_back(static_cast<std::uint32_t>(i / 2));
    for (std::size_t k = 0; k < features; ++k) {
      const double x = std::sin(0.37 * static_cast<double>((i + 1) * (k + 1))) +
                       (label ? 0.5 : 0.0) * std::cos(static_cast<double>(k));
      out.rows.push_back(k == 3 ? 2.5F : static_cast<float>(x));
    }
  }
  return out;
}

std::span<const float> row(const ProbeData& data, std::size_t i) {
  return std::span<const float>(data.rows).subspan(i * data.features, data.features);
}

TEST(Probe, AgreesWithScikitLearn) {
  std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/tests/golden/explain/probe.json");
  const Json golden = Json::parse(file);
  ASSERT_EQ(golden.size(), 3U);
  std::vector<std::size_t> train(40);
  std::iota(train.begin(), train.end(), std::size_t{0});
  for (const Json& each : golden) {
    const ProbeData data = formula_data(each["features"].get<std::size_t>());
    const auto probe = explain::fit_probe(data, train, each["c"].get<double>());
    ASSERT_TRUE(probe) << probe.error().message();
    for (std::size_t i = 0; i < data.items; ++i) {
      EXPECT_NEAR(probe->score(row(data, i)), each["scores"][i].get<double>(), 1e-5) << i;
    }
  }
}

TEST(Probe, NoClusterIsInTrainingAndTest) {
  const ProbeData data = formula_data(8);
  const auto found = explain::cross_validate(data, 5, 3);
  ASSERT_TRUE(found) << found.error().message();
  for (std::size_t i = 0; i + 1 < data.items; i += 2) EXPECT_EQ(found->fold[i], found->fold[i + 1]);
  EXPECT_EQ(std::set<int>(found->fold.begin(), found->fold.end()).size(), 5U);
  std::vector<std::size_t> others;
  for (std::size_t i = 0; i < data.items; ++i) {
    if (found->fold[i] != found->fold[7]) others.push_back(i);
  }
  const auto probe = explain::fit_probe(data, others);
  ASSERT_TRUE(probe);
  EXPECT_NEAR(found->scores[7], probe->score(row(data, 7)), 1e-9);
}

TEST(Probe, ReadsWhatIsThereAndNotWhatIsNot) {
  Rng rng(5);
  ProbeData data;
  data.items = 100;
  data.features = 200;
  for (std::size_t i = 0; i < data.items; ++i) {
    data.labels.push_back(i % 2 == 1);
    data.clusters.push_back(static_cast<std::uint32_t>(i));
    for (std::size_t k = 0; k < data.features; ++k) {
      data.rows.push_back(static_cast<float>(rng.normal() + (k < 10 && i % 2 == 1 ? 2.0 : 0.0)));
    }
  }
  const auto right = [&](const ProbeData& of) {
    const auto found = explain::cross_validate(of, 5, 1);
    double count = 0.0;
    for (std::size_t i = 0; i < of.items; ++i) {
      if ((found->scores[i] > 0.0) == of.labels[i]) count += 0.01;
    }
    return count;
  };
  EXPECT_GT(right(data), 0.9);
  data.labels = explain::shuffled_labels(data.labels, 4);
  EXPECT_LT(right(data), 0.7);
  EXPECT_EQ(std::count(data.labels.begin(), data.labels.end(), true), 50);
}

TEST(Probe, NeedsBothLabelsAndEnoughClusters) {
  ProbeData data = formula_data(8);
  EXPECT_EQ(explain::cross_validate(data, 26, 1).error().kind, ErrorKind::usage);
  data.labels.assign(data.items, true);
  EXPECT_EQ(explain::cross_validate(data, 5, 1).error().kind, ErrorKind::usage);
}

}  // namespace
}  // namespace assay::test
