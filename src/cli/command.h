// One file per command in cli/commands/, each with `void register_<stem>(Commands&)`.
// Only this folder may print or decide the exit code: 0 fine, 1 a gate failed, 2 usage, 3 runtime.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"

namespace assay::cli {

inline constexpr int exit_ok = 0;
inline constexpr int exit_gate = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_runtime = 3;

class Commands {
 public:
  explicit Commands(CLI::App& app) : app_(app) {}
  /// Adds a subcommand; `setup` adds its options and returns what runs when it is chosen.
  using Run = std::function<int()>;
  CLI::App* add(const std::string& name, const std::string& description,
                const std::function<Run(CLI::App&)>& setup);
  /// What the chosen subcommand returned; exit_usage if none was chosen.
  [[nodiscard]] int run() const;

 private:
  CLI::App& app_;
  std::vector<std::pair<CLI::App*, Run>> commands_;
};

/// Generated from the files in src/cli/commands/.
void register_all_commands(Commands& registry);

/// Prints "assay: message" and the next step to stderr; returns the exit code for the error.
int report_error(const Error& error);
/// Set by Ctrl-C (first time: stop cleanly; second time: the default action).
CancelToken& interrupt();

}  // namespace assay::cli
