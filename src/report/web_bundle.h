// The page of web/ as one HTML file, embedded by cmake/AssayWeb.cmake. It holds the marker
// __ASSAY_REPORT_JSON__ exactly once. Empty in a build with ASSAY_WEB=OFF. Thread-safety: constant.
#pragma once

#include <string_view>

namespace assay::report {

inline constexpr std::string_view kReportMarker = "__ASSAY_REPORT_JSON__";
std::string_view web_bundle();

}  // namespace assay::report
