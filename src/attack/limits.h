// What an attack may spend on one behaviour, and what it has spent: the axes on which all attacks
// are compared, whatever they are made of. Thread-safety: plain values, pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace assay::attack {

/// What was spent on one behaviour so far. Without the control question, which belongs to the
/// measurement and not to the attack.
struct Spent {
  std::int64_t queries = 0;                              ///< answers that the target was asked for
  std::int64_t read = 0, written = 0;                    ///< tokens of the target in them
  std::int64_t attacker_read = 0, attacker_written = 0;  ///< tokens of an attacking model
  double flops = 0.0;    ///< of work on the weights themselves (gradients, candidates), estimated
  double seconds = 0.0;  ///< of that work, measured
  [[nodiscard]] std::int64_t tokens() const { return read + written; }
  [[nodiscard]] std::int64_t attacker_tokens() const { return attacker_read + attacker_written; }
};
Json to_json(const Spent& spent);
/// Absent fields are 0. Errors: format.
Result<Spent> spent_from_json(const Json& json);

/// The end of an attack on one behaviour: it stops when any of them is reached. At least one is
/// set. Queries that the attack makes on copies of its own (white box) count as FLOPs and seconds.
struct Limits {
  std::optional<std::int64_t> queries;
  std::optional<std::int64_t> tokens;  ///< of target and attacker together
  std::optional<double> flops;         ///< 2 * parameters * tokens of target and attacker, and work
  std::optional<double> seconds;       ///< of work on the weights
};
Json to_json(const Limits& limits);

/// "queries=100,tokens=50k,flops=1e15,seconds=600" (k, M, G, T for powers of 1000). Errors: usage.
Result<Limits> parse_limits(std::string_view text);
std::string to_string(const Limits& limits);

/// What a million tokens and an hour of work on weights cost.
struct Prices {
  std::string currency = "USD";
  double read = 0.0, written = 0.0;                    ///< of the target, a million tokens
  double attacker_read = 0.0, attacker_written = 0.0;  ///< of the attacker, a million tokens
  double hour = 0.0;                                   ///< of work on weights
};
/// A JSON object with those names. Errors: format (naming what is wrong).
Result<Prices> parse_prices(std::string_view json, const std::string& where);
double price_of(const Spent& spent, const Prices& prices);

/// All operations: those of `work`, and 2 a parameter and token. Not known (nothing) where the
/// number of a model's parameters is not known.
std::optional<double> flops_of(const Spent& spent, std::int64_t target_parameters,
                               std::int64_t attacker_parameters);

/// The name of the limit that is reached ("queries"), or nothing.
std::optional<std::string> reached(const Limits& limits, const Spent& spent,
                                   std::int64_t target_parameters,
                                   std::int64_t attacker_parameters);

}  // namespace assay::attack
