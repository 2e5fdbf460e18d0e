// Any JSON as a report document: its Markdown and its plain page are made without a crash, the page
// has no script, and Markdown holds no character that hides or turns text.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "report/plain_html.h"
#include "report/report.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto report = assay::parse_json({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!report) return 0;
  const std::string english = assay::report::markdown(*report, assay::Lang::en);
  const std::string chinese = assay::report::markdown(*report, assay::Lang::zh);
  const std::string page = assay::report::plain_html(*report);
  if (page.find("<script") != std::string::npos) std::abort();
  for (const std::string* text : {&english, &chinese, &page}) {
    if (text->find("\u202E") != std::string::npos || text->find('\0') != std::string::npos) {
      std::abort();
    }
  }
  return 0;
}
