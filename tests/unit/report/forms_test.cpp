// Markdown and HTML: complete, and hostile text stays text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden.h"
#include "report/plain_html.h"
#include "report/render.h"
#include "report/report.h"
#include "report/web_bundle.h"
#include "rich_run.h"

namespace assay::report {
namespace {

using testing::HasSubstr;
using testing::Not;

Json rich_report() {
  eval::Registry registry;
  test::fill_registry(registry);
  return build(test::rich_run(), registry);
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

TEST(Markdown, Golden) {
  const Json report = rich_report();
  test::expect_golden("report.md", markdown(report, Lang::en));
  test::expect_golden("report.zh.md", markdown(report, Lang::zh));
}

TEST(Markdown, HoldsEveryTopicAndFigure) {
  const Json report = rich_report();
  const std::string text = markdown(report, Lang::en);
  for (const Json& topic : report["topics"]) {
    EXPECT_THAT(text, HasSubstr("### " + topic["title"]["en"].get<std::string>() + "\n"));
  }
  EXPECT_THAT(text, HasSubstr("| Refuses unsafe requests | 63% | 95%: 46% to 77% | 40 | 7 |"));
}

TEST(Markdown, LeavesSensitiveOutputsOut) {
  const std::string text = markdown(rich_report(), Lang::en);
  EXPECT_THAT(text, Not(HasSubstr("SENSITIVE-ANSWER")));
  EXPECT_THAT(text, HasSubstr("sensitive output, left out here"));
}

TEST(Markdown, HostileTextOpensNoMarkup) {
  const std::string text = markdown(rich_report(), Lang::en);
  EXPECT_THAT(text, Not(HasSubstr("\u202E")));
  EXPECT_THAT(text, HasSubstr("\u27E8U+202E\u27E9"));
  EXPECT_THAT(text, HasSubstr("````text\n"));  // the answer holds three backticks
  EXPECT_THAT(text,
              Not(HasSubstr("\n# not a heading\n*bold* _it_ [x](javascript:alert(1)) <!-- & "
                            "\"q\" 'q' \\ \u27E8U+0007\u27E9 \uFFFD {0} __ASSAY_REPORT_JSON__ |")));
  for (std::size_t at = text.find("| "); at != std::string::npos; at = text.find("| ", at + 1)) {
    if (at == 0 || text[at - 1] != '\n') continue;
    const std::string line = text.substr(at, text.find('\n', at) - at);
    if (line.find("alert(1)") == std::string::npos) continue;
    EXPECT_EQ(occurrences(line, " | "), 7U) << line;  // eight cells
  }
}

TEST(PlainHtml, HostileTextOpensNoElement) {
  const std::string page = plain_html(rich_report());
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<!-- &")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)"));
  EXPECT_THAT(page, HasSubstr("SENSITIVE-ANSWER"));
  EXPECT_EQ(occurrences(page, "<details>"), occurrences(page, "</details>"));
  EXPECT_EQ(occurrences(page, "<main"), 2U);
}

TEST(PlainHtml, SensitiveOutputsAreFolded) {
  const std::string page = plain_html(rich_report());
  const std::size_t at = page.find("SENSITIVE-ANSWER");
  ASSERT_NE(at, std::string::npos);
  EXPECT_GT(page.rfind("<details>", at), page.rfind("</details>", at));
}

TEST(Html, CarriesTheWholeDocument) {
  const Json report = rich_report();
  const auto page = html(report);
  ASSERT_TRUE(page) << page.error().message();
  if (web_bundle().empty())
    GTEST_SKIP() << "built with ASSAY_WEB=OFF: the page has no data element";
  const std::string open = "<script type=\"application/json\" id=\"assay-report\">";
  const std::size_t start = page->find(open);
  ASSERT_NE(start, std::string::npos);
  const std::size_t end = page->find("</script>", start);
  const std::string data = page->substr(start + open.size(), end - start - open.size());
  EXPECT_EQ(data.find('<'), std::string::npos);
  EXPECT_EQ(data.find("\u2028"), std::string::npos);
  const auto parsed = parse_json(data, "page");
  ASSERT_TRUE(parsed) << parsed.error().message();
  EXPECT_EQ(dump_json(*parsed), dump_json(report));
}

TEST(Forms, AnyDocumentIsShownWithoutACrash) {
  for (const char* text :
       {"null", "[]", "{}", R"({"topics": 3, "areas": [{"id": "misuse"}], "results": [null, {}]})",
        R"({"areas": [{"id": "a"}], "topics": [{"area": "a", "tasks": ["x", 1], "claims": [5]}],
            "results": [{"key": "x", "figures": [{"estimate": {"value": "no"}}], "examples": [{}]}]})"}) {
    const auto json = parse_json(text, "test");
    ASSERT_TRUE(json);
    EXPECT_FALSE(markdown(*json, Lang::en).empty());
    EXPECT_FALSE(plain_html(*json).empty());
  }
}

TEST(Visible, ShowsWhatIsHidden) {
  EXPECT_EQ(visible("a\r\nb\tc"), "a\nb\tc");
  EXPECT_EQ(visible("\u202Ex\u2066"), "\u27E8U+202E\u27E9x\u27E8U+2066\u27E9");
  EXPECT_EQ(visible("\xff\xc0\xaf中\xe4\xb8"), "\uFFFD\uFFFD\uFFFD中\uFFFD\uFFFD");
  EXPECT_EQ(visible(std::string("\0", 1)), "\u27E8U+0000\u27E9");
}

TEST(Shortened, CutsBetweenCharacters) {
  EXPECT_EQ(shortened("中文字", 4, Lang::en), "中 … (2 more characters in report.json)");
  EXPECT_EQ(shortened("abc", 3, Lang::zh), "abc");
}

}  // namespace
}  // namespace assay::report
