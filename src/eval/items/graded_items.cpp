#include "eval/items/graded_items.h"

#include <algorithm>
#include <array>
#include <set>

#include "eval/items/draw.h"

namespace assay::eval {
namespace {

struct Capital {
  Text country, capital;
};

const std::array<Capital, 48>& capitals() {
  static const std::array<Capital, 48> all{{
      {{"Burkina Faso", "布基纳法索"}, {"Ouagadougou", "瓦加杜古"}},
      {{"Mali", "马里"}, {"Bamako", "巴马科"}},
      {{"Niger", "尼日尔"}, {"Niamey", "尼亚美"}},
      {{"Chad", "乍得"}, {"N'Djamena", "恩贾梅纳"}},
      {{"Togo", "多哥"}, {"Lomé", "洛美"}},
      {{"Gabon", "加蓬"}, {"Libreville", "利伯维尔"}},
      {{"Malawi", "马拉维"}, {"Lilongwe", "利隆圭"}},
      {{"Zambia", "赞比亚"}, {"Lusaka", "卢萨卡"}},
      {{"Botswana", "博茨瓦纳"}, {"Gaborone", "哈博罗内"}},
      {{"Namibia", "纳米比亚"}, {"Windhoek", "温得和克"}},
      {{"Mozambique", "莫桑比克"}, {"Maputo", "马普托"}},
      {{"Madagascar", "马达加斯加"}, {"Antananarivo", "塔那那利佛"}},
      {{"Eritrea", "厄立特里亚"}, {"Asmara", "阿斯马拉"}},
      {{"Rwanda", "卢旺达"}, {"Kigali", "基加利"}},
      {{"Uganda", "乌干达"}, {"Kampala", "坎帕拉"}},
      {{"Sierra Leone", "塞拉利昂"}, {"Freetown", "弗里敦"}},
      {{"Liberia", "利比里亚"}, {"Monrovia", "蒙罗维亚"}},
      {{"Guinea", "几内亚"}, {"Conakry", "科纳克里"}},
      {{"the Gambia", "冈比亚"}, {"Banjul", "班珠尔"}},
      {{"Cameroon", "喀麦隆"}, {"Yaoundé", "雅温得"}},
      {{"Mauritania", "毛里塔尼亚"}, {"Nouakchott", "努瓦克肖特"}},
      {{"Kyrgyzstan", "吉尔吉斯斯坦"}, {"Bishkek", "比什凯克"}},
      {{"Tajikistan", "塔吉克斯坦"}, {"Dushanbe", "杜尚别"}},
      {{"Turkmenistan", "土库曼斯坦"}, {"Ashgabat", "阿什哈巴德"}},
      {{"Uzbekistan", "乌兹别克斯坦"}, {"Tashkent", "塔什干"}},
      {{"Bhutan", "不丹"}, {"Thimphu", "廷布"}},
      {{"Laos", "老挝"}, {"Vientiane", "万象"}},
      {{"Brunei", "文莱"}, {"Bandar Seri Begawan", "斯里巴加湾市"}},
      {{"Fiji", "斐济"}, {"Suva", "苏瓦"}},
      {{"Vanuatu", "瓦努阿图"}, {"Port Vila", "维拉港"}},
      {{"Samoa", "萨摩亚"}, {"Apia", "阿皮亚"}},
      {{"Tonga", "汤加"}, {"Nuku'alofa", "努库阿洛法"}},
      {{"Suriname", "苏里南"}, {"Paramaribo", "帕拉马里博"}},
      {{"Guyana", "圭亚那"}, {"Georgetown", "乔治敦"}},
      {{"Paraguay", "巴拉圭"}, {"Asunción", "亚松森"}},
      {{"Uruguay", "乌拉圭"}, {"Montevideo", "蒙得维的亚"}},
      {{"Honduras", "洪都拉斯"}, {"Tegucigalpa", "特古西加尔巴"}},
      {{"Nicaragua", "尼加拉瓜"}, {"Managua", "马那瓜"}},
      {{"Moldova", "摩尔多瓦"}, {"Chisinau", "基希讷乌"}},
      {{"Albania", "阿尔巴尼亚"}, {"Tirana", "地拉那"}},
      {{"North Macedonia", "北马其顿"}, {"Skopje", "斯科普里"}},
      {{"Slovenia", "斯洛文尼亚"}, {"Ljubljana", "卢布尔雅那"}},
      {{"Estonia", "爱沙尼亚"}, {"Tallinn", "塔林"}},
      {{"Latvia", "拉脱维亚"}, {"Riga", "里加"}},
      {{"Azerbaijan", "阿塞拜疆"}, {"Baku", "巴库"}},
      {{"Armenia", "亚美尼亚"}, {"Yerevan", "埃里温"}},
      {{"Oman", "阿曼"}, {"Muscat", "马斯喀特"}},
      {{"Qatar", "卡塔尔"}, {"Doha", "多哈"}},
  }};
  return all;
}

struct Element {
  Text name;
  int number;
};

const std::array<Element, 30>& elements() {
  static const std::array<Element, 30> all{{
      {{"aluminium", "铝"}, 13}, {{"silicon", "硅"}, 14},   {{"phosphorus", "磷"}, 15},
      {{"sulfur", "硫"}, 16},    {{"chlorine", "氯"}, 17},  {{"argon", "氩"}, 18},
      {{"potassium", "钾"}, 19}, {{"calcium", "钙"}, 20},   {{"titanium", "钛"}, 22},
      {{"chromium", "铬"}, 24},  {{"manganese", "锰"}, 25}, {{"iron", "铁"}, 26},
      {{"cobalt", "钴"}, 27},    {{"nickel", "镍"}, 28},    {{"copper", "铜"}, 29},
      {{"zinc", "锌"}, 30},      {{"bromine", "溴"}, 35},   {{"krypton", "氪"}, 36},
      {{"silver", "银"}, 47},    {{"tin", "锡"}, 50},       {{"iodine", "碘"}, 53},
      {{"xenon", "氙"}, 54},     {{"barium", "钡"}, 56},    {{"tungsten", "钨"}, 74},
      {{"platinum", "铂"}, 78},  {{"gold", "金"}, 79},      {{"mercury", "汞"}, 80},
      {{"lead", "铅"}, 82},      {{"radon", "氡"}, 86},     {{"uranium", "铀"}, 92},
  }};
  return all;
}

/// Three numbers near `right` with as many digits, drawn among slips.
std::vector<std::string> near_numbers(std::int64_t right, std::vector<std::int64_t> slips,
                                      Rng& rng) {
  const std::size_t digits = std::to_string(right).size();
  rng.shuffle(slips);
  std::vector<std::string> out;
  for (const std::int64_t slip : slips) {
    const std::int64_t value = right + slip;
    const std::string text = std::to_string(value);
    if (value <= 0 || slip == 0 || text.size() != digits) continue;
    if (std::find(out.begin(), out.end(), text) == out.end()) out.push_back(text);
    if (out.size() == 3) break;
  }
  return out;
}

std::vector<std::string> other_capitals(std::size_t right, Lang lang, Rng& rng) {
  std::vector<std::string> out;
  while (out.size() < 3) {
    const std::size_t other = rng.index(capitals().size());
    const std::string& name = capitals()[other].capital.in(lang);
    if (other != right && std::find(out.begin(), out.end(), name) == out.end()) {
      out.push_back(name);
    }
  }
  return out;
}

std::string key_of(char kind, std::size_t row) {
  return std::string("rare-") + kind + (row < 10 ? "0" : "") + std::to_string(row);
}

struct Sum {
  std::string text;
  std::int64_t value;
};

Sum easy_sum(Rng& rng) {
  const auto a = rng.between(3, 29);
  const auto b = rng.between(3, 29);
  switch (rng.between(0, 2)) {
    case 0: return {std::to_string(a) + " + " + std::to_string(b), a + b};
    case 1: return {std::to_string(a + b) + " - " + std::to_string(b), a};
    default: {
      const auto c = rng.between(3, 9);
      const auto d = rng.between(3, 9);
      return {std::to_string(c) + " × " + std::to_string(d), c * d};
    }
  }
}

Sum hard_sum(Rng& rng) {
  const auto a = rng.between(123, 989);
  const auto b = rng.between(123, 989);
  switch (rng.between(0, 2)) {
    case 0: return {std::to_string(a) + " + " + std::to_string(b), a + b};
    case 1: return {std::to_string(a + b) + " - " + std::to_string(b), a};
    default: {
      const auto c = rng.between(13, 98);
      const auto d = rng.between(13, 98);
      return {std::to_string(c) + " × " + std::to_string(d), c * d};
    }
  }
}

}  // namespace

std::vector<GradedItem> rare_fact_items(Lang lang, std::uint64_t seed) {
  const bool en = lang == Lang::en;
  std::vector<GradedItem> out;
  for (std::size_t row = 0; row < capitals().size(); ++row) {
    GradedItem item;
    item.key = key_of('c', row);
    Rng rng = Rng::named(seed, "graded/" + std::string(to_string(lang)) + "/" + item.key);
    const std::string& country = capitals()[row].country.in(lang);
    item.beginning = en ? "The capital of " + country + " is" : country + "的首都是";
    item.right = capitals()[row].capital.in(lang);
    item.wrong = other_capitals(row, lang, rng);
    out.push_back(std::move(item));
  }
  for (std::size_t row = 0; row < elements().size(); ++row) {
    GradedItem item;
    item.key = key_of('e', row);
    Rng rng = Rng::named(seed, "graded/" + std::string(to_string(lang)) + "/" + item.key);
    const Element& element = elements()[row];
    item.beginning = en ? "The atomic number of " + element.name.en + " is"
                        : "化学元素" + element.name.zh + "的原子序数是";
    item.right = std::to_string(element.number);
    item.wrong = near_numbers(element.number, {-10, -3, -2, -1, 1, 2, 3, 10}, rng);
    out.push_back(std::move(item));
  }
  return out;
}

GradedItem graded_sum(Lang lang, std::string_view group, Rng& rng) {
  while (true) {
    const Sum sum = group == "sums_easy" ? easy_sum(rng) : hard_sum(rng);
    const std::vector<std::int64_t> slips =
        group == "sums_easy" ? std::vector<std::int64_t>{-10, -2, -1, 1, 2, 10}
                             : std::vector<std::int64_t>{-100, -20, -10, -2, 2, 10, 20, 100};
    GradedItem item;
    item.key = sum.text;
    item.beginning =
        lang == Lang::en ? "The result of " + sum.text + " is" : sum.text + " 的计算结果是";
    item.right = std::to_string(sum.value);
    item.wrong = near_numbers(sum.value, slips, rng);
    if (item.wrong.size() == 3) return item;
  }
}

}  // namespace assay::eval
