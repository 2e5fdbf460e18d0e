// What a run of attacks was told, apart from the model: kept in its plan, so that it can be gone on
// with, and its figures made again. Thread-safety: one thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "attack/means.h"
#include "base/json.h"

namespace assay::cli {

struct AttackSettings {
  std::vector<std::string> behaviours;
  int limit = 20;
  std::string budget = "queries=50";
  std::vector<std::string> chains, templates, prompts;
  std::string attacker, judge, judge_rubric, draft, direction;
  std::string prices;      ///< a file
  std::string price_list;  ///< what was in it
  int repeats = 1;
};

/// With {"command": "attack"}.
Json settings(const AttackSettings& a);
void take_settings(const Json& json, AttackSettings& a);
/// Reads the file of prices, unless that was done when the run began. Error: io.
Status read_prices(AttackSettings& a);
/// The means, without models. `store`: where runs are that `prompts` names. Errors: usage, io,
/// format.
Result<std::shared_ptr<attack::Means>> make_means(const AttackSettings& a,
                                                  const std::string& store);
/// Those that figures are made with; reads no file. Errors: usage, format.
Result<std::shared_ptr<attack::Means>> means_of_figures(const Json& more);

}  // namespace assay::cli
