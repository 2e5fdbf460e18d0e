// Replies kept in a folder, one file a request: DIR/ab/abcdef....json, named after the SHA-256 of
// the whole request (address and body). Only whole, good replies are put in; a file appears at once
// or not at all, so that any number of processes may share a folder. What cannot be read back is as
// if it were not there.
// Thread-safety: any number of calls at once.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/json.h"

namespace assay::model::remote {

/// SHA-256 (hex) of a request: everything that the server sees, but for the key.
std::string request_digest(const std::string& url, const std::string& body);

class ReplyCache {
 public:
  explicit ReplyCache(std::filesystem::path folder) : folder_(std::move(folder)) {}
  [[nodiscard]] std::optional<Json> find(const std::string& digest) const;
  /// Errors: io.
  Status put(const std::string& digest, const Json& reply) const;

 private:
  [[nodiscard]] std::filesystem::path file_of(const std::string& digest) const;
  std::filesystem::path folder_;
};

}  // namespace assay::model::remote
