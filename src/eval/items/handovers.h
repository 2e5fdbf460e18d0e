// Stories of things that go from hand to hand, and who has one of them at the end.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

struct Handovers {
  std::string story;
  std::string question;
  std::vector<std::string> people;
  std::size_t holder = 0;         ///< index into people
  std::size_t last_receiver = 0;  ///< of the last sentence: what a careless reader answers
  std::size_t first_holder = 0;   ///< of the thing asked for
};

/// `steps` >= 1 handovers of three things among six people. Where steps > 2, the last receiver is
/// the holder no oftener than another.
Handovers handovers(int steps, Lang lang, Rng& rng);

}  // namespace assay::eval
