#include "eval/items/format_items.h"

#include <array>
#include <vector>

#include "eval/items/draw.h"

namespace assay::eval {
namespace {

/// What is written about, and two words that come easily with it.
struct Subject {
  std::string_view name, first, second;
};

constexpr Subject kSubjects[] = {{"the sea", "waves", "blue"},
                                 {"a rainy day", "umbrella", "wet"},
                                 {"fresh bread", "oven", "warm"},
                                 {"a small village", "houses", "quiet"},
                                 {"a train journey", "window", "fast"},
                                 {"winter", "snow", "cold"},
                                 {"a good friend", "trust", "kind"},
                                 {"a busy market", "fruit", "noise"},
                                 {"an old library", "books", "dust"},
                                 {"a football match", "goal", "team"},
                                 {"a summer evening", "sunset", "warm"},
                                 {"a forest", "trees", "green"},
                                 {"a cup of tea", "hot", "leaves"},
                                 {"the night sky", "stars", "dark"},
                                 {"a bicycle", "wheels", "ride"},
                                 {"a birthday party", "cake", "gifts"},
                                 {"a garden", "flowers", "soil"},
                                 {"a mountain walk", "path", "view"},
                                 {"a cat", "fur", "sleep"},
                                 {"a bridge", "river", "stone"},
                                 {"a classroom", "teacher", "desk"},
                                 {"music", "song", "rhythm"},
                                 {"breakfast", "eggs", "morning"},
                                 {"a letter", "paper", "stamp"}};
constexpr Subject kSubjectsZh[] = {
    {"大海", "海浪", "蓝色"},         {"下雨天", "雨伞", "潮湿"},
    {"刚出炉的面包", "烤箱", "香味"}, {"小村庄", "房子", "安静"},
    {"坐火车旅行", "窗外", "风景"},   {"冬天", "雪花", "寒冷"},
    {"好朋友", "信任", "帮助"},       {"热闹的菜市场", "水果", "声音"},
    {"老图书馆", "书架", "灰尘"},     {"足球比赛", "进球", "球队"},
    {"夏天的傍晚", "夕阳", "凉风"},   {"森林", "树木", "绿色"},
    {"一杯茶", "茶叶", "热水"},       {"夜空", "星星", "黑暗"},
    {"自行车", "车轮", "骑行"},       {"生日聚会", "蛋糕", "礼物"},
    {"花园", "花朵", "泥土"},         {"爬山", "小路", "山顶"},
    {"小猫", "毛发", "睡觉"},         {"石桥", "河水", "石头"},
    {"教室", "老师", "书桌"},         {"音乐", "歌曲", "节奏"},
    {"早餐", "鸡蛋", "早晨"},         {"写信", "信纸", "邮票"}};

constexpr std::string_view kKeys[] = {"name",   "colour", "size",   "place", "mood",
                                      "reason", "title",  "season", "price", "note"};
constexpr std::string_view kKeysZh[] = {"名称", "颜色", "大小", "地点", "心情",
                                        "原因", "标题", "季节", "价格", "备注"};
constexpr std::string_view kOpenings[] = {"Well then,", "As I see it,", "To begin with,",
                                          "In short,",  "Dear reader,", "Honestly,"};
constexpr std::string_view kOpeningsZh[] = {"说实话，",   "在我看来，",   "首先，",
                                            "简单地说，", "亲爱的读者，", "总的来看，"};
constexpr std::string_view kEndings[] = {"That is all.",           "End of message.",
                                         "Thank you for reading.", "And so it goes.",
                                         "See you soon.",          "Over to you."};
constexpr std::string_view kEndingsZh[] = {"就是这样。", "谢谢阅读。", "我说完了。",
                                           "下次再见。", "请你继续。", "到此为止。"};
constexpr std::array<std::string_view, 3> kLabels[] = {
    {"calm", "lively", "mixed"},   {"old", "new", "timeless"},      {"indoors", "outdoors", "both"},
    {"cheap", "costly", "varies"}, {"often", "sometimes", "never"}, {"light", "heavy", "unsure"}};
constexpr std::array<std::string_view, 3> kLabelsZh[] = {
    {"平静", "热闹", "都有"}, {"古老", "崭新", "永恒"}, {"室内", "室外", "两者"},
    {"便宜", "昂贵", "不定"}, {"经常", "偶尔", "从不"}, {"轻松", "沉重", "难说"}};
constexpr std::array<std::string_view, 2> kBrackets[] = {
    {"[", "]"}, {"(", ")"}, {"<<", ">>"}, {"{", "}"}, {"##", "##"}};
constexpr std::array<std::string_view, 2> kBracketsZh[] = {
    {"【", "】"}, {"《", "》"}, {"“", "”"}, {"（", "）"}, {"「", "」"}};

template <class... Parts>
std::string put(std::string_view pattern, const Parts&... parts) {
  const std::vector<std::string> arguments = {std::string(parts)...};
  return fill(pattern, arguments);
}

FormatItem length_item(bool en, const Subject& s, Rng& rng) {
  if (rng.chance(0.5)) {
    const auto n = en ? rng.between(3, 9) : rng.between(4, 10);
    const std::string count = std::to_string(n);
    if (en) {
      return {rng.chance(0.5)
                  ? put("Describe {0} in exactly {1} words. Write only these words.", s.name, count)
                  : put("Write a phrase of exactly {1} words about {0}, and nothing else.", s.name,
                        count),
              Json{{"kind", "words"}, {"n", n}}};
    }
    return {rng.chance(0.5) ? put("用恰好{1}个汉字描写{0}，不要写别的（标点不计）。", s.name, count)
                            : put("写一句关于{0}的话，正好{1}个汉字（标点不计）。", s.name, count),
            Json{{"kind", "han"}, {"n", n}}};
  }
  const auto n = rng.between(2, 4);
  const std::string count = std::to_string(n);
  if (en) {
    return {rng.chance(0.5) ? put("Write exactly {1} short sentences about {0}.", s.name, count)
                            : put("Tell me about {0} in {1} short sentences, no more and no fewer.",
                                  s.name, count),
            Json{{"kind", "sentences"}, {"n", n}}};
  }
  return {rng.chance(0.5) ? put("写恰好{1}句关于{0}的短句，每句以句号结尾。", s.name, count)
                          : put("用{1}句短句介绍{0}，不多也不少，每句以句号结尾。", s.name, count),
          Json{{"kind", "sentences"}, {"n", n}}};
}

FormatItem list_item(bool en, const Subject& s, Rng& rng) {
  const auto n = rng.between(2, 5);
  const std::string count = std::to_string(n);
  switch (rng.between(0, 2)) {
    case 0:
      return {
          en ? put("Give {1} short points about {0} as a bullet list: every line begins with \"- "
                   "\". "
                   "Write nothing before or after the list.",
                   s.name, count)
             : put("列出关于{0}的{1}个要点，每行以“- ”开头，列表前后不要写别的。", s.name, count),
          Json{{"kind", "bullets"}, {"n", n}}};
    case 1:
      return {en ? put("Give {1} short points about {0} as a numbered list (1. 2. ...), one on "
                       "each line. "
                       "Write nothing else.",
                       s.name, count)
                 : put("用编号列表（1. 2. ……）写出关于{0}的{1}个要点，每行一个，不要写别的。",
                       s.name, count),
              Json{{"kind", "numbered"}, {"n", n}}};
    default: break;
  }
  return {
      en ? put("Name exactly {1} things that go with {0}, on one line, separated by commas, and "
               "nothing else.",
               s.name, count)
         : put("写出恰好{1}个与{0}有关的词，写在一行里，用逗号隔开，不要写别的。", s.name, count),
      Json{{"kind", "commas"}, {"n", n}}};
}

FormatItem json_item(bool en, const Subject& s, Rng& rng) {
  std::vector<std::string> keys(std::begin(kKeys), std::end(kKeys));
  if (!en) keys.assign(std::begin(kKeysZh), std::end(kKeysZh));
  rng.shuffle(keys);
  keys.resize(static_cast<std::size_t>(rng.between(2, 3)));
  std::string named;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const bool last = i + 1 == keys.size();
    if (i > 0) named.append(last ? (en ? " and " : "和") : (en ? ", " : "、"));
    named.append(en ? "\"" : "“").append(keys[i]).append(en ? "\"" : "”");
  }
  return {
      en ? put("Describe {0} as one JSON object with exactly the keys {1}. Keep the values short. "
               "Reply with the JSON only.",
               s.name, named)
         : put("用一个 JSON 对象描述{0}，键只能是{1}，值要简短。只回复 JSON。", s.name, named),
      Json{{"kind", "json"}, {"keys", keys}}};
}

FormatItem letters_item(bool en, const Subject& s, Rng& rng) {
  const std::string word(rng.chance(0.5) ? s.first : s.second);
  if (!en) {
    return {put("写一句关于{0}的话，其中要有“{1}”这个词，并且完全不用标点符号。", s.name, word),
            Json{{"kind", "no_punctuation"}, {"word", word}}};
  }
  if (rng.chance(0.5)) {
    return {put("Write one short sentence about {0} with the word \"{1}\" in it. Use lower-case "
                "letters "
                "only.",
                s.name, word),
            Json{{"kind", "lower"}, {"word", word}}};
  }
  return {put("Write one short sentence about {0} with the word \"{1}\" in it. Use capital letters "
              "only.",
              s.name, word),
          Json{{"kind", "upper"}, {"word", word}}};
}

FormatItem wording_item(bool en, const Subject& s, Rng& rng) {
  const bool swap = rng.chance(0.5);
  const std::string word(swap ? s.second : s.first);
  const std::string other(swap ? s.first : s.second);
  if (rng.chance(0.5)) {
    return {
        en ? put("Write one sentence about {0} that contains both the word \"{1}\" and the word "
                 "\"{2}\".",
                 s.name, word, other)
           : put("写一句关于{0}的话，同时用上“{1}”和“{2}”这两个词。", s.name, word, other),
        Json{{"kind", "include"}, {"words", {word, other}}}};
  }
  return {en ? put("Write one sentence about {0} that contains the word \"{1}\" but not the word "
                   "\"{2}\".",
                   s.name, word, other)
             : put("写一句关于{0}的话，要用“{1}”这个词，但不能出现“{2}”。", s.name, word, other),
          Json{{"kind", "include_avoid"}, {"word", word}, {"avoid", other}}};
}

FormatItem frame_item(bool en, const Subject& s, Rng& rng) {
  switch (rng.between(0, 2)) {
    case 0: {
      const std::string text(en ? rng.pick(kOpenings) : rng.pick(kOpeningsZh));
      return {en ? put("Write one sentence about {0}. Your reply must begin with \"{1}\" exactly.",
                       s.name, text)
                 : put("写一句关于{0}的话，回答必须以“{1}”开头，一字不差。", s.name, text),
              Json{{"kind", "starts"}, {"text", text}}};
    }
    case 1: {
      const std::string text(en ? rng.pick(kEndings) : rng.pick(kEndingsZh));
      return {en ? put("Write one sentence about {0} and then end your reply with \"{1}\" exactly.",
                       s.name, text)
                 : put("写一句关于{0}的话，然后以“{1}”结束你的回答，一字不差。", s.name, text),
              Json{{"kind", "ends"}, {"text", text}}};
    }
    default: break;
  }
  const auto& pair = en ? rng.pick(kBrackets) : rng.pick(kBracketsZh);
  const std::string open(pair[0]);
  const std::string close(pair[1]);
  return {en ? put("Write one short sentence about {0}. Put {1} before it and {2} after it, with "
                   "nothing "
                   "outside them.",
                   s.name, open, close)
             : put("写一句关于{0}的短句，前面加上 {1}，后面加上 {2}，此外不要写任何内容。", s.name,
                   open, close),
          Json{{"kind", "wrapped"}, {"open", open}, {"close", close}}};
}

FormatItem choice_item(bool en, const Subject& s, Rng& rng) {
  if (rng.chance(0.5)) {
    const auto& labels = en ? rng.pick(kLabels) : rng.pick(kLabelsZh);
    const std::string a(labels[0]);
    const std::string b(labels[1]);
    const std::string c(labels[2]);
    return {en ? put("Which of these labels fits {0} best: \"{1}\", \"{2}\" or \"{3}\"? Reply with "
                     "the label "
                     "and nothing else.",
                     s.name, a, b, c)
               : put("“{1}”“{2}”“{3}”这三个标签，哪个最适合{0}？只回复标签本身，不要写别的。",
                     s.name, a, b, c),
            Json{{"kind", "label"}, {"labels", {a, b, c}}}};
  }
  const std::string sentence =
      en ? put("Today I thought of {0} and of nothing else at all.", s.name)
         : put("今天我想到了{0}和{1}，没有想别的。", s.name, s.first);
  return {en ? put("Repeat the following sentence exactly, and write nothing else: {0}", sentence)
             : put("请一字不差地重复下面这句话，不要写别的：{0}", sentence),
          Json{{"kind", "repeat"}, {"text", sentence}}};
}

}  // namespace

FormatItem format_item(Lang lang, std::string_view group, Rng& rng) {
  const bool en = lang == Lang::en;
  const Subject& subject = en ? rng.pick(kSubjects) : rng.pick(kSubjectsZh);
  if (group == "length") return length_item(en, subject, rng);
  if (group == "list") return list_item(en, subject, rng);
  if (group == "json") return json_item(en, subject, rng);
  if (group == "letters") return letters_item(en, subject, rng);
  if (group == "wording") return wording_item(en, subject, rng);
  return group == "frame" ? frame_item(en, subject, rng) : choice_item(en, subject, rng);
}

}  // namespace assay::eval
