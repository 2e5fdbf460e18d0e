#include "attack/transforms/pixel_font.h"

#include <array>
#include <cstdint>
#include <vector>

namespace assay::attack {
namespace {

constexpr std::size_t kRows = 7;
constexpr unsigned kColumns = 5;
using Glyph = std::array<std::uint8_t, kRows>;  // a row's five bits, leftmost first

constexpr std::array<Glyph, 26> kLetters{{
    {0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001},  // A
    {0b11110, 0b10001, 0b10001, 0b11110, 0b10001, 0b10001, 0b11110},
    {0b01111, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b01111},
    {0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110},
    {0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111},
    {0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b10000},
    {0b01111, 0b10000, 0b10000, 0b10011, 0b10001, 0b10001, 0b01111},
    {0b10001, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001},
    {0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b11111},
    {0b00111, 0b00010, 0b00010, 0b00010, 0b00010, 0b10010, 0b01100},
    {0b10001, 0b10010, 0b10100, 0b11000, 0b10100, 0b10010, 0b10001},
    {0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111},
    {0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001},
    {0b10001, 0b11001, 0b11001, 0b10101, 0b10011, 0b10011, 0b10001},
    {0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110},
    {0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000, 0b10000},
    {0b01110, 0b10001, 0b10001, 0b10001, 0b10101, 0b10010, 0b01101},
    {0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001},
    {0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110},
    {0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100},
    {0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110},
    {0b10001, 0b10001, 0b10001, 0b10001, 0b01010, 0b01010, 0b00100},
    {0b10001, 0b10001, 0b10001, 0b10101, 0b10101, 0b11011, 0b10001},
    {0b10001, 0b01010, 0b01010, 0b00100, 0b01010, 0b01010, 0b10001},
    {0b10001, 0b10001, 0b01010, 0b00100, 0b00100, 0b00100, 0b00100},
    {0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b10000, 0b11111},
}};

constexpr std::array<Glyph, 10> kDigits{{
    {0b01110, 0b10011, 0b10011, 0b10101, 0b11001, 0b11001, 0b01110},  // 0
    {0b00100, 0b01100, 0b10100, 0b00100, 0b00100, 0b00100, 0b11111},
    {0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111},
    {0b11110, 0b00001, 0b00001, 0b01110, 0b00001, 0b00001, 0b11110},
    {0b10010, 0b10010, 0b10010, 0b11111, 0b00010, 0b00010, 0b00010},
    {0b11111, 0b10000, 0b10000, 0b11110, 0b00001, 0b00001, 0b11110},
    {0b01110, 0b10000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110},
    {0b11111, 0b00001, 0b00010, 0b00010, 0b00100, 0b00100, 0b00100},
    {0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110},
    {0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00001, 0b01110},
}};

const Glyph* glyph_of(char c) {
  if (c >= 'a' && c <= 'z') return &kLetters[static_cast<std::size_t>(c - 'a')];
  if (c >= 'A' && c <= 'Z') return &kLetters[static_cast<std::size_t>(c - 'A')];
  if (c >= '0' && c <= '9') return &kDigits[static_cast<std::size_t>(c - '0')];
  return nullptr;
}

}  // namespace

std::string drawn_word(std::string_view word) {
  std::vector<const Glyph*> glyphs;
  for (const char c : word) {
    if (const Glyph* glyph = glyph_of(c)) glyphs.push_back(glyph);
  }
  std::string out;
  if (glyphs.empty()) return out;
  for (std::size_t row = 0; row < kRows; ++row) {
    std::string line;
    for (const Glyph* glyph : glyphs) {
      if (!line.empty()) line.append(2, ' ');
      for (unsigned column = kColumns; column > 0; --column) {
        line += (((*glyph)[row] >> (column - 1)) & 1U) != 0 ? '#' : ' ';
      }
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out.append(row == 0 ? "" : "\n").append(line);
  }
  return out;
}

}  // namespace assay::attack
