// One sample of an Inspect log, from its JSON. Only the members that are needed are parsed: the
// events, most of the bytes, are passed over.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "logs/log.h"

namespace assay::logs {

/// `text` is samples/{id}_epoch_{n}.json, an element of "samples" of a .json log, or of
/// summaries.json (which has no messages and no output). `entry` names it in errors. `by_assay`:
/// look for what Assay's exporter kept. Never fails: what cannot be read is an unassessed sample
/// whose id comes from `entry`.
LogSample inspect_sample(std::string_view text, const std::string& task, const std::string& entry,
                         bool by_assay);

}  // namespace assay::logs
