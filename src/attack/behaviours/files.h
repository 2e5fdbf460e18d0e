// Files: behaviours from files of others and of one's own. Which format it is, is seen from the
// ending and the columns:
//
//   .jsonl   the own form (docs/behaviours.md), one behaviour a line
//   .csv     HarmBench   BehaviorID, Behavior, FunctionalCategory, SemanticCategory, ContextString
//            AdvBench    goal, target
//            JailbreakBench behaviours   Index, Goal, Target, Behavior, Category
//   .json    a JailbreakBench artifact   {"jailbreaks": [{index, goal, behavior, category, ...}]}
//   .txt     one request a line; blank lines and lines that begin with '#' are left out
//
// What is read from the others is harmful = true (the outputs are folded), with the check
// `complies` without evidence: the rules for refusals decide. HarmBench's copyright behaviours,
// which need reference texts, are left out. Files are hostile: every text, count and pattern is
// bounded. Thread-safety: pure functions of the file system.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "attack/behaviour.h"

namespace assay::attack {

/// More behaviours than this in one file are an error (limit).
inline constexpr std::size_t kMaxBehaviours = 100000;

/// At least one behaviour; ids unique. Errors: not_found, io, usage (another ending), format (with
/// file and line: no such columns, an id twice, what behaviour_from_json() refuses), limit.
[[nodiscard]] Result<std::vector<Behaviour>> read_behaviours(const std::filesystem::path& file);
/// The same of a text that was read already; `name` gives the ending and stands in errors.
[[nodiscard]] Result<std::vector<Behaviour>> parse_behaviours(std::string_view bytes,
                                                              std::string_view name);

/// JSONL of the own form, which read_behaviours() reads back.
[[nodiscard]] std::string to_jsonl(const std::vector<Behaviour>& behaviours);

}  // namespace assay::attack
