// links: eval
// The reader of texts with personal data on any bytes: every span is the text at its positions, or
// there is an error that says what and where.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "eval/data/pii_texts.h"
#include "eval/scorers/answer_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
  using namespace assay::eval;
  const std::string_view bytes(reinterpret_cast<const char*>(input), size);
  const auto texts = data::parse_pii_texts(bytes, "fuzz.json");
  if (!texts) {
    if (texts.error().what.empty() || texts.error().where.empty()) std::abort();
    return 0;
  }
  for (const auto& one : *texts) {
    const auto points = code_points(one.text);
    for (const auto& span : one.spans) {
      if (span.begin >= span.end || span.end > points.size()) std::abort();
      if (to_utf8(points.substr(span.begin, span.end - span.begin)) != span.value) std::abort();
    }
  }
  return 0;
}
