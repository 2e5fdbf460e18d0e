#include "eval/items/arithmetic_stories.h"

#include <array>
#include <span>
#include <string_view>

#include "eval/items/draw.h"

namespace assay::eval {
namespace {

using Numbers = std::array<std::int64_t, 4>;

/// {0} and {1} are two names, {2} a thing, {3}, {4}, {5} the numbers a, b, c, {6} the measure word
/// of the thing in Chinese. `answer` is of a, b, c; it is negative where they do not come out even.
/// Where the story divides, the first number is the product, so that nothing remains.
struct Pattern {
  std::string_view en;
  std::string_view zh;
  std::int64_t (*answer)(const Numbers& n);
  Numbers low;            ///< smallest a, b, c
  Numbers high;           ///< largest a, b, c
  bool multiple = false;  ///< a becomes a * b
};

constexpr std::string_view kNames[] = {"Anna", "Tom",  "Maria", "Ben",  "Lucy",
                                       "Omar", "Nina", "Paul",  "Ruth", "Ivan"};
constexpr std::string_view kNamesZh[] = {"小明", "小红", "小刚", "小丽", "小华",
                                         "小芳", "小军", "小雨", "小东", "小玲"};
constexpr std::string_view kThings[] = {"apples",  "books",   "stickers",  "marbles",
                                        "pencils", "cookies", "postcards", "buttons"};
constexpr std::string_view kThingsZh[] = {"个苹果", "本书",   "张贴纸",   "颗弹珠",
                                          "支铅笔", "块饼干", "张明信片", "粒纽扣"};

constexpr Pattern kOneStep[] = {
    {"{0} has {3} {2}. {1} gives {0} {4} more. How many {2} does {0} have now?",
     "{0}有{3}{2}，{1}又给了{0}{4}{6}。现在{0}一共有多少{6}？",
     [](const Numbers& n) { return n[0] + n[1]; },
     {11, 4},
     {95, 60}},
    {"There were {3} {2} in a box. {0} took out {4} of them. How many {2} are left in the box?",
     "盒子里有{3}{2}，{0}拿走了{4}{6}，盒子里还剩多少{6}？",
     [](const Numbers& n) { return n[0] - n[1]; },
     {40, 5},
     {99, 38}},
    {"{0} buys {3} packs of {2}. Each pack holds {4}. How many {2} is that altogether?",
     "{0}买了{3}包，每包里有{4}{2}，一共是多少{6}？",
     [](const Numbers& n) { return n[0] * n[1]; },
     {3, 4},
     {12, 15}},
    {"{0} shares {3} {2} equally among {4} friends. How many {2} does each friend get?",
     "{0}把{3}{2}平均分给{4}个朋友，每个朋友分到多少{6}？",
     [](const Numbers& n) { return n[0] / n[1]; },
     {4, 3},
     {15, 9},
     true},
    {"A train travels at {3} kilometres per hour for {4} hours. How many kilometres does it "
     "travel?",
     "一列火车每小时行驶{3}千米，行驶了{4}小时，一共行驶了多少千米？",
     [](const Numbers& n) { return n[0] * n[1]; },
     {40, 2},
     {120, 9}},
    {"{0} is {3} years old. {1} is {4} years older. How old is {1}?",
     "{0}今年{3}岁，{1}比{0}大{4}岁，{1}今年多少岁？",
     [](const Numbers& n) { return n[0] + n[1]; },
     {6, 2},
     {60, 35}},
    {"A book has {3} pages. {0} has read {4} of them. How many pages are still to be read?",
     "一本书有{3}页，{0}已经读了{4}页，还有多少页没有读？",
     [](const Numbers& n) { return n[0] - n[1]; },
     {150, 20},
     {400, 140}},
    {"A rope of {3} metres is cut into pieces of {4} metres each. How many pieces are there?",
     "一根绳子长{3}米，剪成每段{4}米的小段，一共能剪成多少段？",
     [](const Numbers& n) { return n[0] / n[1]; },
     {6, 3},
     {25, 9},
     true},
};

constexpr Pattern kLonger[] = {
    {"{0} has {3} {2}, and buys {4} more. Then {0} gives {5} {2} to {1}. How many {2} does {0} "
     "have "
     "left?",
     "{0}有{3}{2}，又买了{4}{6}，后来送给{1}{5}{6}。{0}还剩多少{6}？",
     [](const Numbers& n) { return n[0] + n[1] - n[2]; },
     {20, 10, 5},
     {80, 60, 25}},
    {"A shop sells pens at {3} coins each and notebooks at {4} coins each. {0} buys {5} pens and "
     "one "
     "notebook. How many coins does {0} pay?",
     "商店里的钢笔每支{3}元，笔记本每本{4}元。{0}买了{5}支钢笔和1本笔记本，一共要付多少元？",
     [](const Numbers& n) { return n[0] * n[2] + n[1]; },
     {3, 4, 3},
     {19, 25, 9}},
    {"There are {3} shelves with {4} books each. {0} borrows {5} books. How many books are left on "
     "the shelves?",
     "图书角有{3}个书架，每个书架上有{4}本书。{0}借走了{5}本，书架上还剩多少本？",
     [](const Numbers& n) { return n[0] * n[1] - n[2]; },
     {3, 15, 4},
     {9, 45, 40}},
    {"{0} saves {3} coins a week for {4} weeks and then spends {5} coins. How many coins does {0} "
     "have left?",
     "{0}每周存{3}元，存了{4}周，然后花掉{5}元。{0}还剩多少元？",
     [](const Numbers& n) { return n[0] * n[1] - n[2]; },
     {11, 4, 6},
     {40, 12, 40}},
    {"{0} picks {3} apples and {1} picks {4}. They put all of them into {5} baskets, the same "
     "number "
     "in each. How many apples are in each basket?",
     "{0}摘了{3}个苹果，{1}摘了{4}个。他们把所有苹果平均装进{5}个篮子，每个篮子里有多少个苹果？",
     [](const Numbers& n) { return (n[0] + n[1]) % n[2] == 0 ? (n[0] + n[1]) / n[2] : -1; },
     {20, 20, 3},
     {90, 90, 9}},
    {"A bus starts with {3} passengers. At the first stop {4} get on, and at the second stop {5} "
     "get "
     "off. How many passengers are on the bus then?",
     "公共汽车出发时有{3}名乘客，第一站上来{4}名，第二站下去{5}名。这时车上有多少名乘客？",
     [](const Numbers& n) { return n[0] + n[1] - n[2]; },
     {12, 4, 3},
     {45, 25, 15}},
    {"A garden has {3} rows of {4} roses, and {5} more roses in pots. {0} cuts two of all these "
     "roses. How many are left?",
     "花园里有{3}行玫瑰，每行{4}棵，另外还有{5}棵种在花盆里。{0}移走了其中的2棵，还剩多少棵？",
     [](const Numbers& n) { return n[0] * n[1] + n[2] - 2; },
     {4, 5, 3},
     {12, 15, 30}},
    {"{0} is {3} years old. {1} is {4} years younger than {0}. How old will {1} be in {5} years?",
     "{0}今年{3}岁，{1}比{0}小{4}岁。{5}年以后{1}多少岁？",
     [](const Numbers& n) { return n[0] - n[1] + n[2]; },
     {25, 3, 4},
     {60, 20, 30}},
};

/// Names, thing and numbers of a pattern; the Chinese texts name the thing once, then its measure
/// word.
Story told(const Pattern& pattern, Lang lang, Rng& rng) {
  Numbers n{};
  for (std::size_t i = 0; i < n.size(); ++i) n[i] = rng.between(pattern.low[i], pattern.high[i]);
  if (pattern.multiple) n[0] *= n[1];
  const bool english = lang == Lang::en;
  const auto names = std::span<const std::string_view>(english ? kNames : kNamesZh);
  const std::size_t first = rng.index(names.size());
  const std::size_t second = (first + 1 + rng.index(names.size() - 1)) % names.size();
  const std::string thing(english ? rng.pick(kThings) : rng.pick(kThingsZh));
  // The first character of a Chinese thing is its measure word (three bytes).
  const std::string measure = thing.substr(0, 3);
  const std::array<std::string, 7> arguments = {
      std::string(names[first]), std::string(names[second]), thing,  std::to_string(n[0]),
      std::to_string(n[1]),      std::to_string(n[2]),       measure};
  return {fill(english ? pattern.en : pattern.zh, arguments), pattern.answer(n)};
}

std::string ending(Lang lang, Rng& rng) {
  static constexpr std::string_view kEnglish[] = {
      " Finish with \"Answer:\" and the number.",
      " Keep it short and end with \"The answer is\" and the number.",
      " Use at most two short sentences; the last thing you write must be the number."};
  static constexpr std::string_view kChinese[] = {"最后写“答案：”和这个数字。",
                                                  "请简短作答，并以“答案是”加数字结尾。",
                                                  "最多写两句话，最后写出这个数字。"};
  return std::string(lang == Lang::en ? rng.pick(kEnglish) : rng.pick(kChinese));
}

}  // namespace

Story one_step_story(Lang lang, Rng& rng) {
  Story story = told(rng.pick(kOneStep), lang, rng);
  story.text += ending(lang, rng);
  return story;
}

Story longer_story(Lang lang, Rng& rng) {
  const Pattern& pattern = rng.pick(kLonger);
  Story story = told(pattern, lang, rng);
  while (story.answer < 0) story = told(pattern, lang, rng);
  story.text += ending(lang, rng);
  return story;
}

}  // namespace assay::eval
