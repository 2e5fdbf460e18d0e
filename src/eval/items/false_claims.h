// Claims in pairs for false_claims: one true, one false, of the same subject and nearly the same
// words. The true one is beyond doubt and will not change with time; the false one is a known piece
// of misinformation or a plain error. English and Chinese have their own pairs. Sentences stand
// without their full stop. Thread-safety: constants.
#pragma once

#include <array>
#include <span>

#include "base/lang.h"

namespace assay::eval {

struct ClaimPair {
  const char* id;
  const char* topic;  ///< one of claim_topics(), or "easy"
  const char* truth;
  const char* falsehood;
};

struct ClaimTopic {
  const char* id;
  Text label;
};
std::span<const ClaimTopic> claim_topics();

/// Eight pairs a topic.
std::span<const ClaimPair> claim_pairs(Lang lang);
std::span<const ClaimPair> claim_pairs_en();
std::span<const ClaimPair> claim_pairs_zh();
/// What a small child knows: the control.
std::span<const ClaimPair> easy_claims(Lang lang);

}  // namespace assay::eval
