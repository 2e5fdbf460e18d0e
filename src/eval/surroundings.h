// What a run notes about where and when it ran. Thread-safety: pure reads of the system.
#pragma once

#include <string>

#include "base/json.h"
#include "model/model.h"

namespace assay::eval {

/// {"cpu", "cores", "memory_bytes", "os"}.
[[nodiscard]] Json machine_facts();
/// {"assay", "engine", "compiler", "sqlite"}.
[[nodiscard]] Json version_facts(const model::ModelInfo& model);
/// Now, as ISO 8601 UTC in whole seconds.
[[nodiscard]] std::string utc_now();

}  // namespace assay::eval
