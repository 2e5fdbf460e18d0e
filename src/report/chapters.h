// Chapters: for every topic what was measured, in which state it is and why, and its claims.
// Thread-safety: pure functions.
#pragma once

#include <vector>

#include "report/claims.h"
#include "report/topics.h"

namespace assay::report {

struct Chapter {
  const TopicInfo* topic = nullptr;
  eval::Status status = eval::Status::not_measured;
  Text reason;  ///< for every status but measured
  std::vector<const Entry*> own;
  std::vector<const Entry*> elsewhere;  ///< bear on this topic, shown in another chapter
  std::vector<Claim> claims;            ///< 1 to 3
};

/// Every topic, in order. `entries` must outlive the chapters.
std::vector<Chapter> chapters(const std::vector<Entry>& entries, const eval::Registry& registry);
/// "Topic" of web/src/types.ts.
Json chapter_json(const Chapter& chapter);

}  // namespace assay::report
