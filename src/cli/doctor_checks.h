// What `assay doctor` looks at: one Check per line, each really tried on this machine.
// Thread-safety: call from one thread; sandbox checks start processes.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace assay::cli {

/// fine; note = nothing to do; warning = part of the work can't be done; failure = nothing can.
enum class Mark { fine, note, warning, failure };
const char* to_string(Mark mark);

struct Check {
  std::string name;
  Mark mark = Mark::fine;
  std::string found;   ///< what is the case
  std::string remedy;  ///< what to do; empty when fine
};
Json to_json(const Check& check);

/// Versions, processor, memory, graphics, engine, libtorch.
std::vector<Check> check_machine();
/// Store, cache, disk space, models, sandbox, energy counter.
/// `store`: as with --store; "" = the usual one.
std::vector<Check> check_surroundings(const std::string& store);

}  // namespace assay::cli
