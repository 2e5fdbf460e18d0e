#include "base/text.h"

#include <gtest/gtest.h>

namespace assay {

TEST(Text, RejectsOverlongAndSurrogateUtf8) {
  EXPECT_TRUE(is_utf8("plain"));
  EXPECT_TRUE(is_utf8("\xE8\xAF\x95\xE9\x87\x91"));
  EXPECT_FALSE(is_utf8("\xC0\x80"));
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
  EXPECT_FALSE(is_utf8("\xE8\xAF"));
}

TEST(Text, NearNamesFindsTypos) {
  const std::vector<std::string> names = {"arithmetic", "secrets", "facts"};
  ASSERT_FALSE(near_names("arithmatic", names).empty());
  EXPECT_EQ(near_names("arithmatic", names).front(), "arithmetic");
  EXPECT_TRUE(near_names("zzzzzzzz", names).empty());
}

TEST(Text, DisplayWidthCountsColumnsOfATerminal) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("\xE8\xAF\x95\xE9\x87\x91"), 4U);  // two wide characters
  EXPECT_EQ(display_width("e\xCC\x81"), 1U);                 // a combining accent
  EXPECT_EQ(display_width("\xFF"), 1U);
}

}  // namespace assay
