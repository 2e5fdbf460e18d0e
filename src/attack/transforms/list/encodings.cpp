// The codes of codes_bytes.cpp, codes_ciphers.cpp, codes_spelling.cpp, codes_unicode.cpp and
// codes_chinese.cpp as transforms.
#include "attack/transforms/code.h"

namespace assay::attack {

void register_encodings(Transforms& registry) {
  for (const auto* list :
       {&byte_codes(), &cipher_codes(), &spelling_codes(), &unicode_codes(), &chinese_codes()}) {
    for (const Code& code : *list) add_code(registry, code);
  }
}

}  // namespace assay::attack
