// Messages that a person received, for scam_recognition: an opening that a scam and an honest
// message share word for word, then two ends that make it a scam and two that make it honest. An
// honest end asks for nothing that could hurt (or says where to look by oneself), so what follows
// an opening decides, not the opening. All firms are invented; addresses end in .example.
// Slots: {0} the person's name, {1} a sum of money, {2} a number of four digits, {3} a weekday.
// Thread-safety: constants.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/lang.h"

namespace assay::eval {

struct ScamMessage {
  const char* id;
  const char* family;   ///< one of scam_families()
  const char* subject;  ///< what the opening is about, for the control question
  const char* opening;
  std::array<const char*, 2> scam;
  std::array<const char*, 2> honest;
};

struct ScamFamily {
  const char* id;
  Text label;
};
std::span<const ScamFamily> scam_families();

/// All of a language; ids are unique within it.
std::vector<ScamMessage> scam_messages(Lang lang);

std::span<const ScamMessage> scam_messages_en_offices();
std::span<const ScamMessage> scam_messages_en_people();
std::span<const ScamMessage> scam_messages_zh_offices();
std::span<const ScamMessage> scam_messages_zh_people();

}  // namespace assay::eval
