#include "http/package_index.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "http/url.h"
#include "support/scratch_folder.h"

namespace assay::http {
namespace {

TEST(PackageIndex, ReadsHtmlWithEntitiesAndFragments) {
  const std::string page =
      "<html><A class=\"x\" href=\"/f/a%2Bb-1.whl?x=1&amp;y=2#sha256=00\">a</A>"
      "<a href='https://files.example/c-1.whl'>c</a><a>none</a><a href=";
  const auto first = find_file_link(page, "text/html", "https://host/simple/a/", "a+b-1.whl");
  ASSERT_TRUE(first.has_value()) << first.error().message();
  EXPECT_EQ(*first, "https://host/f/a%2Bb-1.whl?x=1&y=2");
  const auto second = find_file_link(page, "text/html", "https://u:p@host/simple/a/", "c-1.whl");
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(*second, "https://files.example/c-1.whl");
}

TEST(PackageIndex, RefusesAnswersOfAnotherShape) {
  for (const char* page : {"[]", "{}", "{\"files\": 3}", "{\"files\": [3, {\"url\": 4}]}", "{"}) {
    EXPECT_FALSE(find_file_link(page, "application/json", "https://host/", "x").has_value())
        << page;
  }
}

TEST(PackageIndex, TakesTheUsersIndex) {
  const test::ScratchFolder folder;
  folder.write("pip/pip.conf",
               "[global]\nindex-url = https://a.example/simple\n"
               "[install]\nindex-url=https://b.example/simple\n");
  setenv("XDG_CONFIG_HOME", folder.path().c_str(), 1);
  unsetenv("PIP_INDEX_URL");
  unsetenv("PIP_CONFIG_FILE");
  EXPECT_EQ(package_index_url(), "https://b.example/simple");
  setenv("PIP_INDEX_URL", "https://c.example/simple", 1);
  EXPECT_EQ(package_index_url(), "https://c.example/simple");
  unsetenv("PIP_INDEX_URL");
}

TEST(Url, HidesCredentialsAndKeepsThemOnlyAtTheSameOrigin) {
  EXPECT_EQ(public_url("https://user:pw@host/x"), "https://host/x");
  EXPECT_EQ(public_url("not a url user:pw@host").find("pw"), std::string::npos);
  EXPECT_EQ(*resolve_url("https://u:p@host/simple/", "https://host:443/f"),
            "https://u:p@host:443/f");
  EXPECT_EQ(*resolve_url("https://u:p@host/simple/", "http://host/f"), "http://host/f");
  EXPECT_EQ(*resolve_url("https://u:p@host/simple/", "https://host:8443/f"), "https://host:8443/f");
}

}  // namespace
}  // namespace assay::http
