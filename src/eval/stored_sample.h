// A sample with its trace and score as the store keeps it, and back.
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "eval/sample.h"
#include "eval/score.h"
#include "store/store.h"

namespace assay::eval {

store::NewSample as_stored(const Sample& sample, int epoch, const Trace& trace, const Score& score);

struct StoredSample {
  Sample sample;
  Trace trace;
  Score score;
};
/// From the record of a stored sample. Error: format.
Result<StoredSample> stored_sample_from_json(const Json& record);

}  // namespace assay::eval
