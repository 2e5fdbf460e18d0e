// Which weight format is the fastest here, found by timing: a matrix product like those of the
// model's layers, in each format, with many columns (a prompt) and with few (batched decoding).
// Nothing is converted for that, so the probe takes 1 to 3 seconds for models of any size.
// Thread-safety: one call at a time.
#pragma once

#include <map>
#include <string>

#include "model/local/gguf_header.h"
#include "model/local/local.h"

namespace assay::model::local {

/// Nanoseconds a token for each million parameters, prompt and decoding in equal parts.
struct ProbeTimes {
  std::map<Dtype, double> nanoseconds;
};

/// Formats that never hold less than what is stored; at most as large as `most_bytes`.
ProbeTimes probe_formats(const GgufHeader& header, int threads, std::uint64_t most_bytes);

/// The fastest, if it takes at most 90% of the stored format's time; of those within 5% of each
/// other, the most exact. Else as_stored.
Dtype fastest(const ProbeTimes& times);

}  // namespace assay::model::local
