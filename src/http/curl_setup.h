// What every libcurl handle of ours is told: protocols, certificates, user agent; and what a code
// of libcurl means to a person. Only files of this folder include it.
// Thread-safety: any number of calls at once.
#pragma once

#include <curl/curl.h>
#include <memory>
#include <string>

#include "base/result.h"

namespace assay::http {

using Curl = std::unique_ptr<CURL, void (*)(CURL*)>;
using CurlHeaders = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

/// A new handle; null if libcurl cannot start.
Curl new_curl();
/// `detail`: libcurl's own words, may be empty.
Error network_error(CURLcode code, const std::string& url, const char* detail);

}  // namespace assay::http
