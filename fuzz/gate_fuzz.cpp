// links: eval
// parse_gate on any bytes: rules or an error with a next step; what was read is written and read
// back the same, and judged against an empty run it never passes by having nothing to look at.
#include <cstdint>
#include <cstdlib>

#include "eval/gate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay::eval;
  const auto gate = parse_gate({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!gate) {
    if (gate.error().what.empty() || gate.error().next.empty()) std::abort();
    return 0;
  }
  const std::string text = assay::dump_json(to_json(*gate));
  const auto again = parse_gate(text, "fuzz");
  if (!again || assay::dump_json(to_json(*again)) != text) std::abort();
  const Registry registry;
  (void)check_names(*gate, registry);
  const GateResult result = evaluate({}, *gate, registry);
  for (std::size_t i = 0; i < result.rules.size(); ++i) {
    if (result.rules[i].kept != gate->rules[i].pass_if_missing) std::abort();
  }
  return 0;
}
