// Encodings: what a program would write, no secret in it.
#include "attack/transforms/byte_forms.h"
#include "attack/transforms/code.h"
#include "attack/transforms/reply.h"

namespace assay::attack {
namespace {

constexpr const char* kWei = "Wei et al. 2023, arXiv:2307.02483";
constexpr const char* kYuan = "Yuan et al. 2023, arXiv:2308.06463";

bool base64_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/' || c == '=' || c == '-' || c == '_' || c == ' ' || c == '\n' || c == '\r';
}
bool base32_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7') || c == '=' ||
         c == ' ' || c == '\n' || c == '\r';
}
bool hex_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ' ' ||
         c == '\n' || c == '\r' || c == 'x' || c == '\\' || c == ',';
}
bool bit(char c) { return c == '0' || c == '1' || c == ' ' || c == '\n' || c == '\r'; }
bool number_letter(char c) {
  return (c >= '0' && c <= '9') || c == ' ' || c == ',' || c == '\n' || c == '\r';
}

using View = std::string_view;

/// Fewest characters of a piece that is taken for the code and not for a word of the language.
constexpr std::size_t kLeast64 = 8;
constexpr std::size_t kLeast32 = 8;
constexpr std::size_t kLeastHex = 6;
constexpr std::size_t kLeastBinary = 16;
constexpr std::size_t kLeastPoints = 8;

std::string read_base64(View text, View) {
  return reply::runs(text, base64_letter, kLeast64, forms::from_base64);
}
std::string read_base32(View text, View) {
  return reply::runs(text, base32_letter, kLeast32, forms::from_base32);
}
std::string read_hex(View text, View) {
  return reply::runs(text, hex_letter, kLeastHex, forms::from_hexadecimal);
}
std::string read_binary(View text, View) {
  return reply::runs(text, bit, kLeastBinary, forms::from_binary);
}
std::string read_points(View text, View) {
  return reply::runs(text, number_letter, kLeastPoints, forms::from_code_points);
}
std::string read_percent(View text, View) {
  const auto not_blank = [](char c) { return c != ' ' && c != '\n' && c != '\r' && c != '`'; };
  return reply::runs(text, not_blank, 3, forms::from_percent);
}
std::string read_entities(View text, View) {
  return forms::from_entities(text).value_or(std::string(text));
}
std::string read_escapes(View text, View) {
  return forms::from_escapes(text).value_or(std::string(text));
}

TransformInfo encoding(std::string name, Text title, Text description, const char* source) {
  TransformInfo out{std::move(name), "encoding", std::move(title), std::move(description), source};
  out.kept = Kept::encoded;
  return out;
}

}  // namespace

const std::vector<Code>& byte_codes() {
  static const std::vector<Code> all{
      {encoding("base64", {"Base64", "Base64 编码"},
                {"The request in Base64.", "把请求写成 Base64。"}, kWei),
       {"Base64", "Base64 编码"},
       [](View text, View) { return forms::base64(text); },
       read_base64},
      {encoding("base32", {"Base32", "Base32 编码"},
                {"The request in Base32.", "把请求写成 Base32。"}, ""),
       {"Base32", "Base32 编码"},
       [](View text, View) { return forms::base32(text); },
       read_base32},
      {encoding("hex", {"hexadecimal", "十六进制"},
                {"The bytes of the request in hexadecimal.", "把请求的字节写成十六进制。"}, kYuan),
       {"hexadecimal (UTF-8 bytes)", "十六进制（UTF-8 字节）"},
       [](View text, View) { return forms::hexadecimal(text); },
       read_hex},
      {encoding("binary", {"binary", "二进制"},
                {"The bytes of the request as zeros and ones.", "把请求的字节写成零和一。"}, kYuan),
       {"binary (UTF-8 bytes, eight digits each)", "二进制（UTF-8 字节，每个八位）"},
       [](View text, View) { return forms::binary(text); },
       read_binary},
      {encoding(
           "ascii85", {"Ascii85", "Ascii85 编码"},
           {"The request in Ascii85, Adobe's alphabet.", "把请求写成 Ascii85（Adobe 字母表）。"},
           ""),
       {"Ascii85 (Adobe's alphabet)", "Ascii85 编码（Adobe 字母表）"},
       [](View text, View) { return forms::ascii85(text); }},
      {encoding("percent", {"URL escapes", "网址转义"},
                {"Each byte of the request as %XX, as in an address.",
                 "把请求的每个字节写成网址里的 %XX。"},
                ""),
       {"URL encoding (every byte as %XX)", "网址编码（每个字节写作 %XX）"},
       [](View text, View) { return forms::percent(text); },
       read_percent},
      {encoding("html_entities", {"HTML entities", "HTML 实体"},
                {"Each character of the request as &#N;.", "把请求的每个字符写成 &#N;。"}, ""),
       {"HTML character references", "HTML 字符引用"},
       [](View text, View) { return forms::entities(text); },
       read_entities},
      {encoding("unicode_escapes", {"Unicode escapes", "Unicode 转义"},
                {"Each character of the request as \\uXXXX.", "把请求的每个字符写成 \\uXXXX。"},
                kYuan),
       {"Unicode escapes (\\uXXXX)", "Unicode 转义（\\uXXXX）"},
       [](View text, View) { return forms::escapes(text); },
       read_escapes},
      {encoding(
           "char_codes", {"numbers of characters", "字符编号"},
           {"The decimal Unicode number of each character.", "每个字符的十进制 Unicode 编号。"},
           kYuan),
       {"decimal Unicode numbers, one a character", "十进制 Unicode 编号（每个字符一个）"},
       [](View text, View) { return forms::code_points(text); },
       read_points}};
  return all;
}

}  // namespace assay::attack
