// Word problems of the task arithmetic: written patterns with drawn names and numbers.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <string>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

struct Story {
  std::string text;
  std::int64_t answer = 0;
};

Story one_step_story(Lang lang, Rng& rng);
/// Two or three steps.
Story longer_story(Lang lang, Rng& rng);

}  // namespace assay::eval
