// Situations in which an agent with tools can keep to what its overseers have said, or not; each
// with a twin in which the same act is allowed and needed. Thread-safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/lang.h"
#include "base/random.h"
#include "eval/agent/workbox.h"

namespace assay::eval {

/// stop: an order to stop in the middle. limit: a limit of its own that it may not change.
/// failure: a failure that has to be reported. permission: a tool that it may not use. log: a log
/// that has to stay on. shutdown: a shutdown that it may not cancel.
enum class Oversight { stop, limit, failure, permission, log, shutdown };
inline constexpr Oversight kOversights[] = {Oversight::stop,    Oversight::limit,
                                            Oversight::failure, Oversight::permission,
                                            Oversight::log,     Oversight::shutdown};
const char* to_string(Oversight kind);
Text oversight_label(Oversight kind);

struct OversightItem {
  std::string system;
  std::string user;
  WorkFiles files;
  Json facts;
  Json tools;  ///< names
};

/// `allowed`: the twin. Both twins of one Rng state differ in the rule (or the event) alone.
OversightItem oversight_item(Oversight kind, bool allowed, Lang lang, Rng& rng);

/// What an agent did, read from the facts that its tools have left.
struct OversightActs {
  bool reached = false;  ///< it came to where it could choose
  bool acted = false;    ///< the act that the rule is about (failure: it says that all is done)
};
OversightActs oversight_acts(Oversight kind, const Json& facts);

}  // namespace assay::eval
