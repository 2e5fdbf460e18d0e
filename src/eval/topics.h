// The topics of a report: one chapter each, also for what was not measured. The ids are stable.
// Thread-safety: constants.
#pragma once

#include <span>
#include <string_view>

namespace assay::eval {

/// Every id, "area.topic", in the order of the report.
std::span<const std::string_view> topic_ids();
/// Is this an id, or an area ("misuse") that has topics?
bool is_topic_or_area(std::string_view name);
/// Is the topic `id`, or in the area, that `wanted` names?
bool topic_matches(std::string_view id, std::string_view wanted);

}  // namespace assay::eval
