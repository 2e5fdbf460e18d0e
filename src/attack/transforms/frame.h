// Frames: transforms that put words around a request and leave the request itself as it is.
// Thread-safety: pure functions; add_frame() as Transforms::add().
#pragma once

#include <string>
#include <string_view>

#include "attack/transforms/transform.h"

namespace assay::attack {

inline constexpr std::string_view kRequestMark = "{request}";

/// `pattern` with its first "{request}" replaced; without one, the request after a blank line.
std::string fill_frame(std::string_view pattern, std::string_view request);
/// `pattern` with each `mark` (e.g. "{n}") replaced by `value`.
std::string with_mark(std::string_view pattern, std::string_view mark, std::string_view value);

/// Adds a transform that puts the request into `pattern`, which has "{request}" in both languages
/// (else it is a defect: std::logic_error). The request is kept verbatim.
void add_frame(Transforms& registry, TransformInfo info, Text pattern);

}  // namespace assay::attack
