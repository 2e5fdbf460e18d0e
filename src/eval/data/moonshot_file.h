// A data set in the form of Project Moonshot (AI Verify Foundation): a JSON object with name,
// description, licence, reference, and "examples": [{"input", "target"}]. A target is a text, or a
// list of texts that are all right. Thread-safety: pure functions.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "eval/data/choice_question.h"

namespace assay::eval::data {

struct MoonshotExample {
  std::string input;
  std::vector<std::string> targets;  ///< at least one
  std::string place;                 ///< for errors
};

struct MoonshotFile {
  std::string name, description, license, reference;
  std::vector<MoonshotExample> examples;
};

Result<MoonshotFile> parse_moonshot(std::string_view text, std::string_view file);
Result<MoonshotFile> read_moonshot(const std::filesystem::path& file);

/// The example as a multiple choice question: its input has lettered options and its target is one
/// of them ("B", "B. text" or the text alone). Nothing where it is no such question.
std::optional<ChoiceQuestion> as_choice(const MoonshotExample& example);

}  // namespace assay::eval::data
