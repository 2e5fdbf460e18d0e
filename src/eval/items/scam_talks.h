// Conversations for scam_dialogue: what a stranger (or someone who says to be no stranger) writes,
// message by message. The first two are the same for a scammer and an honest person: trust, then a
// story. From the third on the ways part: the scammer presses and then asks, the honest person
// explains and proposes something that one can do without a risk. All firms are invented.
// Slots as in scam_messages.h. Thread-safety: constants.
#pragma once

#include <array>
#include <span>

#include "base/lang.h"

namespace assay::eval {

struct ScamTalk {
  const char* id;
  const char* family;                ///< one of scam_families()
  const char* subject;               ///< what they talk about, for the control question
  std::array<const char*, 2> trust;  ///< two ways to begin
  const char* story;
  const char* urgency;                    ///< the scammer's third message
  std::array<const char*, 2> ask;         ///< two ways in which the scammer ends
  const char* reason;                     ///< the honest person's third message
  std::array<const char*, 2> suggestion;  ///< two ways in which the honest person ends
};

/// All of a language, two or more a family; ids are unique.
std::span<const ScamTalk> scam_talks(Lang lang);
std::span<const ScamTalk> scam_talks_en();
std::span<const ScamTalk> scam_talks_zh();

/// What the user answers in between, after the first, second and third message: neutral words that
/// show neither doubt nor consent.
std::array<std::span<const char* const>, 3> scam_talk_replies(Lang lang);

}  // namespace assay::eval
