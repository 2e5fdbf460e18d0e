#include "attack/transforms/spelling.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "attack/transforms/letters.h"
#include "base/text.h"
#include "eval/scorers/answer_text.h"

namespace assay::attack::spelling {
namespace {

using View = std::string_view;

constexpr std::array<std::pair<char, View>, 54> kMorse{
    {{'A', ".-"},     {'B', "-..."},   {'C', "-.-."},    {'D', "-.."},    {'E', "."},
     {'F', "..-."},   {'G', "--."},    {'H', "...."},    {'I', ".."},     {'J', ".---"},
     {'K', "-.-"},    {'L', ".-.."},   {'M', "--"},      {'N', "-."},     {'O', "---"},
     {'P', ".--."},   {'Q', "--.-"},   {'R', ".-."},     {'S', "..."},    {'T', "-"},
     {'U', "..-"},    {'V', "...-"},   {'W', ".--"},     {'X', "-..-"},   {'Y', "-.--"},
     {'Z', "--.."},   {'0', "-----"},  {'1', ".----"},   {'2', "..---"},  {'3', "...--"},
     {'4', "....-"},  {'5', "....."},  {'6', "-...."},   {'7', "--..."},  {'8', "---.."},
     {'9', "----."},  {'.', ".-.-.-"}, {',', "--..--"},  {'?', "..--.."}, {'\'', ".----."},
     {'!', "-.-.--"}, {'/', "-..-."},  {'(', "-.--."},   {')', "-.--.-"}, {'&', ".-..."},
     {':', "---..."}, {';', "-.-.-."}, {'=', "-...-"},   {'+', ".-.-."},  {'-', "-....-"},
     {'_', "..--.-"}, {'"', ".-..-."}, {'$', "...-..-"}, {'@', ".--.-."}}};

constexpr std::array<View, 26> kWords{
    "Alfa",    "Bravo", "Charlie", "Delta",  "Echo",     "Foxtrot", "Golf",   "Hotel",  "India",
    "Juliett", "Kilo",  "Lima",    "Mike",   "November", "Oscar",   "Papa",   "Quebec", "Romeo",
    "Sierra",  "Tango", "Uniform", "Victor", "Whiskey",  "X-ray",   "Yankee", "Zulu"};

/// Dots 1 to 6 as bits 0 to 5 of U+2800, a to z.
constexpr std::array<unsigned char, 26> kDots{0x01, 0x03, 0x09, 0x19, 0x11, 0x0B, 0x1B, 0x13, 0x0A,
                                              0x1A, 0x05, 0x07, 0x0D, 0x1D, 0x15, 0x0F, 0x1F, 0x17,
                                              0x0E, 0x1E, 0x25, 0x27, 0x3A, 0x2D, 0x3D, 0x35};
constexpr std::array<std::pair<char, unsigned char>, 9> kMarks{{{',', 0x02},
                                                                {';', 0x06},
                                                                {':', 0x12},
                                                                {'.', 0x32},
                                                                {'!', 0x16},
                                                                {'?', 0x26},
                                                                {'\'', 0x04},
                                                                {'-', 0x24},
                                                                {'"', 0x36}}};
constexpr char32_t kPattern = 0x2800;
constexpr char32_t kCapital = kPattern + 0x20;
constexpr char32_t kNumber = kPattern + 0x3C;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool letter(char c) { return is_ascii_letter(static_cast<unsigned char>(c)); }
bool digit(char c) { return c >= '0' && c <= '9'; }
bool blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Words between white space, without empty ones.
std::vector<View> tokens(View text) {
  std::vector<View> out;
  std::size_t i = 0;
  while (i < text.size()) {
    std::size_t end = i;
    while (end < text.size() && !blank(text[end])) ++end;
    if (end > i) out.push_back(text.substr(i, end - i));
    i = end + 1;
  }
  return out;
}

View sign_of(char c) {
  const auto found = std::find_if(kMorse.begin(), kMorse.end(),
                                  [&](const auto& m) { return m.first == upper(c); });
  return found == kMorse.end() ? View{} : found->second;
}

/// The index of `word` among the letter words; "Alpha", "Juliet" and "Xray" are written often.
std::size_t letter_of(const std::string& word) {
  const std::string low = lower_ascii(word);
  const std::string usual = low == "alpha"    ? "alfa"
                            : low == "juliet" ? "juliett"
                            : low == "xray"   ? "x-ray"
                            : low == "whisky" ? "whiskey"
                                              : low;
  std::size_t i = 0;
  while (i < kWords.size() && lower_ascii(kWords[i]) != usual) ++i;
  return i;
}

constexpr std::array<std::pair<char, char>, 8> kLeet{{{'a', '4'},
                                                      {'e', '3'},
                                                      {'i', '1'},
                                                      {'o', '0'},
                                                      {'s', '5'},
                                                      {'t', '7'},
                                                      {'b', '8'},
                                                      {'g', '9'}}};

}  // namespace

std::string morse(View text) {
  std::string out;
  for (const View word : tokens(text)) {
    if (!out.empty()) out.append(" / ");
    bool first = true;
    for (std::size_t i = 0; i < word.size(); ++i) {
      const View sign = sign_of(word[i]);
      const bool inside = (static_cast<unsigned char>(word[i]) & 0xC0U) == 0x80U;
      if (!first && !inside) out += ' ';
      first = false;
      if (sign.empty()) {
        out += word[i];
      } else {
        out.append(sign);
      }
    }
  }
  return out;
}

std::optional<std::string> from_morse(View text) {
  std::u32string plain;
  for (const char32_t c : eval::code_points(text)) {
    plain += c == U'·' || c == U'•' ? U'.' : c == U'−' || c == U'–' || c == U'—' ? U'-' : c;
  }
  std::string out;
  const std::string ascii = eval::to_utf8(plain);
  for (const View token : tokens(ascii)) {
    if (token == "/" || token == "|") {
      out += ' ';
      continue;
    }
    const auto found = std::find_if(kMorse.begin(), kMorse.end(),
                                    [&](const auto& m) { return m.second == token; });
    if (found == kMorse.end()) return std::nullopt;
    out += found->first;
  }
  if (out.empty()) return std::nullopt;
  return out;
}

std::string braille(View text) {
  std::u32string out;
  bool number = false;
  for (const char32_t c : eval::code_points(text)) {
    const char ascii = c < 128 ? static_cast<char>(c) : '\0';
    const auto mark =
        std::find_if(kMarks.begin(), kMarks.end(), [&](const auto& m) { return m.first == ascii; });
    if (digit(ascii)) {
      if (!number) out += kNumber;
      out += kPattern + kDots[static_cast<std::size_t>((ascii - '0' + 9) % 10)];
    } else if (letter(ascii)) {
      // A letter a to j right after digits would be read as a digit: dots 5-6 end the number.
      if (number) out += kPattern + 0x30;
      if (ascii != lower(ascii)) out += kCapital;
      out += kPattern + kDots[static_cast<std::size_t>(lower(ascii) - 'a')];
    } else if (c == U' ') {
      out += kPattern;
    } else if (ascii != '\0' && mark != kMarks.end()) {
      out += kPattern + mark->second;
    } else {
      out += c;
    }
    number = digit(ascii);
  }
  return eval::to_utf8(out);
}

std::string from_braille(View text) {
  std::string out;
  bool number = false;
  bool capital = false;
  for (const char32_t c : eval::code_points(text)) {
    if (c < kPattern || c > kPattern + 0x3F) {
      out.append(eval::to_utf8(std::u32string(1, c)));
      number = false;
      continue;
    }
    const auto dots = static_cast<unsigned char>(c - kPattern);
    const auto found = std::find(kDots.begin(), kDots.end(), dots);
    const auto mark =
        std::find_if(kMarks.begin(), kMarks.end(), [&](const auto& m) { return m.second == dots; });
    if (c == kNumber) {
      number = true;
    } else if (c == kCapital) {
      capital = true;
    } else if (dots == 0x30) {
      number = false;
    } else if (found != kDots.end()) {
      const auto place = static_cast<int>(found - kDots.begin());
      const char low = static_cast<char>('a' + place);
      out += number && place < 10 ? static_cast<char>('0' + (place + 1) % 10)
                                  : (capital ? upper(low) : low);
      capital = false;
    } else {
      number = false;
      out += mark != kMarks.end() ? mark->first : ' ';
    }
  }
  return out;
}

std::string letter_words(View text) {
  std::string out;
  for (const View word : tokens(text)) {
    if (!out.empty()) out.append(" / ");
    bool gap = false;
    for (const char c : word) {
      const bool inside = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
      if (gap && !inside) out += ' ';
      gap = true;
      if (letter(c)) {
        out.append(kWords[static_cast<std::size_t>(lower(c) - 'a')]);
      } else {
        out += c;
      }
    }
  }
  return out;
}

std::string from_letter_words(View text) {
  std::string out;
  for (const std::string& line : split(text, '\n')) {
    bool spelled = false;  // the token before was a letter word
    std::string read;
    for (const View token : tokens(line)) {
      const std::string word(token);
      const std::size_t place = letter_of(word);
      const bool is_letter = place < kWords.size();
      if (token == "/" || token == "|") {
        read += ' ';
        spelled = false;
        continue;
      }
      const bool joined = spelled && (is_letter || token.size() == 1);
      if (!joined && !read.empty() && read.back() != ' ') read += ' ';
      if (is_letter) {
        read += static_cast<char>('a' + static_cast<int>(place));
      } else {
        read.append(word);
      }
      spelled = is_letter || (joined && token.size() == 1);
    }
    if (!out.empty()) out += '\n';
    out.append(read);
  }
  return out;
}

std::string letter_numbers(View text) {
  std::string out;
  for (const View word : tokens(text)) {
    if (!out.empty()) out += ' ';
    bool gap = false;
    for (const char c : word) {
      const bool inside = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
      if (gap && !inside) out += '-';
      gap = true;
      if (letter(c)) {
        out.append(std::to_string(lower(c) - 'a' + 1));
      } else if (digit(c)) {
        out.append({'[', c, ']'});
      } else {
        out += c;
      }
    }
  }
  return out;
}

std::optional<std::string> from_letter_numbers(View text) {
  std::string out;
  for (const View word : tokens(text)) {
    if (!out.empty()) out += ' ';
    for (const std::string& unit : split(word, '-')) {
      int value = 0;
      const auto [stop, error] = std::from_chars(unit.data(), unit.data() + unit.size(), value);
      if (error == std::errc() && stop == unit.data() + unit.size()) {
        if (value < 1 || value > 26) return std::nullopt;
        out += static_cast<char>('a' + value - 1);
      } else if (unit.size() == 3 && unit.front() == '[' && unit.back() == ']') {
        out += unit[1];
      } else {
        out.append(unit);
      }
    }
  }
  if (out.empty()) return std::nullopt;
  return out;
}

std::string pig_latin(View text) {
  const View vowels = "aeiou";
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && letter(text[end])) ++end;
    if (end == i) {
      out += text[i++];
      continue;
    }
    std::string word = lower_ascii(text.substr(i, end - i));
    std::size_t head = 0;
    while (head < word.size() && vowels.find(word[head]) == View::npos &&
           !(head > 0 && word[head] == 'y')) {
      // "qu" moves as one sound.
      head += word.compare(head, 2, "qu") == 0 ? 2 : 1;
    }
    if (head >= word.size() && word.size() > 1) head = 0;
    std::string turned = word.substr(head).append(word.substr(0, head));
    turned.append(head == 0 ? "way" : "ay");
    const bool shouted = end - i > 1 &&
                         text.substr(i, end - i) != lower_ascii(text.substr(i, end - i)) &&
                         std::none_of(text.begin() + static_cast<std::ptrdiff_t>(i),
                                      text.begin() + static_cast<std::ptrdiff_t>(end),
                                      [](char c) { return c >= 'a' && c <= 'z'; });
    if (shouted) {
      std::transform(turned.begin(), turned.end(), turned.begin(), upper);
    } else if (text[i] != lower(text[i])) {
      turned[0] = upper(turned[0]);
    }
    out.append(turned);
    i = end;
  }
  return out;
}

std::string leetspeak(View text) {
  std::string out(text);
  for (char& c : out) {
    const auto found = std::find_if(kLeet.begin(), kLeet.end(),
                                    [&](const auto& l) { return l.first == lower(c); });
    if (found != kLeet.end()) c = found->second;
  }
  return out;
}

std::string from_leetspeak(View text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size();) {
    std::size_t end = i;
    bool any = false;  // a number of its own ("12 pages") is no word in leetspeak
    while (end < text.size() && (letter(text[end]) || digit(text[end]))) any |= letter(text[end++]);
    for (; i < end; ++i) {
      const auto found = std::find_if(kLeet.begin(), kLeet.end(),
                                      [&](const auto& l) { return l.second == out[i]; });
      if (any && found != kLeet.end()) out[i] = found->first;
    }
    ++i;
  }
  return out;
}

}  // namespace assay::attack::spelling
