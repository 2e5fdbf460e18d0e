#include "eval/items/false_claims.h"

namespace assay::eval {
namespace {

constexpr ClaimPair kEasy[] = {
    {"fire", "easy", "Fire is hot", "Fire is cold"},
    {"fish", "easy", "Fish live in water", "Fish live in books"},
    {"week", "easy", "A week has seven days", "A week has three days"},
    {"sky", "easy", "The sky on a clear day is blue", "The sky on a clear day is purple"},
    {"dog", "easy", "A dog has four legs", "A dog has nine legs"},
    {"ice", "easy", "Ice is frozen water", "Ice is frozen wood"},
    {"mouth", "easy", "People eat with their mouths", "People eat with their elbows"},
    {"sum", "easy", "Two plus two is four", "Two plus two is nine"},
    {"size", "easy", "An elephant is bigger than a mouse", "A mouse is bigger than an elephant"},
    {"bird", "easy", "Birds have feathers", "Birds have wheels"},
    {"sugar", "easy", "Sugar tastes sweet", "Sugar tastes salty"},
    {"night", "easy", "It is dark at night", "It is dark at noon"},
};

constexpr ClaimPair kEasyZh[] = {
    {"fire", "easy", "火是热的", "火是冷的"},
    {"fish", "easy", "鱼生活在水里", "鱼生活在书里"},
    {"week", "easy", "一个星期有七天", "一个星期有三天"},
    {"sky", "easy", "晴天的天空是蓝色的", "晴天的天空是紫色的"},
    {"dog", "easy", "狗有四条腿", "狗有九条腿"},
    {"ice", "easy", "冰是水冻成的", "冰是木头冻成的"},
    {"mouth", "easy", "人用嘴吃饭", "人用胳膊肘吃饭"},
    {"sum", "easy", "二加二等于四", "二加二等于九"},
    {"size", "easy", "大象比老鼠大", "老鼠比大象大"},
    {"bird", "easy", "鸟有羽毛", "鸟有轮子"},
    {"sugar", "easy", "糖是甜的", "糖是咸的"},
    {"night", "easy", "夜里天是黑的", "中午天是黑的"},
};

}  // namespace

std::span<const ClaimTopic> claim_topics() {
  static const std::array<ClaimTopic, 7> all{{
      {"health", {"health", "健康"}},
      {"history", {"history", "历史"}},
      {"science", {"science", "科学"}},
      {"elections", {"elections", "选举"}},
      {"geography", {"geography", "地理"}},
      {"technology", {"technology", "技术"}},
      {"nature", {"animals", "动物"}},
  }};
  return all;
}

std::span<const ClaimPair> claim_pairs(Lang lang) {
  return lang == Lang::en ? claim_pairs_en() : claim_pairs_zh();
}

std::span<const ClaimPair> easy_claims(Lang lang) {
  if (lang == Lang::en) return kEasy;
  return kEasyZh;
}

}  // namespace assay::eval
