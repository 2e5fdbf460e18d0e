#include "attack/transforms/byte_forms.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <sodium.h>

#include "eval/scorers/answer_text.h"

namespace assay::attack::forms {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr char32_t kLastPoint = 0x10FFFF;

bool blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!blank(c)) out += c;
  }
  return out;
}

/// Value of the whole text in a base; nothing if it is none.
std::optional<std::uint32_t> number(std::string_view digits, int base) {
  std::uint32_t out = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, out, base);
  if (digits.empty() || error != std::errc() || stop != end) return std::nullopt;
  return out;
}

bool scalar(std::uint32_t point) {
  return point <= kLastPoint && (point < 0xD800 || point > 0xDFFF);
}

std::string utf8_of(std::uint32_t point) {
  return eval::to_utf8(std::u32string(1, static_cast<char32_t>(point)));
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string out(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // its terminating zero
  return out;
}

Read from_base64(std::string_view text) {
  std::string clean = without_blanks(text);
  while (!clean.empty() && clean.back() == '=') clean.pop_back();
  if (clean.empty() || clean.size() % 4 == 1) return std::nullopt;
  for (char& c : clean) {
    if (c == '-') c = '+';
    if (c == '_') c = '/';
  }
  std::string out(clean.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), clean.data(),
                        clean.size(), nullptr, &length, nullptr,
                        sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0) {
    return std::nullopt;
  }
  out.resize(length);
  return out;
}

std::string base32(std::string_view bytes) {
  std::string out;
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    held = (held << 8U) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) out += kBase32[(held >> (bits - 5)) & 31U];
  }
  if (bits > 0) out += kBase32[(held << (5 - bits)) & 31U];
  while (out.size() % 8 != 0) out += '=';
  return out;
}

Read from_base32(std::string_view text) {
  std::string clean = without_blanks(text);
  while (!clean.empty() && clean.back() == '=') clean.pop_back();
  const std::size_t rest = clean.size() % 8;
  if (clean.empty() || rest == 1 || rest == 3 || rest == 6) return std::nullopt;
  std::string out;
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char c : clean) {
    const std::size_t value =
        kBase32.find(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    if (value == std::string_view::npos) return std::nullopt;
    held = (held << 5U) | static_cast<std::uint32_t>(value);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>((held >> bits) & 255U);
    }
  }
  return out;
}

std::string hexadecimal(std::string_view bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                 bytes.size());
  out.pop_back();
  return out;
}

Read from_hexadecimal(std::string_view text) {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool prefix = i + 1 < text.size() && (text[i] == '0' || text[i] == '\\') &&
                        (text[i + 1] == 'x' || text[i + 1] == 'X');
    if (prefix) {
      ++i;
    } else if (!blank(text[i]) && text[i] != ',') {
      digits += text[i];
    }
  }
  if (digits.empty() || digits.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const auto value = number(std::string_view(digits).substr(i, 2), 16);
    if (!value) return std::nullopt;
    out += static_cast<char>(*value);
  }
  return out;
}

std::string binary(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 9);
  for (const char c : bytes) {
    if (!out.empty()) out += ' ';
    for (unsigned bit = 8; bit > 0; --bit) {
      out += ((static_cast<unsigned char>(c) >> (bit - 1)) & 1U) != 0 ? '1' : '0';
    }
  }
  return out;
}

Read from_binary(std::string_view text) {
  const std::string digits = without_blanks(text);
  if (digits.empty() || digits.size() % 8 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < digits.size(); i += 8) {
    const auto value = number(std::string_view(digits).substr(i, 8), 2);
    if (!value) return std::nullopt;
    out += static_cast<char>(*value);
  }
  return out;
}

std::string ascii85(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 4) {
    const std::size_t n = std::min<std::size_t>(4, bytes.size() - i);
    std::uint32_t value = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      value = (value << 8U) | (k < n ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    if (value == 0 && n == 4) {
      out += 'z';
      continue;
    }
    std::array<char, 5> digits{};
    for (std::size_t k = 5; k > 0; --k) {
      digits[k - 1] = static_cast<char>('!' + value % 85);
      value /= 85;
    }
    out.append(digits.data(), n + 1);
  }
  return out;
}

