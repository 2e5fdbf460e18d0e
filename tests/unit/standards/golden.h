// The report whose exports the tests look at, and golden files in tests/golden/standards/.
// ASSAY_UPDATE_GOLDEN=1 writes them anew; tests/parity/standards.py holds them against the
// standards' own schemas.
#pragma once

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

#include "standards/report_facts.h"

namespace assay::standards::test {

inline std::string file_text(const std::string& path) {
  std::ifstream in(std::string(ASSAY_SOURCE_DIR) + "/tests/golden/" + path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// It has all states, both languages, and text that breaks careless writers.
inline Json golden_report() { return *parse_json(file_text("report/report.json"), "golden"); }

inline std::vector<FileDigest> golden_files() {
  return {{"report.json", std::string(64, '1')}, {"my report.html", std::string(64, '2')}};
}

inline void expect_golden(const std::string& name, const std::string& actual) {
  if (std::getenv("ASSAY_UPDATE_GOLDEN")) {
    std::ofstream(std::string(ASSAY_SOURCE_DIR) + "/tests/golden/standards/" + name,
                  std::ios::binary)
        << actual;
    return;
  }
  const std::string expected = file_text("standards/" + name);
  ASSERT_FALSE(expected.empty()) << name << " is missing";
  std::size_t at = 0;
  while (at < actual.size() && at < expected.size() && actual[at] == expected[at]) ++at;
  if (at == actual.size() && at == expected.size()) return;
  const std::size_t from = at < 80 ? 0 : at - 80;
  ADD_FAILURE() << name << " differs at byte " << at << "\nexpected: ..."
                << expected.substr(std::min(from, expected.size()), 240) << "\nactual:   ..."
                << actual.substr(std::min(from, actual.size()), 240);
}

}  // namespace assay::standards::test
