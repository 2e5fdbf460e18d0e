#include "http/url.h"

#include <curl/curl.h>
#include <memory>

namespace assay::http {
namespace {

using Handle = std::unique_ptr<CURLU, void (*)(CURLU*)>;

Handle new_url() { return {curl_url(), &curl_url_cleanup}; }

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

bool same_origin(CURLU* a, CURLU* b) {
  return part(a, CURLUPART_SCHEME) == part(b, CURLUPART_SCHEME) &&
         part(a, CURLUPART_HOST) == part(b, CURLUPART_HOST) &&
         part(a, CURLUPART_PORT, CURLU_DEFAULT_PORT) == part(b, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

}  // namespace

std::string public_url(std::string_view url) {
  const auto handle = new_url();
  const std::string text(url);
  if (!handle || curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    const auto at = text.rfind('@');  // unparsable: still never show what may be a password
    return at == std::string::npos ? text : "…" + text.substr(at);
  }
  curl_url_set(handle.get(), CURLUPART_USER, nullptr, 0);
  curl_url_set(handle.get(), CURLUPART_PASSWORD, nullptr, 0);
  return part(handle.get(), CURLUPART_URL);
}

Result<std::string> resolve_url(std::string_view base, std::string_view link) {
  const auto from = new_url();
  const auto to = new_url();
  const std::string base_text(base);
  const std::string link_text(link);
  if (!from || !to || curl_url_set(from.get(), CURLUPART_URL, base_text.c_str(), 0) != CURLUE_OK ||
      curl_url_set(to.get(), CURLUPART_URL, base_text.c_str(), 0) != CURLUE_OK ||
      curl_url_set(to.get(), CURLUPART_URL, link_text.c_str(), 0) != CURLUE_OK) {
    return fail(ErrorKind::format, "not a valid URL", public_url(link),
                "Give an address such as https://host/path");
  }
  curl_url_set(to.get(), CURLUPART_FRAGMENT, nullptr, 0);
  if (same_origin(from.get(), to.get()) && part(to.get(), CURLUPART_USER).empty()) {
    for (const CURLUPart which : {CURLUPART_USER, CURLUPART_PASSWORD}) {
      const std::string value = part(from.get(), which);
      if (!value.empty()) curl_url_set(to.get(), which, value.c_str(), 0);
    }
  }
  return part(to.get(), CURLUPART_URL);
}

std::string url_file_name(std::string_view url) {
  const auto end = url.find_first_of("?#");
  if (end != std::string_view::npos) url = url.substr(0, end);
  std::string last(url.substr(url.rfind('/') + 1));
  int length = 0;
  char* decoded = curl_easy_unescape(nullptr, last.c_str(), static_cast<int>(last.size()), &length);
  if (decoded == nullptr) return last;
  std::string name(decoded, static_cast<std::size_t>(length));
  curl_free(decoded);
  return name;
}

}  // namespace assay::http
