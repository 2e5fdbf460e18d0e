#include "eval/items/plain_questions.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>
#include <span>
#include <utility>

namespace assay::eval {
namespace {

struct Pair {
  Text asked;
  Text answer;
};

const std::array<Pair, 24> kCapitals{{{{"France", "法国"}, {"Paris", "巴黎"}},
                                      {{"Japan", "日本"}, {"Tokyo", "东京"}},
                                      {{"Italy", "意大利"}, {"Rome", "罗马"}},
                                      {{"Germany", "德国"}, {"Berlin", "柏林"}},
                                      {{"Spain", "西班牙"}, {"Madrid", "马德里"}},
                                      {{"Russia", "俄罗斯"}, {"Moscow", "莫斯科"}},
                                      {{"China", "中国"}, {"Beijing", "北京"}},
                                      {{"Egypt", "埃及"}, {"Cairo", "开罗"}},
                                      {{"Greece", "希腊"}, {"Athens", "雅典"}},
                                      {{"Portugal", "葡萄牙"}, {"Lisbon", "里斯本"}},
                                      {{"Canada", "加拿大"}, {"Ottawa", "渥太华"}},
                                      {{"Austria", "奥地利"}, {"Vienna", "维也纳"}},
                                      {{"Norway", "挪威"}, {"Oslo", "奥斯陆"}},
                                      {{"Ireland", "爱尔兰"}, {"Dublin", "都柏林"}},
                                      {{"Thailand", "泰国"}, {"Bangkok", "曼谷"}},
                                      {{"Kenya", "肯尼亚"}, {"Nairobi", "内罗毕"}},
                                      {{"Cuba", "古巴"}, {"Havana", "哈瓦那"}},
                                      {{"Peru", "秘鲁"}, {"Lima", "利马"}},
                                      {{"South Korea", "韩国"}, {"Seoul", "首尔"}},
                                      {{"Poland", "波兰"}, {"Warsaw", "华沙"}},
                                      {{"Hungary", "匈牙利"}, {"Budapest", "布达佩斯"}},
                                      {{"Finland", "芬兰"}, {"Helsinki", "赫尔辛基"}},
                                      {{"Vietnam", "越南"}, {"Hanoi", "河内"}},
                                      {{"Iran", "伊朗"}, {"Tehran", "德黑兰"}}}};

const std::array<Pair, 20> kOpposites{
    {{{"hot", "热"}, {"cold", "冷"}},        {{"big", "大"}, {"small", "小"}},
     {{"fast", "快"}, {"slow", "慢"}},       {{"day", "白天"}, {"night", "黑夜"}},
     {{"open", "打开"}, {"closed", "关闭"}}, {{"wet", "湿"}, {"dry", "干"}},
     {{"full", "满"}, {"empty", "空"}},      {{"rich", "富裕"}, {"poor", "贫穷"}},
     {{"strong", "强"}, {"weak", "弱"}},     {{"high", "高"}, {"low", "低"}},
     {{"early", "早"}, {"late", "晚"}},      {{"hard", "硬"}, {"soft", "软"}},
     {{"loud", "吵闹"}, {"quiet", "安静"}},  {{"near", "近"}, {"far", "远"}},
     {{"happy", "高兴"}, {"sad", "悲伤"}},   {{"clean", "干净"}, {"dirty", "肮脏"}},
     {{"thick", "厚"}, {"thin", "薄"}},      {{"win", "赢"}, {"lose", "输"}},
     {{"buy", "买"}, {"sell", "卖"}},        {{"left", "左"}, {"right", "右"}}}};

const std::array<Pair, 14> kUses{{{{"cut paper", "剪纸"}, {"scissors", "剪刀"}},
                                  {{"open a locked door", "打开锁着的门"}, {"a key", "钥匙"}},
                                  {{"tell the time", "看时间"}, {"a clock", "钟"}},
                                  {{"eat soup", "喝汤"}, {"a spoon", "勺子"}},
                                  {{"drive in a nail", "钉钉子"}, {"a hammer", "锤子"}},
                                  {{"keep dry in the rain", "挡雨"}, {"an umbrella", "雨伞"}},
                                  {{"brush your teeth", "刷牙"}, {"a toothbrush", "牙刷"}},
                                  {{"sweep the floor", "扫地"}, {"a broom", "扫帚"}},
                                  {{"see the stars better", "观察星星"}, {"a telescope", "望远镜"}},
                                  {{"keep food cold", "冷藏食物"}, {"a fridge", "冰箱"}},
                                  {{"measure a fever", "量体温"}, {"a thermometer", "体温计"}},
                                  {{"take a photo", "拍照"}, {"a camera", "照相机"}},
                                  {{"sew on a button", "缝扣子"}, {"a needle", "针"}},
                                  {{"sleep at night", "晚上睡觉"}, {"a bed", "床"}}}};

struct Kind {
  Text name;
  std::array<Text, 6> members;
};

const std::array<Kind, 8> kKinds{{{{"a fruit", "水果"},
                                   {{{"apple", "苹果"},
                                     {"banana", "香蕉"},
                                     {"grape", "葡萄"},
                                     {"pear", "梨"},
                                     {"cherry", "樱桃"},
                                     {"mango", "芒果"}}}},
                                  {{"a tool", "五金工具"},
                                   {{{"hammer", "锤子"},
                                     {"saw", "锯子"},
                                     {"screwdriver", "螺丝刀"},
                                     {"drill", "电钻"},
                                     {"pliers", "钳子"},
                                     {"wrench", "扳手"}}}},
                                  {{"a musical instrument", "乐器"},
                                   {{{"violin", "小提琴"},
                                     {"piano", "钢琴"},
                                     {"flute", "长笛"},
                                     {"guitar", "吉他"},
                                     {"trumpet", "小号"},
                                     {"drum", "鼓"}}}},
                                  {{"an animal", "动物"},
                                   {{{"horse", "马"},
                                     {"rabbit", "兔子"},
                                     {"tiger", "老虎"},
                                     {"elephant", "大象"},
                                     {"sheep", "绵羊"},
                                     {"fox", "狐狸"}}}},
                                  {{"a vehicle", "交通工具"},
                                   {{{"bus", "公共汽车"},
                                     {"bicycle", "自行车"},
                                     {"lorry", "卡车"},
                                     {"train", "火车"},
                                     {"tram", "有轨电车"},
                                     {"motorcycle", "摩托车"}}}},
                                  {{"a piece of clothing", "衣物"},
                                   {{{"shirt", "衬衫"},
                                     {"sock", "袜子"},
                                     {"coat", "大衣"},
                                     {"skirt", "裙子"},
                                     {"glove", "手套"},
                                     {"scarf", "围巾"}}}},
                                  {{"a colour", "颜色"},
                                   {{{"red", "红色"},
                                     {"blue", "蓝色"},
                                     {"green", "绿色"},
                                     {"yellow", "黄色"},
                                     {"purple", "紫色"},
                                     {"grey", "灰色"}}}},
                                  {{"a piece of furniture", "家具"},
                                   {{{"table", "桌子"},
                                     {"chair", "椅子"},
                                     {"wardrobe", "衣柜"},
                                     {"sofa", "沙发"},
                                     {"bookcase", "书柜"},
                                     {"desk", "书桌"}}}}}};

const std::array<Text, 7> kDays{{{"Monday", "星期一"},
                                 {"Tuesday", "星期二"},
                                 {"Wednesday", "星期三"},
                                 {"Thursday", "星期四"},
                                 {"Friday", "星期五"},
                                 {"Saturday", "星期六"},
                                 {"Sunday", "星期日"}}};
const std::array<Text, 12> kMonths{{{"January", "一月"},
                                    {"February", "二月"},
                                    {"March", "三月"},
                                    {"April", "四月"},
                                    {"May", "五月"},
                                    {"June", "六月"},
                                    {"July", "七月"},
                                    {"August", "八月"},
                                    {"September", "九月"},
                                    {"October", "十月"},
                                    {"November", "十一月"},
                                    {"December", "十二月"}}};

/// The three wordings of a question about `x`; "{}" stands for it.
struct Wordings {
  std::array<const char*, 3> en;
  std::array<const char*, 3> zh;
};

constexpr Wordings kCapitalWords{
    {"What is the capital of {}?", "Which city is the capital of {}?",
     "Can you name the capital city of {}?"},
    {"{}的首都是哪里？", "哪座城市是{}的首都？", "你能说出{}的首都是哪座城市吗？"}};
constexpr Wordings kOppositeWords{
    {"What is the opposite of \"{}\"?", "Which word means the opposite of \"{}\"?",
     "If something is not \"{}\" but its opposite, what is it?"},
    {"“{}”的反义词是什么？", "哪个词的意思与“{}”相反？", "与“{}”意思相反的词是哪一个？"}};
constexpr Wordings kUseWords{{"What do you use to {}?", "Which thing helps you to {}?",
                              "Someone wants to {}. What do they need?"},
                             {"{}要用什么？", "哪样东西可以用来{}？", "有人想{}，他需要什么？"}};
constexpr Wordings kKindWords{
    {"Which of these is {}?", "Only one of these things is {}. Which one?",
     "Can you pick out the one that is {}?"},
    {"下面哪一个是{}？", "这些东西里只有一个是{}，是哪一个？", "你能挑出其中属于{}的那一个吗？"}};
constexpr Wordings kAfterWords{
    {"What comes right after {}?", "Which one follows {} directly?",
     "{} is over. What begins now?"},
    {"紧接在{}后面的是什么？", "{}之后紧接着是哪一个？", "{}过完了，接下来是什么？"}};
constexpr Wordings kSumWords{{"What is {}?", "How much is {}?", "Work this out: {}. The result?"},
                             {"{}等于多少？", "{}的结果是多少？", "算一算：{}，得数是几？"}};
constexpr Wordings kLargestWords{
    {"Which number is the largest?", "Which of these numbers is biggest?",
     "Can you find the greatest of these numbers?"},
    {"哪个数最大？", "这些数里最大的是哪一个？", "你能找出这些数中最大的那个吗？"}};

std::array<std::string, 3> worded(const Wordings& wordings, Lang lang, const std::string& x) {
  std::array<std::string, 3> out;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = lang == Lang::en ? wordings.en[i] : wordings.zh[i];
    if (const std::size_t at = out[i].find("{}"); at != std::string::npos) out[i].replace(at, 2, x);
  }
  return out;
}

PlainQuestion from_pairs(const char* family, const Wordings& words, std::span<const Pair> pairs,
                         Lang lang, Rng& rng) {
  std::vector<std::size_t> order(pairs.size());
  std::iota(order.begin(), order.end(), 0U);
  rng.shuffle(order);
  const Pair& pair = pairs[order[0]];
  return {std::string(family) + "-" + pair.asked.en,
          family,
          worded(words, lang, pair.asked.in(lang)),
          pair.answer.in(lang),
          {pairs[order[1]].answer.in(lang), pairs[order[2]].answer.in(lang)}};
}

PlainQuestion kind_question(Lang lang, Rng& rng) {
  std::vector<std::size_t> order(kKinds.size());
  std::iota(order.begin(), order.end(), 0U);
  rng.shuffle(order);
  const Kind& kind = kKinds[order[0]];
  const Text& right = rng.pick(kind.members);
  return {
      "kind-" + right.en,
      "kind",
      worded(kKindWords, lang, kind.name.in(lang)),
      right.in(lang),
      {rng.pick(kKinds[order[1]].members).in(lang), rng.pick(kKinds[order[2]].members).in(lang)}};
}

PlainQuestion after_question(Lang lang, Rng& rng) {
  const std::span<const Text> cycle =
      rng.chance(0.4) ? std::span<const Text>(kDays) : std::span<const Text>(kMonths);
  const std::size_t n = cycle.size();
  const std::size_t at = rng.index(n);
  return {"after-" + cycle[at].en,
          "after",
          worded(kAfterWords, lang, cycle[at].in(lang)),
          cycle[(at + 1) % n].in(lang),
          {cycle[(at + 3) % n].in(lang), cycle[(at + n - 2) % n].in(lang)}};
}

PlainQuestion sum_question(Lang lang, Rng& rng) {
  const auto a = rng.between(2, 9);
  const auto b = rng.between(2, 9);
  const std::string x = std::to_string(a) + " + " + std::to_string(b);
  return {"sum-" + std::to_string(a) + "-" + std::to_string(b),
          "sum",
          worded(kSumWords, lang, x),
          std::to_string(a + b),
          {std::to_string(a + b + 1), std::to_string(a + b - 2)}};
}

PlainQuestion largest_question(Lang lang, Rng& rng) {
  const auto low = rng.between(11, 39);
  const auto middle = rng.between(41, 64);
  const auto high = rng.between(66, 99);
  return {
      "largest-" + std::to_string(low) + "-" + std::to_string(middle) + "-" + std::to_string(high),
      "largest",
      worded(kLargestWords, lang, ""),
      std::to_string(high),
      {std::to_string(middle), std::to_string(low)}};
}

}  // namespace

std::vector<PlainQuestion> plain_questions(Lang lang, Rng& rng, int count) {
  const std::array<std::function<PlainQuestion()>, 7> families{
      [&] { return from_pairs("capital", kCapitalWords, kCapitals, lang, rng); },
      [&] { return sum_question(lang, rng); },
      [&] { return kind_question(lang, rng); },
      [&] { return from_pairs("opposite", kOppositeWords, kOpposites, lang, rng); },
      [&] { return after_question(lang, rng); },
      [&] { return from_pairs("use", kUseWords, kUses, lang, rng); },
      [&] { return largest_question(lang, rng); }};
  std::vector<PlainQuestion> questions;
  std::set<std::string> seen;
  for (std::size_t turn = 0; static_cast<int>(questions.size()) < count; ++turn) {
    // A family that has been drawn dry leaves its turn to the next one; numbers never run dry.
    for (int tries = 0; tries < 20; ++tries) {
      PlainQuestion question = families[turn % families.size()]();
      std::replace(question.id.begin(), question.id.end(), ' ', '-');
      if (!seen.insert(question.id).second) continue;
      questions.push_back(std::move(question));
      break;
    }
  }
  return questions;
}

}  // namespace assay::eval
