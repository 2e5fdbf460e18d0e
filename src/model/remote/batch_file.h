// Files of the vendors' batch interface (one JSON object a line): requests out, results in.
//   out  {"custom_id", "method": "POST", "url": "/v1/chat/completions", "body": {...}}
//   in   {"custom_id", "response": {"status_code", "body"}, "error"}
// A request's custom_id is the digest of the whole request, so that a result can only answer the
// question that was asked. Thread-safety: one thread per object.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>

#include "base/json.h"

namespace assay::model::remote {

/// Legal call order: open() once, then add(), close().
class BatchWriter {
 public:
  /// Writes a new file. Errors: usage (it is there already), io.
  static Result<BatchWriter> open(const std::filesystem::path& file);
  /// `path`: of the address, e.g. "/v1/chat/completions". Each request once. Errors: io.
  Status add(const std::string& digest, const std::string& path, const std::string& body);
  Status flush();
  [[nodiscard]] std::size_t count() const { return written_.size(); }

 private:
  BatchWriter() : out_(nullptr, &std::fclose) {}
  std::filesystem::path file_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> out_;
  std::set<std::string> written_;
};

/// A result of the batch: the reply, or why there is none.
using BatchResults = std::unordered_map<std::string, Result<Json>>;  ///< by digest
/// The later of two results of one request counts. Errors: not_found, io, format (with the line).
Result<BatchResults> read_batch_results(const std::filesystem::path& file);
/// The same of text at hand.
Result<BatchResults> parse_batch_results(std::string_view text, const std::string& where);

}  // namespace assay::model::remote
