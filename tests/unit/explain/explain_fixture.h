// Models for the tests of explanations: stories260K as a white box (skips without the plug-in or
// the data), and SmolLM2 with its tokenizer (skips where it has not been fetched).
#pragma once

#include <gtest/gtest.h>

#include "../model/whitebox_fixture.h"
#include "explain/lab.h"

namespace assay::test {

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
