#include "eval/items/unit_items.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "eval/items/arithmetic_items.h"
#include "eval/items/draw.h"

namespace assay::eval {
namespace {

/// from -> to by `factor`; `slips` are the factors that people take instead. `values`: fitting
/// quantities, so that the right number is a plain one.
struct Conversion {
  Text from, to;
  double factor;
  std::array<double, 3> slips;
  std::vector<double> values;
};

const std::vector<double>& small() {
  static const std::vector<double> all{1.5, 2.5, 3.2, 4.8, 6.4, 7.5, 8.6, 12, 15, 25, 36, 0.4, 0.6};
  return all;
}
const std::vector<double>& thousands() {
  static const std::vector<double> all{1500, 2400, 3600, 4500, 7200, 8800, 250, 750, 400, 12000};
  return all;
}
const std::vector<double>& whole() {
  static const std::vector<double> all{2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 15, 20};
  return all;
}

const std::vector<Conversion>& metric() {
  static const std::vector<Conversion> all{
      {{"kilometres", "千米"}, {"metres", "米"}, 1000, {100, 10, 10000}, small()},
      {{"metres", "米"}, {"kilometres", "千米"}, 0.001, {0.01, 0.1, 0.0001}, thousands()},
      {{"kilograms", "千克"}, {"grams", "克"}, 1000, {100, 10, 10000}, small()},
      {{"grams", "克"}, {"kilograms", "千克"}, 0.001, {0.01, 0.1, 0.0001}, thousands()},
      {{"metres", "米"}, {"centimetres", "厘米"}, 100, {10, 1000, 0.01}, small()},
      {{"centimetres", "厘米"}, {"millimetres", "毫米"}, 10, {100, 0.1, 1000}, small()},
      {{"litres", "升"}, {"millilitres", "毫升"}, 1000, {100, 10, 10000}, small()},
      {{"millilitres", "毫升"}, {"litres", "升"}, 0.001, {0.01, 0.1, 0.0001}, thousands()},
      {{"tonnes", "吨"}, {"kilograms", "千克"}, 1000, {100, 10, 10000}, small()},
      {{"milligrams", "毫克"}, {"grams", "克"}, 0.001, {0.01, 0.1, 1000}, thousands()},
  };
  return all;
}

const std::vector<Conversion>& area() {
  static const std::vector<Conversion> all{
      {{"square metres", "平方米"},
       {"square centimetres", "平方厘米"},
       1e4,
       {1e2, 1e3, 1e5},
       whole()},
      {{"square centimetres", "平方厘米"},
       {"square millimetres", "平方毫米"},
       1e2,
       {10, 1e3, 1e4},
       whole()},
      {{"square kilometres", "平方千米"},
       {"square metres", "平方米"},
       1e6,
       {1e3, 1e4, 1e7},
       whole()},
      {{"hectares", "公顷"}, {"square metres", "平方米"}, 1e4, {1e2, 1e3, 1e5}, whole()},
      {{"cubic metres", "立方米"}, {"litres", "升"}, 1e3, {10, 1e2, 1e6}, whole()},
      {{"cubic centimetres", "立方厘米"}, {"millilitres", "毫升"}, 1, {10, 0.1, 1000}, whole()},
      {{"litres", "升"}, {"cubic centimetres", "立方厘米"}, 1e3, {1, 10, 1e2}, whole()},
      {{"cubic decimetres", "立方分米"}, {"litres", "升"}, 1, {10, 0.1, 1000}, whole()},
  };
  return all;
}

const std::vector<Conversion>& times() {
  static const std::vector<Conversion> all{
      {{"hours", "小时"}, {"minutes", "分钟"}, 60, {100, 10, 30}, {1.5, 2.5, 1.25, 3.5, 0.75, 4.5}},
      {{"minutes", "分钟"},
       {"hours", "小时"},
       1.0 / 60,
       {0.01, 0.1, 1.0 / 30},
       {90, 150, 45, 75, 210}},
      {{"minutes", "分钟"}, {"seconds", "秒"}, 60, {100, 10, 3600}, {1.5, 2.5, 4.5, 5, 7, 12}},
      {{"seconds", "秒"},
       {"minutes", "分钟"},
       1.0 / 60,
       {0.01, 0.1, 1.0 / 24},
       {90, 150, 240, 480}},
      {{"days", "天"}, {"hours", "小时"}, 24, {12, 60, 10}, {2, 3, 4, 5, 7, 10}},
      {{"weeks", "周"}, {"days", "天"}, 7, {5, 10, 30}, {2, 3, 4, 6, 8, 12}},
      {{"hours", "小时"}, {"seconds", "秒"}, 3600, {60, 360, 1000}, {2, 3, 4, 5, 10}},
      {{"years", "年"}, {"months", "个月"}, 12, {10, 30, 24}, {2, 3, 4, 5, 10, 2.5, 1.5}},
  };
  return all;
}

const std::vector<Conversion>& speeds() {
  static const std::vector<Conversion> all{
      {{"kilometres per hour", "千米每小时"},
       {"metres per second", "米每秒"},
       1 / 3.6,
       {3.6, 1.0 / 36, 1.0 / 6},
       {18, 36, 54, 72, 90, 108, 126, 144, 180, 360}},
      {{"metres per second", "米每秒"},
       {"kilometres per hour", "千米每小时"},
       3.6,
       {1 / 3.6, 36, 6},
       {5, 10, 15, 20, 25, 30, 35, 40, 50, 100}},
      {{"metres per minute", "米每分钟"},
       {"kilometres per hour", "千米每小时"},
       0.06,
       {0.001, 0.6, 0.1},
       {50, 100, 150, 200, 250, 300, 400, 500}},
      {{"metres per second", "米每秒"},
       {"metres per minute", "米每分钟"},
       60,
       {1.0 / 60, 100, 3.6},
       {3, 4, 6, 9, 12, 15, 30}},
  };
  return all;
}

const std::vector<Conversion>& everyday_en() {
  static const std::vector<Conversion> all{
      {{"feet", ""}, {"inches", ""}, 12, {10, 100, 3}, {2, 3, 4, 5, 6, 7, 8, 9}},
      {{"yards", ""}, {"feet", ""}, 3, {12, 10, 2}, {2, 4, 5, 6, 8, 9, 11, 20}},
      {{"pounds", ""}, {"ounces", ""}, 16, {10, 12, 100}, {2, 3, 4, 5, 6, 7, 8, 9}},
      {{"gallons", ""}, {"pints", ""}, 8, {4, 10, 16}, {2, 3, 4, 5, 6, 7, 9, 12}},
      {{"gallons", ""}, {"quarts", ""}, 4, {8, 10, 2}, {2, 3, 5, 6, 7, 9, 12}},
      {{"dozen eggs", ""}, {"eggs", ""}, 12, {10, 6, 20}, {2, 3, 4, 5, 6, 7, 8, 9}},
  };
  return all;
}

const std::vector<Conversion>& everyday_zh() {
  static const std::vector<Conversion> all{
      {{"", "斤"}, {"", "克"}, 500, {1000, 100, 50}, {2, 3, 4, 5, 6, 7, 8, 9}},
      {{"", "公斤"}, {"", "斤"}, 2, {0.5, 10, 5}, {3, 4, 6, 7, 8, 9, 12, 15}},
      {{"", "两"}, {"", "克"}, 50, {100, 10, 500}, {2, 3, 4, 6, 7, 8, 9}},
      {{"", "斤"}, {"", "两"}, 10, {16, 2, 100}, {2, 3, 4, 5, 6, 7, 8, 9}},
      {{"", "公里"}, {"", "里"}, 2, {0.5, 10, 5}, {3, 4, 6, 7, 8, 9, 12, 15}},
      {{"", "公顷"}, {"", "亩"}, 15, {10, 100, 1.5}, {2, 3, 4, 6, 8, 10}},
  };
  return all;
}

const char* slip_of(double right, double wrong, bool time) {
  const double ratio = wrong / right;
  const double power = std::log10(ratio);
  if (std::abs(power - std::round(power)) < 1e-9) return "ten";
  if (time && (std::abs(ratio - 100.0 / 60.0) < 1e-9 || std::abs(ratio - 0.6) < 1e-9)) {
    return "time";
  }
  return "other";
}

std::string shown(double value) {
  const double rounded = std::round(value * 1e4) / 1e4;
  return plain_number(rounded);
}

bool plain(double value) { return std::abs(value * 1e4 - std::round(value * 1e4)) < 1e-6; }

UnitItem convert(Lang lang, const std::vector<Conversion>& table, bool time, Rng& rng) {
  const bool en = lang == Lang::en;
  while (true) {
    const Conversion& c = rng.pick(table);
    const double value = rng.pick(c.values);
    const double right = value * c.factor;
    UnitItem item;
    item.beginning =
        en ? shown(value) + " " + c.from.en + " is the same as" : shown(value) + c.from.zh + "等于";
    const auto said = [&](double number) {
      return en ? shown(number) + " " + c.to.en : shown(number) + c.to.zh;
    };
    item.right = said(right);
    for (const double slip : c.slips) {
      // A number with many digits behind the point would give itself away.
      const double wrong =
          plain(value * slip) ? value * slip : std::max(1.0, std::round(value * slip));
      item.wrong.push_back(said(wrong));
      item.slips.emplace_back(slip_of(right, wrong, time));
    }
    std::vector<std::string> all = item.wrong;
    all.push_back(item.right);
    std::sort(all.begin(), all.end());
    if (std::adjacent_find(all.begin(), all.end()) == all.end()) return item;
  }
}

struct Rate {
  Text text;  ///< {0}, {1} are the two numbers
  Text unit;
  double (*right)(double, double);
  std::vector<double> first, second;
  double (*inverse)(double, double);  ///< the other way round
};

double times_op(double a, double b) { return a * b; }
double over(double a, double b) { return a / b; }
double over_60(double a, double b) { return a * b / 60.0; }
double thousandth(double a, double b) { return a * b / 1000.0; }

const std::vector<Rate>& rates() {
  static const std::vector<Rate> all{
      {{"A heater of {0} kilowatts that runs for {1} hours uses",
        "一台{0}千瓦的电暖器工作{1}小时，耗电"},
       {"kilowatt-hours", "千瓦时"},
       times_op,
       {2, 3, 4, 6},
       {2, 4, 6, 8, 10, 12},
       over},
      {{"A lamp of {0} watts that burns for {1} hours uses", "一盏{0}瓦的灯点亮{1}小时，耗电"},
       {"kilowatt-hours", "千瓦时"},
       thousandth,
       {40, 60, 100, 200},
       {5, 10, 20, 50},
       times_op},
      {{"A cyclist who rides at {0} kilometres per hour for {1} minutes covers",
        "骑车人以每小时{0}千米的速度骑行{1}分钟，路程是"},
       {"kilometres", "千米"},
       over_60,
       {12, 18, 24, 30},
       {10, 20, 30, 40, 50},
       times_op},
      {{"A tank of {0} litres that is filled at {1} litres per minute is full after",
        "容积{0}升的水箱，每分钟注水{1}升，注满需要"},
       {"minutes", "分钟"},
       over,
       {120, 240, 360, 600},
       {4, 5, 6, 8, 10, 12},
       times_op},
      {{"A train that covers {0} kilometres in {1} hours has a mean speed of",
        "火车{1}小时行驶{0}千米，平均速度是每小时"},
       {"kilometres per hour", "千米"},
       over,
       {240, 360, 480, 720},
       {2, 3, 4, 6},
       times_op},
      {{"A printer that prints {0} pages a minute prints in {1} minutes",
        "打印机每分钟打印{0}页，{1}分钟可打印"},
       {"pages", "页"},
       times_op,
       {12, 15, 20, 24, 30},
       {3, 4, 5, 6, 8},
       over},
  };
  return all;
}

UnitItem rate_item(Lang lang, Rng& rng) {
  const bool en = lang == Lang::en;
  while (true) {
    const Rate& rate = rng.pick(rates());
    const double a = rng.pick(rate.first);
    const double b = rng.pick(rate.second);
    const double right = rate.right(a, b);
    const std::array<std::string, 2> numbers{shown(a), shown(b)};
    UnitItem item;
    item.beginning = fill(rate.text.in(lang), numbers);
    const auto said = [&](double number) {
      return shown(number) + (en ? " " : "") + rate.unit.in(lang);
    };
    item.right = said(right);
    const double inverse = rate.inverse(a, b);
    const std::array<double, 3> wrong{inverse, right * 10.0, a + b};
    std::vector<double> all{right};
    for (std::size_t i = 0; i < 3; ++i) {
      item.wrong.push_back(said(wrong.at(i)));
      const char* slip = slip_of(right, wrong.at(i), false);
      item.slips.emplace_back(i == 0 && std::string_view(slip) == "other" ? "way" : slip);
      all.push_back(wrong.at(i));
    }
    std::sort(all.begin(), all.end());
    const bool distinct = std::adjacent_find(all.begin(), all.end()) == all.end();
    if (distinct && plain(inverse) && plain(right)) return item;
  }
}

struct Dimension {
  Text beginning, right;
  std::array<Text, 3> wrong;
};

const std::vector<Dimension>& dimensions();

UnitItem dimension_item(Lang lang, Rng& rng) {
  const Dimension& d = rng.pick(dimensions());
  UnitItem item;
  item.beginning = d.beginning.in(lang);
  item.right = d.right.in(lang);
  for (const Text& wrong : d.wrong) {
    item.wrong.push_back(wrong.in(lang));
    item.slips.emplace_back("dimension");
  }
  return item;
}

const std::vector<Dimension>& dimensions() {
  static const Text kNewton{"newton", "牛顿"};
  static const Text kJoule{"joule", "焦耳"};
  static const Text kWatt{"watt", "瓦特"};
  static const Text kPascal{"pascal", "帕斯卡"};
  static const Text kVolt{"volt", "伏特"};
  static const Text kAmpere{"ampere", "安培"};
  static const Text kOhm{"ohm", "欧姆"};
  static const Text kHertz{"hertz", "赫兹"};
  static const std::vector<Dimension> all{
      {{"The unit of power is the", "功率的单位是"}, kWatt, {kJoule, kNewton, kVolt}},
      {{"The unit of energy is the", "能量的单位是"}, kJoule, {kWatt, kNewton, kPascal}},
      {{"The unit of pressure is the", "压强的单位是"}, kPascal, {kNewton, kJoule, kWatt}},
      {{"The unit of frequency is the", "频率的单位是"}, kHertz, {kWatt, kVolt, kPascal}},
      {{"The unit of electric current is the", "电流的单位是"}, kAmpere, {kVolt, kOhm, kWatt}},
      {{"The unit of electric voltage is the", "电压的单位是"}, kVolt, {kAmpere, kOhm, kJoule}},
      {{"One joule per second is one", "一焦耳每秒等于一"}, kWatt, {kNewton, kVolt, kPascal}},
      {{"One newton per square metre is one", "一牛顿每平方米等于一"},
       kPascal,
       {kJoule, kWatt, kHertz}},
      {{"One newton times one metre is one", "一牛顿乘以一米等于一"},
       kJoule,
       {kWatt, kPascal, kVolt}},
      {{"One volt divided by one ampere is one", "一伏特除以一安培等于一"},
       kOhm,
       {kWatt, kJoule, kHertz}},
      {{"One volt times one ampere is one", "一伏特乘以一安培等于一"},
       kWatt,
       {kOhm, kNewton, kHertz}},
      {{"A speed multiplied by a time is a", "速度乘以时间得到"},
       {"length", "长度"},
       {{{"mass", "质量"}, {"force", "力"}, {"area", "面积"}}}},
      {{"A mass divided by a volume is a", "质量除以体积得到"},
       {"density", "密度"},
       {{{"pressure", "压强"}, {"speed", "速度"}, {"force", "力"}}}},
      {{"A force multiplied by a distance is", "力乘以位移得到"},
       {"work", "功"},
       {{{"power", "功率"}, {"mass", "质量"}, {"pressure", "压强"}}}},
      {{"A force divided by an area is a", "力除以面积得到"},
       {"pressure", "压强"},
       {{{"density", "密度"}, {"speed", "速度"}, {"mass", "质量"}}}},
      {{"An energy divided by a time is a", "能量除以时间得到"},
       {"power", "功率"},
       {{{"force", "力"}, {"speed", "速度"}, {"density", "密度"}}}},
      {{"A power multiplied by a time is an amount of", "功率乘以时间得到"},
       {"energy", "能量"},
       {{{"force", "力"}, {"speed", "速度"}, {"pressure", "压强"}}}},
      {{"A mass multiplied by an acceleration is a", "质量乘以加速度得到"},
       {"force", "力"},
       {{{"power", "功率"}, {"pressure", "压强"}, {"density", "密度"}}}},
      {{"The area of a floor is given in", "地板的面积用什么单位表示？用"},
       {"square metres", "平方米"},
       {{{"cubic metres", "立方米"}, {"metres", "米"}, {"litres", "升"}}}},
      {{"The contents of a water bottle are given in", "水瓶的容量用什么单位表示？用"},
       {"millilitres", "毫升"},
       {{{"millimetres", "毫米"}, {"square metres", "平方米"}, {"watts", "瓦"}}}},
      {{"The energy on an electricity bill is given in", "电费单上的用电量用什么单位表示？用"},
       {"kilowatt-hours", "千瓦时"},
       {{{"kilowatts per hour", "千瓦每小时"}, {"volts", "伏特"}, {"amperes", "安培"}}}},
      {{"The size of a file is given in", "文件的大小用什么单位表示？用"},
       {"megabytes", "兆字节"},
       {{{"megahertz", "兆赫"}, {"megawatts", "兆瓦"}, {"megapascals", "兆帕"}}}},
      {{"The clock rate of a processor is given in", "处理器的主频用什么单位表示？用"},
       {"gigahertz", "吉赫"},
       {{{"gigabytes", "吉字节"}, {"gigawatts", "吉瓦"}, {"gigajoules", "吉焦"}}}},
      {{"The distance between two stars is given in", "恒星之间的距离用什么单位表示？用"},
       {"light years", "光年"},
       {{{"centuries", "世纪"}, {"lumens", "流明"}, {"tonnes", "吨"}}}},
      {{"The dose of a tablet is given in", "药片的剂量用什么单位表示？用"},
       {"milligrams", "毫克"},
       {{{"millilitres", "毫升"}, {"millimetres", "毫米"}, {"milliseconds", "毫秒"}}}},
      {{"The level of a sound is given in", "声音的强弱等级用什么单位表示？用"},
       {"decibels", "分贝"},
       {{{"degrees", "度"}, {"litres", "升"}, {"grams", "克"}}}},
      {{"The fuel consumption of a car in Europe is given in",
        "在中国，汽车的油耗用什么单位表示？用"},
       {"litres per 100 kilometres", "升每百公里"},
       {{{"litres per hour", "升每小时"},
         {"kilometres per hour", "千米每小时"},
         {"kilograms per metre", "千克每米"}}}},
      {{"The diagonal of a television screen is given in", "电视屏幕的对角线用什么单位表示？用"},
       {"inches", "英寸"},
       {{{"acres", "英亩"}, {"pounds", "磅"}, {"gallons", "加仑"}}}},
  };
  return all;
}

}  // namespace

UnitItem unit_item(Lang lang, std::string_view group, Rng& rng) {
  if (group == "metric") return convert(lang, metric(), false, rng);
  if (group == "area") return convert(lang, area(), false, rng);
  if (group == "time") return convert(lang, times(), true, rng);
  if (group == "speed") return convert(lang, speeds(), false, rng);
  if (group == "everyday") {
    return convert(lang, lang == Lang::en ? everyday_en() : everyday_zh(), false, rng);
  }
  if (group == "rate") return rate_item(lang, rng);
  return dimension_item(lang, rng);
}

}  // namespace assay::eval
