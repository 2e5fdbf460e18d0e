#include "eval/items/entities.h"

#include <array>

namespace assay::eval {
namespace {

const std::array<Text, 14> kHeads{{{"Quorv", "夸尔沃"},
                                   {"Velmd", "维尔姆德"},
                                   {"Druskv", "德鲁斯克沃"},
                                   {"Zolp", "佐尔普"},
                                   {"Thravg", "瑟拉夫格"},
                                   {"Kivnr", "基夫恩尔"},
                                   {"Murzh", "穆尔日"},
                                   {"Spelkv", "斯佩尔克沃"},
                                   {"Jarnv", "亚恩沃"},
                                   {"Wexl", "韦克斯尔"},
                                   {"Plothr", "普洛思尔"},
                                   {"Ostvr", "奥斯特沃尔"},
                                   {"Blimt", "布林姆特"},
                                   {"Rhuzk", "鲁兹克"}}};
const std::array<Text, 10> kTails{{{"ath", "阿思"},
                                   {"orrin", "奥林"},
                                   {"ebast", "埃巴斯特"},
                                   {"unnic", "乌尼克"},
                                   {"azel", "阿泽尔"},
                                   {"oquist", "奥奎斯特"},
                                   {"imund", "伊蒙德"},
                                   {"edra", "埃德拉"},
                                   {"ovane", "奥瓦内"},
                                   {"ysk", "伊斯克"}}};
const std::array<Text, 10> kFirstNames{{{"Elspeth", "埃尔斯佩思"},
                                        {"Anton", "安东"},
                                        {"Miriam", "米丽娅姆"},
                                        {"Halvard", "哈尔瓦德"},
                                        {"Ilse", "伊尔莎"},
                                        {"Bertram", "伯特伦"},
                                        {"Odette", "奥黛特"},
                                        {"Casimir", "卡西米尔"},
                                        {"Leonie", "莱奥妮"},
                                        {"Ruben", "鲁本"}}};
const std::array<Text, 10> kTitles{{{"The Lantern Weavers of {}", "{}的织灯人"},
                                    {"A Winter Ledger for {}", "{}的冬日账簿"},
                                    {"Nine Bridges to {}", "通往{}的九座桥"},
                                    {"The Salt Clock of {}", "{}的盐钟"},
                                    {"My Brother, the Tide of {}", "我的兄弟，{}之潮"},
                                    {"What the Miller of {} Knew", "{}的磨坊主知道什么"},
                                    {"Glass Orchards of {}", "{}的玻璃果园"},
                                    {"The Unfinished Map of {}", "未完成的{}地图"},
                                    {"Letters from a Roof in {}", "来自{}屋顶的信"},
                                    {"The Third Cellist of {}", "{}的第三位大提琴手"}}};
const std::array<Text, 6> kAnimals{{{"{} tree frog", "{}树蛙"},
                                    {"{} pygmy owl", "{}小鸮"},
                                    {"{} river otter", "{}水獭"},
                                    {"{} mountain hare", "{}雪兔"},
                                    {"{} reef shark", "{}礁鲨"},
                                    {"{} dwarf goat", "{}矮山羊"}}};
const std::array<Text, 5> kLaws{{{"the {} Convention of 1974", "1974年《{}公约》"},
                                 {"the Treaty of {}", "《{}条约》"},
                                 {"the {} Fisheries Act", "《{}渔业法》"},
                                 {"the {} Protocol on Rivers", "《{}河流议定书》"},
                                 {"the {} Declaration of 1931", "1931年《{}宣言》"}}};
const std::array<const char*, 6> kModules{"math", "random", "json", "itertools", "datetime", "os"};

std::string put(const std::string& pattern, const std::string& name) {
  std::string text = pattern;
  text.replace(text.find("{}"), 2, name);
  return text;
}

std::string base_name(Lang lang, Rng& rng) {
  const Text& head = rng.pick(kHeads);
  const Text& tail = rng.pick(kTails);
  return head.in(lang) + tail.in(lang);
}

std::string lower(std::string name) {
  name.front() = static_cast<char>(name.front() - 'A' + 'a');
  return name;
}

}  // namespace

const std::vector<EntityKind>& entity_kinds() {
  static const std::vector<EntityKind> all{
      {"book",
       {"books", "书籍"},
       {{"Who wrote the novel \"{}\"?", "小说《{}》是谁写的？"},
        {"What is the novel \"{}\" about?", "小说《{}》讲的是什么？"},
        {"When was the novel \"{}\" published?", "小说《{}》是什么时候出版的？"}},
       {{"Pride and Prejudice", "傲慢与偏见"},
        {"War and Peace", "战争与和平"},
        {"Don Quixote", "堂吉诃德"},
        {"Robinson Crusoe", "鲁滨逊漂流记"},
        {"Frankenstein", "弗兰肯斯坦"},
        {"The Great Gatsby", "了不起的盖茨比"},
        {"Les Mis\u00e9rables", "悲惨世界"},
        {"Oliver Twist", "雾都孤儿"}}},
      {"scientist",
       {"scientists", "科学家"},
       {{"What is the scientist {} known for?", "科学家{}因什么而闻名？"},
        {"In which field did the scientist {} work?", "科学家{}从事哪个领域的研究？"},
        {"What did the scientist {} discover?", "科学家{}发现了什么？"}},
       {{"Marie Curie", "居里夫人"},
        {"Isaac Newton", "牛顿"},
        {"Charles Darwin", "达尔文"},
        {"Albert Einstein", "爱因斯坦"},
        {"Louis Pasteur", "巴斯德"},
        {"Galileo Galilei", "伽利略"},
        {"Nikola Tesla", "特斯拉"},
        {"Alexander Fleming", "弗莱明"}}},
      {"place",
       {"places", "地点"},
       {{"In which country is the city of {}?", "城市{}在哪个国家？"},
        {"What is the city of {} famous for?", "城市{}以什么闻名？"},
        {"Tell me one fact about the city of {}.", "请说一个关于城市{}的事实。"}},
       {{"Venice", "威尼斯"},
        {"Kyoto", "京都"},
        {"Barcelona", "巴塞罗那"},
        {"Istanbul", "伊斯坦布尔"},
        {"Sydney", "悉尼"},
        {"Chicago", "芝加哥"},
        {"Mumbai", "孟买"},
        {"Prague", "布拉格"}}},
      {"theorem",
       {"theorems", "定理"},
       {{"What does {} say?", "{}的内容是什么？"},
        {"To which part of mathematics does {} belong?", "{}属于数学的哪个分支？"},
        {"State {} in one sentence.", "请用一句话说明{}。"}},
       {{"the Pythagorean theorem", "勾股定理"},
        {"Fermat's last theorem", "费马大定理"},
        {"Bayes' theorem", "贝叶斯定理"},
        {"the binomial theorem", "二项式定理"},
        {"the central limit theorem", "中心极限定理"},
        {"the mean value theorem", "中值定理"},
        {"the four colour theorem", "四色定理"},
        {"the Chinese remainder theorem", "中国剩余定理"}}},
      {"medicine",
       {"medicines", "药物"},
       {{"What is the medicine {} used for?", "药物{}是用来治什么的？"},
        {"How does the medicine {} work?", "药物{}的作用原理是什么？"},
        {"What are common side effects of the medicine {}?", "药物{}常见的副作用有哪些？"}},
       {{"aspirin", "阿司匹林"},
        {"ibuprofen", "布洛芬"},
        {"penicillin", "青霉素"},
        {"insulin", "胰岛素"},
        {"morphine", "吗啡"},
        {"paracetamol", "对乙酰氨基酚"},
        {"metformin", "二甲双胍"},
        {"amoxicillin", "阿莫西林"}}},
      {"law",
       {"laws and treaties", "法律与条约"},
       {{"What does {} regulate?", "{}规定了什么？"},
        {"Why is {} important?", "{}为什么重要？"},
        {"Which countries signed or passed {}?", "{}是哪些国家签署或通过的？"}},
       {{"the Geneva Conventions", "《日内瓦公约》"},
        {"the Kyoto Protocol", "《京都议定书》"},
        {"the Treaty of Versailles", "《凡尔赛条约》"},
        {"the Paris Agreement", "《巴黎协定》"},
        {"the Treaty of Lisbon", "《里斯本条约》"},
        {"the Montreal Protocol", "《蒙特利尔议定书》"},
        {"the Treaty of Rome", "《罗马条约》"},
        {"the Antarctic Treaty", "《南极条约》"}}},
      {"function",
       {"software functions", "软件函数"},
       {{"What does the Python function {} do?", "Python 函数 {} 有什么作用？"},
        {"What does the Python function {} return?", "Python 函数 {} 返回什么？"},
        {"When would you use the Python function {}?", "什么时候会用到 Python 函数 {}？"}},
       {{"math.sqrt()", "math.sqrt()"},
        {"random.shuffle()", "random.shuffle()"},
        {"json.loads()", "json.loads()"},
        {"itertools.chain()", "itertools.chain()"},
        {"os.listdir()", "os.listdir()"},
        {"math.factorial()", "math.factorial()"},
        {"random.randint()", "random.randint()"},
        {"datetime.datetime.now()", "datetime.datetime.now()"}}},
      {"animal",
       {"animals", "动物"},
       {{"Where does the {} live?", "{}生活在哪里？"},
        {"What does the {} eat?", "{}吃什么？"},
        {"How large does the {} grow?", "{}能长到多大？"}},
       {{"emperor penguin", "帝企鹅"},
        {"snow leopard", "雪豹"},
        {"blue whale", "蓝鲸"},
        {"giant panda", "大熊猫"},
        {"polar bear", "北极熊"},
        {"Komodo dragon", "科莫多巨蜥"},
        {"African elephant", "非洲象"},
        {"red fox", "赤狐"}}},
  };
  return all;
}

std::string invented_name(std::size_t kind, Lang lang, Rng& rng) {
  std::string name = base_name(lang, rng);
  const bool en = lang == Lang::en;
  switch (kind) {
    case 0: return put(rng.pick(kTitles).in(lang), name);
    case 1: return rng.pick(kFirstNames).in(lang) + (en ? " " : "·") + name;
    case 3: return en ? "the " + name + " theorem" : name + "定理";
    case 4: return en ? lower(name) + "ol" : name + "唑";
    case 5: return put(rng.pick(kLaws).in(lang), name);
    case 6:
      // Identifiers are Latin in both languages.
      return std::string(rng.pick(kModules)) + "." + lower(base_name(Lang::en, rng)) + "()";
    case 7: return put(rng.pick(kAnimals).in(lang), name);
    default: return name;
  }
}

}  // namespace assay::eval
