// The topics of the International AI Safety Report's interim edition (May 2024), one chapter each,
// in order. Ids are stable. Thread-safety: constants.
#pragma once

#include <string_view>
#include <vector>

#include "base/lang.h"

namespace assay::report {

struct Area {
  std::string_view id;  ///< "misuse"
  Text title;
};

struct TopicInfo {
  std::string_view id;  ///< "misuse.cyber"
  Text title;
  Text about;  ///< one sentence: what the concern is
  [[nodiscard]] std::string_view area() const { return id.substr(0, id.find('.')); }
};

const std::vector<Area>& areas();
const std::vector<TopicInfo>& topics();
/// nullptr for an id that is no topic.
const TopicInfo* find_topic(std::string_view id);

}  // namespace assay::report
