// links: audit
// What an evidence log is read from: notes, checkpoints, receipts, verifier keys, tiles, bundles of
// entries, paths. Any bytes give a value or an error; what is read is written back the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "audit/checkpoint.h"
#include "audit/receipt.h"
#include "audit/tiles.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay::audit;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const auto key =
      parse_vkey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  if (!key) std::abort();
  const std::span<const Verifier> known(&*key, 1);
  if (const auto note = parse_note(bytes)) {
    if (to_text(*note) != bytes) std::abort();
    if (const auto checkpoint = parse_checkpoint(note->text)) {
      if (!note->text.starts_with(to_text(*checkpoint))) std::abort();
    }
  }
  // Nobody who fuzzes has the key.
  if (const auto opened = open_checkpoint(bytes, known); opened && opened->checkpoint.size > 0) {
    std::abort();
  }
  (void)open_receipt(bytes, known);
  if (const auto vkey = parse_vkey(bytes); vkey && to_vkey(*vkey) != bytes) std::abort();
  if (const auto name = parse_tile_path(bytes)) {
    const std::string again = name->level < 0 ? bundle_path(name->index, name->width)
                                              : tile_path(name->level, name->index, name->width);
    if (again != bytes) std::abort();
  }
  const std::uint64_t width = size == 0 ? 1 : 1 + data[0] % 4U;
  if (const auto entries = parse_bundle(bytes, width, "bundle")) {
    std::string again;
    for (const std::string& entry : *entries) append_entry(again, entry);
    if (again != bytes) std::abort();
  }
  (void)parse_tile(bytes, width, "tile");
  return 0;
}
