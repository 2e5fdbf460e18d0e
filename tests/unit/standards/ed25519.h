// Ed25519 keys (libsodium) of fixed seeds, for signing and verifying in tests.
#pragma once

#include <array>
#include <map>
#include <sodium.h>
#include <string>
#include <string_view>

#include "standards/dsse.h"

namespace assay::standards::test {

class Key {
 public:
  /// The seed's bytes are first, first + 1, ...
  explicit Key(unsigned char first) {
    std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
    for (unsigned char& byte : seed) byte = first++;
    crypto_sign_seed_keypair(public_.data(), secret_.data(), seed.data());
  }
  [[nodiscard]] SignBytes signer() const {
    return [this](std::string_view bytes) -> Result<std::string> {
      std::string out(crypto_sign_BYTES, '\0');
      crypto_sign_detached(reinterpret_cast<unsigned char*>(out.data()), nullptr,
                           reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                           secret_.data());
      return out;
    };
  }
  [[nodiscard]] bool made(std::string_view bytes, const std::string& signature) const {
    return signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(signature.data()),
                                       reinterpret_cast<const unsigned char*>(bytes.data()),
                                       bytes.size(), public_.data()) == 0;
  }

 private:
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_{};
};

inline VerifyBytes verifier(std::map<std::string, const Key*> keys) {
  return
      [keys = std::move(keys)](std::string_view bytes,
                               const Signature& signature) -> Result<std::optional<std::string>> {
        for (const auto& [name, key] : keys) {
          if (key->made(bytes, signature.bytes)) return std::optional(name);
        }
        return std::optional<std::string>();
      };
}

}  // namespace assay::standards::test
