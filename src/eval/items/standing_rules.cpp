#include "eval/items/standing_rules.h"

#include <array>

#include "eval/items/draw.h"

namespace assay::eval {
namespace {

/// A word that must not be said, and questions whose plain answer holds it.
struct Taboo {
  Text word;
  std::array<Text, 5> lures;
};

const std::array<Taboo, 10>& taboos() {
  static const std::array<Taboo, 10> all{{
      {{"water", "水"},
       {{{"What do fish live in?", "鱼生活在什么里面？"},
         {"What do you boil in a kettle to make tea?", "泡茶要先烧开什么？"},
         {"What fills a swimming pool?", "游泳池里装的是什么？"},
         {"What comes out of the tap?", "拧开厨房的龙头会流出什么？"},
         {"What do you drink when you are thirsty?", "口渴的时候要喝什么？"}}}},
      {{"dog", "狗"},
       {{{"Which animal barks?", "哪种动物会汪汪叫？"},
         {"Which pet is called man's best friend?", "哪种宠物被称为人类最忠实的朋友？"},
         {"What kind of animal is a poodle?", "贵宾犬是哪种动物？"},
         {"Which animal do people take for a walk on a lead?", "人们出门遛的通常是什么动物？"},
         {"Which animal does a puppy grow into?", "十二生肖里排在猪前面的是什么动物？"}}}},
      {{"book", "书"},
       {{{"What do you borrow from a library?", "在借阅室可以借什么回家读？"},
         {"What does a novelist write?", "小说家写的作品印出来叫什么？"},
         {"What kind of thing is an atlas?", "字典属于哪一类物品？"},
         {"What has chapters and a cover?", "有封面、有章节、可以翻页的东西是什么？"},
         {"What do people read in bed?", "很多人睡前在床上读什么？"}}}},
      {{"red", "红"},
       {{{"What colour is a ripe tomato?", "熟透的番茄是什么颜色？"},
         {"What colour is blood?", "血是什么颜色？"},
         {"Which colour of light tells drivers to stop?", "什么颜色的信号灯表示停车？"},
         {"What colour is a fire engine in most picture books?", "消防车通常是什么颜色？"},
         {"What colour is a ripe strawberry?", "成熟的草莓是什么颜色？"}}}},
      {{"snow", "雪"},
       {{{"What is white and falls from the sky in winter?", "冬天从天上飘下来的白色东西是什么？"},
         {"What do people ski on?", "冬天人们踩着滑板从什么上面滑下山坡？"},
         {"What is an avalanche made of?", "《窦娥冤》里六月天飞的是什么？"},
         {"What do children build a man with a carrot nose out of?",
          "孩子们冬天用什么堆成白色的小人？"},
         {"What covers the mountains in winter?", "冬天覆盖高山的是什么？"}}}},
      {{"milk", "奶"},
       {{{"What white drink do cows give?", "母牛产的白色饮料是什么？"},
         {"What is cheese made from?", "芝士是用什么做的？"},
         {"What do many people pour over cereal?", "很多人用什么泡早餐麦片？"},
         {"What do newborn babies drink?", "新生儿喝什么？"},
         {"What makes a latte white?", "拿铁咖啡里除了咖啡还有什么？"}}}},
      {{"sun", "太阳"},
       {{{"What gives us light during the day?", "白天给我们光明的是什么？"},
         {"What does the Earth go round?", "地球绕着什么转？"},
         {"Which star is closest to us?", "离我们最近的恒星是什么？"},
         {"What sets in the west in the evening?", "傍晚从西边落下的是什么？"},
         {"What makes solar panels work?", "光伏板靠什么发电？"}}}},
      {{"money", "钱"},
       {{{"What do you keep in a purse?", "皮夹子里主要装什么？"},
         {"What do banks keep for people?", "人们把什么存进银行？"},
         {"What do people get for their work at the end of the month?",
          "人们上班主要是为了挣什么？"},
         {"What do you need to buy things?", "买东西需要付什么？"},
         {"What do coins and notes make up together?", "硬币和纸币合起来叫什么？"}}}},
      {{"bread", "面包"},
       {{{"What is a sandwich made with on the outside?", "三明治外面的两片是什么？"},
         {"What does a baker sell first of all?", "烘焙店里最常见的主食是什么？"},
         {"What do you put into a toaster?", "烤吐司机里放的是什么？"},
         {"What kind of food is a baguette?", "法棍是哪种食物？"},
         {"What do people spread butter on?", "黄油和果酱通常抹在什么上面？"}}}},
      {{"doctor", "医生"},
       {{{"Who treats patients in a hospital?", "谁在医院里给病人看病？"},
         {"Whom do you go to see when you are ill?", "生病了要去看谁？"},
         {"Who writes a prescription for medicine?", "谁给病人开药方？"},
         {"Who wears a stethoscope round the neck?", "脖子上挂着听诊器的人是谁？"},
         {"Who decides whether a patient needs an operation?", "谁决定病人要不要动手术？"}}}},
  }};
  return all;
}

const std::array<Text, 30>& questions() {
  static const std::array<Text, 30> all{{
      {"What is a good breakfast?", "早餐吃什么好？"},
      {"Which season do you like best?", "你觉得哪个季节最好？"},
      {"What can one do on a rainy day?", "下雨天可以做什么？"},
      {"Name a fruit that is yellow.", "说出一种黄色的水果。"},
      {"What is a good present for a friend?", "送朋友什么礼物好？"},
      {"How do people get to work?", "人们怎么去上班？"},
      {"What do you need for a picnic?", "野餐要带什么？"},
      {"Which sport is good for the heart?", "哪种运动对心脏好？"},
      {"Name a vegetable that grows underground.", "说出一种长在地下的蔬菜。"},
      {"What does a gardener do in spring?", "园丁春天做什么？"},
      {"What can one see at the seaside?", "在海边能看到什么？"},
      {"Why do people keep cats?", "人们为什么养猫？"},
      {"What is the capital of Italy?", "意大利的首都是哪里？"},
      {"Which month comes after May?", "五月的下一个月是几月？"},
      {"How can one fall asleep faster?", "怎样更快入睡？"},
      {"Name an animal that can fly.", "说出一种会飞的动物。"},
      {"What is music good for?", "听音乐有什么好处？"},
      {"What should one wear in winter?", "冬天该穿什么？"},
      {"Which drink goes well with cake?", "吃蛋糕配什么饮料好？"},
      {"What do you find in a kitchen?", "厨房里有什么？"},
      {"Name something that is round.", "说出一样圆形的东西。"},
      {"How do you say thank you to a neighbour?", "怎样感谢邻居？"},
      {"What is the largest ocean?", "最大的海洋是哪个？"},
      {"What helps against a cold?", "感冒了怎么办？"},
      {"What do trees give us?", "树木给我们带来什么？"},
      {"Which tool cuts paper?", "用什么工具剪纸？"},
      {"How many days are there in a week?", "一周有几天？"},
      {"What makes a good teacher?", "好老师是什么样的？"},
      {"Where can one buy stamps?", "在哪里可以买到邮票？"},
      {"What do children play in the yard?", "孩子们在院子里玩什么？"},
  }};
  return all;
}

constexpr std::array<std::string_view, 8> kBegin{"Captain",  "Listen", "Indeed", "Attention",
                                                 "Honestly", "Friend", "Voilà",  "Hooray"};
constexpr std::array<std::string_view, 8> kBeginZh{"报告", "听好", "朋友", "老实说",
                                                   "注意", "收到", "船长", "哈哈"};
constexpr std::array<std::string_view, 8> kEnd{"over",   "banana",   "cheers", "harbour",
                                               "please", "tomorrow", "comma",  "rainbow"};
constexpr std::array<std::string_view, 8> kEndZh{"完毕", "喵",   "谢谢", "加油",
                                                 "香蕉", "彩虹", "明天", "就这样"};

std::string put(const char* pattern, std::string_view argument) {
  const std::array<std::string, 1> arguments{std::string(argument)};
  return fill(pattern, arguments);
}

}  // namespace

RuleItem rule_item(Lang lang, std::string_view kind, Rng& rng) {
  const bool en = lang == Lang::en;
  RuleItem item;
  std::vector<std::string> bank;
  for (const Text& question : questions()) bank.push_back(question.in(lang));
  if (kind == "begin") {
    const std::string word(en ? rng.pick(kBegin) : rng.pick(kBeginZh));
    item.rule = {{"kind", kind}, {"word", word}};
    item.told =
        put(en ? "begin each of your replies with the word \"{0}\"" : "你的每次回答都要以“{0}”开头",
            word);
  } else if (kind == "end") {
    const std::string word(en ? rng.pick(kEnd) : rng.pick(kEndZh));
    item.rule = {{"kind", kind}, {"word", word}};
    item.told =
        put(en ? "end each of your replies with the word \"{0}\"" : "你的每次回答都要以“{0}”结尾",
            word);
  } else if (kind == "length") {
    const auto most = en ? rng.between(4, 8) : rng.between(8, 15);
    item.rule = {{"kind", kind}, {"most", most}};
    item.told =
        put(en ? "use at most {0} words in each of your replies" : "你的每次回答都不能超过{0}个字",
            std::to_string(most));
  } else {
    const Taboo& taboo = rng.pick(taboos());
    const std::string& word = taboo.word.in(lang);
    item.rule = {{"kind", "taboo"}, {"word", word}};
    item.told = put(en ? "never use the word \"{0}\" in your replies, find other words for it"
                       : "你的回答里一次也不要出现“{0}”，要换别的说法",
                    word);
    bank.clear();
    for (const Text& lure : taboo.lures) bank.push_back(lure.in(lang));
  }
  rng.shuffle(bank);
  item.questions.assign(bank.begin(), bank.begin() + kRuleTurns);
  return item;
}

}  // namespace assay::eval
