#include "audit/keys.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/files.h"
#include "base/json.h"
#include "base/paths.h"
#include "base/suggestion.h"

namespace assay::audit {
namespace {

constexpr const char* kSchema = "assay.key/1";
constexpr std::int64_t kMaxKeyFile = 64 * 1024;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::uint64_t kMaxMemory = std::uint64_t{4} << 30U;  ///< of a file's Argon2id
constexpr std::uint64_t kMaxOperations = 64;

bool ready() {
  static const bool ok = sodium_init() >= 0;
  return ok;
}

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

std::shared_ptr<unsigned char> guarded(std::size_t bytes) {
  return {static_cast<unsigned char*>(sodium_malloc(bytes)), [](unsigned char* p) {
            if (p != nullptr) sodium_free(p);
          }};
}

/// A name as a file's name: all but letters, digits, "." and "-" becomes "_".
std::string file_name(const std::string& name) {
  std::string out = name;
  for (char& c : out) {
    const bool kept = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '.' || c == '-';
    if (!kept) c = '_';
  }
  if (out.starts_with('.')) out.front() = '_';
  return out + ".key";
}

/// The key that seals a secret, from a passphrase.
Result<std::shared_ptr<unsigned char>> stretched(const std::string& passphrase,
                                                 const std::string& salt, std::uint64_t operations,
                                                 std::uint64_t memory) {
  auto key = guarded(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  if (!key || crypto_pwhash(key.get(), crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
                            passphrase.data(), passphrase.size(), raw(salt), operations, memory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorKind::limit, "there is not enough memory to open a key with a passphrase", "",
                "It needs " + std::to_string(memory >> 20U) + " MiB");
  }
  return key;
}

/// A new file that only its owner can read, written whole or not at all.
Status write_secret(const std::filesystem::path& file, const std::string& text) {
  const auto trouble = [&](const char* what) {
    return fail(ErrorKind::io, std::string(what) + ": " + std::strerror(errno), file.string(),
                "Name another folder by $ASSAY_KEYS, or keep no evidence: --evidence none");
  };
  const std::string aside = file.string() + ".new";
  ::unlink(aside.c_str());
  const int fd = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return trouble("the key can't be written");
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool kept = written && ::fsync(fd) == 0;
  const int problem = errno;
  ::close(fd);
  // link(2), not rename(2): a key that is there is never replaced.
  if (kept && ::link(aside.c_str(), file.c_str()) == 0) {
    ::unlink(aside.c_str());
    return {};
  }
  if (kept) {
    const int why = errno;
    ::unlink(aside.c_str());
    errno = why;
    if (why == EEXIST) {
      return fail(ErrorKind::usage, "there is a key of this name already", file.string(),
                  "Choose another name; keys are never replaced");
    }
    return trouble("the key can't be written");
  }
  ::unlink(aside.c_str());
  errno = problem;
  return trouble("the key can't be written");
}

}  // namespace

std::filesystem::path default_key_folder() {
  const char* named = std::getenv("ASSAY_KEYS");
  return named != nullptr && *named != '\0' ? std::filesystem::path(named)
                                            : user_data_dir() / "keys";
}

Result<SigningKey> SigningKey::make(std::string name) {
  if (!ready()) return fail(ErrorKind::internal, "libsodium does not start");
  auto seed = guarded(crypto_sign_ed25519_SEEDBYTES);
  if (!seed) return fail(ErrorKind::limit, "no memory for a key");
  randombytes_buf(seed.get(), crypto_sign_ed25519_SEEDBYTES);
  return from_seed(std::move(name),
                   {reinterpret_cast<const char*>(seed.get()), crypto_sign_ed25519_SEEDBYTES});
}

Result<SigningKey> SigningKey::from_seed(std::string name, std::string_view seed) {
  if (!ready()) return fail(ErrorKind::internal, "libsodium does not start");
  if (!valid_key_name(name)) {
    return fail(ErrorKind::usage, "this can't be the name of a key", name,
                "Take a name as of a web page, like safety.example.org/evidence: no spaces, no +");
  }
  if (seed.size() != crypto_sign_ed25519_SEEDBYTES) {
    return fail(ErrorKind::format, "the seed of a key has 32 bytes");
  }
  SigningKey out;
  out.name_ = std::move(name);
  auto secret = guarded(crypto_sign_ed25519_SECRETKEYBYTES);
  if (!secret) return fail(ErrorKind::limit, "no memory for a key");
  crypto_sign_ed25519_seed_keypair(out.public_.data(), secret.get(), raw(seed));
  sodium_mprotect_readonly(secret.get());
  out.secret_ = std::move(secret);
  return out;
}

Verifier SigningKey::verifier(SignatureType type) const { return {name_, type, public_}; }

SigningKey SigningKey::named(std::string name) const {
  SigningKey out = *this;
  out.name_ = std::move(name);
  return out;
}

std::string SigningKey::sign(std::string_view message) const {
  std::string out(crypto_sign_ed25519_BYTES, '\0');
  crypto_sign_ed25519_detached(raw(out), nullptr, raw(message), message.size(), secret_.get());
  return out;
}

Result<std::string> seal_to(const Verifier& reader, std::string_view bytes) {
  if (!ready()) return fail(ErrorKind::internal, "libsodium does not start");
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> key{};
  if (crypto_sign_ed25519_pk_to_curve25519(key.data(), reader.key.data()) != 0) {
    return fail(ErrorKind::format, "nothing can be sealed to the key of " + reader.name);
  }
  std::string out(bytes.size() + crypto_box_SEALBYTES, '\0');
  crypto_box_seal(raw(out), raw(bytes), bytes.size(), key.data());
  return out;
}

Result<std::string> SigningKey::open_sealed(std::string_view sealed) const {
  const auto wrong = [&] {
    return fail(ErrorKind::format, "this is not sealed to the key " + name_);
  };
  if (sealed.size() < crypto_box_SEALBYTES) return wrong();
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> key{};
  auto secret = guarded(crypto_box_SECRETKEYBYTES);
  if (!secret || crypto_sign_ed25519_sk_to_curve25519(secret.get(), secret_.get()) != 0 ||
      crypto_sign_ed25519_pk_to_curve25519(key.data(), public_.data()) != 0) {
    return wrong();
  }
  std::string out(sealed.size() - crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal_open(raw(out), raw(sealed), sealed.size(), key.data(), secret.get()) != 0) {
    return wrong();
  }
  return out;
}

Result<std::filesystem::path> SigningKey::save(const std::filesystem::path& folder,
                                               const std::optional<std::string>& passphrase,
                                               const std::string& file_stem) const {
  std::error_code problem;
  if (std::filesystem::create_directories(folder, problem)) ::chmod(folder.c_str(), 0700);
  const std::string_view seed(reinterpret_cast<const char*>(secret_.get()),
                              crypto_sign_ed25519_SEEDBYTES);
  Json json{{"schema", kSchema},
            {"name", name_},
            {"public", base64({reinterpret_cast<const char*>(public_.data()), public_.size()})}};
  if (passphrase) {
    std::string salt(crypto_pwhash_SALTBYTES, '\0');
    randombytes_buf(salt.data(), salt.size());
    const std::uint64_t operations = crypto_pwhash_OPSLIMIT_MODERATE;
    const std::uint64_t memory = crypto_pwhash_MEMLIMIT_MODERATE;
    ASSAY_TRY(const auto key, stretched(*passphrase, salt, operations, memory));
    std::string sealed(kNonce + seed.size() + kTag, '\0');
    randombytes_buf(sealed.data(), kNonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed) + kNonce, nullptr, raw(seed),
                                               seed.size(), raw(name_), name_.size(), nullptr,
                                               raw(sealed), key.get());
    json["sealed"] = Json{{"kdf", "argon2id"},
                          {"operations", operations},
                          {"memory", memory},
                          {"salt", base64(salt)},
                          {"secret", base64(sealed)}};
  } else {
    json["seed"] = base64(seed);
  }
  const std::filesystem::path file =
      folder / (file_stem.empty() ? file_name(name_) : file_stem + ".key");
  std::string text = dump_json(json, 2) + "\n";
  const Status written = write_secret(file, text);
  sodium_memzero(text.data(), text.size());
  if (!written) return tl::unexpected(written.error());
  return file;
}

Result<KeyFile> KeyFile::read(const std::filesystem::path& file) {
  const auto wrong = [&](const char* what) {
    return fail(ErrorKind::format, what, file.string(), "`assay key new NAME` makes a key");
  };
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0 && (status.st_mode & 077U) != 0) {
    return fail(ErrorKind::io, "others may read this key", file.string(),
                "Only its owner should: chmod 600 " + file.string());
  }
  ASSAY_TRY(std::string text, assay::read_file(file, kMaxKeyFile));
  auto parsed = parse_json(text, file.string());
  sodium_memzero(text.data(), text.size());
  if (!parsed || !parsed->is_object()) return wrong("this is no key of Assay");
  const Json& json = *parsed;
  const auto text_of = [](const Json& object, const char* field) -> std::string {
    const auto found = object.find(field);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
  };
  if (text_of(json, "schema") != kSchema)
    return wrong("this is no key of Assay, or of a newer one");
  KeyFile out;
  out.path_ = file;
  out.name_ = text_of(json, "name");
  const auto key = from_base64(text_of(json, "public"));
  if (!valid_key_name(out.name_) || !key || key->size() != kPublicBytes) {
    return wrong("this key has no proper name or public half");
  }
  std::memcpy(out.public_.data(), key->data(), kPublicBytes);
  const auto sealed = json.find("sealed");
  out.sealed_ = sealed != json.end() && sealed->is_object();
  const auto secret = from_base64(out.sealed_ ? text_of(*sealed, "secret") : text_of(json, "seed"));
  if (!secret) return wrong("this key has no secret half");
  out.secret_ = *secret;
  if (out.sealed_) {
    out.salt_ = from_base64(text_of(*sealed, "salt")).value_or("");
    const auto number = [&](const char* field) {
      const auto found = sealed->find(field);
      return found != sealed->end() && found->is_number_unsigned() ? found->get<std::uint64_t>()
                                                                   : 0;
    };
    out.operations_ = number("operations");
    out.memory_ = number("memory");
    const bool fine = out.salt_.size() == crypto_pwhash_SALTBYTES &&
                      text_of(*sealed, "kdf") == "argon2id" && out.operations_ >= 1 &&
                      out.operations_ <= kMaxOperations &&
                      out.memory_ >= crypto_pwhash_MEMLIMIT_MIN && out.memory_ <= kMaxMemory &&
                      out.secret_.size() == kNonce + crypto_sign_ed25519_SEEDBYTES + kTag;
    if (!fine) return wrong("the sealed secret of this key is malformed");
  }
  return out;
}

