#include "audit/log_reader.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "audit/receipt.h"
#include "audit/tiles.h"

namespace assay::audit {
namespace {

constexpr std::size_t kRecent = 8;  ///< tiles that are kept

tl::unexpected<Error> damaged(std::string what, const std::string& where) {
  return fail(ErrorKind::format, std::move(what), where,
              "The log is damaged; take it from a copy, or begin a new one");
}

/// Hashes in the tile of a log of `size` entries; 0 if it has no such tile.
std::uint64_t width_of(std::uint64_t size, int level, std::uint64_t index) {
  const unsigned shift = static_cast<unsigned>(kTileHeight * level);
  const std::uint64_t hashes = shift < 64 ? size >> shift : 0;
  const std::uint64_t begin = index * kTileWidth;
  return begin >= hashes ? 0 : std::min(kTileWidth, hashes - begin);
}

/// The root of hashes whose number is a power of two.
Hash fold(std::span<const Hash> hashes) {
  Frontier tree;
  for (const Hash& hash : hashes) tree.append(hash);
  return tree.root();
}

}  // namespace

Result<LogReader> LogReader::open(std::unique_ptr<Disk> disk, std::vector<Verifier> known) {
  LogReader out(std::move(disk), std::move(known));
  ASSAY_TRY(out.signed_, out.read_checkpoint());
  return out;
}

Result<SignedCheckpoint> LogReader::read_checkpoint() {
  ASSAY_TRY(const auto bytes, disk_->read(kCheckpointFile, kMaxNoteBytes));
  if (!bytes) {
    return fail(ErrorKind::not_found, "there is no evidence log here", disk_->place(),
                "A run makes one; name its folder by --evidence");
  }
  auto out = open_checkpoint(*bytes, known_);
  if (!out) out.error().where = disk_->place() + "/" + kCheckpointFile;
  return out;
}

Status LogReader::refresh() {
  ASSAY_TRY(SignedCheckpoint next, read_checkpoint());
  const Checkpoint before = signed_.checkpoint;
  if (next.checkpoint == before) return {};
  if (next.checkpoint.size < before.size || next.checkpoint.origin != before.origin) {
    return damaged("the log became smaller, or another", disk_->place());
  }
  std::swap(signed_, next);
  recent_.clear();
  ASSAY_TRY(const Hash root, root_at(before.size));
  if (root == before.root) return {};
  std::swap(signed_, next);
  return damaged("the log does not continue what it was", disk_->place());
}

Result<std::string> LogReader::read_either(const std::string& partial, const std::string& full,
                                           std::int64_t max_bytes) {
  ASSAY_TRY(auto bytes, disk_->read(partial, max_bytes));
  if (!bytes && partial != full) {
    ASSAY_TRY(bytes, disk_->read(full, max_bytes));
  }
  if (!bytes) return damaged("a file of the log is missing", disk_->place() + "/" + partial);
  return *bytes;
}

Result<std::vector<Hash>> LogReader::tile(int level, std::uint64_t index) {
  const auto name = std::pair(level, index);
  for (auto each = recent_.begin(); each != recent_.end(); ++each) {
    if (each->first != name) continue;
    recent_.splice(recent_.begin(), recent_, each);
    return recent_.front().second;
  }
  const std::uint64_t width = width_of(size(), level, index);
  const std::string path = tile_path(level, index, width);
  ASSAY_TRY(std::string bytes,
            read_either(path, tile_path(level, index, kTileWidth), kTileWidth * kHashBytes));
  if (bytes.size() == kTileWidth * kHashBytes) bytes.resize(width * kHashBytes);
  ASSAY_TRY(std::vector<Hash> out, parse_tile(bytes, width, disk_->place() + "/" + path));
  recent_.emplace_front(name, out);
  if (recent_.size() > kRecent) recent_.pop_back();
  return out;
}

Result<std::vector<std::string>> LogReader::bundle(std::uint64_t index) {
  const std::uint64_t width = width_of(size(), 0, index);
  const std::string path = bundle_path(index, width);
  const std::string where = disk_->place() + "/" + path;
  ASSAY_TRY(const std::string bytes,
            read_either(path, bundle_path(index, kTileWidth), kMaxBundleBytes));
  auto exact = parse_bundle(bytes, width, where);
  if (exact || width == kTileWidth) return exact;
  ASSAY_TRY(std::vector<std::string> full, parse_bundle(bytes, kTileWidth, where));
  full.resize(width);
  return full;
}

Result<Hash> LogReader::node(int level, std::uint64_t index) {
  const int tile_level = level / kTileHeight;
  const auto within = static_cast<unsigned>(level % kTileHeight);
  const std::uint64_t first = index << within;  // hash of the tile level
  ASSAY_TRY(const std::vector<Hash> hashes, tile(tile_level, first / kTileWidth));
  const std::uint64_t begin = first % kTileWidth;
  const std::uint64_t count = std::uint64_t{1} << within;
  if (begin + count > hashes.size()) {
    return fail(ErrorKind::internal, "a node beyond the log's size was asked for");
  }
  return fold(std::span(hashes).subspan(begin, count));
}

Status LogReader::for_each(
    std::uint64_t begin, std::uint64_t end,
    const std::function<bool(std::uint64_t index, std::string_view entry)>& use) {
  end = std::min(end, size());
  for (std::uint64_t index = begin; index < end;) {
    const std::uint64_t number = index / kTileWidth;
    ASSAY_TRY(const std::vector<std::string> entries, bundle(number));
    ASSAY_TRY(const std::vector<Hash> hashes, tile(0, number));
    for (; index < end && index / kTileWidth == number; ++index) {
      const std::string& entry = entries[index % kTileWidth];
      if (leaf_hash(entry) != hashes[index % kTileWidth]) {
        return damaged("entry " + std::to_string(index) + " is not the one that was logged",
                       disk_->place());
      }
      if (!use(index, entry)) return {};
    }
  }
  return {};
}

Result<std::string> LogReader::entry(std::uint64_t index) {
  if (index >= size()) {
    return fail(ErrorKind::usage, "the log has " + std::to_string(size()) + " entries", place(),
                "Entries are counted from 0");
  }
  std::string out;
  ASSAY_CHECK(for_each(index, index + 1, [&](std::uint64_t, std::string_view entry) {
    out = entry;
    return true;
  }));
  return out;
}

Result<std::vector<Hash>> LogReader::inclusion(std::uint64_t index) {
  return inclusion_proof(index, size(),
                         [this](int level, std::uint64_t i) { return node(level, i); });
}

Result<std::vector<Hash>> LogReader::consistency(std::uint64_t size) {
  return consistency_proof(size, this->size(),
                           [this](int level, std::uint64_t i) { return node(level, i); });
}

Result<Hash> LogReader::root_at(std::uint64_t size) {
  if (size > this->size()) {
    return fail(ErrorKind::usage, "the log has only " + std::to_string(this->size()) + " entries",
                place());
  }
  return subtree_root(0, size, [this](int level, std::uint64_t i) { return node(level, i); });
}

Result<std::string> LogReader::receipt(std::uint64_t index) {
  ASSAY_TRY(const std::vector<Hash> proof, inclusion(index));
  ASSAY_TRY(const std::string bytes, entry(index));
  ASSAY_CHECK(verify_inclusion(leaf_hash(bytes), index, size(), proof, checkpoint().root));
  return receipt_text(index, proof, signed_.bytes);
}

Result<RightEdge> LogReader::right_edge() {
  RightEdge out;
  for (int bit = 63; bit >= 0; --bit) {
    if ((size() >> static_cast<unsigned>(bit) & 1U) == 0) continue;
    const std::uint64_t before = size() >> static_cast<unsigned>(bit) & ~std::uint64_t{1};
    ASSAY_TRY(const Hash root, node(bit, before));
    out.roots.push_back(root);
  }
  for (int level = 0; level * kTileHeight < 64; ++level) {
    const std::uint64_t hashes = size() >> static_cast<unsigned>(kTileHeight * level);
    if (hashes == 0) break;
    std::vector<Hash>& last = out.tiles.emplace_back();
    if (hashes % kTileWidth != 0) {
      ASSAY_TRY(last, tile(level, hashes / kTileWidth));
    }
  }
  if (size() % kTileWidth != 0) {
    ASSAY_TRY(out.entries, bundle(size() / kTileWidth));
  }
  return out;
}

Status LogReader::check_tile(int level, std::uint64_t index, std::span<const Hash> hashes) {
  ASSAY_TRY(const std::vector<Hash> stored, tile(level, index));
  if (std::equal(stored.begin(), stored.end(), hashes.begin(), hashes.end())) return {};
  return damaged("a tile's hashes are not those of the entries",
                 disk_->place() + "/" + tile_path(level, index, hashes.size()));
}

Result<LogCheck> LogReader::verify() {
  LogCheck out;
  Frontier tree;
  std::vector<std::vector<Hash>> open;  // by level, the tile that is being filled
  std::vector<std::uint64_t> full;      // by level, tiles before it
  assay::Status status;
  const auto made = [&](int level, const Hash& hash) {
    if (level % kTileHeight != 0) return;
    const auto l = static_cast<std::size_t>(level / kTileHeight);
    if (open.size() <= l) {
      open.resize(l + 1);
      full.resize(l + 1);
    }
    open[l].push_back(hash);
    if (open[l].size() < kTileWidth) return;
    if (status) status = check_tile(level / kTileHeight, full[l], open[l]);
    ++full[l];
    open[l].clear();
  };
  for (std::uint64_t index = 0; index * kTileWidth < size() && status; ++index) {
    ASSAY_TRY(const std::vector<std::string> entries, bundle(index));
    for (const std::string& entry : entries) {
      tree.append(leaf_hash(entry), made);
      out.bytes += entry.size();
    }
  }
  ASSAY_CHECK(status);
  out.entries = size();
  if (tree.root() != checkpoint().root) {
    return damaged("the entries are not those that were signed", disk_->place());
  }
  for (std::size_t l = 0; l < open.size(); ++l) {
    if (!open[l].empty()) ASSAY_CHECK(check_tile(static_cast<int>(l), full[l], open[l]));
  }
  ASSAY_CHECK(check_files(out));
  return out;
}

/// The files that verify() did not read: partial forms of before are beginnings of what is there.
Status LogReader::check_files(LogCheck& check) {
  ASSAY_TRY(const std::vector<std::string> files, disk_->list());
  for (const std::string& file : files) {
    if (file == kCheckpointFile || file == kLockFile) continue;
    const std::optional<TileName> name = parse_tile_path(file);
    const std::uint64_t width = name ? width_of(size(), std::max(name->level, 0), name->index) : 0;
    if (!name || name->width > width) {
      ++check.strays;
      continue;
    }
    ++check.files;
    if (name->width == width) continue;
    const bool is_bundle = name->level < 0;
    const std::string now =
        is_bundle ? bundle_path(name->index, width) : tile_path(name->level, name->index, width);
    const std::string full = is_bundle ? bundle_path(name->index, kTileWidth)
                                       : tile_path(name->level, name->index, kTileWidth);
    ASSAY_TRY(const std::string whole, read_either(now, full, kMaxBundleBytes));
    ASSAY_TRY(const auto part, disk_->read(file, kMaxBundleBytes));
    const std::string where = disk_->place() + "/" + file;
    if (!part || !std::string_view(whole).starts_with(*part)) {
      return damaged("an earlier form of a tile is not its beginning", where);
    }
    ASSAY_CHECK(is_bundle ? parse_bundle(*part, name->width, where).map([](auto&&) {})
                          : parse_tile(*part, name->width, where).map([](auto&&) {}));
  }
  return {};
}

}  // namespace assay::audit
