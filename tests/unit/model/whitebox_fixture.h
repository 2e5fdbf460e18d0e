// Tiny models for the white box's tests: weights by the formula of
// tests/parity/make_whitebox_golden.py, written as safetensors. Skips without the plug-in.
#pragma once

#include <cmath>
#include <gtest/gtest.h>

#include "base/json.h"
#include "fixture.h"
#include "model/whitebox.h"

namespace assay::test {

inline std::vector<float> formula(const std::string& name, std::uint64_t count,
                                  bool one_dimensional) {
  std::uint64_t h = 2166136261U;
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 16777619U & 0xFFFFFFFFU;
  std::vector<float> values;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint64_t s = (i * 2654435761U + h) & 0xFFFFFFFFU;
    s = (s ^ (s >> 15U)) * 2246822519U & 0xFFFFFFFFU;
    s = (s ^ (s >> 13U)) * 3266489917U & 0xFFFFFFFFU;
    double value = (static_cast<double>(s >> 8U) / 16777216.0 - 0.5) * 0.5;
    if (one_dimensional && name.ends_with("weight")) value += 1.0;
    values.push_back(static_cast<float>(value));
  }
  return values;
}

/// Shapes {name: [...]} as a safetensors file of the formula's values.
inline std::string formula_safetensors(const Json& shapes) {
  Json header = Json::object();
  std::string data;
  for (const auto& [name, shape] : shapes.items()) {
    std::uint64_t count = 1;
    for (const auto& extent : shape) count *= extent.get<std::uint64_t>();
    const auto values = formula(name, count, shape.size() == 1);
    const std::uint64_t begin = data.size();
    data.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
    header[name] = {{"dtype", "F32"}, {"shape", shape}, {"data_offsets", {begin, data.size()}}};
  }
  const std::string text = header.dump();
  const std::uint64_t length = text.size();
  return std::string(reinterpret_cast<const char*>(&length), sizeof length) + text + data;
}

inline const Json& whitebox_golden() {
  static const Json golden =
      Json::parse(read_file(fs::path(ASSAY_SOURCE_DIR) / "tests/golden/model/whitebox.json"));
  return golden;
}

class WhiteBoxTest : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto there = model::whitebox_available(); !there) {
      GTEST_SKIP() << there.error().message();
    }
  }
  fs::path write(const std::string& family) {
    const Json& made = whitebox_golden()["families"][family];
    fs::create_directories(folder_ / family);
    write_file(folder_ / family / "config.json", made["config"].dump());
    write_file(folder_ / family / "model.safetensors", formula_safetensors(made["shapes"]));
    return folder_ / family;
  }
  std::unique_ptr<model::WhiteBox> open(const std::string& family) {
    model::WhiteBoxOptions options;
    options.threads = 1;
    auto opened = model::open_whitebox(write(family), options);
    if (!opened) {
      ADD_FAILURE() << opened.error().message();
      return nullptr;
    }
    return std::move(*opened);
  }
  ScratchFolder folder_;
};

/// stories260K, where there is a plug-in to look inside it.
class WhiteBoxStories : public Stories {
 protected:
  void SetUp() override {
    if (const auto there = model::whitebox_available(); !there) {
      GTEST_SKIP() << there.error().message();
    }
    Stories::SetUp();
  }
};

/// Opens the smallest real model as a white box.
class SmallBox : public WhiteBoxStories {
 protected:
  void SetUp() override {
    WhiteBoxStories::SetUp();
    if (IsSkipped()) return;
    model::WhiteBoxOptions options;
    options.threads = 1;
    auto opened = model::open_whitebox(folder_ / "stories260K.gguf", options);
    ASSERT_TRUE(opened) << opened.error().message();
    box_ = std::move(*opened);
  }
  std::unique_ptr<model::WhiteBox> box_;
  const model::Tokens tokens_{1, 403, 407, 261, 378, 420};
  const model::Tokens others_{1, 403, 407, 312, 290, 420};
};

/// Largest difference over the largest expected value.
inline double relative(std::span<const float> got, std::span<const float> expected) {
  if (got.size() != expected.size()) return INFINITY;
  double delta = 0;
  double largest = 1e-30;
  for (std::size_t i = 0; i < got.size(); ++i) {
    delta =
        std::max(delta, std::abs(static_cast<double>(got[i]) - static_cast<double>(expected[i])));
    largest = std::max(largest, std::abs(static_cast<double>(expected[i])));
    if (std::isnan(got[i])) return INFINITY;
  }
  return delta / largest;
}

inline double relative(const model::Tensor& got, const model::Tensor& expected) {
  return got.shape == expected.shape ? relative(got.data, expected.data) : INFINITY;
}

}  // namespace assay::test
