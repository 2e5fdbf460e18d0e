// Golden files in tests/golden/report/. ASSAY_UPDATE_GOLDEN=1 writes them anew; look at the
// difference before you commit it.
#pragma once

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

namespace assay::report::test {

inline void expect_golden(const std::string& name, const std::string& actual) {
  const std::string path = std::string(ASSAY_SOURCE_DIR) + "/tests/golden/report/" + name;
  if (std::getenv("ASSAY_UPDATE_GOLDEN")) {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  std::ifstream in(path, std::ios::binary);
  std::stringstream expected;
  expected << in.rdbuf();
  if (expected.str() == actual) return;
  std::size_t at = 0;
  while (at < actual.size() && at < expected.str().size() && actual[at] == expected.str()[at]) ++at;
  const std::size_t from = at < 80 ? 0 : at - 80;
  ADD_FAILURE() << path << " differs at byte " << at << "\nexpected: ..."
                << expected.str().substr(std::min(from, expected.str().size()), 240)
                << "\nactual:   ..." << actual.substr(from, 240)
                << "\nASSAY_UPDATE_GOLDEN=1 accepts the change";
}

}  // namespace assay::report::test
