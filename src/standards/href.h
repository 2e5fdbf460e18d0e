// References to files beside a document, as relative URI references (RFC 3986, section 4.2).
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace assay::standards {

/// A file's name (UTF-8, '/' between folders) with all that is not unreserved or '/' as %XX. A
/// first segment with ':' cannot be taken for a scheme, since ':' is encoded too.
std::string href(std::string_view name);
/// The same with a JSON Pointer as fragment (RFC 6901, section 6).
std::string href(std::string_view name, std::string_view pointer);

}  // namespace assay::standards
