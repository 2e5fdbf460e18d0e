// SHA-256 (FIPS 180-4, by libsodium) of bytes, streams and files, as 64 lower-case hex digits.
// Thread-safety: one Sha256 per thread; the functions are pure.
#pragma once

#include <filesystem>
#include <sodium/crypto_hash_sha256.h>
#include <string>
#include <string_view>

#include "base/cancel.h"
#include "base/result.h"

namespace assay {

/// Legal call order: any number of update(), then hex() once.
class Sha256 {
 public:
  Sha256();
  void update(std::string_view bytes);
  [[nodiscard]] std::string hex();

 private:
  crypto_hash_sha256_state state_;
};

std::string sha256_hex(std::string_view bytes);
/// Reads the file in pieces; errors: not_found, io, cancelled.
Result<std::string> sha256_file(const std::filesystem::path& file,
                                const CancelToken* cancel = nullptr);

}  // namespace assay
