// Claims: sentences of the report with what they stand on. Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "report/judgement.h"
#include "report/results.h"

namespace assay::report {

struct Claim {
  Text text;
  std::vector<std::string> figures;
  std::vector<std::string> evidence;
  Text falsified_by;
  Tone tone = Tone::unknown;
  int weight = 0;         ///< of the area: a concern about harm stands before one about ability
  double distance = 0.0;  ///< orders concerns of one weight
  std::string task;       ///< name, or "" for a claim about several
};

/// "Claim" of web/src/types.ts.
Json claim_json(const Claim& claim, const std::string& id);

/// A claim for each figure of a result that is about `topic` alone (its group is the topic's id),
/// if there are such; else for each primary figure, else for the first one. Judged as in `area`.
std::vector<Claim> figure_claims(const Entry& entry, std::string_view area,
                                 std::string_view topic = {});
/// One claim for all results that cannot be assessed; none if there are none.
std::vector<Claim> not_assessable_claims(const std::vector<const Entry*>& entries);
/// Concerns first (by area: misuse, malfunction, countermeasures, society, understanding, ability;
/// then the furthest beyond the line), then good, neutral, unknown.
void order_claims(std::vector<Claim>& claims);

}  // namespace assay::report
