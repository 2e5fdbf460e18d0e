// Tasks of lm-evaluation-harness, from their YAML: the part of the format that describes data,
// prompts and metrics without Python.
//
// Read: task, include, dataset_path (json, csv or text data of one's own) with
// dataset_kwargs.data_files, test_split, validation_split, training_split, fewshot_split,
// num_fewshot, fewshot_config.sampler (first_n), description, doc_to_text, doc_to_target,
// doc_to_choice (fields or Jinja templates), target_delimiter, fewshot_delimiter, output_type
// (multiple_choice, loglikelihood, loglikelihood_rolling, generate_until), generation_kwargs
// (until, max_gen_toks; greedy), filter_list (remove_whitespace, take_first, lowercase, uppercase,
// regex), metric_list (acc, acc_norm, exact_match, ...; and, as an addition of ours, "assay:NAME",
// a scorer of scorers/named.h, whose options stand beside it), metadata. Anything that names Python
// (!function) is refused, and so is what would change the figures without being understood.
//
// Thread-safety: pure functions of the file system.
#pragma once

#include <filesystem>

#include "base/json.h"
#include "eval/data/records.h"
#include "eval/task_files/file_task.h"

namespace assay::eval::task_files {

/// Does the file describe a task of the harness (it has "doc_to_text", or includes another)?
bool is_harness_task(const Json& description);
/// Follows `include`, reads the data. Errors: unsupported (what the subset has not), format.
Result<FileTaskSpec> read_harness_task(const Json& description, const std::filesystem::path& file);
/// The items of records, by a description whose `include` is resolved; for tests and fuzzers.
/// `shots`: the records that examples are taken from.
Result<FileTaskSpec> harness_task(const Json& description, const std::string& where,
                                  const std::vector<data::Record>& records,
                                  const std::vector<data::Record>& shots);

}  // namespace assay::eval::task_files
