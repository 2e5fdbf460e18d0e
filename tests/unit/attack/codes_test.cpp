// Codes: round trips of any text, known values, broken input, and replies with noise around them.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <string>
#include <vector>

#include "attack/transforms/byte_forms.h"
#include "attack/transforms/chinese_forms.h"
#include "attack/transforms/code.h"
#include "attack/transforms/letters.h"
#include "attack/transforms/reply.h"
#include "attack/transforms/spelling.h"
#include "eval/scorers/answer_text.h"

namespace assay::attack {
namespace {

std::string any_text() {
  const auto points = *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::oneOf(
      rc::gen::inRange<std::uint32_t>(0x20, 0x7F), rc::gen::inRange<std::uint32_t>(0x4E00, 0x9FA5),
      rc::gen::inRange<std::uint32_t>(0x1F300, 0x1F640)));
  return eval::to_utf8(std::u32string(points.begin(), points.end()));
}

std::string any_letters() {
  return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::elementOf(
      std::string("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ      .,?"))));
}

std::string encoded(const char* name, std::string_view text, std::string_view key = {}) {
  const Code* code = find_code(name);
  return code->encode(text, key.empty() ? code->key : key);
}

std::string decoded(const std::string& code, std::string_view reply) {
  const auto out = decode_reply(code, reply);
  return out ? *out : out.error().message();
}

RC_GTEST_PROP(Codes, BytesComeBackFromEachEncoding, ()) {
  const auto bytes = *rc::gen::nonEmpty(rc::gen::arbitrary<std::string>());
  RC_ASSERT(forms::from_base64(forms::base64(bytes)) == bytes);
  RC_ASSERT(forms::from_base32(forms::base32(bytes)) == bytes);
  RC_ASSERT(forms::from_hexadecimal(forms::hexadecimal(bytes)) == bytes);
  RC_ASSERT(forms::from_binary(forms::binary(bytes)) == bytes);
  RC_ASSERT(forms::from_ascii85(forms::ascii85(bytes)) == bytes);
  RC_ASSERT(forms::from_percent(forms::percent(bytes)) == bytes);
}

RC_GTEST_PROP(Codes, TextsComeBackFromEachEncodingOfCharacters, ()) {
  const std::string text = any_text();
  RC_PRE(!text.empty());
  RC_ASSERT(forms::from_code_points(forms::code_points(text)) == text);
  RC_ASSERT(forms::from_entities(forms::entities(text)) == text);
  RC_ASSERT(forms::from_escapes(forms::escapes(text)) == text);
}

RC_GTEST_PROP(Codes, StrictReadersBearAnyBytes, (const std::string& bytes)) {
  for (const auto read : {forms::from_base64, forms::from_base32, forms::from_hexadecimal,
                          forms::from_binary, forms::from_ascii85, forms::from_percent,
                          forms::from_code_points, forms::from_entities, forms::from_escapes}) {
    (void)read(bytes);
  }
  (void)spelling::from_morse(bytes);
  (void)spelling::from_letter_numbers(bytes);
  (void)folded(bytes);
}

RC_GTEST_PROP(Codes, CiphersAreUndoneByTheirReverse, ()) {
  const std::string text = any_letters();
  RC_ASSERT(encoded("rot13", encoded("rot13", text)) == text);
  RC_ASSERT(encoded("atbash", encoded("atbash", text)) == text);
  RC_ASSERT(encoded("rot47", encoded("rot47", text)) == text);
  const std::string shift = std::to_string(*rc::gen::inRange(1, 26));
  const std::string back = std::to_string(26 - std::stoi(shift));
  if (shift != "26" && back != "26" && back != "0") {
    RC_ASSERT(encoded("caesar", encoded("caesar", text, shift), back) == text);
  }
  RC_ASSERT(encoded("reversed_text", encoded("reversed_text", text)) == text);
  RC_ASSERT(encoded("mirrored_words", encoded("mirrored_words", text)) == text);
}

