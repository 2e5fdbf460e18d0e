// Envelopes: the test vector of the standard, signing and opening with Ed25519, and what is
// refused.
#include "standards/dsse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>

#include "ed25519.h"

namespace assay::standards {
namespace {

using test::Key;

constexpr const char* kType = "application/x.test+json";

TEST(Dsse, EncodesAsTheStandardsExample) {  // protocol.md, "Test Vectors"
  EXPECT_EQ(pre_authentication("http://example.com/HelloWorld", "hello world"),
            "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  EXPECT_EQ(pre_authentication("", ""), "DSSEv1 0  0 ");
}

TEST(Dsse, ReadsTheStandardsExample) {
  const auto envelope = read_envelope(
      R"({"payload": "aGVsbG8gd29ybGQ=", "payloadType": "http://example.com/HelloWorld",
          "signatures": [{"sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]})");
  ASSERT_TRUE(envelope) << envelope.error().message();
  EXPECT_EQ(envelope->body, "hello world");
  ASSERT_EQ(envelope->signatures.size(), 1U);
  EXPECT_EQ(envelope->signatures[0].bytes.size(), 64U);
  EXPECT_EQ(envelope->signatures[0].keyid, "");
}

TEST(Dsse, WhatWasSignedIsWhatIsOpened) {
  const Key key(1);
  const auto text = sign_envelope(kType, "{\"a\":1}", "k1", key.signer());
  ASSERT_TRUE(text) << text.error().message();
  const auto opened = open_envelope(*text, kType, test::verifier({{"first", &key}}));
  ASSERT_TRUE(opened) << opened.error().message();
  EXPECT_EQ(opened->body, "{\"a\":1}");
  EXPECT_EQ(opened->keys, std::vector<std::string>{"first"});
}

TEST(Dsse, AChangedBodyTypeOrKeyIsNotOpened) {
  const Key key(1);
  const Key other(2);
  const Json good = *parse_json(*sign_envelope(kType, "abc", "", key.signer()), "test");
  const auto open = [&](const Json& envelope, const char* type, const Key& trusted) {
    return open_envelope(dump_json(envelope), type, test::verifier({{"it", &trusted}}));
  };
  ASSERT_TRUE(open(good, kType, key));
  Json changed = good;
  changed["payload"] = "YWJk";
  EXPECT_FALSE(open(changed, kType, key));
  changed = good;
  changed["payloadType"] = "application/x.other";
  EXPECT_FALSE(open(changed, "application/x.other", key));  // the type is signed too
  EXPECT_FALSE(open(good, kType, other));
  const auto wrong = open(good, "application/x.other", key);
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().message(), testing::HasSubstr("another kind"));
}

TEST(Dsse, AKeyCountsOnce) {
  const Key one(1);
  const Key two(2);
  Json envelope = *parse_json(*sign_envelope(kType, "abc", "1", one.signer()), "test");
  const Json second = *parse_json(*sign_envelope(kType, "abc", "2", two.signer()), "test");
  envelope["signatures"].push_back(envelope["signatures"][0]);
  envelope["signatures"].push_back(second["signatures"][0]);
  const auto opened =
      open_envelope(dump_json(envelope), kType, test::verifier({{"one", &one}, {"two", &two}}));
  ASSERT_TRUE(opened) << opened.error().message();
  EXPECT_EQ(opened->keys, (std::vector<std::string>{"one", "two"}));
}

TEST(Dsse, AnErrorOfTheKeysIsGivenOn) {
  const auto broken = [](std::string_view) -> Result<std::string> {
    return fail(ErrorKind::io, "no key", "key file");
  };
  EXPECT_EQ(sign_envelope(kType, "abc", "", broken).error().where, "key file");
  const Key key(1);
  const auto text = sign_envelope(kType, "abc", "", key.signer());
  const auto opened = open_envelope(
      *text, kType, [](std::string_view, const Signature&) -> Result<std::optional<std::string>> {
        return fail(ErrorKind::io, "no key", "key file");
      });
  EXPECT_EQ(opened.error().where, "key file");
}

TEST(Dsse, TakesBothAlphabetsAndUnknownFields) {
  const auto both = read_envelope(R"({"payload":"__-_","payloadType":"t","more":{"a":1},
      "signatures":[{"sig":"+/+/","keyid":"","cert":"x"}]})");
  ASSERT_TRUE(both) << both.error().message();
  EXPECT_EQ(both->body, "\xFF\xFF\xBF");
}

TEST(Dsse, RefusesWhatReadersWouldReadDifferently) {
  const auto with = [](const std::string& payload, const std::string& signatures) {
    return R"({"payloadType":"t","payload":)" + payload + R"(,"signatures":)" + signatures + "}";
  };
  const std::string good = R"([{"sig":"YQ=="}])";
  ASSERT_TRUE(read_envelope(with(R"("YQ==")", good)));
  const std::map<std::string, std::string> bad{
      {"bits left over", with(R"("YR==")", good)},
      {"no padding", with(R"("YQ")", good)},
      {"blank", with(R"("YQ== ")", good)},
      {"mixed alphabets", with(R"("+_8=")", good)},
      {"payload no string", with("1", good)},
      {"no signatures", with(R"("YQ==")", "[]")},
      {"signatures no list", with(R"("YQ==")", R"({"sig":"YQ=="})")},
      {"signature no object", with(R"("YQ==")", R"(["YQ=="])")},
      {"empty signature", with(R"("YQ==")", R"([{"sig":""}])")},
      {"no sig", with(R"("YQ==")", R"([{"keyid":"a"}])")},
      {"keyid null", with(R"("YQ==")", R"([{"sig":"YQ==","keyid":null}])")},
      {"twice",
       R"({"payload":"YQ==","payload":"Yg==","payloadType":"t","signatures":)" + good + "}"},
      {"twice, written otherwise",
       R"({"payload":"YQ==","p\u0061yload":"Yg==","payloadType":"t","signatures":)" + good + "}"},
      {"twice inside", with(R"("YQ==")", R"([{"sig":"YQ==","sig":"Yg=="}])")},
      {"no type", R"({"payload":"YQ==","signatures":)" + good + "}"},
      {"a list", "[]"},
      {"cut off", R"({"payload":"YQ==")"},
      {"nothing", ""}};
  for (const auto& [name, text] : bad) {
    const auto read = read_envelope(text);
    ASSERT_FALSE(read) << name;
    EXPECT_EQ(read.error().kind, ErrorKind::format) << name;
    EXPECT_FALSE(read.error().next.empty()) << name;
  }
}

TEST(Dsse, HasLimits) {
  Json signatures = Json::array();
  for (std::size_t i = 0; i <= kMostSignatures; ++i) signatures.push_back({{"sig", "YQ=="}});
  Json envelope{{"payload", ""}, {"payloadType", "t"}, {"signatures", signatures}};
  EXPECT_EQ(read_envelope(dump_json(envelope)).error().kind, ErrorKind::limit);
  envelope["signatures"].erase(0);
  EXPECT_TRUE(read_envelope(dump_json(envelope)));
  EXPECT_EQ(read_envelope(std::string(kLongestEnvelope + 1, ' ')).error().kind, ErrorKind::limit);
}

TEST(Dsse, SignsOnlyWhatCanBeRead) {
  const auto nothing = [](std::string_view) -> Result<std::string> { return std::string(); };
  EXPECT_FALSE(sign_envelope(kType, "abc", "", nothing));
  const Key key(1);
  EXPECT_FALSE(sign_envelope("", "abc", "", key.signer()));
  EXPECT_FALSE(sign_envelope(kType, "abc", "\xFF", key.signer()));
}

RC_GTEST_PROP(Dsse, AnyBytesComeBack, (const std::string& body)) {
  static const Key key(3);
  const auto text = sign_envelope(kType, body, "", key.signer());
  RC_ASSERT(text.has_value());
  const auto opened = open_envelope(*text, kType, test::verifier({{"it", &key}}));
  RC_ASSERT(opened.has_value());
  RC_ASSERT(opened->body == body);
}

}  // namespace
}  // namespace assay::standards
