// Keys that sign: Ed25519 (RFC 8032), by libsodium. A key is a file of mode 0600 in the folder of
// keys; its secret may be sealed by a passphrase (Argon2id, XChaCha20-Poly1305). No error, log or
// report holds a secret; in memory it lies in guarded pages (sodium_malloc) and is wiped.
//
// An Ed25519 key also opens what was sealed to it (X25519 sealed box), so that an auditor needs one
// key only.
//
// Legal call order: SigningKey::make() -> save(); later load(). Thread-safety: a SigningKey may be
// used by several threads; files are written whole and by rename.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/note.h"
#include "base/result.h"

namespace assay::audit {

/// user_data_dir()/keys, unless $ASSAY_KEYS names another folder.
std::filesystem::path default_key_folder();

class SigningKey {
 public:
  /// A new key. Errors: usage (the name may not be one), internal.
  static Result<SigningKey> make(std::string name);
  /// From a seed of 32 bytes (RFC 8032, section 5.1.5), for known answers.
  static Result<SigningKey> from_seed(std::string name, std::string_view seed);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] Verifier verifier(SignatureType type = SignatureType::ed25519) const;
  /// The same key under another name: a log's origin.
  [[nodiscard]] SigningKey named(std::string name) const;
  /// 64 bytes.
  [[nodiscard]] std::string sign(std::string_view message) const;
  /// Opens what seal_to() made for this key. Error: format.
  [[nodiscard]] Result<std::string> open_sealed(std::string_view sealed) const;

  /// Writes folder/<file>.key, or one named after the key, with the secret sealed if there is a
  /// passphrase. Errors: usage if there is one of this name already; io.
  [[nodiscard]] Result<std::filesystem::path> save(const std::filesystem::path& folder,
                                                   const std::optional<std::string>& passphrase,
                                                   const std::string& file = {}) const;

 private:
  friend class KeyFile;
  SigningKey() = default;
  std::string name_;
  PublicKey public_{};
  std::shared_ptr<const unsigned char> secret_;  ///< 64 bytes of libsodium's form
};

/// Bytes that only the holder of the key can read. Error: format (no such key on the curve).
Result<std::string> seal_to(const Verifier& reader, std::string_view bytes);

/// A key as it lies in the folder, not opened.
class KeyFile {
 public:
  /// Errors: not_found (with near names), io, format; io too if others may read it.
  static Result<KeyFile> find(const std::filesystem::path& folder, const std::string& name);
  /// By name. A folder that is not there is empty.
  static Result<std::vector<KeyFile>> list(const std::filesystem::path& folder);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const PublicKey& public_key() const { return public_; }
  [[nodiscard]] bool needs_passphrase() const { return sealed_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] Verifier verifier() const { return {name_, SignatureType::ed25519, public_}; }
  /// Errors: usage (needs a passphrase, or it is wrong), format.
  [[nodiscard]] Result<SigningKey> open(const std::optional<std::string>& passphrase) const;

 private:
  static Result<KeyFile> read(const std::filesystem::path& file);
  std::string name_;
  PublicKey public_{};
  bool sealed_ = false;
  std::string salt_, secret_;
  std::uint64_t operations_ = 0, memory_ = 0;
  std::filesystem::path path_;
};

}  // namespace assay::audit