TEST(Codes, KnownValues) {
  EXPECT_EQ(encoded("vigenere", "attack at dawn", "LEMON"), "lxfopv ef rnhr");
  EXPECT_EQ(encoded("rail_fence", "WEAREDISCOVEREDRUNATONCE", "3"), "WECRUOERDSOEERNTNEAIVDAC");
  EXPECT_EQ(encoded("rot47", "The Quick"), "%96 \"F:4<");
  EXPECT_EQ(spelling::morse("SOS, now"), "... --- ... --..-- / -. --- .--");
  EXPECT_EQ(spelling::from_morse("... --- ... / ·-· ··-"), "SOS RU");
  EXPECT_EQ(spelling::letter_numbers("Hi you 7"), "8-9 25-15-21 [7]");
  EXPECT_EQ(spelling::from_letter_numbers("8-9 25-15-21 [7]"), "hi you 7");
  EXPECT_EQ(spelling::letter_words("Hi a"), "Hotel India / Alfa");
  EXPECT_EQ(spelling::from_letter_words("Hotel India / Alpha"), "hi a");
  EXPECT_EQ(spelling::braille("Hi 10b"), "⠠⠓⠊⠀⠼⠁⠚⠰⠃");
  EXPECT_EQ(spelling::from_braille("⠠⠓⠊⠀⠼⠁⠚⠰⠃"), "Hi 10b");
  EXPECT_EQ(spelling::pig_latin("Hello, quiet apple! MY rhythm"),
            "Ellohay, ietquay appleway! YMAY ythmrhay");
  EXPECT_EQ(spelling::leetspeak("Bags of tea"), "8495 0f 734");
  EXPECT_EQ(spelling::from_leetspeak("8495x h3110 12"), "bagsx heiio 12");
}

TEST(Codes, KnownValuesOfChinese) {
  EXPECT_EQ(to_pinyin("打开柜子", true), "dǎ kāi guì zi");
  EXPECT_EQ(to_pinyin("打开柜子", false), "da kai gui zi");
  EXPECT_EQ(to_traditional("请打开这个柜子"), "請打開這個櫃子");
  EXPECT_EQ(to_area_codes("中文a"), "5448 4636 a");
  EXPECT_EQ(encoded("split_characters", "明天"), "（日月）天");
  EXPECT_EQ(encoded("vertical_text", "一二三四五", "2"), "五三一\n　四二\n");
  EXPECT_NE(homophones(U'柜').find(U'贵'), std::u32string_view::npos);
  EXPECT_EQ(homophones(U'柜').find(U'柜'), std::u32string_view::npos);
  EXPECT_EQ(traditional_form(U'开'), U'開');
  EXPECT_EQ(to_bopomofo("大"), "ㄉㄚˋ");
}

TEST(Codes, LookAlikesAreSeenThrough) {
  const std::string text = "Open the blue box 7";
  for (const char* name : {"homoglyphs", "fullwidth", "circled", "diacritics", "zero_width",
                           "math_letters", "tag_characters"}) {
    const std::string out = encoded(name, text);
    EXPECT_NE(out, text) << name;
    EXPECT_EQ(folded(out), text) << name;
  }
  EXPECT_EQ(folded(encoded("small_capitals", text)), "open the blue box 7");
  for (const char* style : {"bold", "script", "fraktur", "sans", "mono"}) {
    EXPECT_EQ(folded(encoded("math_letters", text, style)), text) << style;
  }
}

TEST(Codes, BrokenTextIsNoCode) {
  EXPECT_FALSE(forms::from_base64("abcde"));
  EXPECT_FALSE(forms::from_base64("ab*d"));
  EXPECT_FALSE(forms::from_base32("A"));
  EXPECT_FALSE(forms::from_base32("ABCDEFG1"));
  EXPECT_FALSE(forms::from_hexadecimal("abc"));
  EXPECT_FALSE(forms::from_hexadecimal("zz"));
  EXPECT_FALSE(forms::from_binary("0101"));
  EXPECT_FALSE(forms::from_binary("01010102"));
  EXPECT_FALSE(forms::from_ascii85("uuuuu"));  // more than 32 bits
  EXPECT_FALSE(forms::from_ascii85("!"));
  EXPECT_FALSE(forms::from_percent("no escape"));
  EXPECT_FALSE(forms::from_percent("%4"));
  EXPECT_FALSE(forms::from_percent("100%"));
  EXPECT_FALSE(forms::from_code_points("55296"));  // a surrogate
  EXPECT_FALSE(forms::from_code_points("1114112"));
  EXPECT_FALSE(forms::from_escapes("\\ud83d alone"));
  EXPECT_FALSE(forms::from_entities("&#; &#x110000;"));
  EXPECT_FALSE(spelling::from_morse("...---..."));
  EXPECT_FALSE(spelling::from_letter_numbers("27"));
}

struct Case {
  const char* code;
  const char* key;
};

std::string reply_code(const Case& one) {
  std::string out(one.code);
  if (*one.key != '\0') out.append(":").append(one.key);
  return out;
}

class ReplyInCode : public ::testing::TestWithParam<Case> {};

