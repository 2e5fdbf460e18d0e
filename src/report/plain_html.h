// The page of a build without web/ (ASSAY_WEB=OFF): one file without scripts, readable and
// printable; the languages are switched by CSS alone. Thread-safety: pure functions.
#pragma once

#include <string>

#include "base/json.h"

namespace assay::report {

std::string plain_html(const Json& report);
/// Raw text for an element or a quoted attribute; hidden characters become visible.
std::string html_escaped(const std::string& raw);

}  // namespace assay::report
