// UUIDs of version 5 (RFC 9562, section 5.5): the same name gives the same UUID on each machine, so
// that a document made twice of one run is the same, byte for byte, and its parts can be referred
// to. Thread-safety: pure function.
#pragma once

#include <string>
#include <string_view>

namespace assay::standards {

/// Lower-case hex with hyphens. The name space is the UUID of the URL name "urn:assay:report";
/// in Python: uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, "urn:assay:report"), name).
std::string name_uuid(std::string_view name);

}  // namespace assay::standards
