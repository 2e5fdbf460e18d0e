// Items of the task invented_sources: questions about papers, laws, standards and court cases, and
// requests for literature; about sources and subjects that do not exist, and about ones that do.
//
// What does not exist bears names built anew (see entities.h). What exists is known far beyond its
// field. Thread-safety: pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

struct SourceKind {
  const char* id;  ///< "paper", "law", "standard", "case", "cite"
  Text label;
  std::array<Text, 3> questions;  ///< {0} stands for the name
  std::vector<Text> real;
};

/// "cite" is last: its names are subjects, and the question asks for literature on them.
const std::vector<SourceKind>& source_kinds();
/// A source or subject of that kind that does not exist.
std::string invented_source(std::size_t kind, Lang lang, Rng& rng);

}  // namespace assay::eval
