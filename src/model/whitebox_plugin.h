// What libassay-whitebox.so (src/model/torch) gives to the program that loads it: libtorch is large
// and slow to start, so only what opens a white box loads it. Both are of one build, hence C++
// types. Thread-safety: constant.
#pragma once

#include <filesystem>
#include <memory>

#include "model/whitebox.h"

namespace assay::model {

/// Changes with every change of model/whitebox.h.
inline constexpr int whitebox_plugin_version = 1;

struct WhiteBoxPlugin {
  int version = 0;
  const char* engine = nullptr;  ///< "libtorch 1.13.0"
  Result<std::unique_ptr<WhiteBox>> (*open)(const std::filesystem::path& model,
                                            const WhiteBoxOptions& options) = nullptr;
};

}  // namespace assay::model
