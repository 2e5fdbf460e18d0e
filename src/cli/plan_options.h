// The options that say what a run measures: of `assay assess`, and of `assay plan --commit`, which
// commits to it before. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "eval/runner.h"

namespace assay::cli {

struct PlanOptions {
  std::string profile = "standard";
  std::string budget;
  std::vector<std::string> topics;
  std::vector<std::string> tasks;
  std::vector<std::string> langs{"en,zh"};
  std::uint64_t seed = 1;
  int epochs = 1;
  std::string reducer = "mean";
  std::optional<int> limit;
  std::optional<std::int64_t> token_limit;
  std::vector<std::string> vary;
  int contexts = 0;
  std::vector<std::string> forms{"as-stored,bf16,q8_0"};
};
/// `lang`: the name of the option of languages.
void add_plan_options(CLI::App& app, PlanOptions& options, const std::string& lang);

/// Errors: usage. Looks whether a sandbox works here.
Result<eval::RunPlan> make_plan(const PlanOptions& arguments);
[[nodiscard]] bool varies_weights(const eval::Variation& vary);

}  // namespace assay::cli
