// links: eval
// Product pages of any bytes: sentences are UTF-8 and not empty, and a claim that is read survives
// its way through JSON; and the letters of any bytes never make more matches than there are
// letters.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "eval/product/page.h"
#include "eval/verbatim/letters.h"
#include "eval/verbatim/overlap.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay::eval;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const std::string& sentence : product::sentences_of(bytes)) {
    if (sentence.empty() || !assay::is_utf8(sentence)) std::abort();
    for (const product::Claim& claim : product::read_claims(sentence)) {
      const auto again = product::claim_from_json(product::to_json(claim));
      if (!again || product::to_json(*again) != product::to_json(claim)) std::abort();
    }
  }
  const std::u32string letters = letters_of(bytes);
  const Sketch sketch(letters, pieces_of(script_of(letters)));
  if (sketch.match(letters).longest > letters.size()) std::abort();
  return 0;
}
