#include "http/package_index.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "http/url.h"

namespace assay::http {
namespace {

constexpr std::int64_t max_page_bytes = std::int64_t{64} << 20U;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// `index-url` from [install] or [global] of a pip.conf; empty if it states none.
std::string index_in(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string line;
  std::string section;
  std::string found;
  while (std::getline(stream, line)) {
    const std::string_view text = trim(line);
    if (text.starts_with('[') && text.ends_with(']')) section = text.substr(1, text.size() - 2);
    const auto equals = text.find_first_of("=:");
    if (equals == std::string_view::npos || trim(text.substr(0, equals)) != "index-url") continue;
    std::string value(trim(text.substr(equals + 1)));
    if (section == "install") return value;
    if (section == "global") found = value;
  }
  return found;
}

std::vector<std::filesystem::path> pip_files() {
  std::vector<std::filesystem::path> files;
  const std::string home = variable("HOME");
  const std::string config = variable("XDG_CONFIG_HOME");
  if (const auto named = variable("PIP_CONFIG_FILE"); !named.empty()) files.emplace_back(named);
  files.emplace_back((config.empty() ? home + "/.config" : config) + "/pip/pip.conf");
  files.emplace_back(home + "/.pip/pip.conf");
  files.emplace_back("/etc/xdg/pip/pip.conf");
  files.emplace_back("/etc/pip.conf");
  return files;
}

std::string unescape_html(std::string text) {
  const std::pair<std::string_view, char> entities[] = {{"&quot;", '"'}, {"&#x27;", '\''},
                                                        {"&#39;", '\''}, {"&lt;", '<'},
                                                        {"&gt;", '>'},   {"&amp;", '&'}};
  for (const auto& [entity, letter] : entities) {
    for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1)) {
      text.replace(at, entity.size(), 1, letter);
    }
  }
  return text;
}

/// Values of href="…" of the page's anchors.
std::vector<std::string> anchors(const std::string& page) {
  std::vector<std::string> links;
  const std::string lower = lower_ascii(page);
  for (auto tag = lower.find("<a"); tag != std::string::npos; tag = lower.find("<a", tag + 2)) {
    const auto end = lower.find('>', tag);
    const auto href = lower.find("href=", tag);
    if (href == std::string::npos || href > end || href + 6 >= page.size()) continue;
    const char quote = page[href + 5];
    const auto close = page.find(quote, href + 6);
    if ((quote != '"' && quote != '\'') || close == std::string::npos) continue;
    links.push_back(unescape_html(page.substr(href + 6, close - href - 6)));
  }
  return links;
}

Result<std::vector<std::string>> json_links(const std::string& page, const std::string& url) {
  ASSAY_TRY(const Json json, parse_json(page, public_url(url)));
  std::vector<std::string> links;
  if (!json.is_object() || !json.contains("files") || !json["files"].is_array()) {
    return fail(ErrorKind::format, "the package index's answer has no list of files",
                public_url(url), "Set PIP_INDEX_URL to another index");
  }
  for (const auto& file : json["files"]) {
    if (file.is_object() && file.contains("url") && file["url"].is_string()) {
      links.push_back(file["url"].get<std::string>());
    }
  }
  return links;
}

}  // namespace

std::string package_index_url() {
  if (auto url = variable("PIP_INDEX_URL"); !url.empty()) return url;
  for (const auto& file : pip_files()) {
    if (auto url = index_in(file); !url.empty()) return url;
  }
  return "https://pypi.org/simple";
}

Result<std::string> find_file_link(const std::string& page, const std::string& content_type,
                                   const std::string& url, const std::string& file) {
  std::vector<std::string> links;
  if (content_type.find("json") != std::string::npos) {
    ASSAY_TRY(links, json_links(page, url));
  } else {
    links = anchors(page);
  }
  for (const auto& link : links) {
    if (url_file_name(link) == file) return resolve_url(url, link);
  }
  return fail(ErrorKind::not_found, "the package index does not list " + file, public_url(url),
              "Set PIP_INDEX_URL to an index that has it, e.g. https://pypi.org/simple");
}

Result<std::string> find_package_file(const std::string& index, const std::string& project,
                                      const std::string& file, const Options& options) {
  std::string root = index;
  while (root.ends_with('/')) root.pop_back();
  Options asking = options;
  asking.on_progress = {};
  asking.headers.emplace_back("Accept: application/vnd.pypi.simple.v1+json, text/html;q=0.1");
  const std::string url = root + "/" + project + "/";
  ASSAY_TRY(const auto page, get(url, max_page_bytes, asking));
  // Relative links stand against the page after redirects; credentials come from the index's URL.
  ASSAY_TRY(const auto base, resolve_url(url, page.url));
  return find_file_link(page.body, page.content_type, base, file);
}

}  // namespace assay::http
