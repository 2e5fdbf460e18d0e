// Numbers as the report writes them: no more digits than the interval bears.
#include "report/format_number.h"

#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck/gtest.h>

#include "rich_run.h"

namespace assay::report {
namespace {

using test::rate;

stats::Estimate in_unit(double value, double low, double high, const std::string& unit) {
  stats::Estimate out = rate(value, low, high, 100);
  out.unit = unit;
  return out;
}

TEST(FormatNumber, DigitsFollowTheWidthOfTheInterval) {
  EXPECT_EQ(value_text(rate(0.6217, 0.50, 0.73, 60), Lang::en), "62%");
  EXPECT_EQ(interval_text(rate(0.6217, 0.50, 0.73, 60), Lang::en), "50% to 73%");
  EXPECT_EQ(value_text(rate(0.6217, 0.612, 0.631, 9000), Lang::en), "62.2%");
  EXPECT_EQ(value_text(rate(0.62172, 0.6211, 0.6223, 900000), Lang::en), "62.17%");
  EXPECT_EQ(value_text(rate(0.625, 0.458, 0.773, 40), Lang::en), "63%");
}

TEST(FormatNumber, ChineseInterval) {
  EXPECT_EQ(interval_text(rate(0.62, 0.50, 0.73, 60), Lang::zh), "50% 至 73%");
}

TEST(FormatNumber, OnlyZeroIsZeroPercent) {
  EXPECT_EQ(value_text(rate(0.0, 0.0, 0.09, 40), Lang::en), "0%");
  EXPECT_EQ(value_text(rate(0.003, 0.0, 0.09, 40), Lang::en), "0.3%");
  EXPECT_EQ(value_text(rate(0.998, 0.91, 1.0, 40), Lang::en), "99.8%");
  EXPECT_EQ(value_text(rate(1.0, 0.91, 1.0, 40), Lang::en), "100%");
  EXPECT_EQ(percent(1e-9, 0), "<0.1%");
  EXPECT_EQ(percent(1.0 - 1e-9, 2), ">99.999%");
}

TEST(FormatNumber, OneSidedBoundsHaveTwoDigits) {
  stats::Estimate bound = rate(0.0, 0.0, 0.0099361, 300);
  bound.sides = stats::Sides::upper;
  EXPECT_EQ(interval_text(bound, Lang::en), "at most 0.99%");
  EXPECT_EQ(interval_text(bound, Lang::zh), "至多 0.99%");
  EXPECT_EQ(percent_bound(0.0722), "7.2%");
  EXPECT_EQ(percent_bound(0.4321), "43%");
  EXPECT_EQ(percent_bound(0.9876), "98.8%");
}

TEST(FormatNumber, UnitsAndSigns) {
  EXPECT_EQ(value_text(in_unit(14.237, 11.02, 18.41, "tokens/J"), Lang::en), "14 tokens/J");
  EXPECT_EQ(interval_text(in_unit(14.237, 11.02, 18.41, "tokens/J"), Lang::zh),
            "11 至 18 词元/焦耳");
  EXPECT_EQ(value_text(in_unit(12345.0, 11800.0, 12900.0, "J"), Lang::en), "12,300 J");
  EXPECT_EQ(value_text(in_unit(0.041, -0.022, 0.104, "difference of proportions"), Lang::en),
            "+4 percentage points");
  EXPECT_EQ(interval_text(in_unit(0.041, -0.022, 0.104, "difference of proportions"), Lang::en),
            "−2 to +10 percentage points");
  EXPECT_EQ(value_text(in_unit(3.2, 3.0, 3.4, "furlongs"), Lang::zh), "3.2 furlongs");
}

TEST(FormatNumber, NoFigureAndNoBound) {
  const double infinity = std::numeric_limits<double>::infinity();
  const stats::Estimate none = stats::no_estimate("no observations", {-infinity, infinity});
  EXPECT_EQ(value_text(none, Lang::en), "no figure");
  EXPECT_EQ(interval_text(none, Lang::zh), "没有界限");
  EXPECT_EQ(interval_text(in_unit(3.0, 2.0, infinity, "J"), Lang::en), "at least 2.00 J");
}

TEST(FormatNumber, LedgerUnits) {
  EXPECT_EQ(duration_text(4.26, Lang::en), "4.3 s");
  EXPECT_EQ(duration_text(372.0, Lang::en), "6 min 12 s");
  EXPECT_EQ(duration_text(7500.0, Lang::zh), "2 小时 5 分");
  EXPECT_EQ(duration_text(300.0, Lang::en), "5 min");
  EXPECT_EQ(duration_text(300.0, Lang::zh), "5 分钟");
  EXPECT_EQ(duration_text(7200.0, Lang::zh), "2 小时");
  EXPECT_EQ(joules_text(820.0, Lang::en), "820 J");
  EXPECT_EQ(joules_text(12345.0, Lang::en), "12.3 kJ");
  EXPECT_EQ(short_number(134515008.0), "135 M");
  EXPECT_EQ(count(1234567), "1,234,567");
  EXPECT_EQ(level_text(0.95), "95%");
  EXPECT_EQ(level_text(0.995), "99.5%");
}

RC_GTEST_PROP(FormatNumber, NeverClaimsAnEdgeThatIsNotThere, ()) {
  const auto n = *rc::gen::inRange<std::int64_t>(2, 100000);
  const auto k = *rc::gen::inRange<std::int64_t>(1, n);
  const double p = static_cast<double>(k) / static_cast<double>(n);
  const double half = *rc::gen::inRange(1, 4000) / 10000.0;
  const stats::Estimate e = rate(p, std::max(0.0, p - half), std::min(1.0, p + half), n);
  const std::string text = value_text(e, Lang::en);
  RC_ASSERT(text != "0%" && text != "100%" && text.find("0.000") != 0 && text != "100.0%");
}

}  // namespace
}  // namespace assay::report
