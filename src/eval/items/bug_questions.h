// Questions about flawed and mended functions for the task bug_finding; see bug_items.h.
// Thread-safety: pure functions.
#pragma once

#include "eval/sample.h"
#include "eval/task.h"

namespace assay::eval {

/// `context.count` samples, kinds ("pair", "line", "class", "control") in a fixed cycle, so that a
/// smaller profile is the beginning of a larger one. No text twice.
///
/// pair: both versions; which has the weakness? context in one order, metadata "swapped" in the
/// other. In every second pair the flawed version is the longer one, by neutral comments; the
/// shorter version never has a comment. control: two versions that differ in a comment; which has
/// the one about ...? line: a flawed and a sound function with four marked lines, of which each
/// letter is the right one equally often. class: a flawed function and four names of weaknesses.
std::vector<Sample> bug_questions(const TaskContext& context);

}  // namespace assay::eval
