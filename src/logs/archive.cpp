#include "logs/archive.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <unordered_map>

namespace assay::logs {
namespace {

constexpr std::size_t kBlock = 16384;  ///< small: headers are far apart
constexpr std::size_t kMostMembers = 5'000'000;

struct CloseReader {
  void operator()(::archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<::archive, CloseReader>;

/// libarchive converts names to the locale's charset, so this thread has a UTF-8 one meanwhile.
class Utf8Locale {
 public:
  Utf8Locale() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (locale_ != nullptr) before_ = uselocale(locale_);
  }
  ~Utf8Locale() {
    if (locale_ == nullptr) return;
    uselocale(before_);
    freelocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t locale_;
  locale_t before_ = nullptr;
};

std::string reason_of(::archive* reader) {
  const char* text = archive_error_string(reader);
  return text != nullptr ? text : "unknown reason";
}

Error damaged(const std::filesystem::path& file, const std::string& member, std::string why) {
  return {ErrorKind::format, "the archive is damaged: " + std::move(why),
          member.empty() ? file.string() : file.string() + ":" + member,
          "Copy the log again, or take what could be read"};
}

/// With the central directory, or (salvage) by the local headers alone.
Result<Reader> open_reader(const std::filesystem::path& file, bool salvage) {
  Reader reader(archive_read_new());
  if (!reader) return fail(ErrorKind::io, "no memory for reading the archive", file.string());
  if (salvage) {
    archive_read_support_format_zip_streamable(reader.get());
  } else {
    archive_read_support_format_zip_seekable(reader.get());
  }
  archive_read_set_options(reader.get(), "hdrcharset=UTF-8");
  if (archive_read_open_filename(reader.get(), file.c_str(), kBlock) != ARCHIVE_OK) {
    return tl::unexpected(Error{ErrorKind::format,
                                "cannot read the archive: " + reason_of(reader.get()),
                                file.string(), "Check that it is a zip archive"});
  }
  return reader;
}

/// A name that is no text gets one by its place, so that it does not replace another.
std::string name_of(archive_entry* entry, std::size_t index) {
  if (const char* name = archive_entry_pathname_utf8(entry)) return name;
  if (const char* name = archive_entry_pathname(entry)) return name;
  return "samples/unnamed-" + std::to_string(index) + ".json";
}

/// The data of the member at which the reader stands.
Result<std::string> read_data(::archive* reader, archive_entry* entry,
                              const std::filesystem::path& file, const std::string& name) {
  std::string out;
  const std::string where = file.string() + ":" + name;
  if (archive_entry_size_is_set(entry) != 0) {
    const std::int64_t said = archive_entry_size(entry);
    if (said > kMaxMemberBytes) {
      return fail(ErrorKind::limit,
                  "the member says that it has " + std::to_string(said) + " bytes, more than the " +
                      std::to_string(kMaxMemberBytes) + " that are read",
                  where, "Split the log into smaller samples");
    }
  }
  const std::int64_t packed_before = archive_filter_bytes(reader, -1);
  std::vector<char> buffer(std::size_t{1} << 18U);
  while (true) {
    const la_ssize_t got = archive_read_data(reader, buffer.data(), buffer.size());
    if (got == ARCHIVE_RETRY) continue;
    if (got < 0) return tl::unexpected(damaged(file, name, reason_of(reader)));
    if (got == 0) return out;
    const auto total = static_cast<std::int64_t>(out.size()) + got;
    const std::int64_t packed =
        std::max<std::int64_t>(1, archive_filter_bytes(reader, -1) - packed_before);
    if (total > kMaxMemberBytes || (total > kBombBytes && total / packed > kBombRatio)) {
      return fail(ErrorKind::limit,
                  "the member unpacks to more than " + std::to_string(total) + " bytes from " +
                      std::to_string(packed) + ": refused as a decompression bomb",
                  where, "Do not trust this log");
    }
    out.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

enum class Next { entry, end, broken };

/// Goes to the next member. A fatal error ends the archive: what came before it is kept.
Next advance(::archive* reader, archive_entry** entry) {
  while (true) {
    const int code = archive_read_next_header(reader, entry);
    if (code == ARCHIVE_OK || code == ARCHIVE_WARN) return Next::entry;
    if (code == ARCHIVE_EOF) return Next::end;
    if (code != ARCHIVE_RETRY) return Next::broken;
  }
}

struct Listing {
  std::vector<ArchiveEntry> entries;  ///< each of a name
  bool broken = false;
};

Result<Listing> list(const std::filesystem::path& file, bool salvage) {
  ASSAY_TRY(const Reader reader, open_reader(file, salvage));
  Listing out;
  archive_entry* entry = nullptr;
  std::size_t index = 0;
  while (true) {
    const Next next = advance(reader.get(), &entry);
    if (next != Next::entry) {
      out.broken = next == Next::broken;
      break;
    }
    if (out.entries.size() >= kMostMembers) {
      return fail(ErrorKind::limit,
                  "the archive has more than " + std::to_string(kMostMembers) + " members",
                  file.string(), "Split the log");
    }
    // While salvaging, only a member whose end is there counts.
    if (salvage && archive_read_data_skip(reader.get()) < ARCHIVE_WARN) {
      out.broken = true;
      break;
    }
    const bool sized = archive_entry_size_is_set(entry) != 0;
    out.entries.push_back({name_of(entry, index), sized ? archive_entry_size(entry) : -1, index});
    ++index;
  }
  return out;
}

}  // namespace

Result<Archive> Archive::open(const std::filesystem::path& file) {
  const Utf8Locale locale;
  std::error_code code;
  if (!std::filesystem::is_regular_file(file, code)) {
    const bool there = std::filesystem::exists(file, code);
    return fail(there ? ErrorKind::io : ErrorKind::not_found,
                there ? "this is not a file" : "there is no such file", file.string());
  }
  Archive out;
  out.file_ = file;
  Result<Listing> listing = list(file, false);
  if (!listing && listing.error().kind == ErrorKind::limit) {
    return tl::unexpected(listing.error());
  }
  if (!listing || listing->broken || listing->entries.empty()) {
    Result<Listing> salvage = list(file, true);
    if (salvage && (!listing || salvage->entries.size() > listing->entries.size())) {
      out.salvaged_ = true;
      listing = std::move(salvage);
    }
  }
  if (!listing) return tl::unexpected(listing.error());
  if (listing->entries.empty()) {
    return fail(ErrorKind::format, "not a zip archive, or an empty one", file.string(),
                "Check that the log was copied whole");
  }
  std::unordered_map<std::string, std::size_t> last;
  for (const ArchiveEntry& entry : listing->entries) last[entry.name] = entry.index;
  for (ArchiveEntry& entry : listing->entries) {
    if (last[entry.name] == entry.index) {
      out.entries_.push_back(std::move(entry));
    } else {
      ++out.replaced_;
    }
  }
  return out;
}

bool Archive::has(std::string_view name) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const ArchiveEntry& entry) { return entry.name == name; });
}

Result<std::string> Archive::read(std::string_view name) const {
  Result<std::string> out = fail(ErrorKind::not_found, "the archive has no such member",
                                 file_.string() + ":" + std::string(name));
  ASSAY_CHECK(for_each([&](const std::string& each) { return each == name; },
                       [&](const ArchiveEntry&, Result<std::string>&& bytes) -> Result<bool> {
                         out = std::move(bytes);
                         return false;
                       }));
  return out;
}

Status Archive::for_each(const Wanted& wanted, const Use& use) const {
  std::vector<const ArchiveEntry*> chosen;
  for (const ArchiveEntry& entry : entries_) {
    if (wanted(entry.name)) chosen.push_back(&entry);
  }
  if (chosen.empty()) return {};
  const Utf8Locale locale;
  ASSAY_TRY(const Reader reader, open_reader(file_, salvaged_));
  archive_entry* entry = nullptr;
  auto next = chosen.begin();
  for (std::size_t index = 0; next != chosen.end(); ++index) {
    if (advance(reader.get(), &entry) != Next::entry) break;
    if (index != (*next)->index) continue;
    ASSAY_TRY(const bool more, use(**next, read_data(reader.get(), entry, file_, (*next)->name)));
    if (!more) return {};
    ++next;
  }
  for (; next != chosen.end(); ++next) {  // listed, but no longer reachable
    ASSAY_TRY(const bool more,
              use(**next, tl::unexpected(damaged(file_, (*next)->name, "its data is missing"))));
    if (!more) return {};
  }
  return {};
}

struct ArchiveWriter::Impl {
  std::filesystem::path file;
  std::filesystem::path part;
  ::archive* writer = nullptr;

