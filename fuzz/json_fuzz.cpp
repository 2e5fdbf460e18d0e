// links: base
// parse_json on any bytes: a value or an error; what parsed is written and read back the same.
#include <cstdint>
#include <cstdlib>

#include "base/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = assay::parse_json({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!value) return value.error().what.empty() ? (std::abort(), 0) : 0;
  const std::string text = assay::dump_json(*value);
  const auto again = assay::parse_json(text, "fuzz");
  if (!again || assay::dump_json(*again) != text) std::abort();
  return 0;
}
