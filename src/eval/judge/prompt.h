// What a model that judges is asked, and how its reply is read. One order of the labels (or of the
// two answers of a pairwise rubric) a question. Thread-safety: pure functions.
#pragma once

#include "eval/judge/judge.h"

namespace assay::eval {

/// `swapped`: labels from the last to the first; pairwise, the reference stands first. `served`:
/// hold the reply to a form by JSON Schema, else by grammar.
model::GenerateRequest judge_request(const Rubric& rubric, const JudgeItem& item, bool swapped,
                                     bool served);

/// The label of a reply to that request; nothing where it gives none.
std::optional<std::size_t> read_label(const Rubric& rubric, std::string_view reply, bool swapped);

}  // namespace assay::eval