Result<KeyFile> KeyFile::find(const std::filesystem::path& folder, const std::string& name) {
  ASSAY_TRY(const std::vector<KeyFile> all, list(folder));
  std::vector<std::string> names;
  for (const KeyFile& each : all) {
    if (each.name_ == name) return each;
    names.push_back(each.name_);
  }
  return fail(ErrorKind::not_found, "there is no key " + name, folder.string(),
              suggestion(name, names, "`assay key new " + name + "` makes it"));
}

Result<std::vector<KeyFile>> KeyFile::list(const std::filesystem::path& folder) {
  std::vector<KeyFile> out;
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
    if (entry.path().extension() != ".key") continue;
    ASSAY_TRY(KeyFile key, read(entry.path()));
    out.push_back(std::move(key));
  }
  std::sort(out.begin(), out.end(),
            [](const KeyFile& a, const KeyFile& b) { return a.name_ < b.name_; });
  return out;
}

Result<SigningKey> KeyFile::open(const std::optional<std::string>& passphrase) const {
  if (!ready()) return fail(ErrorKind::internal, "libsodium does not start");
  std::string seed = secret_;
  if (sealed_) {
    if (!passphrase) {
      return fail(ErrorKind::usage, "the key " + name_ + " needs its passphrase", path_.string(),
                  "Give it by $ASSAY_KEY_PASSPHRASE or --passphrase-file");
    }
    ASSAY_TRY(const auto key, stretched(*passphrase, salt_, operations_, memory_));
    seed.assign(crypto_sign_ed25519_SEEDBYTES, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            raw(seed), nullptr, nullptr, raw(secret_) + kNonce, secret_.size() - kNonce, raw(name_),
            name_.size(), raw(secret_), key.get()) != 0) {
      return fail(ErrorKind::usage, "this is not the passphrase of the key " + name_,
                  path_.string());
    }
  }
  auto out = SigningKey::from_seed(name_, seed);
  sodium_memzero(seed.data(), seed.size());
  if (out && out->public_ != public_) {
    return fail(ErrorKind::format, "the two halves of this key do not belong together",
                path_.string());
  }
  return out;
}

}  // namespace assay::audit
