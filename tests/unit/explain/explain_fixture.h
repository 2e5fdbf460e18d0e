// Models for the tests of explanations: stories260K as a white box (skips without the plug-in or
// the data), and SmolLM2 with its tokenizer (skips where it has not been fetched).
#pragma once

#include <gtest/gtest.h>

#include "../model/fixture.h"
#include "explain/lab.h"

namespace assay::test {

/// Opens the smallest real model as a white box.
class SmallBox : public Stories {
 protected:
  void SetUp() override {
    if (const auto there = model::whitebox_available(); !there) {
      GTEST_SKIP() << there.error().message();
    }
    Stories::SetUp();
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

/// SmolLM2, opened once for the program: a lab that works.
inline std::shared_ptr<explain::Lab> smollm2_lab() {
  static std::unique_ptr<model::Model> target;
  static std::shared_ptr<explain::Lab> lab;
  static bool tried = false;
  if (tried) return lab;
  tried = true;
  const auto file = model_cache_dir() / "SmolLM2-135M-Instruct.Q4_1.gguf";
  if (!fs::exists(file) || !model::whitebox_available()) return nullptr;
  model::local::Options options;
  options.dtype = Dtype::as_stored;
  auto opened = model::local::open(file, options);
  if (!opened) return nullptr;
  target = std::move(*opened);
  lab = std::make_shared<explain::Lab>();
  lab->target = target.get();
  lab->weights.file = file;
  lab->seed = 1;
  return lab;
}

}  // namespace assay::test
