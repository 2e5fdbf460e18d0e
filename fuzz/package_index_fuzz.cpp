// links: http
// Any page that a package index may send, as JSON and as HTML: no crash, and only absolute links.
#include <cstdint>
#include <cstdlib>

#include "http/package_index.h"
#include "http/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string page(reinterpret_cast<const char*>(data), size);
  for (const char* type : {"application/vnd.pypi.simple.v1+json", "text/html"}) {
    const auto link =
        assay::http::find_file_link(page, type, "https://u:p@host/simple/thing/", "a-1.whl");
    if (link && link->find("://") == std::string::npos) std::abort();
  }
  (void)assay::http::public_url(page.substr(0, page.find('\0')));
  return 0;
}
