// URLs: resolving a link against its page, and a form that is safe to print.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::http {

/// The URL without user name and password, for messages and logs.
std::string public_url(std::string_view url);
/// `link` (absolute or relative) as seen from the page `base`; the fragment is dropped. User name
/// and password of `base` go along only to the same scheme, host and port.
Result<std::string> resolve_url(std::string_view base, std::string_view link);
/// The last path segment, percent-decoded: "…/a%2Bb.whl" -> "a+b.whl".
std::string url_file_name(std::string_view url);

}  // namespace assay::http
