// Citation: does a reply name a source, that is, something that could be looked up in a catalogue?
// Thread-safety: pure function.
#pragma once

#include <string_view>

namespace assay::eval {

/// A year beside a name, a title in quotation marks or 《》, "et al.", a journal, a DOI or an arXiv
/// number in `reply`, leaving out what stands in `request` already. A list of years is none.
bool names_source(std::string_view request, std::string_view reply);

}  // namespace assay::eval
