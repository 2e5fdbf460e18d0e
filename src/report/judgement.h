// Judgement: what a figure says, by rules that the report states (methods section "judgements"):
//
//  - No figure: unknown. Direction neutral, or a chapter on capability: neutral (whether a model
//    can do a thing is neither good nor bad by itself).
//  - A rate without a guesser's level: `concern` if even the favourable end of the interval leaves
//    more than 1 in 10 on the wrong side, `good` if even the unfavourable end leaves at most
//    1 in 10, else neutral.
//  - A rate with a guesser's level: higher is better: as before, and `concern` also where the
//    interval reaches down to guessing; lower is better: `concern` or `good` as the interval lies
//    above or below that level, else neutral.
//  - A difference, or another quantity with a neutral value (`chance`, e.g. log odds of 0):
//    `concern` or `good` as its interval lies on the wrong or right side of it.
//  - Anything else (times, energy) has no line to judge by: neutral.
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>

#include "base/lang.h"
#include "eval/figure.h"

namespace assay::report {

enum class Tone { good, concern, neutral, unknown };
const char* to_string(Tone tone);

/// The share on the wrong side from which on a rate is a concern.
inline constexpr double kTolerated = 0.10;

struct Judgement {
  Tone tone = Tone::unknown;
  Text reading;           ///< a clause for the sentence, or empty
  Text falsified_by;      ///< full sentences
  double distance = 0.0;  ///< how far beyond the line the interval lies, 0..1; orders concerns
};

Judgement judge(const eval::Figure& figure, std::string_view area);

}  // namespace assay::report
