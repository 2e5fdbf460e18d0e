// The one symbol of libassay-whitebox.so.
#include <torch/version.h>

#include "model/torch/engine.h"
#include "model/whitebox_plugin.h"

namespace {

assay::Result<std::unique_ptr<assay::model::WhiteBox>> open(
    const std::filesystem::path& model, const assay::model::WhiteBoxOptions& options) {
  ASSAY_TRY(auto engine, assay::model::torch_engine::Engine::load(model, options));
  return std::unique_ptr<assay::model::WhiteBox>(std::move(engine));
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const assay::model::WhiteBoxPlugin*
assay_whitebox_plugin() {
  static const assay::model::WhiteBoxPlugin plugin{assay::model::whitebox_plugin_version,
                                                   "libtorch " TORCH_VERSION, open};
  return &plugin;
}
