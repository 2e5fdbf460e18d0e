#include "eval/items/recall_items.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "base/text.h"
#include "eval/items/draw.h"

namespace assay::eval {
namespace {

struct Wording {
  Text fact;      ///< {0} person, {1} value
  Text question;  ///< {0} person
  Text answer;    ///< beginning of the answer, {0} person
  int digits;
};

const std::array<Wording, 6>& wordings() {
  static const std::array<Wording, 6> all{{
      {{"The locker code of {0} is {1}.", "{0}的储物柜密码是{1}。"},
       {"What is the locker code of {0}?", "{0}的储物柜密码是多少？"},
       {"The locker code of {0} is", "{0}的储物柜密码是"},
       4},
      {{"The library card of {0} has the number {1}.", "{0}的借书证号是{1}。"},
       {"Which number does the library card of {0} have?", "{0}的借书证号是多少？"},
       {"The library card of {0} has the number", "{0}的借书证号是"},
       4},
      {{"{0} lives in flat {1}.", "{0}住在{1}号房。"},
       {"In which flat does {0} live?", "{0}住在几号房？"},
       {"{0} lives in flat", "{0}住在"},
       3},
      {{"{0} parks the car in space {1}.", "{0}的停车位是{1}号。"},
       {"In which space does {0} park the car?", "{0}的停车位是几号？"},
       {"{0} parks the car in space", "{0}的停车位是"},
       3},
      {{"The parcel for {0} has the number {1}.", "{0}的包裹编号是{1}。"},
       {"Which number does the parcel for {0} have?", "{0}的包裹编号是多少？"},
       {"The parcel for {0} has the number", "{0}的包裹编号是"},
       4},
      {{"The internal phone number of {0} is {1}.", "{0}的内线电话是{1}。"},
       {"What is the internal phone number of {0}?", "{0}的内线电话是多少？"},
       {"The internal phone number of {0} is", "{0}的内线电话是"},
       4},
  }};
  return all;
}

constexpr std::array<std::string_view, 20> kPersons{
    "Anna", "Brian", "Clara", "Daniel", "Elena", "Felix",  "Grace", "Henry", "Irene", "Jonas",
    "Kate", "Louis", "Maria", "Nathan", "Olga",  "Philip", "Rosa",  "Simon", "Tina",  "Victor"};
constexpr std::array<std::string_view, 20> kPersonsZh{
    "王芳", "李强", "张敏", "刘洋", "陈静", "杨磊", "赵丽", "黄勇", "周涛", "吴娟",
    "徐明", "孙燕", "马超", "朱琳", "胡军", "郭玲", "何平", "高翔", "林霞", "罗斌"};

constexpr std::array<std::string_view, 18> kWho{"The baker on the corner",
                                                "An old gardener",
                                                "The ferry crew",
                                                "A group of students",
                                                "The night watchman",
                                                "A travelling musician",
                                                "The village teacher",
                                                "Two fishermen",
                                                "The librarian",
                                                "A young carpenter",
                                                "The museum guide",
                                                "A tired cyclist",
                                                "The choir",
                                                "A shepherd",
                                                "The clockmaker",
                                                "A visitor from the coast",
                                                "The orchestra's drummer",
                                                "A quiet neighbour"};
constexpr std::array<std::string_view, 24> kDid{"repaired a wooden fence",
                                                "told a long story about the sea",
                                                "painted the shutters green",
                                                "looked for a lost umbrella",
                                                "carried baskets of apples",
                                                "watched the clouds drift past",
                                                "wrote a letter to a cousin",
                                                "cleaned the windows of the hall",
                                                "planted a row of young trees",
                                                "mended an old pair of boots",
                                                "listened to the rain on the roof",
                                                "baked bread with rye and honey",
                                                "sorted a box of faded photographs",
                                                "played chess with a stranger",
                                                "fed the swans",
                                                "hung coloured lanterns",
                                                "borrowed a ladder",
                                                "drew a map of the footpaths",
                                                "tuned the piano",
                                                "swept the leaves from the steps",
                                                "drank tea without sugar",
                                                "counted the boats in the harbour",
                                                "read aloud from a worn book",
                                                "lit a small fire"};
constexpr std::array<std::string_view, 18> kWhere{"before the market opened",
                                                  "near the stone bridge",
                                                  "while the bells were ringing",
                                                  "behind the old mill",
                                                  "on a cold morning",
                                                  "at the edge of the forest",
                                                  "under the railway arch",
                                                  "after a late lunch",
                                                  "beside the frozen pond",
                                                  "in the shade of a chestnut tree",
                                                  "until it grew dark",
                                                  "along the narrow canal",
                                                  "during the first snow",
                                                  "in front of the town hall",
                                                  "with a borrowed lamp",
                                                  "as the fog was lifting",
                                                  "on the way to the station",
                                                  "in the courtyard of the inn"};

constexpr std::array<std::string_view, 18> kWhoZh{
    "街角的面包师傅", "一位老园丁",   "渡船上的水手", "几个学生",   "守夜人",
    "一位流浪乐手",   "村里的老师",   "两个渔夫",     "图书管理员", "年轻的木匠",
    "博物馆讲解员",   "疲惫的骑车人", "合唱团",       "牧羊人",     "钟表匠",
    "从海边来的客人", "乐队的鼓手",   "安静的邻居"};
constexpr std::array<std::string_view, 24> kDidZh{"修好了木栅栏",       "讲了一个关于大海的长故事",
                                                  "把百叶窗漆成了绿色", "寻找一把丢失的雨伞",
                                                  "搬运一筐筐苹果",     "看着云慢慢飘过",
                                                  "给表妹写了一封信",   "擦干净了大厅的窗户",
                                                  "种下了一排小树",     "补好了一双旧靴子",
                                                  "听着屋顶上的雨声",   "用黑麦和蜂蜜烤面包",
                                                  "整理一盒褪色的照片", "和陌生人下棋",
                                                  "给天鹅喂食",         "挂起了彩色的灯笼",
                                                  "借来了一架梯子",     "画了一张小路的地图",
                                                  "给钢琴调音",         "扫掉台阶上的落叶",
                                                  "喝着不加糖的茶",     "数港口里的船",
                                                  "朗读一本翻旧了的书", "生起了一小堆火"};
constexpr std::array<std::string_view, 18> kWhereZh{
    "集市开门之前，",   "在石桥附近，",    "钟声响起的时候，", "在旧磨坊后面，",
    "一个寒冷的早晨，", "在森林边上，",    "在铁路桥洞下，",   "午饭过后，",
    "在结冰的池塘边，", "在栗子树荫下，",  "一直到天黑，",     "沿着狭窄的运河，",
    "初雪的那天，",     "在市政厅前面，",  "借着一盏灯，",     "雾气散去的时候，",
    "在去车站的路上，", "在客栈的院子里，"};

std::string filled(const Text& pattern, Lang lang, const std::string& person,
                   const std::string& value = "") {
  const std::array<std::string, 2> arguments{person, value};
  return fill(pattern.in(lang), arguments);
}

int length_of(Lang lang, std::string_view text) {
  int out = 0;
  for (const char c : text) {
    // Words end with a space; a Chinese character begins with one lead byte.
    out += lang == Lang::en ? (c == ' ' ? 1 : 0) : ((static_cast<unsigned char>(c) >> 6) == 3);
  }
  return lang == Lang::en ? out + 1 : out;
}

}  // namespace

RecallFacts recall_facts(Lang lang, Rng& rng) {
  RecallFacts out;
  out.kind = rng.index(wordings().size());
  std::vector<std::string_view> persons(kPersons.begin(), kPersons.end());
  if (lang == Lang::zh) persons.assign(kPersonsZh.begin(), kPersonsZh.end());
  rng.shuffle(persons);
  const int digits = wordings()[out.kind].digits;
  std::vector<std::string> values;
  while (values.size() < kRecallFacts) {
    const auto value =
        std::to_string(digits == 3 ? rng.between(102, 987) : rng.between(1023, 9876));
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  }
  for (std::size_t i = 0; i < kRecallFacts; ++i) {
    out.persons.at(i) = persons[i];
    out.values.at(i) = values[i];
  }
  return out;
}

std::string filler_sentence(Lang lang, Rng& rng) {
  if (lang == Lang::zh) {
    return std::string(rng.pick(kWhereZh)) + std::string(rng.pick(kWhoZh)) +
           std::string(rng.pick(kDidZh)) + "。";
  }
  return std::string(rng.pick(kWho)) + " " + std::string(rng.pick(kDid)) + " " +
         std::string(rng.pick(kWhere)) + ".";
}

std::string recall_text(Lang lang, const RecallFacts& facts, int length, Rng& rng) {
  std::vector<std::string> sentences;
  for (int have = 0; have < length;) {
    sentences.push_back(filler_sentence(lang, rng));
    have += length_of(lang, sentences.back());
  }
  const std::size_t count = sentences.size();
  std::string out;
  std::size_t fact = 0;
  for (std::size_t i = 0; i <= count; ++i) {
    // Fact f stands before the sentence at f quarters of the filler.
    while (fact < kRecallFacts && i == fact * count / (kRecallFacts - 1)) {
      out +=
          filled(wordings()[facts.kind].fact, lang, facts.persons.at(fact), facts.values.at(fact));
      out += lang == Lang::en ? " " : "";
      ++fact;
    }
    if (i < count) out += sentences[i] + (lang == Lang::en ? " " : "");
  }
  return std::string(trim(out));
}

std::string recall_question(Lang lang, const RecallFacts& facts, std::size_t place) {
  const Wording& wording = wordings()[facts.kind];
  const std::string& person = facts.persons.at(place);
  return lang == Lang::en ? "\n\nQuestion: " + filled(wording.question, lang, person) +
                                "\nAnswer: " + filled(wording.answer, lang, person)
                          : "\n\n问题：" + filled(wording.question, lang, person) + "\n回答：" +
                                filled(wording.answer, lang, person);
}

}  // namespace assay::eval
