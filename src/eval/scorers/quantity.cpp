#include "eval/scorers/quantity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "eval/scorers/answer_text.h"
#include "eval/scorers/number.h"

namespace assay::eval {
namespace {

struct Row {
  std::string_view names;  ///< between spaces; as written first, in lower case then
  Unit unit;
};

// Exact by definition: the international yard and pound (1959), US customary volumes, nautical
// mile.
constexpr std::array kRows = {
    Row{"nm nanometer nanometers nanometre nanometres 纳米", {"length", 1e-9}},
    Row{"um μm µm micrometer micrometers micrometre micrometres micron microns 微米",
        {"length", 1e-6}},
    Row{"mm millimeter millimeters millimetre millimetres 毫米", {"length", 1e-3}},
    Row{"cm centimeter centimeters centimetre centimetres 厘米 公分", {"length", 1e-2}},
    Row{"dm decimeter decimeters decimetre decimetres 分米", {"length", 0.1}},
    Row{"m meter meters metre metres 米 公尺", {"length", 1.0}},
    Row{"km kilometer kilometers kilometre kilometres 千米 公里", {"length", 1000.0}},
    Row{"in inch inches 英寸", {"length", 0.0254}},
    Row{"ft foot feet 英尺", {"length", 0.3048}},
    Row{"yd yard yards 码", {"length", 0.9144}},
    Row{"mi mile miles 英里", {"length", 1609.344}},
    Row{"nmi 海里", {"length", 1852.0}},
    Row{"里 华里", {"length", 500.0}},
    Row{"mm2 mm²", {"area", 1e-6}},
    Row{"cm2 cm² 平方厘米", {"area", 1e-4}},
    Row{"m2 m² 平方米", {"area", 1.0}},
    Row{"km2 km² 平方千米 平方公里", {"area", 1e6}},
    Row{"ha hectare hectares 公顷", {"area", 1e4}},
    Row{"acre acres 英亩", {"area", 4046.8564224}},
    Row{"ml milliliter milliliters millilitre millilitres 毫升", {"volume", 1e-3}},
    Row{"cl centiliter centiliters centilitre centilitres", {"volume", 1e-2}},
    Row{"dl deciliter deciliters decilitre decilitres", {"volume", 0.1}},
    Row{"l liter liters litre litres 升 公升", {"volume", 1.0}},
    Row{"cm3 cm³ cc 立方厘米", {"volume", 1e-3}},
    Row{"m3 m³ 立方米", {"volume", 1000.0}},
    Row{"gal gallon gallons", {"volume", 3.785411784}},
    Row{"qt quart quarts", {"volume", 0.946352946}},
    Row{"pt pint pints", {"volume", 0.473176473}},
    Row{"cup cups", {"volume", 0.2365882365}},
    Row{"tbsp tablespoon tablespoons", {"volume", 0.01478676478125}},
    Row{"tsp teaspoon teaspoons", {"volume", 0.00492892159375}},
    Row{"ug μg µg microgram micrograms 微克", {"mass", 1e-6}},
    Row{"mg milligram milligrams 毫克", {"mass", 1e-3}},
    Row{"g gram grams 克", {"mass", 1.0}},
    Row{"kg kilogram kilograms kilo kilos 千克 公斤", {"mass", 1000.0}},
    Row{"t tonne tonnes 吨 公吨", {"mass", 1e6}},
    Row{"oz ounce ounces 盎司", {"mass", 28.349523125}},
    Row{"lb lbs pound pounds 磅", {"mass", 453.59237}},
    Row{"斤", {"mass", 500.0}},
    Row{"两", {"mass", 50.0}},
    Row{"ns nanosecond nanoseconds 纳秒", {"time", 1e-9}},
    Row{"us μs µs microsecond microseconds 微秒", {"time", 1e-6}},
    Row{"ms millisecond milliseconds 毫秒", {"time", 1e-3}},
    Row{"s sec secs second seconds 秒 秒钟", {"time", 1.0}},
    Row{"min mins minute minutes 分钟 分", {"time", 60.0}},
    Row{"h hr hrs hour hours 小时 个小时", {"time", 3600.0}},
    Row{"d day days 天 日", {"time", 86400.0}},
    Row{"week weeks 周 星期 个星期", {"time", 604800.0}},
    Row{"m/s mps 米/秒", {"speed", 1.0}},
    Row{"km/h kmh kph 千米/小时 公里/小时", {"speed", 1000.0 / 3600.0}},
    Row{"mph mi/h 英里/小时", {"speed", 0.44704}},
    Row{"k kelvin kelvins 开 开尔文", {"temperature", 1.0}},
    Row{"°c ℃ celsius 摄氏度", {"temperature", 1.0, 273.15}},
    Row{"°f ℉ fahrenheit 华氏度", {"temperature", 5.0 / 9.0, 459.67 * 5.0 / 9.0}},
    Row{"% percent 个百分点", {"share", 0.01}},
    Row{"‰ permille", {"share", 0.001}},
    Row{"$ usd us$ dollar dollars 美元", {"money:USD"}},
    Row{"€ eur euro euros 欧元", {"money:EUR"}},
    Row{"£ gbp 英镑", {"money:GBP"}},
    Row{"¥ ￥ cny rmb yuan 元 块 人民币", {"money:CNY"}},
    Row{"jpy yen 日元", {"money:JPY"}},
};

using Units = std::unordered_map<std::string_view, const Unit*>;

const Units& units() {
  static const Units table = [] {
    Units out;
    for (const Row& row : kRows) {
      std::string_view rest = row.names;
      while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        out.emplace(rest.substr(0, end), &row.unit);
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    return out;
  }();
  return table;
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// Bytes of the longest unit that `text` begins with, and the unit. "m" is none in "many".
const Unit* unit_at(std::string_view text, std::size_t& length) {
  constexpr std::size_t kLongest = 24;
  const std::string lower = lower_ascii(text.substr(0, kLongest));
  for (std::size_t n = std::min(lower.size(), kLongest); n > 0; --n) {
    const auto found = units().find(std::string_view(lower).substr(0, n));
    if (found == units().end()) continue;
    const bool goes_on = letter(text[n - 1]) && n < text.size() && letter(text[n]);
    if (goes_on) continue;
    length = n;
    return found->second;
  }
  return nullptr;
}

struct Piece {
  std::size_t begin = 0, end = 0;
  double value = 0.0;
  const Unit* unit = nullptr;
};

/// The sign of money before a number.
bool add_sign(const std::string& text, Piece& piece) {
  const std::string_view before = trim(std::string_view(text).substr(0, piece.begin));
  for (const std::string_view sign : {"$", "€", "£", "¥"}) {
    if (!before.ends_with(sign)) continue;
    piece.unit = units().at(sign);
    piece.begin = before.size() - sign.size();
    return true;
  }
  return false;
}

/// The unit after a number: "5 km", "5-km", "50 degrees Celsius".
void add_unit(const std::string& text, Piece& piece) {
  if (add_sign(text, piece)) return;
  std::size_t at = piece.end;
  for (const std::string_view gap : {"\\,", "\\", " ", "-", "degrees ", "degree ", "text{", "个"}) {
    if (std::string_view(text).substr(at).starts_with(gap)) at += gap.size();
  }
  const std::string_view rest = std::string_view(text).substr(at);
  std::size_t length = 0;
  const Unit* unit = unit_at(rest, length);
  if (unit == nullptr) return;
  // "There are 5 in total" has no inches.
  const bool preposition = lower_ascii(rest.substr(0, length)) == "in" && rest.size() > 3 &&
                           rest[2] == ' ' && letter(rest[3]);
  if (preposition) return;
  piece.unit = unit;
  piece.end = at + length;
}

/// Numbers with their units; neighbours of one kind that get smaller are one ("1 h 30 min").
std::vector<Piece> pieces_of(const std::string& text) {
  std::vector<Piece> out;
  for (const FoundNumber& number : numbers_in(text)) {
    Piece piece{number.begin, number.end, number.value, nullptr};
    add_unit(text, piece);
    if (!out.empty() && out.back().unit != nullptr && piece.unit != nullptr &&
        piece.begin >= out.back().end && out.back().unit->kind == piece.unit->kind &&
        piece.unit->factor < out.back().unit->factor && piece.unit->offset == 0.0 &&
        !piece.unit->kind.starts_with("money")) {
      const std::string_view gap =
          trim(std::string_view(text).substr(out.back().end, piece.begin - out.back().end));
      if (gap.empty() || gap == "and" || gap == "零") {
        out.back().value += piece.value * piece.unit->factor / out.back().unit->factor;
        out.back().end = piece.end;
        continue;
      }
    }
    out.push_back(piece);
  }
  return out;
}

std::string digits(double value) {
  std::array<char, 400> text{};
  std::snprintf(text.data(), text.size(), "%.17f", value);
  std::string out = text.data();
  out.erase(out.find_last_not_of('0') + 1);
  if (out.back() == '.') out.pop_back();
  return out;
}

double convert(double value, const Unit& from, const Unit& to) {
  return (value * from.factor + from.offset - to.offset) / to.factor;
}

struct Rewritten {
  std::string text;  ///< every quantity of the wanted kind as a bare number in the wanted unit
  int other_kind = 0;
  int bare = 0;
};

Rewritten rewrite(const std::string& text, const Unit& wanted, const Unit* of_bare) {
  Rewritten out;
  std::size_t from = 0;
  for (const Piece& piece : pieces_of(text)) {
    if (piece.begin < from) continue;
    const Unit* unit = piece.unit != nullptr ? piece.unit : of_bare;
    out.text.append(text, from, piece.begin - from);
    from = piece.end;
    if (unit != nullptr && unit->kind == wanted.kind) {
      out.text += digits(convert(piece.value, *unit, wanted));
      // A word goes on where the unit stood ("3 km per day").
      if (from < text.size() && (letter(text[from]) || text[from] == '%')) out.text += ' ';
    } else {
      ++(piece.unit == nullptr ? out.bare : out.other_kind);
    }
  }
  out.text.append(text, from, std::string::npos);
  return out;
}

Score compare(const QuantityRule& rule, double found, double wanted, std::string answer) {
  const double room = std::max(rule.absolute, rule.relative * std::abs(wanted));
  // A hair more, so that 0.1 + 0.2 is within 0.1 of 0.4.
  const bool right = std::abs(found - wanted) <= room + 1e-12 * std::max(1.0, std::abs(wanted));
  return right ? Score::pass(std::move(answer)) : Score::miss(std::move(answer), "another number");
}

}  // namespace

std::optional<Unit> find_unit(std::string_view name) {
  const auto found = units().find(lower_ascii(trim(name)));
  return found == units().end() ? std::nullopt : std::optional(*found->second);
}

Score score_quantity(const QuantityRule& rule, std::string_view target, std::string_view question,
                     std::string_view answer) {
  const std::string goal = narrow(target);
  std::vector<Piece> pieces = pieces_of(goal);
  if (pieces.empty()) {
    const auto words = number_in_words(goal);
    if (!words) return Score::unassessed("the target is not a number");
    pieces.push_back({0, 0, *words, nullptr});
  }
  const Piece& last = pieces.back();  // "#### 18" of GSM8K's targets is 18
  std::optional<Unit> wanted;
  if (last.unit != nullptr) wanted = *last.unit;
  const auto named = find_unit(rule.unit);
  if (!wanted) wanted = named;
  const std::string text = narrow(final_text(answer));
  if (!wanted) {
    const NumberAnswer found = final_number(text, question);
    if (!found.value) return Score::unassessed(found.reason, text);
    return compare(rule, *found.value, last.value, text);
  }
  const Unit of_bare = named && named->kind == wanted->kind ? *named : *wanted;
  const Rewritten said = rewrite(text, *wanted, rule.unit_required ? nullptr : &of_bare);
  const Rewritten asked = rewrite(narrow(question), *wanted, &of_bare);
  const double value = last.unit != nullptr ? last.value : convert(last.value, of_bare, *wanted);
  const NumberAnswer found = final_number(said.text, asked.text);
  if (found.value) return compare(rule, *found.value, value, text);
  const bool none = found.reason == "no number in the answer" || trim(said.text).empty();
  if (!none) return Score::unassessed(found.reason, text);
  if (said.other_kind > 0) return Score::miss(text, "another kind of unit");
  if (said.bare > 0) return Score::miss(text, "no unit");
  return Score::unassessed(found.reason, text);
}

}  // namespace assay::eval
