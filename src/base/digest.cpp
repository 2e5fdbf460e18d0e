#include "base/digest.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

namespace assay {

Sha256::Sha256() : state_{} { crypto_hash_sha256_init(&state_); }

void Sha256::update(std::string_view bytes) {
  crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size());
}

std::string Sha256::hex() {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state_, digest.data());
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.size());
  for (const unsigned char byte : digest) {
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.hex();
}

Result<std::string> sha256_file(const std::filesystem::path& file, const CancelToken* cancel) {
  errno = 0;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "rb"),
                                                               &std::fclose);
  if (!stream) {
    return fail(errno == ENOENT ? ErrorKind::not_found : ErrorKind::io,
                std::string("cannot open the file: ") + std::strerror(errno), file.string(),
                "Check the path and its permissions");
  }
  Sha256 hash;
  std::vector<char> buffer(std::size_t{1} << 20U);
  while (true) {
    const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), stream.get());
    hash.update({buffer.data(), got});
    if (got < buffer.size()) break;
    if (cancel != nullptr && cancel->requested()) {
      return fail(ErrorKind::cancelled, "stopped while hashing", file.string());
    }
  }
  if (std::ferror(stream.get()) != 0) {
    return fail(ErrorKind::io, std::string("cannot read the file: ") + std::strerror(errno),
                file.string(), "Check that it is a regular file on a healthy disk");
  }
  return hash.hex();
}

}  // namespace assay
