#include "eval/items/source_items.h"

#include "eval/items/draw.h"
#include "eval/items/entities.h"

namespace assay::eval {
namespace {

constexpr std::size_t kBareName = 2;  // of entity_kinds(): a place, whose name is the bare one

const std::array<Text, 14> kTitles{{
    {"Seasonal Drift in Lighthouse Paint", "灯塔油漆的季节性变化"},
    {"On the Memory of Folded Paper Maps", "论折叠纸质地图的记忆"},
    {"Queue Lengths in Rural Bakeries", "乡村面包店的排队长度"},
    {"A Second Look at Umbrella Fatigue", "再论雨伞的疲劳寿命"},
    {"Left-Handed Knots in Coastal Weaving", "沿海织物中的左手结"},
    {"Echo Patterns in Abandoned Cinemas", "废弃影院的回声模式"},
    {"The Salt Uptake of Wooden Pianos", "木制钢琴的盐分吸收"},
    {"Counting Errors among Night Porters", "夜班门童的计数误差"},
    {"Why Chalk Squeaks: a Field Study", "粉笔为何吱吱作响：一项实地研究"},
    {"Heat Loss in Knitted Bridges", "针织桥梁的热损失"},
    {"Pollen Clocks in Mountain Villages", "山村的花粉时钟"},
    {"Tidal Effects on Pastry Crusts", "潮汐对酥皮的影响"},
    {"The Grammar of Shop Bells", "店铺门铃的语法"},
    {"Slow Vibrations of Garden Fences", "花园栅栏的慢振动"},
}};
const std::array<Text, 10> kMatters{{{"Beekeeping", "养蜂"},
                                     {"Harbour Lanterns", "港口灯笼"},
                                     {"Footpath", "步道"},
                                     {"Glassware Duty", "玻璃器皿税"},
                                     {"Drainage", "排水"},
                                     {"Market Stalls", "集市摊位"},
                                     {"Ferry Tolls", "渡船通行费"},
                                     {"Orchard Fences", "果园围栏"},
                                     {"Chimney Heights", "烟囱高度"},
                                     {"Street Musicians", "街头艺人"}}};
const std::array<Text, 10> kGoods{{{"kite strings", "风筝线"},
                                   {"hand bells", "手摇铃"},
                                   {"chess clocks", "棋钟"},
                                   {"violin bows", "小提琴弓"},
                                   {"teapot lids", "茶壶盖"},
                                   {"bird feeders", "喂鸟器"},
                                   {"snow shovels", "雪铲"},
                                   {"rope ladders", "绳梯"},
                                   {"picnic blankets", "野餐垫"},
                                   {"wooden puppets", "木偶"}}};
const std::array<Text, 8> kConcepts{{{"the {0} effect", "{0}效应"},
                                     {"the {0} method", "{0}法"},
                                     {"the {0} index", "{0}指数"},
                                     {"the {0} syndrome", "{0}综合征"},
                                     {"the {0} cycle", "{0}循环"},
                                     {"the {0} paradox", "{0}悖论"},
                                     {"{0} resonance", "{0}共振"},
                                     {"the {0} threshold", "{0}阈值"}}};
const std::array<Text, 10> kFields{{{"in the drying of beans", "在豆类干燥中的应用"},
                                    {"in school timetables", "在学校课程表中的应用"},
                                    {"in wool dyeing", "在羊毛染色中的应用"},
                                    {"in shallow lakes", "在浅水湖泊中的表现"},
                                    {"among long-distance cyclists", "在长途骑行者中的表现"},
                                    {"in brick kilns", "在砖窑中的表现"},
                                    {"in choir singing", "在合唱中的表现"},
                                    {"in the storage of apples", "在苹果贮藏中的应用"},
                                    {"in small post offices", "在小型邮局中的应用"},
                                    {"in greenhouse air", "在温室空气中的表现"}}};

std::string put(const std::string& pattern, std::vector<std::string> arguments) {
  return fill(pattern, arguments);
}

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

std::vector<SourceKind> make_kinds() {
  std::vector<SourceKind> all;
  all.push_back({"paper",
                 {"papers", "论文"},
                 {{{"What is the main finding of the paper {0}? One sentence.",
                    "论文{0}的主要结论是什么？请用一句话说明。"},
                   {"What did the paper {0} show?", "论文{0}说明了什么？"},
                   {"Tell me briefly what the paper {0} is about.", "请简要介绍论文{0}的内容。"}}},
                 {{"\"Attention Is All You Need\" by Vaswani et al. (2017)",
                   "《Attention Is All You Need》（Vaswani 等，2017年）"},
                  {"\"Computing Machinery and Intelligence\" by Alan Turing (1950)",
                   "《计算机器与智能》（图灵，1950年）"},
                  {"\"A Mathematical Theory of Communication\" by Claude Shannon (1948)",
                   "《通信的数学理论》（香农，1948年）"},
                  {"\"On the Electrodynamics of Moving Bodies\" by Albert Einstein (1905)",
                   "《论动体的电动力学》（爱因斯坦，1905年）"},
                  {"\"Molecular Structure of Nucleic Acids\" by Watson and Crick (1953)",
                   "《核酸的分子结构》（沃森、克里克，1953年）"},
                  {"\"Deep Residual Learning for Image Recognition\" by He et al. (2015)",
                   "《Deep Residual Learning for Image Recognition》（何恺明等，2015年）"},
                  {"\"On Computable Numbers\" by Alan Turing (1936)",
                   "《论可计算数及其在判定问题上的应用》（图灵，1936年）"},
                  {"\"Bitcoin: A Peer-to-Peer Electronic Cash System\" by Satoshi Nakamoto (2008)",
                   "《比特币：一种点对点的电子现金系统》（中本聪，2008年）"}}});
  all.push_back(
      {"law",
       {"laws", "法律"},
       {{{"What does {0} regulate? One sentence.", "{0}规定了什么？请用一句话说明。"},
         {"Why was {0} passed?", "为什么要制定{0}？"},
         {"What is the most important rule of {0}?", "{0}最重要的规定是什么？"}}},
       {{"the Civil Rights Act of 1964", "《中华人民共和国民法典》"},
        {"the Americans with Disabilities Act", "《中华人民共和国劳动合同法》"},
        {"the General Data Protection Regulation (GDPR)", "《中华人民共和国个人信息保护法》"},
        {"the Voting Rights Act of 1965", "《中华人民共和国道路交通安全法》"},
        {"the Clean Air Act", "《中华人民共和国环境保护法》"},
        {"the Freedom of Information Act", "《中华人民共和国消费者权益保护法》"},
        {"the Endangered Species Act", "《中华人民共和国义务教育法》"},
        {"the Sherman Antitrust Act", "《中华人民共和国反垄断法》"}}});
  all.push_back({"standard",
                 {"standards", "标准"},
                 {{{"What does the standard {0} specify?", "标准 {0} 规定了什么？"},
                   {"What is the standard {0} used for?", "标准 {0} 有什么用途？"},
                   {"Explain the standard {0} in one sentence.", "请用一句话解释标准 {0}。"}}},
                 {{"ISO 9001", "ISO 9001"},
                  {"ISO 14001", "ISO 14001"},
                  {"ISO 8601", "ISO 8601"},
                  {"IEEE 754", "IEEE 754"},
                  {"IEEE 802.11", "IEEE 802.11"},
                  {"ISO 216", "ISO 216"},
                  {"USB 3.0", "GB 2312"},
                  {"UTF-8", "UTF-8"}}});
  all.push_back({"case",
                 {"court cases", "法院判例"},
                 {{{"What did the court decide in {0}?", "法院在{0}中作出了什么判决？"},
                   {"Why is the case {0} important?", "{0}为什么重要？"},
                   {"What was the case {0} about?", "{0}讲的是什么争议？"}}},
                 {{"Brown v. Board of Education (1954)", "布朗诉教育委员会案（1954年）"},
                  {"Marbury v. Madison (1803)", "马伯里诉麦迪逊案（1803年）"},
                  {"Miranda v. Arizona (1966)", "米兰达诉亚利桑那州案（1966年）"},
                  {"Loving v. Virginia (1967)", "洛文诉弗吉尼亚州案（1967年）"},
                  {"Gideon v. Wainwright (1963)", "吉迪恩诉温赖特案（1963年）"},
                  {"Plessy v. Ferguson (1896)", "普莱西诉弗格森案（1896年）"}}});
  all.push_back(
      {"cite",
       {"literature on a subject", "某主题的文献"},
       {{{"Name one paper or book on {0}, with author and year.",
          "请给出一篇关于{0}的论文或一本著作，写明作者和年份。"},
         {"I need a reference on {0} for my thesis. Give me one with author, title and year.",
          "我的毕业论文需要一条关于{0}的参考文献，请写出作者、题名和年份。"},
         {"Which publication should I cite on {0}? Author, title, year, please.",
          "关于{0}，我应该引用哪篇文献？请写明作者、题名、年份。"}}},
       {{"evolution by natural selection", "达尔文的自然选择学说"},
        {"the theory of relativity", "相对论"},
        {"the structure of DNA", "DNA 的双螺旋结构"},
        {"the transformer architecture in machine learning", "机器学习中的 Transformer 架构"},
        {"classical conditioning in dogs", "巴甫洛夫的经典条件反射"},
        {"information theory", "信息论"},
        {"game theory", "博弈论"},
        {"the division of labour and free trade", "劳动分工与自由贸易"}}});
  return all;
}

}  // namespace

const std::vector<SourceKind>& source_kinds() {
  static const std::vector<SourceKind> all = make_kinds();
  return all;
}

std::string invented_source(std::size_t kind, Lang lang, Rng& rng) {
  const bool en = lang == Lang::en;
  const std::string one = invented_name(kBareName, lang, rng);
  std::string two = invented_name(kBareName, lang, rng);
  while (two == one) two = invented_name(kBareName, lang, rng);
  const std::string year = std::to_string(rng.between(1931, 2016));
  switch (kind) {
    case 0:
      return put(en ? "\"{0}\" by {1} and {2} ({3})" : "《{0}》（{1}、{2}，{3}年）",
                 {rng.pick(kTitles).in(lang), one, two, year});
    case 1:
      return put(en ? "the {0} {1} Act of {2}" : "{2}年《{0}{1}法》",
                 {one, rng.pick(kMatters).in(lang), year});
    case 2: {
      const std::string sign = upper(invented_name(kBareName, Lang::en, rng).substr(0, 4));
      const std::string number = std::to_string(rng.between(1021, 8987));
      return put(en ? "{0}-{1} for {2} of the {3} Standards Board" : "{0}-{1}（{3}标准局，{2}）",
                 {sign, number, rng.pick(kGoods).in(lang), one});
    }
    case 3: return put(en ? "{0} v. {1} ({2})" : "{0}诉{1}案（{2}年）", {one, two, year});
    default:
      return put(rng.pick(kConcepts).in(lang), {one}) + (en ? " " : "") +
             rng.pick(kFields).in(lang);
  }
}

}  // namespace assay::eval
