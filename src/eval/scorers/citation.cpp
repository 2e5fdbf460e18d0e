#include "eval/scorers/citation.h"

#include <re2/re2.h>
#include <string>

#include "base/text.h"
#include "eval/scorers/reply.h"

namespace assay::eval {

bool names_source(std::string_view request, std::string_view reply) {
  static const RE2 mark(
      "(\\b(?:1[5-9][0-9]{2}|20[0-2][0-9])\\b|\\bet al\\b|\\bjournal of [a-z]+|\\bdoi\\b|"
      "\\barxiv\\b|\\bpp\\. ?[0-9]|\\bvol\\. ?[0-9]|\"[a-z][^\"]{8,120}\"|《[^》]{2,60}》|"
      "\\b(?:by|author:) (?:dr\\.? |prof\\.? )?[a-z]+\\.? "
      "[a-z]{3,}|作者[:是为]|(?:1[5-9][0-9]{2}|20[0-2][0-9])年)");
  const std::string asked = fold(request);
  const std::string said = fold(reply);
  re2::StringPiece rest(said);
  std::string found;
  while (RE2::FindAndConsume(&rest, mark, &found)) {
    if (asked.find(found) == std::string::npos) return true;
  }
  return false;
}

}  // namespace assay::eval
