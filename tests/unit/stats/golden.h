// Reads tests/golden/stats/<name>.json, written by tests/parity/make_stats_golden.py.
#pragma once

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

#include "base/json.h"

namespace assay::stats::test {

inline Json golden_cases(const std::string& name) {
  const std::string path = std::string(ASSAY_SOURCE_DIR) + "/tests/golden/stats/" + name + ".json";
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  auto parsed = parse_json(text.str(), path);
  if (!parsed || !parsed->contains("cases") || (*parsed)["cases"].empty()) {
    ADD_FAILURE() << "no golden cases in " << path;
    return Json::array();
  }
  return (*parsed)["cases"];
}

/// |actual - expected| <= 1e-9 (1 + |expected|)
inline void expect_close(double actual, double expected, const std::string& what) {
  EXPECT_NEAR(actual, expected, 1e-9 * (1.0 + std::abs(expected))) << what;
}

}  // namespace assay::stats::test
