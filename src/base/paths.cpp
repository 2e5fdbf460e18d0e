#include "base/paths.h"

#include <cstdlib>

namespace assay {
namespace {

std::filesystem::path xdg(const char* variable, const char* below_home) {
  const char* value = std::getenv(variable);
  if (value != nullptr && *value != '\0') return std::filesystem::path(value) / "assay";
  const char* home = std::getenv("HOME");
  const std::filesystem::path base =
      home != nullptr && *home != '\0' ? std::filesystem::path(home) : std::filesystem::path("/");
  return base / below_home / "assay";
}

}  // namespace

std::filesystem::path user_cache_dir() { return xdg("XDG_CACHE_HOME", ".cache"); }
std::filesystem::path model_cache_dir() { return user_cache_dir() / "models"; }
std::filesystem::path user_data_dir() { return xdg("XDG_DATA_HOME", ".local/share"); }

}  // namespace assay