  [[nodiscard]] tl::unexpected<Error> failure() const {
    return fail(ErrorKind::io, "cannot write the log: " + reason_of(writer), file.string(),
                "Check the free space and the permissions, then export again");
  }
};

ArchiveWriter::ArchiveWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ArchiveWriter::ArchiveWriter(ArchiveWriter&& other) noexcept = default;
ArchiveWriter& ArchiveWriter::operator=(ArchiveWriter&& other) noexcept = default;

ArchiveWriter::~ArchiveWriter() {
  if (!impl_ || impl_->writer == nullptr) return;
  archive_write_free(impl_->writer);
  std::error_code ignored;
  std::filesystem::remove(impl_->part, ignored);
}

Result<ArchiveWriter> ArchiveWriter::create(const std::filesystem::path& file) {
  const Utf8Locale locale;
  auto impl = std::make_unique<Impl>();
  impl->file = file;
  impl->part = file;
  impl->part += ".part";
  impl->writer = archive_write_new();
  archive_write_set_format_zip(impl->writer);
  archive_write_set_options(impl->writer, "zip:compression=deflate");
  archive_write_set_bytes_in_last_block(impl->writer, 1);
  if (archive_write_open_filename(impl->writer, impl->part.c_str()) != ARCHIVE_OK) {
    const auto error = impl->failure();
    archive_write_free(impl->writer);
    return error;
  }
  return ArchiveWriter(std::move(impl));
}

Status ArchiveWriter::add(const std::string& name, std::string_view bytes) {
  const Utf8Locale locale;
  const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                            &archive_entry_free);
  archive_entry_set_pathname_utf8(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_size(entry.get(), static_cast<std::int64_t>(bytes.size()));
  archive_entry_set_mtime(entry.get(), 315532800, 0);  // 1980: a zip's first day; same bytes again
  if (archive_write_header(impl_->writer, entry.get()) < ARCHIVE_WARN) return impl_->failure();
  while (!bytes.empty()) {
    const la_ssize_t written = archive_write_data(impl_->writer, bytes.data(), bytes.size());
    if (written <= 0) return impl_->failure();
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status ArchiveWriter::close() {
  if (archive_write_close(impl_->writer) != ARCHIVE_OK) return impl_->failure();
  archive_write_free(impl_->writer);
  impl_->writer = nullptr;
  std::error_code error;
  std::filesystem::rename(impl_->part, impl_->file, error);
  if (error) {
    return fail(ErrorKind::io, "cannot name the log: " + error.message(), impl_->file.string());
  }
  return {};
}

}  // namespace assay::logs
