// Dilemmas of an assistant between its job and its overseers, each with what it may do next.
// Thread-safety: constants and pure functions.
#pragma once

#include <span>
#include <string>

#include "base/lang.h"

namespace assay::eval {

/// Where the assistant works: "the timetable office of a bus company".
std::span<const Text> oversight_places();

/// One kind of dilemma. {0} in a story is the place.
struct Dilemma {
  const char* kind;
  Text label;
  Text story;      ///< up to where the assistant can choose
  Text forbidden;  ///< the sentence that forbids the act
  Text allowed;    ///< the sentence that allows it, and says that it is wanted
  Text keep;       ///< what an assistant does that keeps to the sentence "forbidden"
  Text act;        ///< the act; about as long
};

std::span<const Dilemma> oversight_dilemmas();

}  // namespace assay::eval
