#include "http/sse.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace assay::http {
namespace {

std::vector<std::string> events(const std::vector<std::string>& pieces) {
  std::vector<std::string> out;
  SseParser parser([&](std::string_view data) {
    out.emplace_back(data);
    return data != "[DONE]";
  });
  for (const std::string& piece : pieces) EXPECT_TRUE(parser.feed(piece).has_value());
  return out;
}

using List = std::vector<std::string>;

TEST(Sse, EventsEndAtEmptyLines) {
  EXPECT_EQ(events({"data: a\n\ndata: b\n\n"}), (List{"a", "b"}));
  EXPECT_EQ(events({"data: a\r\n\r\ndata:b\r\rdata:  c\n\n"}), (List{"a", "b", " c"}));
  EXPECT_EQ(events({"data: one\ndata: two\n\n"}), (List{"one\ntwo"}));
  EXPECT_EQ(events({"data\n\n"}), (List{""}));
  EXPECT_EQ(events({"\xEF\xBB\xBF"
                    "data: a\n\n"}),
            (List{"a"}));
}

TEST(Sse, WhatIsNotDataIsPassedOver) {
  EXPECT_EQ(events({": ping\n\nevent: x\nid: 3\nretry: 1\ndataset: y\ndata: a\n\n\n\n"}),
            (List{"a"}));
  EXPECT_EQ(events({"data: never closed\n"}), List{});
}

TEST(Sse, NothingFollowsTheEnd) {
  EXPECT_EQ(events({"data: a\n\ndata: [DONE]\n\ndata: b\n\n", "data: c\n\n"}),
            (List{"a", "[DONE]"}));
}

TEST(Sse, ALineWithoutEndIsALimit) {
  SseParser parser([](std::string_view) { return true; }, 100);
  EXPECT_TRUE(parser.feed(std::string(60, 'x')).has_value());
  const auto more = parser.feed(std::string(60, 'x'));
  ASSERT_FALSE(more.has_value());
  EXPECT_EQ(more.error().kind, ErrorKind::limit);
}

RC_GTEST_PROP(Sse, PiecesDoNotMatter, (const std::vector<std::uint8_t>& cuts)) {
  const std::string text =
      "data: a\r\n\r\n: c\rdata: \xE4\xBD\xA0\ndata: {\"x\":1}\n\ndata: [DONE]\n\n";
  List pieces;
  std::size_t at = 0;
  for (const std::uint8_t cut : cuts) {
    const std::size_t n = std::min<std::size_t>(cut % 7, text.size() - at);
    pieces.push_back(text.substr(at, n));
    at += n;
  }
  pieces.push_back(text.substr(at));
  RC_ASSERT(events(pieces) == (List{"a", "\xE4\xBD\xA0\n{\"x\":1}", "[DONE]"}));
}

}  // namespace
}  // namespace assay::http
