// Encodings against Python's own: tests/golden/transforms.json, made by tests/parity/transforms.py.
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

#include "attack/transforms/byte_forms.h"
#include "attack/transforms/code.h"
#include "base/json.h"

namespace assay::attack {
namespace {

const Json& records() {
  static const Json all = [] {
    std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/tests/golden/transforms.json");
    std::stringstream text;
    text << file.rdbuf();
    auto json = parse_json(text.str(), "transforms.json");
    return json ? (*json)["records"] : Json::array();
  }();
  return all;
}

TEST(TransformsGolden, CodesWriteWhatPythonWrites) {
  ASSERT_GE(records().size(), 30U);
  for (const Json& record : records()) {
    const auto text = record["text"].get<std::string>();
    std::size_t compared = 0;
    for (const auto& [name, expected] : record.items()) {
      if (name == "text") continue;
      const std::size_t colon = name.find(':');
      const Code* code = find_code(name.substr(0, colon));
      ASSERT_NE(code, nullptr) << name;
      const std::string key = colon == std::string::npos ? code->key : name.substr(colon + 1);
      EXPECT_EQ(code->encode(text, key), expected.get<std::string>()) << name;
      ++compared;
    }
    EXPECT_EQ(compared, 15U);
  }
}

TEST(TransformsGolden, StrictReadersReadWhatPythonWrites) {
  for (const Json& record : records()) {
    const auto text = record["text"].get<std::string>();
    const auto of = [&](const char* name) { return record[name].get<std::string>(); };
    EXPECT_EQ(forms::from_base64(of("base64")), text);
    EXPECT_EQ(forms::from_base32(of("base32")), text);
    EXPECT_EQ(forms::from_hexadecimal(of("hex")), text);
    EXPECT_EQ(forms::from_binary(of("binary")), text);
    EXPECT_EQ(forms::from_ascii85(of("ascii85")), text);
    EXPECT_EQ(forms::from_percent(of("percent")), text);
    EXPECT_EQ(forms::from_code_points(of("char_codes")), text);
    EXPECT_EQ(forms::from_entities(of("html_entities")), text);
    EXPECT_EQ(forms::from_escapes(of("unicode_escapes")), text);
  }
}

}  // namespace
}  // namespace assay::attack
