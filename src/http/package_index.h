// A Python package index as a place to fetch pinned files from: which index the user has
// configured, and the address of one file on it. Speaks the "simple" repository API in JSON (PEP
// 691) and in HTML (PEP 503).
// Thread-safety: any number of calls at once.
#pragma once

#include <string>
#include <string_view>

#include "http/client.h"

namespace assay::http {

/// $PIP_INDEX_URL, else index-url of pip's configuration files (in pip's order), else
/// https://pypi.org/simple.
std::string package_index_url();

/// The address of `file` among a project's files. Errors: those of get(), and not_found.
Result<std::string> find_package_file(const std::string& index, const std::string& project,
                                      const std::string& file, const Options& options = {});

/// The same on a page at hand: `page` came from `url` with this content type.
Result<std::string> find_file_link(const std::string& page, const std::string& content_type,
                                   const std::string& url, const std::string& file);

}  // namespace assay::http
