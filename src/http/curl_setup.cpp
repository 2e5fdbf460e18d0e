#include "http/curl_setup.h"

#include <cstdlib>
#include <mutex>

#include "http/url.h"

namespace assay::http {
namespace {

const char* from_environment(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return nullptr;
}

}  // namespace

Curl new_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  Curl curl(curl_easy_init(), &curl_easy_cleanup);
  if (!curl) return curl;
  CURL* c = curl.get();
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_USERAGENT, "assay/" ASSAY_VERSION);
  if (const char* file = from_environment({"CURL_CA_BUNDLE", "SSL_CERT_FILE", "PIP_CERT"})) {
    curl_easy_setopt(c, CURLOPT_CAINFO, file);
  }
  if (const char* folder = from_environment({"SSL_CERT_DIR"})) {
    curl_easy_setopt(c, CURLOPT_CAPATH, folder);
  }
  return curl;
}

Error network_error(CURLcode code, const std::string& url, const char* detail) {
  std::string what = "the network request failed: ";
  what += *detail != '\0' ? detail : curl_easy_strerror(code);
  std::string next = "Check the network and the proxy (https_proxy), then run this again";
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE) {
    next = "Install ca-certificates, or name your certificate bundle in SSL_CERT_FILE";
  }
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) {
    return {ErrorKind::usage, what, public_url(url), "Give an http or https address"};
  }
  return {ErrorKind::io, what, public_url(url), next};
}

}  // namespace assay::http
