#include "audit/tiles.h"

#include <algorithm>

namespace assay::audit {
namespace {

/// 1234067 -> "x001/x234/067".
std::string numbered(std::uint64_t index) {
  std::string out;
  bool last = true;
  do {
    std::string part = std::to_string(index % 1000);
    part.insert(0, 3 - part.size(), '0');
    out = last ? part : "x" + part + "/" + out;
    last = false;
    index /= 1000;
  } while (index > 0);
  return out;
}

std::string with_width(std::string path, std::uint64_t width) {
  if (width < kTileWidth) path += ".p/" + std::to_string(width);
  return path;
}

tl::unexpected<Error> malformed(const char* what, const std::string& where) {
  return fail(ErrorKind::format, what, where,
              "The log is damaged; take it from a copy, or begin a new one");
}

}  // namespace

std::string tile_path(int level, std::uint64_t index, std::uint64_t width) {
  return with_width("tile/" + std::to_string(level) + "/" + numbered(index), width);
}

std::string bundle_path(std::uint64_t index, std::uint64_t width) {
  return with_width("tile/entries/" + numbered(index), width);
}

std::optional<TileName> parse_tile_path(std::string_view path) {
  constexpr std::string_view kTile = "tile/";
  constexpr std::string_view kEntries = "entries/";
  if (!path.starts_with(kTile)) return std::nullopt;
  std::string_view rest = path.substr(kTile.size());
  TileName out;
  const auto number = [&](std::size_t digits) {
    std::uint64_t value = 0;
    for (const char c : rest.substr(0, digits)) {
      value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    rest.remove_prefix(std::min(digits, rest.size()));
    return value;
  };
  const auto digits = [&] { return std::min(rest.find_first_not_of("0123456789"), rest.size()); };
  if (rest.starts_with(kEntries)) {
    out.level = -1;
    rest.remove_prefix(kEntries.size());
  } else {
    if (digits() == 0 || digits() > 2) return std::nullopt;
    out.level = static_cast<int>(number(digits()));
    if (!rest.starts_with('/')) return std::nullopt;
    rest.remove_prefix(1);
  }
  for (int parts = 0; rest.starts_with('x') && parts < 6; ++parts) {
    rest.remove_prefix(1);
    out.index = out.index * 1000 + number(std::min<std::size_t>(digits(), 3));
    if (rest.starts_with('/')) rest.remove_prefix(1);
  }
  out.index = out.index * 1000 + number(std::min<std::size_t>(digits(), 3));
  if (rest.starts_with(".p/")) {
    rest.remove_prefix(3);
    out.width = number(std::min<std::size_t>(digits(), 3));
  }
  if (!rest.empty() || out.width < 1 || out.width > kTileWidth) return std::nullopt;
  // The only form of each name is the one that is written.
  const std::string again = out.level < 0 ? bundle_path(out.index, out.width)
                                          : tile_path(out.level, out.index, out.width);
  if (again != path) return std::nullopt;
  return out;
}

std::string partial_folder(std::string_view full_path) { return std::string(full_path) + ".p"; }

Result<std::vector<Hash>> parse_tile(std::string_view bytes, std::uint64_t width,
                                     const std::string& where) {
  if (bytes.size() != width * kHashBytes) return malformed("a tile has another length", where);
  std::vector<Hash> out(width);
  for (std::uint64_t i = 0; i < width; ++i) {
    out[i] = *hash_from(bytes.substr(i * kHashBytes, kHashBytes));
  }
  return out;
}

void append_entry(std::string& bundle, std::string_view entry) {
  bundle += static_cast<char>(entry.size() >> 8U & 0xFFU);
  bundle += static_cast<char>(entry.size() & 0xFFU);
  bundle += entry;
}

Result<std::vector<std::string>> parse_bundle(std::string_view bytes, std::uint64_t width,
                                              const std::string& where) {
  std::vector<std::string> out;
  out.reserve(width);
  while (!bytes.empty() && out.size() < width) {
    if (bytes.size() < 2) return malformed("a bundle of entries is cut off", where);
    const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(bytes[0]))
                                   << 8U |
                               static_cast<unsigned char>(bytes[1]);
    if (bytes.size() - 2 < length) return malformed("a bundle of entries is cut off", where);
    out.emplace_back(bytes.substr(2, length));
    bytes.remove_prefix(2 + length);
  }
  if (!bytes.empty()) return malformed("a bundle has more entries than its log", where);
  if (out.size() != width) return malformed("a bundle has fewer entries than its log", where);
  return out;
}

}  // namespace assay::audit