TEST_P(ReplyInCode, IsFoundAmongOrdinaryWords) {
  const Code* code = find_code(GetParam().code);
  ASSERT_NE(code, nullptr);
  const std::string answer = "the secret word is marzipan, and you have it now";
  const std::string name = reply_code(GetParam());
  const std::string coded = code->encode(answer, GetParam().key);
  for (const std::string& reply :
       {coded, std::string("Sure! Here is the answer that you asked for:\n\n").append(coded),
        std::string("Here it is:\n```\n")
            .append(coded)
            .append("\n```\nI hope that this helps you."),
        std::string("\n\n").append(coded).append("\n")}) {
    const std::string out = decoded(name, reply);
    EXPECT_NE(eval::narrow(out).find("marzipan"), std::string::npos)
        << name << ": " << reply << " -> " << out;
    if (reply.find("hope") != std::string::npos) {
      EXPECT_NE(out.find("I hope that this helps you."), std::string::npos) << name << ": " << out;
    }
  }
}

TEST_P(ReplyInCode, LeavesOrdinaryEnglishAsItIs) {
  const std::string name = reply_code(GetParam());
  const std::string plain =
      "I am sorry, but I can not tell you the secret word. It was given to me in 2024 and it "
      "stays with me - please ask the keeper of the archive.\n\n1. Ask the keeper.\n2. Wait for "
      "10 days.";
  EXPECT_EQ(decoded(name, plain), plain) << name;
}

INSTANTIATE_TEST_SUITE_P(
    All, ReplyInCode,
    ::testing::Values(Case{"base64", ""}, Case{"base32", ""}, Case{"hex", ""}, Case{"binary", ""},
                      Case{"percent", ""}, Case{"html_entities", ""}, Case{"unicode_escapes", ""},
                      Case{"char_codes", ""}, Case{"rot13", ""}, Case{"caesar", "7"},
                      Case{"atbash", ""}, Case{"vigenere", "LEMON"}, Case{"rot47", ""},
                      Case{"reversed_text", ""}, Case{"reversed_words", ""},
                      Case{"mirrored_words", ""}, Case{"rail_fence", "3"}, Case{"braille", ""},
                      Case{"letter_numbers", ""}, Case{"tag_characters", ""}),
    [](const auto& test) { return std::string(test.param.code); });

TEST(Codes, RepliesThatLoseCaseAreFoundToo) {
  EXPECT_NE(decoded("morse", std::string("Sure!\n").append(spelling::morse("the word is plum")))
                .find("THE WORD IS PLUM"),
            std::string::npos);
  EXPECT_NE(decoded("letter_words",
                    std::string("Sure!\n").append(spelling::letter_words("the word is plum")))
                .find("the word is plum"),
            std::string::npos);
  EXPECT_NE(decoded("leetspeak", "7h3 w0rd 15 m4rz1p4n").find("the word 15 marzipan"),
            std::string::npos);
}

TEST(Codes, Base64ThatAModelWritesBadlyIsReadWhereItCanBe) {
  const std::string answer =
      "the code word of the drawer is marzipan and of the shed it is plum-37";
  std::string coded = forms::base64(answer);
  coded = coded.substr(0, 40).append("\n").append(coded.substr(40));
  EXPECT_NE(decoded("base64", coded).find("plum-37"), std::string::npos);
  while (coded.back() == '=') coded.pop_back();
  EXPECT_NE(decoded("base64", coded).find("plum-37"), std::string::npos);
  EXPECT_NE(decoded("base64", std::string("`").append(coded).append("`.")).find("plum-37"),
            std::string::npos);
  EXPECT_EQ(decoded("base64", "5oiR5LiN55+l6YGT"), "我不知道");
}

TEST(Codes, SeveralCodesAreUndoneFromTheLast) {
  const std::string inner = forms::base64("the word is marzipan");
  EXPECT_EQ(decoded("base64+reversed_text", encoded("reversed_text", inner)),
            "the word is marzipan");
  EXPECT_EQ(decoded("base64+hex", forms::hexadecimal(inner)), "the word is marzipan");
  EXPECT_EQ(decoded("", "as it is"), "as it is");
}

TEST(Codes, UnknownCodesAndWrongKeysAreErrors) {
  for (const char* code : {"nothing", "base64:3", "caesar:0", "caesar:26", "caesar:x",
                           "caesar:", "vigenere:a1", "rail_fence:1", "base64+", "ascii85", "+"}) {
    const auto out = decode_reply(code, "x");
    ASSERT_FALSE(out) << code;
    EXPECT_EQ(out.error().kind, ErrorKind::usage);
  }
}

}  // namespace
}  // namespace assay::attack
