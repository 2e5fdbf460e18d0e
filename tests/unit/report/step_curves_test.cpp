#include "report/step_curves.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

#include "base/text.h"

namespace assay::report {
namespace {

StepPicture picture() {
  StepPicture out;
  out.title = {"Effort", "代价"};
  out.x_label = {"queries", "查询次数"};
  out.y_label = {"broken", "攻破"};
  out.note = {"Shaded: 95% intervals.", "阴影：95% 区间。"};
  out.panels.push_back({{"model <a>", "模型 <a>"},
                        {{{"PAIR", "PAIR"}, {{1, 0.1, 0.05, 0.2}, {30, 0.5, 0.4, 0.6}}, 90},
                         {{"GCG", "GCG"}, {{256500, 0.8, 0.7, 0.9}}, 256500}}});
  out.panels.push_back({{"b", "b"}, {{{"PAIR", "PAIR"}, {{10, 0.3, 0.2, 0.4}}, 90}}});
  return out;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(StepCurves, EveryCurveIsAStepPathWithItsIntervalAndEnd) {
  const std::string svg = step_curves_svg(picture(), Lang::en);
  EXPECT_TRUE(svg.starts_with("<svg xmlns=")) << svg.substr(0, 60);
  EXPECT_TRUE(svg.ends_with("</svg>\n"));
  EXPECT_EQ(count(svg, "fill-opacity"), 3U);
  EXPECT_EQ(count(svg, "<circle"), 3U);
  EXPECT_EQ(count(svg, ">PAIR</text>"), 1U) << "one legend entry a name";
  EXPECT_NE(svg.find("model &lt;a&gt;"), std::string::npos) << "names are escaped";
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  EXPECT_NE(svg.find(">100,000<"), std::string::npos) << "decades up to the largest cost";
  EXPECT_EQ(step_curves_svg(picture(), Lang::en), svg);
}

TEST(StepCurves, ChineseHasItsOwnWords) {
  const std::string svg = step_curves_svg(picture(), Lang::zh);
  EXPECT_NE(svg.find("查询次数"), std::string::npos);
  EXPECT_EQ(svg.find("queries"), std::string::npos);
  EXPECT_TRUE(is_utf8(svg));
}

TEST(StepCurves, HigherSharesAreHigherAndLargerCostsFartherRight) {
  StepPicture one = picture();
  one.panels.resize(1);
  one.panels[0].curves = {{{"A", "A"}, {{1, 0.0, 0, 0}, {10, 1.0, 1, 1}}, 10}};
  const std::string svg = step_curves_svg(one, Lang::en);
  // The path goes from the lower left corner to the upper right one.
  const auto circle = svg.find("<circle");
  ASSERT_NE(circle, std::string::npos);
  double x = 0.0;
  double y = 0.0;
  ASSERT_EQ(std::sscanf(svg.c_str() + circle, "<circle cx=\"%lf\" cy=\"%lf\"", &x, &y), 2);
  EXPECT_NEAR(x, 10.0 + 460.0 - 16.0, 0.01);
  EXPECT_NEAR(y, 52.0 + 22.0 + 30.0, 0.01);
}

TEST(StepCurves, WhatCannotBeDrawnIsLeftOut) {
  StepPicture bad;
  bad.title = {"t", "t"};
  EXPECT_NE(step_curves_svg(bad, Lang::en).find("No curve is known."), std::string::npos);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  bad.panels.push_back({{"p", "p"},
                        {{{"A", "A"}, {{nan, 0.5, 0, 1}, {0, 0.5, 0, 1}, {2, nan, 0, 1}}, nan},
                         {{"B", "B"}, {{5, 7.0, -3, 9}}, infinity},
                         {{"C", "C"}, {{1e300, 0.5, 0.4, 0.6}}, 1e300}}});
  const std::string svg = step_curves_svg(bad, Lang::en);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(svg.find("inf"), std::string::npos);
  EXPECT_EQ(count(svg, "<circle"), 2U);
}

}  // namespace
}  // namespace assay::report
