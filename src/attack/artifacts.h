// Attack artifacts in the form of JailbreakBench (Chao et al. 2024, arXiv:2404.01318): what an
// attack sent to a model, what came back, how many queries it took, and what a judge said of it.
//
// Legal call order: read_artifacts(files and folders), or parse_artifact(bytes) -> attack/effort.h.
// Texts in it are other people's and may be harmful: they are held, never run or printed.
// Thread-safety: pure functions of the file system; plain values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace assay::attack {

struct ArtifactAttempt {
  std::int64_t index = 0;
  std::string goal;
  std::string behavior;  ///< names the behaviour; several attempts at one are a cluster
  std::string category;
  std::optional<std::string> prompt;                 ///< none: the attack had nothing to submit
  std::optional<std::string> response;               ///< to the submitted prompt
  std::optional<std::int64_t> number_of_queries;     ///< allowed or spent, as the method counts
  std::optional<std::int64_t> queries_to_jailbreak;  ///< until the attack itself stopped
  std::optional<std::int64_t> prompt_tokens;
  std::optional<std::int64_t> response_tokens;
  std::optional<bool> jailbroken;      ///< the judge's label; none: not judged
  std::map<std::string, bool> labels;  ///< of other judges: fields named jailbroken_...
};

struct Artifact {
  std::string file;  ///< as it was named; for messages
  std::string method;
  std::string model;
  std::string attack_type;                    ///< white_box, black_box, transfer, manual, ...
  std::optional<double> attack_success_rate;  ///< as the file claims it
  std::optional<std::int64_t> total_number_of_queries;
  Json method_parameters;
  std::vector<ArtifactAttempt> attempts;
};

/// {parameters: {method, model, attack_type, ...}, jailbreaks: [{index, goal, behavior, ...}]}.
/// Errors: format, naming file and item: another kind of document, a field of another type, a
/// negative count, more queries to the jailbreak than were made, no attempts.
Result<Artifact> parse_artifact(std::string_view text, std::string_view file);

struct ArtifactSet {
  std::vector<Artifact> artifacts;       ///< in order of their paths
  std::vector<std::string> other_files;  ///< JSON files of folders that are of another kind
};

/// Files, and every .json file below folders (links to folders are not followed). In a folder, JSON
/// objects without "jailbreaks" are left out and named; a file given by name must be an artifact.
/// Errors: not_found, io, limit (more than 10,000 files), format, and no artifact at all.
Result<ArtifactSet> read_artifacts(std::span<const std::filesystem::path> places);

}  // namespace assay::attack
