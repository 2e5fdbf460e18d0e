// Counts of unsafe answers, and standards, of any bytes: values or an error with words; what is
// read can be graded, and chances stay chances.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "report/ailuminate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto standard = report::parse_standard(bytes, "s");
  if (!standard && standard.error().what.empty()) std::abort();
  const auto counts = report::parse_counts(bytes, "c");
  if (!counts) {
    if (counts.error().what.empty()) std::abort();
    return 0;
  }
  report::ReferenceStandard reference;
  for (const auto& each : *counts) {
    const double share = static_cast<double>(each.unsafe) / static_cast<double>(each.n);
    reference.safe_shares.emplace_back(each.hazard, share);
  }
  const auto graded = report::grade_benchmark(*counts, reference);
  if (!graded || !graded->overall) std::abort();
  for (const auto& each : graded->hazards) {
    double sum = 0.0;
    for (const double p : each.probability) sum += p;
    if (!(std::abs(sum - 1.0) < 1e-6)) std::abort();
  }
  return 0;
}
