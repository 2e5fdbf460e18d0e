// Times of RFC 3339, brought to UTC.
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>

#include "standards/report_facts.h"

namespace assay::standards {
namespace {

/// Reads a text from its beginning; each function is false, or empty, where it does not fit.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  bool one_of(std::string_view characters, char& found) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
    found = rest_.front();
    rest_.remove_prefix(1);
    return true;
  }
  bool take(char c) {
    char found = 0;
    return one_of(std::string_view(&c, 1), found);
  }
  /// Exactly `n` digits, at most `most`.
  bool number(std::size_t n, int most, int& value) {
    value = 0;
    for (std::size_t i = 0; i < n; ++i) {
      char digit = 0;
      if (!one_of("0123456789", digit)) return false;
      value = value * 10 + (digit - '0');
    }
    return value <= most;
  }
  std::string digits() {
    std::string out;
    for (char digit = 0; one_of("0123456789", digit);) out += digit;
    return out;
  }
  [[nodiscard]] bool ended() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

/// "Z" or "+08:00"; the minutes to take away for UTC.
bool offset(Reader& in, int& minutes) {
  char sign = 0;
  minutes = 0;
  if (!in.one_of("Zz+-", sign)) return false;
  if (sign == 'Z' || sign == 'z') return true;
  int hour = 0;
  int minute = 0;
  if (!in.number(2, 23, hour) || !in.take(':') || !in.number(2, 59, minute)) return false;
  minutes = (sign == '-' ? -1 : 1) * (hour * 60 + minute);
  return true;
}

}  // namespace

std::string utc_time(std::string_view time) {
  Reader in(time);
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  char separator = 0;
  if (!in.number(4, 9999, year) || !in.take('-') || !in.number(2, 12, month) || !in.take('-') ||
      !in.number(2, 31, day) || !in.one_of("Tt ", separator) || !in.number(2, 23, hour) ||
      !in.take(':') || !in.number(2, 59, minute) || !in.take(':') || !in.number(2, 59, second)) {
    return {};
  }
  std::string fraction;
  if (in.take('.') && (fraction = in.digits()).empty()) return {};
  int behind = 0;
  if (!offset(in, behind) || !in.ended()) return {};
  using namespace std::chrono;
  const year_month_day date{std::chrono::year{year},
                            std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return {};
  const sys_seconds moment =
      sys_days(date) + hours(hour) + minutes(minute - behind) + seconds(second);
  const auto midnight = floor<days>(moment);
  const year_month_day in_utc(midnight);
  if (in_utc.year() < std::chrono::year(1900) || in_utc.year() > std::chrono::year(2999)) return {};
  const auto of_day = static_cast<int>((moment - midnight).count());
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d",
                static_cast<int>(in_utc.year()), static_cast<unsigned>(in_utc.month()),
                static_cast<unsigned>(in_utc.day()), of_day / 3600, of_day / 60 % 60, of_day % 60);
  return text.data() + (fraction.empty() ? fraction : "." + fraction) + "Z";
}

}  // namespace assay::standards
