// Models for the engine's tests: stories260K (skips where the data is absent) and SmolLM2 (skips
// where it has not been fetched).
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/paths.h"
#include "gguf_writer.h"
#include "model/local/local.h"
#include "support/scratch_folder.h"

namespace assay::test {

namespace fs = std::filesystem;
using model::local::Dtype;

inline constexpr const char* chat_template =
    "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}";

class Stories : public testing::Test {
 protected:
  void SetUp() override {
    const auto bytes = stories_gguf(fs::path(ASSAY_SHARED_DATA) / "models/stories260K");
    if (!bytes) GTEST_SKIP() << "stories260K is not in " ASSAY_SHARED_DATA;
    bytes_ = *bytes;
    write_file(folder_ / "stories260K.gguf", bytes_);
  }
  std::unique_ptr<model::Model> open(model::local::Options options = {},
                                     const std::string& file = "stories260K.gguf") {
    options.cache_dir = folder_.path() / "cache";
    if (options.dtype == Dtype::automatic) options.dtype = Dtype::as_stored;
    if (options.threads == 0) options.threads = 1;
    auto opened = model::local::open(folder_ / file, options);
    if (!opened) {
      ADD_FAILURE() << opened.error().message();
      return nullptr;
    }
    return std::move(*opened);
  }
  ScratchFolder folder_;
  std::string bytes_;
};

}  // namespace assay::test
