// The key to a server. It goes into one header and nowhere else: what a server sends back is
// searched for it, so that an echo of it reaches no message, store or report.
// Thread-safety: immutable.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::model::remote {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}

  /// From the file (its first line), else from the environment variable; an unset variable is no
  /// key, which many servers need none. Errors: not_found, io, usage (control characters).
  static Result<Secret> load(const std::string& file, const std::string& variable);

  [[nodiscard]] bool empty() const { return value_.empty(); }
  /// "Authorization: Bearer ..."; not to be called when empty.
  [[nodiscard]] std::string header() const { return "Authorization: Bearer " + value_; }
  /// The text with "[key]" wherever the key stood. Keys under 8 characters ("none", "EMPTY") are
  /// no secrets, and texts may hold them.
  [[nodiscard]] std::string without(std::string text) const;

 private:
  std::string value_;
};

}  // namespace assay::model::remote
