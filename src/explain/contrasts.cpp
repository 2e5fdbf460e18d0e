#include "explain/contrasts.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/random.h"

namespace assay::explain {
namespace {

constexpr std::size_t kOthers = 8;  ///< counterparts of an item, at most

struct Fact {
  const char* of;
  const char* is;
};

constexpr std::array<Fact, 26> kCapitals{{
    {"France", "Paris"},  {"Italy", "Rome"},         {"Germany", "Berlin"},
    {"Spain", "Madrid"},  {"England", "London"},     {"Japan", "Tokyo"},
    {"China", "Beijing"}, {"Russia", "Moscow"},      {"Egypt", "Cairo"},
    {"Greece", "Athens"}, {"Portugal", "Lisbon"},    {"Austria", "Vienna"},
    {"Poland", "Warsaw"}, {"Hungary", "Budapest"},   {"Sweden", "Stockholm"},
    {"Norway", "Oslo"},   {"Denmark", "Copenhagen"}, {"Ireland", "Dublin"},
    {"Cuba", "Havana"},   {"Peru", "Lima"},          {"Kenya", "Nairobi"},
    {"Iran", "Tehran"},   {"Iraq", "Baghdad"},       {"Canada", "Ottawa"},
    {"Turkey", "Ankara"}, {"Thailand", "Bangkok"},
}};

constexpr std::array<Fact, 24> kCapitalsZh{{
    {"法国", "巴黎"}, {"意大利", "罗马"},     {"德国", "柏林"},       {"西班牙", "马德里"},
    {"英国", "伦敦"}, {"日本", "东京"},       {"中国", "北京"},       {"俄罗斯", "莫斯科"},
    {"埃及", "开罗"}, {"希腊", "雅典"},       {"葡萄牙", "里斯本"},   {"奥地利", "维也纳"},
    {"波兰", "华沙"}, {"匈牙利", "布达佩斯"}, {"瑞典", "斯德哥尔摩"}, {"挪威", "奥斯陆"},
    {"韩国", "首尔"}, {"爱尔兰", "都柏林"},   {"古巴", "哈瓦那"},     {"越南", "河内"},
    {"泰国", "曼谷"}, {"伊朗", "德黑兰"},     {"美国", "华盛顿"},     {"加拿大", "渥太华"},
}};

/// Singular and plural, and where the thing is.
constexpr std::array<std::array<const char*, 3>, 14> kNouns{{
    {"key", "keys", "on the table"},
    {"book", "books", "on the desk"},
    {"car", "cars", "in the street"},
    {"dog", "dogs", "in the garden"},
    {"boy", "boys", "at the door"},
    {"girl", "girls", "near the window"},
    {"tree", "trees", "behind the house"},
    {"house", "houses", "by the river"},
    {"picture", "pictures", "on the wall"},
    {"student", "students", "in the room"},
    {"letter", "letters", "in the box"},
    {"horse", "horses", "in the field"},
    {"door", "doors", "of the house"},
    {"ship", "ships", "in the port"},
}};

/// He and she.
constexpr std::array<std::array<const char*, 2>, 12> kPeople{{
    {"king", "queen"},
    {"man", "woman"},
    {"boy", "girl"},
    {"father", "mother"},
    {"son", "daughter"},
    {"brother", "sister"},
    {"uncle", "aunt"},
    {"husband", "wife"},
    {"prince", "princess"},
    {"actor", "actress"},
    {"gentleman", "lady"},
    {"grandfather", "grandmother"},
}};

constexpr std::array<std::array<const char*, 2>, 10> kPeopleZh{{
    {"国王", "女王"},
    {"男人", "女人"},
    {"男孩", "女孩"},
    {"父亲", "母亲"},
    {"儿子", "女儿"},
    {"哥哥", "姐姐"},
    {"丈夫", "妻子"},
    {"爷爷", "奶奶"},
    {"王子", "公主"},
    {"叔叔", "阿姨"},
}};

constexpr std::array<Fact, 20> kOppositesZh{{
    {"大", "小"}, {"高", "低"}, {"长", "短"}, {"多", "少"}, {"黑", "白"},
    {"冷", "热"}, {"快", "慢"}, {"左", "右"}, {"上", "下"}, {"前", "后"},
    {"男", "女"}, {"新", "旧"}, {"好", "坏"}, {"远", "近"}, {"轻", "重"},
    {"开", "关"}, {"早", "晚"}, {"强", "弱"}, {"真", "假"}, {"胖", "瘦"},
}};

std::string filled(std::string form, const std::string& word) {
  const auto at = form.find('*');
  return form.replace(at, 1, word);
}

/// Of each fact an item in each form; its counterparts are other facts in the same form.
template <class Facts>
void add_facts(std::vector<Contrast>& out, const std::string& kind, const Facts& facts,
               const std::vector<std::string>& forms, const std::string& before_answer) {
  for (std::size_t f = 0; f < forms.size(); ++f) {
    for (std::size_t i = 0; i < facts.size(); ++i) {
      Contrast& item = out.emplace_back();
      item.id = kind + "-" + std::to_string(f) + "-" + std::to_string(i);
      item.kind = kind;
      item.text = filled(forms[f], facts[i].of);
      item.answer = before_answer + facts[i].is;
      for (std::size_t k = 1; k < facts.size() && item.others.size() < kOthers; ++k) {
        const auto& other = facts[(i + k) % facts.size()];
        item.others.emplace_back(filled(forms[f], other.of), before_answer + other.is);
      }
    }
  }
}

/// Two words that ask for two answers, each an item with the other as its counterpart.
void add_two(std::vector<Contrast>& out, const std::string& id, const std::string& kind,
             const std::string& form, const std::array<std::string, 2>& words,
             const std::array<std::string, 2>& answers) {
  for (std::size_t i = 0; i < 2; ++i) {
    Contrast& item = out.emplace_back();
    item.id = id + "-" + std::to_string(i);
    item.kind = kind;
    item.text = filled(form, words[i]);
    item.answer = answers[i];
    item.others.emplace_back(filled(form, words[1 - i]), answers[1 - i]);
  }
}

std::vector<Contrast> english() {
  std::vector<Contrast> out;
  add_facts(out, "capital", kCapitals,
            {"The capital of * is the city of", "In *, the capital city is called"}, " ");
  for (std::size_t i = 0; i < kNouns.size(); ++i) {
    const auto& noun = kNouns[i];
    add_two(out, std::string("number-") + std::to_string(i), "number",
            std::string("The * ") + noun[2], {noun[0], noun[1]}, {" is", " are"});
  }
  for (std::size_t i = 0; i < kPeople.size(); ++i) {
    add_two(out, std::string("pronoun-0-") + std::to_string(i), "pronoun", "The * was tired, so",
            {kPeople[i][0], kPeople[i][1]}, {" he", " she"});
    add_two(out, std::string("pronoun-1-") + std::to_string(i), "pronoun", "When the * came home,",
            {kPeople[i][0], kPeople[i][1]}, {" he", " she"});
  }
  return out;
}

std::vector<Contrast> chinese() {
  std::vector<Contrast> out;
  add_facts(out, "capital", kCapitalsZh, {"*的首都是", "众所周知，*的首都是"}, "");
  add_facts(out, "opposite", kOppositesZh, {"“*”的反义词是“"}, "");
  for (std::size_t i = 0; i < kPeopleZh.size(); ++i) {
    add_two(out, std::string("pronoun-0-") + std::to_string(i), "pronoun", "这位*累了，所以",
            {kPeopleZh[i][0], kPeopleZh[i][1]}, {"他", "她"});
    add_two(out, std::string("pronoun-1-") + std::to_string(i), "pronoun", "那位*回到家以后，",
            {kPeopleZh[i][0], kPeopleZh[i][1]}, {"他", "她"});
  }
  return out;
}

eval::Sample sample_of(const Contrast& item, Lang lang) {
  eval::Sample out;
  out.id = item.id;
  out.lang = lang;
  out.group = item.kind;
  // The two answers to one pair of words, and one fact in two forms, are not independent.
  out.cluster = item.kind == "capital"    ? "capital" + item.id.substr(item.id.find_last_of('-'))
                : item.kind == "opposite" ? item.id
                                          : item.id.substr(0, item.id.size() - 2);
  out.context = item.text;
  out.choices = {item.answer, item.others.front().second};
  out.target_index = 0;
  out.max_tokens = 1;
  Json others = Json::array();
  for (const auto& [text, answer] : item.others) others.push_back(Json::array({text, answer}));
  out.metadata = Json{{"others", std::move(others)}};
  return out;
}

}  // namespace

const std::vector<Contrast>& contrasts(Lang lang) {
  static const std::vector<Contrast> in_english = english();
  static const std::vector<Contrast> in_chinese = chinese();
  return lang == Lang::zh ? in_chinese : in_english;
}

std::vector<eval::Sample> contrast_samples(const eval::TaskContext& context) {
  std::map<std::string, std::vector<const Contrast*>> kinds;
  for (const Contrast& item : contrasts(context.lang)) kinds[item.kind].push_back(&item);
  std::size_t most = 0;
  for (auto& [kind, items] : kinds) {
    Rng rng = Rng::named(context.seed, "contrasts/" + kind);
    rng.shuffle(items);
    most = std::max(most, items.size());
  }
  std::vector<eval::Sample> out;
  for (std::size_t i = 0; i < most; ++i) {
    for (const auto& [kind, items] : kinds) {
      if (i < items.size() && static_cast<int>(out.size()) < context.count) {
        out.push_back(sample_of(*items[i], context.lang));
      }
    }
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> others_of(const eval::Sample& sample) {
  std::vector<std::pair<std::string, std::string>> out;
  if (!sample.metadata.is_object() || !sample.metadata.contains("others")) return out;
  for (const Json& other : sample.metadata["others"]) {
    out.emplace_back(other.at(0).get<std::string>(), other.at(1).get<std::string>());
  }
  return out;
}

}  // namespace assay::explain
