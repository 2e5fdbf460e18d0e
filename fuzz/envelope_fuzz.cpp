// links: standards
// A DSSE envelope or an in-toto statement in any bytes: read, or an error with a next step. What
// was read is signed anew and opened again: the same bytes; and nobody's signature opens nothing.
#include <cstdint>
#include <cstdlib>

#include "standards/in_toto.h"

namespace {

using namespace assay;
using namespace assay::standards;

Result<std::string> sign(std::string_view bytes) { return std::string("x").append(bytes); }

Result<std::optional<std::string>> verify(std::string_view bytes, const Signature& signature) {
  if (signature.bytes != *sign(bytes)) return std::optional<std::string>();
  return std::optional<std::string>("key");
}

Result<std::optional<std::string>> nobody(std::string_view /*bytes*/,
                                          const Signature& /*signature*/) {
  return std::optional<std::string>();
}

void expect(bool holds) {
  if (!holds) std::abort();
}

void expect_said(const Error& error) { expect(!error.what.empty() && !error.next.empty()); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto statement = read_statement(bytes); !statement) {
    expect_said(statement.error());
  } else {
    expect(!statement->subjects.empty() && !statement->predicate_type.empty());
  }
  const auto envelope = read_envelope(bytes);
  if (!envelope) {
    expect_said(envelope.error());
    return 0;
  }
  expect(!envelope->signatures.empty());
  expect(!open_envelope(bytes, envelope->type, nobody));
  (void)open_statement(bytes, verify);
  if (envelope->type.empty()) return 0;
  const auto again = sign_envelope(envelope->type, envelope->body, "k", sign);
  expect(again.has_value());
  const auto opened = open_envelope(*again, envelope->type, verify);
  expect(opened && opened->body == envelope->body && opened->keys.size() == 1);
  return 0;
}
