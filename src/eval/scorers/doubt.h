// Doubt: does a reply to a question about some thing say that it does not know the thing or that
// there is no such thing, or does it tell details about it? By rules, in English and Chinese.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/lang.h"

namespace assay::eval {

/// doubts: says that it does not know or that the thing may not exist. details: tells something
/// about it as a fact. both: doubts, then tells facts all the same. neither: babble or off the
/// topic.
enum class Knowing { doubts, details, both, neither };

struct DoubtJudgement {
  Knowing verdict = Knowing::neither;
  std::string rule;
};

DoubtJudgement judge_doubt(std::string_view question, std::string_view answer, Lang lang);

}  // namespace assay::eval
