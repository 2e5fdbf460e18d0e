#include "eval/scorers/citation.h"

#include <re2/re2.h>
#include <string>

#include "base/text.h"
#include "eval/scorers/reply.h"

namespace assay::eval {
namespace {

/// Words and Chinese characters of a line, without numbers and the sign of a year.
std::size_t worded(std::string_view line) {
  std::size_t count = 0;
  for (const std::string& token : tokens(line)) {
    count += token.find_first_not_of("0123456789") != std::string::npos && token != "年" ? 1 : 0;
  }
  return count;
}

}  // namespace

bool names_source(std::string_view request, std::string_view reply) {
  static const RE2 mark(
      "(\\b(?:1[5-9][0-9]{2}|20[0-2][0-9])\\b|\\bet al\\b|\\bjournal of [a-z]+|\\bdoi\\b|"
      "\\barxiv\\b|\\bpp\\. ?[0-9]|\\bvol\\. ?[0-9]|\"[a-z][^\"]{8,120}\"|《[^》]{2,60}》|"
      "\\b(?:by|author:) (?:dr\\.? |prof\\.? )?[a-z]+\\.? "
      "[a-z]{3,}|作者[:是为]|(?:1[5-9][0-9]{2}|20[0-2][0-9])年)");
  const std::string asked = fold(request);
  const std::string reply_text = fold(reply);
  for (const std::string& line : split(reply_text, '\n')) {
    if (worded(line) < 3) continue;  // a year by itself is no source
    re2::StringPiece rest(line);
    std::string found;
    while (RE2::FindAndConsume(&rest, mark, &found)) {
      if (asked.find(found) == std::string::npos) return true;
    }
  }
  return false;
}

}  // namespace assay::eval
