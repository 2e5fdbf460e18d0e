#include "eval/items/memory_items.h"

#include <array>
#include <span>

#include "eval/items/draw.h"

namespace assay::eval {
namespace {

/// Something that can be told of two holders: {0} the holder, {1} the value.
struct Topic {
  std::array<std::string_view, 2> told;
  std::string_view changed;  ///< {0}, {1} the new value
  std::string_view question;
  std::span<const std::string_view> holders;
  std::span<const std::string_view> values;
};

constexpr std::string_view kPets[] = {"dog", "cat", "parrot", "rabbit", "horse", "hamster"};
constexpr std::string_view kPetNames[] = {"Pixel",  "Biscuit", "Luna",  "Maple",  "Ziggy", "Pepper",
                                          "Nugget", "Olive",   "Sunny", "Waffle", "Cosmo", "Hazel",
                                          "Marble", "Sprout",  "Tango", "Bramble"};
constexpr std::string_view kPeople[] = {"sister",    "brother", "cousin",
                                        "neighbour", "aunt",    "uncle"};
constexpr std::string_view kCities[] = {
    "Lisbon",  "Oslo",    "Vienna", "Prague", "Dublin", "Athens",    "Warsaw",    "Turin",
    "Hamburg", "Seville", "Krakow", "Geneva", "Bergen", "Rotterdam", "Marseille", "Valencia"};
constexpr std::string_view kEvents[] = {"dentist appointment", "piano lesson",   "team meeting",
                                        "book club",           "swimming class", "job interview"};
constexpr std::string_view kDays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                      "Friday", "Saturday", "Sunday"};
constexpr std::string_view kPlaces[] = {"locker", "bike", "suitcase", "garage", "mailbox", "safe"};
constexpr std::string_view kThings[] = {"bicycle", "front door", "bookshelf",
                                        "desk",    "fence",      "boat"};
constexpr std::string_view kColours[] = {"green",  "purple", "orange", "yellow", "turquoise",
                                         "silver", "brown",  "pink",   "white",  "black"};

constexpr std::string_view kPetsZh[] = {"狗", "猫", "鹦鹉", "兔子", "仓鼠", "乌龟"};
constexpr std::string_view kPetNamesZh[] = {"豆豆", "团子", "糯米", "可可", "毛毛", "布丁",
                                            "芝麻", "汤圆", "花卷", "米粒", "奶糖", "橘子",
                                            "小八", "阿福", "多多", "球球"};
constexpr std::string_view kPeopleZh[] = {"姐姐", "弟弟", "表哥", "邻居", "阿姨", "舅舅"};
constexpr std::string_view kCitiesZh[] = {"苏州", "成都", "青岛", "厦门", "西安",   "昆明",
                                          "大连", "桂林", "武汉", "长沙", "哈尔滨", "南京",
                                          "杭州", "兰州", "洛阳", "珠海"};
constexpr std::string_view kEventsZh[] = {"牙科预约", "钢琴课", "部门会议",
                                          "读书会",   "游泳课", "面试"};
constexpr std::string_view kDaysZh[] = {"星期一", "星期二", "星期三", "星期四",
                                        "星期五", "星期六", "星期日"};
constexpr std::string_view kPlacesZh[] = {"储物柜", "自行车锁", "行李箱", "车库", "信箱", "保险箱"};
constexpr std::string_view kThingsZh[] = {"自行车", "大门", "书架", "书桌", "栅栏", "小船"};
constexpr std::string_view kColoursZh[] = {"绿色", "紫色", "橙色", "黄色", "天蓝色",
                                           "银色", "棕色", "粉色", "白色", "黑色"};

constexpr Topic kTopics[] = {
    {{"My {0} is called {1}.", "I have a {0} whose name is {1}."},
     "I have given my {0} a new name: it is now called {1}.",
     "What is my {0} called? Reply with the name only.",
     kPets,
     kPetNames},
    {{"My {0} lives in {1}.", "The city that my {0} lives in is {1}."},
     "My {0} has moved and now lives in {1}.",
     "In which city does my {0} live now? Reply with the city only.",
     kPeople,
     kCities},
    {{"My {0} is on {1}.", "The {0} takes place on {1}."},
     "My {0} has been moved to {1}.",
     "On which day is my {0}? Reply with the day only.",
     kEvents,
     kDays},
    {{"The code of my {0} is {1}.", "I set the code of my {0} to {1}."},
     "I have changed the code of my {0}; it is now {1}.",
     "What is the code of my {0}? Reply with the code only.",
     kPlaces,
     {}},
    {{"My {0} is {1}.", "The colour of my {0} is {1}."},
     "I have painted my {0}; now it is {1}.",
     "What colour is my {0} now? Reply with the colour only.",
     kThings,
     kColours},
};

constexpr Topic kTopicsZh[] = {
    {{"我的{0}叫{1}。", "我养了一只{0}，名字是{1}。"},
     "我给{0}改了名字，现在它叫{1}。",
     "我的{0}叫什么名字？只回答名字。",
     kPetsZh,
     kPetNamesZh},
    {{"我的{0}住在{1}。", "我{0}所在的城市是{1}。"},
     "我的{0}搬家了，现在住在{1}。",
     "我的{0}现在住在哪个城市？只回答城市名。",
     kPeopleZh,
     kCitiesZh},
    {{"我的{0}安排在{1}。", "{0}的时间定在{1}。"},
     "我的{0}改到{1}了。",
     "我的{0}是星期几？只回答星期几。",
     kEventsZh,
     kDaysZh},
    {{"我的{0}密码是{1}。", "我把{0}的密码设成了{1}。"},
     "我把{0}的密码换了，现在是{1}。",
     "我的{0}密码是多少？只回答密码。",
     kPlacesZh,
     {}},
    {{"我的{0}是{1}的。", "我{0}的颜色是{1}。"},
     "我把{0}重新刷了漆，现在是{1}的。",
     "我的{0}现在是什么颜色？只回答颜色。",
     kThingsZh,
     kColoursZh},
};

constexpr std::string_view kSmallTalk[] = {"Name one fruit. One word only.",
                                           "What is 3 plus 4? Reply with the number only.",
                                           "Give me one word that rhymes with \"hat\".",
                                           "Is ice hot or cold? One word only.",
                                           "Name one vegetable. One word only.",
                                           "Write the word \"hello\" and nothing else.",
                                           "Name one kind of weather. One word only.",
                                           "What is the opposite of \"up\"? One word only.",
                                           "Name one musical instrument. One word only.",
                                           "Name one season. One word only.",
                                           "What is 10 minus 2? Reply with the number only.",
                                           "Name one planet. One word only."};
constexpr std::string_view kSmallTalkZh[] = {
    "说出一种水果，只用一个词。",       "3加4等于几？只回答数字。",
    "写一个和“花”有关的词，只写一个。", "冰是热的还是冷的？只用一个字回答。",
    "说出一种蔬菜，只用一个词。",       "只写“你好”两个字，不要写别的。",
    "说出一种天气，只用一个词。",       "“上”的反义词是什么？只用一个字回答。",
    "说出一种乐器，只用一个词。",       "说出一个季节，只用一个词。",
    "10减2等于几？只回答数字。",        "说出一颗行星的名字，只用一个词。"};

std::string put(std::string_view pattern, std::string_view holder, std::string_view value) {
  const std::array<std::string, 2> arguments = {std::string(holder), std::string(value)};
  return fill(pattern, arguments);
}

/// Three different values of a topic; codes are drawn, with four different digits.
std::vector<std::string> values_of(const Topic& topic, Rng& rng) {
  std::vector<std::string> values(topic.values.begin(), topic.values.end());
  rng.shuffle(values);
  while (values.size() < 3) {
    std::string code = std::to_string(rng.between(1023, 9876));
    if (values.empty() || (values[0] != code && values.back() != code)) values.push_back(code);
  }
  values.resize(3);
  return values;
}

void add_small_talk(MemoryItem& item, Lang lang, int turns, Rng& rng) {
  const auto all = lang == Lang::en ? std::span<const std::string_view>(kSmallTalk)
                                    : std::span<const std::string_view>(kSmallTalkZh);
  std::vector<std::string> talk(all.begin(), all.end());
  rng.shuffle(talk);
  for (int i = 0; i < turns; ++i) item.turns.push_back(talk[static_cast<std::size_t>(i)]);
}

}  // namespace

