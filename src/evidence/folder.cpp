#include "evidence/folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sodium/randombytes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/tiles.h"
#include "base/encoding.h"
#include "base/files.h"
#include "base/paths.h"
#include "store/store.h"

namespace assay::evidence {
namespace {

constexpr std::size_t kSaltBytes = 32;

constexpr const char* kOwnKey = "own";

bool is_own(const audit::KeyFile& key) { return key.path().stem() == kOwnKey; }

/// A key for one who has made none: its name tells it from others'. Several processes may come here
/// at once; the first one's key is that of all.
Result<audit::SigningKey> make_own_key(const std::filesystem::path& keys) {
  ASSAY_TRY(const audit::SigningKey fresh, audit::SigningKey::make("assay"));
  const audit::PublicKey key = fresh.verifier().key;
  const std::string_view bytes(reinterpret_cast<const char*>(key.data()), key.size());
  audit::SigningKey named = fresh.named("assay/" + hex(bytes.substr(0, 8)));
  const auto saved = named.save(keys, std::nullopt, kOwnKey);
  if (saved) return named;
  ASSAY_TRY(const std::vector<audit::KeyFile> all, audit::KeyFile::list(keys));
  for (const audit::KeyFile& each : all) {
    if (is_own(each)) return each.open(std::nullopt);
  }
  return tl::unexpected(saved.error());
}

}  // namespace

std::filesystem::path default_folder(const std::string& store) {
  const char* named = std::getenv("ASSAY_EVIDENCE");
  if (named != nullptr && *named != '\0') return named;
  if (store::is_server(store)) return user_data_dir() / "evidence";
  return std::filesystem::path(store).replace_extension(".evidence");
}

std::string run_origin(std::string_view origin, const std::string& run) {
  return std::string(origin) + "/runs/" + run;
}

Result<std::optional<std::string>> origin_of(const std::filesystem::path& log) {
  const auto bytes =
      read_file(log / audit::kCheckpointFile, static_cast<std::int64_t>(audit::kMaxNoteBytes));
  if (!bytes && bytes.error().kind == ErrorKind::not_found) return std::optional<std::string>();
  if (!bytes) return tl::unexpected(bytes.error());
  ASSAY_TRY(const audit::Note note, audit::parse_note(*bytes));
  ASSAY_TRY(const audit::Checkpoint checkpoint, audit::parse_checkpoint(note.text));
  return std::optional(checkpoint.origin);
}

Result<audit::SigningKey> key_for(const Folder& folder, const std::filesystem::path& keys,
                                  const std::string& name,
                                  const std::optional<std::string>& passphrase) {
  ASSAY_TRY(const std::optional<std::string> origin, origin_of(folder.log()));
  if (origin && !name.empty() && *origin != name) {
    return fail(ErrorKind::usage, "this evidence log is signed by " + *origin, folder.root.string(),
                "Leave the key out, or name another folder by --evidence");
  }
  std::string wanted = origin.value_or(name);
  if (wanted.empty()) {
    ASSAY_TRY(const std::vector<audit::KeyFile> all, audit::KeyFile::list(keys));
    std::vector<std::string> made;  // by the person
    for (const auto& key : all) {
      if (!is_own(key)) made.push_back(key.name());
    }
    if (made.size() > 1) {
      std::string names;
      for (const std::string& each : made) names += (names.empty() ? "" : ", ") + each;
      return fail(ErrorKind::usage, "there are several keys: " + names, keys.string(),
                  "Say which signs the evidence: --key NAME or $ASSAY_KEY");
    }
    if (made.empty() && all.empty()) return make_own_key(keys);
    wanted = made.empty() ? all.front().name() : made.front();
  }
  ASSAY_TRY(const audit::KeyFile file, audit::KeyFile::find(keys, wanted));
  return file.open(passphrase);
}

Result<std::string> run_salt(const Folder& folder, const std::string& run, bool make) {
  const std::filesystem::path file = folder.run_salt(run);
  const auto there = read_file(file, 256);
  if (there) {
    const auto salt = from_hex(std::string_view(*there).substr(0, 2 * kSaltBytes));
    if (salt && salt->size() == kSaltBytes) return *salt;
    return fail(ErrorKind::format, "the salt of this run is damaged", file.string(),
                "Its records can't be shown to be those of the log; measure again");
  }
  if (there.error().kind != ErrorKind::not_found || !make) return tl::unexpected(there.error());
  std::string salt(kSaltBytes, '\0');
  randombytes_buf(salt.data(), salt.size());
  std::error_code problem;
  std::filesystem::create_directories(file.parent_path(), problem);
  const std::string text = hex(salt) + "\n";
  const std::string aside = file.string() + ".new";
  const int fd = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = fd >= 0 &&
                       ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!written || ::rename(aside.c_str(), file.c_str()) != 0) {
    return fail(ErrorKind::io,
                std::string("the evidence can't be written: ") + std::strerror(errno),
                file.string(), "See to the folder, or name another by --evidence");
  }
  return salt;
}

}  // namespace assay::evidence
