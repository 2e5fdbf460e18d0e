// Mapping files: which field of a JSONL, CSV or JSON file is what. As JSON or YAML:
//
//   task: my_task           name
//   data: items.jsonl       beside this file; .jsonl, .csv, .tsv or .json (a list, or `list: KEY`)
//   prompt: question        a field, or a template: "Q: {{question}}\nA:"
//   choices: [a, b, c]      fields; or one field that holds a list; none for generated answers
//   target: answer          index from 0, letter, text of the choice; or accepted answer(s)
//   id, cluster, group      fields; optional
//   fields: [tests]         further fields that the scorer reads; optional
//   lang: en | zh           of all items (en)
//   score: NAME             choice; of generated answers: exact, contains, judge, or one of named.h
//   scorer_options: {..}    of a scorer of named.h
//   judge, calibration      with `score: judge`: one or a list (see eval/judge); or on the command
//   line rubric: refusal.yaml    what the judge is asked; files stand beside this one max_tokens,
//   ignore_case, ignore_punctuation, pattern      of generated answers title, description, license,
//   citation, topics: [..]       shown in the report
//
// Thread-safety: pure functions of the file system.
#pragma once

#include <filesystem>

#include "base/json.h"
#include "eval/data/records.h"
#include "eval/task_files/file_task.h"

namespace assay::eval::task_files {

/// Does the file describe a mapping (it has "data" and "prompt")?
bool is_mapping(const Json& description);
/// Reads the data too. `file` is the mapping's own path. Errors: format (unknown or missing keys,
/// wrong types, with file and line of the item), and those of the readers of data.
Result<FileTaskSpec> read_mapping(const Json& description, const std::filesystem::path& file);
/// The items of records, by a mapping; for tests and fuzzers. Errors: as above.
Result<std::vector<Sample>> map_records(const Json& description, const std::string& where,
                                        const std::vector<data::Record>& records);

}  // namespace assay::eval::task_files
