// What to try instead of a name that is not known. Thread-safety: pure function.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// "Did you mean a, b? OTHERWISE" with the known names that are near; OTHERWISE where none is.
std::string suggestion(std::string_view name, const std::vector<std::string>& known,
                       std::string_view otherwise);

}  // namespace assay