Read from_ascii85(std::string_view text) {
  std::string out;
  std::array<std::uint32_t, 5> digits{};
  std::size_t n = 0;
  const auto flush = [&](std::size_t bytes) {
    std::uint64_t value = 0;
    for (const std::uint32_t digit : digits) value = value * 85 + digit;
    for (std::size_t k = 0; k < bytes; ++k) {
      out += static_cast<char>((value >> (24U - 8U * k)) & 255U);
    }
    n = 0;
    return value <= 0xFFFFFFFFU;
  };
  for (const char c : text) {
    if (blank(c)) continue;
    if (c == 'z' && n == 0) {
      out.append(4, '\0');
      continue;
    }
    if (c < '!' || c > 'u') return std::nullopt;
    digits[n++] = static_cast<std::uint32_t>(c - '!');
    if (n == 5 && !flush(4)) return std::nullopt;
  }
  if (n == 1 || (n == 0 && out.empty())) return std::nullopt;
  if (n > 0) {
    const std::size_t bytes = n - 1;
    for (std::size_t k = n; k < 5; ++k) digits[k] = 84;
    if (!flush(bytes)) return std::nullopt;
  }
  return out;
}

std::string percent(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.append({'%', kDigits[byte >> 4U], kDigits[byte & 15U]});
  }
  return out;
}

Read from_percent(std::string_view text) {
  std::string out;
  bool any = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const auto value = number(text.substr(i + 1, 2), 16);
    if (!value || i + 2 >= text.size()) return std::nullopt;
    out += static_cast<char>(*value);
    any = true;
    i += 2;
  }
  if (!any) return std::nullopt;
  return out;
}

std::string code_points(std::string_view text) {
  std::string out;
  for (const char32_t c : eval::code_points(text)) {
    if (!out.empty()) out += ' ';
    out.append(std::to_string(static_cast<std::uint32_t>(c)));
  }
  return out;
}

Read from_code_points(std::string_view text) {
  std::string out;
  std::size_t i = 0;
  const auto gap = [&](char c) { return blank(c) || c == ','; };
  while (i < text.size()) {
    if (gap(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && !gap(text[end])) ++end;
    const auto value = number(text.substr(i, end - i), 10);
    if (!value || !scalar(*value)) return std::nullopt;
    out.append(utf8_of(*value));
    i = end;
  }
  if (out.empty()) return std::nullopt;
  return out;
}

std::string entities(std::string_view text) {
  std::string out;
  for (const char32_t c : eval::code_points(text)) {
    out.append("&#").append(std::to_string(static_cast<std::uint32_t>(c))).append(";");
  }
  return out;
}

Read from_entities(std::string_view text) {
  std::string out;
  bool any = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = text.substr(i, 12).find(';');
    if (text.substr(i, 2) != "&#" || end == std::string_view::npos) {
      out += text[i];
      continue;
    }
    const std::string_view digits = text.substr(i + 2, end - 2);
    const bool hex = !digits.empty() && (digits[0] == 'x' || digits[0] == 'X');
    const auto value = hex ? number(digits.substr(1), 16) : number(digits, 10);
    if (!value || !scalar(*value)) {
      out += text[i];
      continue;
    }
    out.append(utf8_of(*value));
    any = true;
    i += end;
  }
  if (!any) return std::nullopt;
  return out;
}

std::string escapes(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  const auto unit = [&](std::uint32_t value) {
    out.append({'\\', 'u', kDigits[(value >> 12U) & 15U], kDigits[(value >> 8U) & 15U],
                kDigits[(value >> 4U) & 15U], kDigits[value & 15U]});
  };
  for (const char32_t c : eval::code_points(text)) {
    const auto value = static_cast<std::uint32_t>(c);
    if (value < 0x10000) {
      unit(value);
    } else {
      unit(0xD800 + ((value - 0x10000) >> 10U));
      unit(0xDC00 + ((value - 0x10000) & 0x3FFU));
    }
  }
  return out;
}

Read from_escapes(std::string_view text) {
  std::string out;
  bool any = false;
  const auto unit_at = [&](std::size_t i) -> std::optional<std::uint32_t> {
    if (i + 6 > text.size() || text.substr(i, 2) != "\\u") return std::nullopt;
    return number(text.substr(i + 2, 4), 16);
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = unit_at(i);
    if (!high) {
      out += text[i];
      continue;
    }
    const auto low = unit_at(i + 6);
    const bool pair = *high >= 0xD800 && *high < 0xDC00 && low && *low >= 0xDC00 && *low < 0xE000;
    const std::uint32_t value =
        pair ? 0x10000 + ((*high - 0xD800) << 10U) + (*low - 0xDC00) : *high;
    if (!scalar(value)) return std::nullopt;
    out.append(utf8_of(value));
    any = true;
    i += pair ? 11 : 5;
  }
  if (!any) return std::nullopt;
  return out;
}

}  // namespace assay::attack::forms
