#include "report/format_number.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "report/wording.h"

namespace assay::report {
namespace {

constexpr const char* kMinus = "\u2212";
constexpr int kMaxPercentDecimals = 4;

/// Half is rounded away from zero.
std::string fixed(double x, int decimals) {
  const double scale = std::pow(10.0, decimals);
  if (std::abs(x * scale) < 1e15) x = std::round(x * scale) / scale;
  std::array<char, 400> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, std::abs(x));
  std::string digits(buffer.data());
  const bool zero = digits.find_first_not_of("0.") == std::string::npos;
  std::size_t end = digits.find('.');
  if (end == std::string::npos) end = digits.size();
  for (std::size_t i = end; i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return x < 0.0 && !zero ? std::string(kMinus).append(digits) : digits;
}

/// Decimals after the point such that the last digit's step is at most width / 4; negative: the
/// step is 10, 100, ...
int decimals_for(double width) {
  return static_cast<int>(-std::floor(std::log10(width / 4.0) + 1e-9));
}

int significant_decimals(double x, int digits) {
  if (x == 0.0 || !std::isfinite(x)) return 0;
  return digits - 1 - static_cast<int>(std::floor(std::log10(std::abs(x)) + 1e-12));
}

std::string rounded(double x, int decimals) {
  if (std::abs(x) >= 1e15 || (x != 0.0 && std::abs(x) < 1e-6)) {
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.2e", x);
    return buffer.data();
  }
  if (decimals >= 0) return fixed(x, std::min(decimals, 8));
  const double step = std::pow(10.0, -decimals);
  return fixed(std::round(x / step) * step, 0);
}

/// How an estimate's numbers are written.
struct Scale {
  enum class Kind { percent, points, plain } kind = Kind::plain;
  int decimals = 0;
  Text unit;  ///< after the number, with its blank; empty for percents
};

Text unit_text(const std::string& unit) {
  static const std::array<std::pair<const char*, Text>, 25> table{{
      {"", {"", ""}},
      {"1", {"", ""}},
      {"ratio", {"", ""}},
      {"log odds", {"", ""}},
      {"agreement coefficient", {"", ""}},
      {"correlation", {"", ""}},
      {"Brier score", {"", ""}},
      {"expected calibration error", {"", ""}},
      {"nat", {" nats", " 奈特"}},
      {"nats", {" nats", " 奈特"}},
      {"bit", {" bits", " 比特"}},
      {"J", {" J", " 焦耳"}},
      {"s", {" s", " 秒"}},
      {"W", {" W", " 瓦"}},
      {"tokens", {" tokens", " 词元"}},
      {"queries", {" queries", " 次提问"}},
      {"FLOP", {" FLOP", " 次运算"}},
      {"money", {"", ""}},
      {"tokens/s", {" tokens/s", " 词元/秒"}},
      {"tokens/J", {" tokens/J", " 词元/焦耳"}},
      {"J/token", {" J per token", " 焦耳/词元"}},
      {"items/s", {" items/s", " 题/秒"}},
      {"kinds", {" kinds", " 种"}},
      {"words", {" words", " 词"}},
      {"items", {" items", " 题"}},
  }};
  for (const auto& [name, text] : table) {
    if (unit == name) return text;
  }
  return same(" " + unit);
}

Scale scale_of(const stats::Estimate& e) {
  Scale out;
  if (e.unit == "proportion" || e.unit == "corrected proportion" || e.unit == "share of variance") {
    out.kind = Scale::Kind::percent;
  }
  if (e.unit == "difference of proportions") out.kind = Scale::Kind::points;
  const double factor = out.kind == Scale::Kind::plain ? 1.0 : 100.0;
  const double width = (e.interval.high - e.interval.low) * factor;
  if (std::isfinite(width) && width > 0.0) {
    out.decimals = decimals_for(width);
  } else {
    out.decimals = significant_decimals(e.value * factor, e.modelled ? 2 : 3);
  }
  if (out.kind != Scale::Kind::plain) {
    out.decimals = std::max(0, std::min(out.decimals, kMaxPercentDecimals));
  } else {
    out.unit = unit_text(e.unit);
  }
  return out;
}

std::string write(double x, const Scale& scale, Lang lang, bool sign = true) {
  switch (scale.kind) {
    case Scale::Kind::percent: return percent(x, scale.decimals);
    case Scale::Kind::points: {
      std::string number = sign && x > 0.0 ? "+" : "";
      number += fixed(100.0 * x, scale.decimals);
      return number + (lang == Lang::en ? " percentage points" : " 个百分点");
    }
    case Scale::Kind::plain: break;
  }
  return rounded(x, scale.decimals) + scale.unit.in(lang);
}

std::string write_bound(double x, const Scale& scale, Lang lang) {
  if (scale.kind == Scale::Kind::percent) return percent_bound(x);
  return write(x, scale, lang);
}

}  // namespace

std::string count(std::int64_t n) { return fixed(static_cast<double>(n), 0); }

std::string percent(double proportion, int decimals) {
  if (proportion == 0.0 || proportion == 1.0) return fixed(100.0 * proportion, 0) + "%";
  const int last = std::min(decimals + 1, kMaxPercentDecimals);
  for (int d = decimals; d <= last; ++d) {
    std::string text = fixed(100.0 * proportion, d);
    if (text != fixed(0.0, d) && text != fixed(100.0, d)) return text + "%";
  }
  const double step = std::pow(10.0, -last);
  std::string text = proportion < 0.5 ? "<" : ">";
  text += fixed(proportion < 0.5 ? step : 100.0 - step, last);
  return text += '%';
}

std::string percent_bound(double proportion) {
  const double distance = std::min(proportion, 1.0 - proportion) * 100.0;
  const double shown = proportion < 0.5 ? proportion * 100.0 : distance;
  const int decimals = std::max(0, std::min(significant_decimals(shown, 2), kMaxPercentDecimals));
  return percent(proportion, proportion > 0.1 && proportion < 0.9 ? 0 : decimals);
}

std::string value_text(const stats::Estimate& estimate, Lang lang) {
  if (!estimate.known()) return lang == Lang::en ? "no figure" : "没有数值";
  return write(estimate.value, scale_of(estimate), lang);
}

std::string interval_text(const stats::Estimate& estimate, Lang lang) {
  const Scale scale = scale_of(estimate);
  const auto [low, high] = estimate.interval;
  const bool has_low = std::isfinite(low) && estimate.sides != stats::Sides::upper;
  const bool has_high = std::isfinite(high) && estimate.sides != stats::Sides::lower;
  const bool en = lang == Lang::en;
  if (!has_low && !has_high) return en ? "no bound" : "没有界限";
  if (!has_low) return (en ? "at most " : "至多 ") + write_bound(high, scale, lang);
  if (!has_high) return (en ? "at least " : "至少 ") + write_bound(low, scale, lang);
  Scale first = scale;  // the unit stands once, after the second number
  first.unit = {};
  std::string from;
  if (scale.kind == Scale::Kind::points) {
    if (low > 0.0) from += '+';
    from += fixed(100.0 * low, scale.decimals);
  } else {
    from = write(low, first, lang);
  }
  return from + (en ? " to " : " 至 ") + write(high, scale, lang);
}

std::string on_scale_of(const stats::Estimate& estimate, double x, Lang lang) {
  if (!std::isfinite(x)) return lang == Lang::en ? "no bound" : "没有界限";
  return write(x, scale_of(estimate), lang);
}

std::string difference_on_scale_of(const stats::Estimate& estimate, double x, Lang lang) {
  Scale scale = scale_of(estimate);
  if (scale.kind == Scale::Kind::percent) scale.kind = Scale::Kind::points;
  return write(x, scale, lang, false);
}

std::string level_text(double level) {
  for (int decimals = 0; decimals < 4; ++decimals) {
    const double scale = std::pow(10.0, decimals + 2);
    if (std::abs(level * scale - std::round(level * scale)) < 1e-6) return percent(level, decimals);
  }
  return percent(level, 4);
}

std::string duration_text(double seconds, Lang lang) {
  if (!std::isfinite(seconds) || seconds < 0.0) seconds = 0.0;
  const bool en = lang == Lang::en;
  if (seconds < 9.95) return fixed(seconds, 1) + (en ? " s" : " 秒");
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  if (whole < 60) return count(whole) + (en ? " s" : " 秒");
  const bool minutes = whole < 3600;
  const std::int64_t large = minutes ? whole / 60 : whole / 3600;
  const std::int64_t small = minutes ? whole % 60 : whole / 60 % 60;
  std::string out = count(large) + (minutes ? (en ? " min" : " 分") : (en ? " h" : " 小时"));
  if (small == 0) return minutes && !en ? out + "钟" : out;  // "3 分" alone would be 3 points
  return out + " " + count(small) + (minutes ? (en ? " s" : " 秒") : (en ? " min" : " 分"));
}

std::string joules_text(double joules, Lang lang) {
  if (!std::isfinite(joules)) joules = 0.0;
  const bool kilo = std::abs(joules) >= 9995.0;
  const double shown = kilo ? joules / 1000.0 : joules;
  const char* unit = lang == Lang::en ? (kilo ? " kJ" : " J") : (kilo ? " 千焦" : " 焦耳");
  return rounded(shown, significant_decimals(shown, 3)) + unit;
}

std::string short_number(double x) {
  if (!std::isfinite(x)) return "\u2013";
  const std::array<const char*, 7> suffix{"", " k", " M", " G", " T", " P", " E"};
  std::size_t step = 0;
  while (std::abs(x) >= 999.5 && step + 1 < suffix.size()) {
    x /= 1000.0;
    ++step;
  }
  if (step == 0 && x == std::round(x)) return fixed(x, 0);
  return rounded(x, std::max(0, significant_decimals(x, 3))) + suffix[step];
}

Text value_text(const stats::Estimate& estimate) {
  return {value_text(estimate, Lang::en), value_text(estimate, Lang::zh)};
}

Text interval_text(const stats::Estimate& estimate) {
  return {interval_text(estimate, Lang::en), interval_text(estimate, Lang::zh)};
}

}  // namespace assay::report