MemoryItem memory_item(Lang lang, std::string_view group, Rng& rng) {
  const bool en = lang == Lang::en;
  const Topic& topic = en ? rng.pick(kTopics) : rng.pick(kTopicsZh);
  const std::vector<std::string> values = values_of(topic, rng);
  const std::size_t asked = rng.index(topic.holders.size());
  const std::size_t other =
      (asked + 1 + rng.index(topic.holders.size() - 1)) % topic.holders.size();
  const std::string holder(topic.holders[asked]);
  std::string fact = put(rng.pick(topic.told), holder, values[0]);
  std::string other_fact = put(rng.pick(topic.told), topic.holders[other], values[1]);
  if (rng.chance(0.5)) std::swap(fact, other_fact);
  const std::string space = en ? " " : "";
  const std::string note =
      en ? " Please remember this. Reply with \"OK\" only." : "请记住。只回复“好的”。";
  MemoryItem item;
  item.turns.push_back(fact + space + other_fact + note);
  item.target = values[0];
  item.rivals = {values[1]};
  if (group == "updated") {
    add_small_talk(item, lang, 1, rng);
    item.turns.push_back(put(topic.changed, holder, values[2]) +
                         (en ? " Reply with \"OK\" only." : "只回复“好的”。"));
    item.target = values[2];
    item.rivals.push_back(values[0]);
  } else {
    add_small_talk(item, lang, group == "near" ? 0 : group == "far" ? 2 : 4, rng);
  }
  item.turns.push_back(put(topic.question, holder, {}));
  return item;
}

}  // namespace assay::eval
