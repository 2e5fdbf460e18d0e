// Plain tensors, and loading the plug-in that holds libtorch.
#include "model/whitebox.h"

#include <cstdlib>
#include <dlfcn.h>
#include <unistd.h>

#include "model/whitebox_plugin.h"

namespace assay::model {
namespace {

namespace fs = std::filesystem;
constexpr const char* library_name = "libassay-whitebox.so";
constexpr const char* how_to_get =
    "Install libtorch (Debian: libtorch-dev and libopenblas0-openmp; or unpack one and set "
    "CMAKE_PREFIX_PATH) and build again; see docs/development.md";

/// $ASSAY_WHITEBOX_LIBRARY, else beside the program, in the build's src folder, or in lib/assay of
/// the installation.
std::vector<fs::path> places() {
  if (const char* named = std::getenv("ASSAY_WHITEBOX_LIBRARY");
      named != nullptr && *named != '\0') {
    return {named};
  }
  std::error_code error;
  const fs::path here = fs::read_symlink("/proc/self/exe", error).parent_path();
  return {here / library_name, here.parent_path() / "src" / library_name,
          here.parent_path() / "lib/assay" / library_name};
}

struct Loaded {
  const WhiteBoxPlugin* plugin = nullptr;
  Error problem;
};

Loaded load() {
  std::error_code error;
  for (const fs::path& place : places()) {
    if (!fs::exists(place, error)) continue;
    void* library = ::dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
      const char* why = ::dlerror();
      return {
          nullptr,
          {ErrorKind::unsupported,
           std::string("the white box cannot be loaded: ") + (why != nullptr ? why : "no reason"),
           place.string(), "Install the libtorch that it was built with"}};
    }
    const auto entry =
        reinterpret_cast<const WhiteBoxPlugin* (*)()>(::dlsym(library, "assay_whitebox_plugin"));
    const WhiteBoxPlugin* plugin = entry != nullptr ? entry() : nullptr;
    if (plugin == nullptr || plugin->version != whitebox_plugin_version) {
      return {nullptr,
              {ErrorKind::unsupported, "the white box is of another version of Assay",
               place.string(), "Build or install both together"}};
    }
    return {plugin, {}};
  }
  return {nullptr, {ErrorKind::unsupported, "this build has no white box", {}, how_to_get}};
}

const Loaded& loaded() {
  static const Loaded once = load();
  return once;
}

}  // namespace

Tensor Tensor::of(std::vector<std::int64_t> shape, std::vector<float> values) {
  const auto owner = std::make_shared<const std::vector<float>>(std::move(values));
  return {std::move(shape), {owner->data(), owner->size()}, owner};
}

std::span<const float> Tensor::row(std::int64_t i) const {
  const auto width =
      static_cast<std::size_t>(shape.empty() || shape[0] == 0 ? 0 : size() / shape[0]);
  return data.subspan(static_cast<std::size_t>(i) * width, width);
}

std::vector<MetricTerm> cross_entropy(std::span<const std::int32_t> target, std::int64_t position) {
  std::vector<MetricTerm> terms;
  const float weight = -1.0F / static_cast<float>(target.size());
  for (std::size_t i = 0; i < target.size(); ++i) {
    terms.push_back({position + static_cast<std::int64_t>(i), target[i], weight, true});
  }
  return terms;
}

std::vector<MetricTerm> logit_difference(std::int32_t right, std::int32_t wrong,
                                         std::int64_t position) {
  return {{position, right, 1.0F, false}, {position, wrong, -1.0F, false}};
}

Status whitebox_available() {
  if (loaded().plugin != nullptr) return {};
  return tl::unexpected(loaded().problem);
}

Result<std::string> whitebox_engine() {
  ASSAY_CHECK(whitebox_available());
  return std::string(loaded().plugin->engine);
}

Result<std::unique_ptr<WhiteBox>> open_whitebox(const fs::path& model,
                                                const WhiteBoxOptions& options) {
  ASSAY_CHECK(whitebox_available());
  return loaded().plugin->open(model, options);
}

}  // namespace assay::model
