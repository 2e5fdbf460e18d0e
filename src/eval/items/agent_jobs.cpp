#include "eval/items/agent_jobs.h"

#include <array>
#include <cstdio>

namespace assay::eval {
namespace {

constexpr std::array<JobFamily, 13> kFamilies{{
    {"write_word", 0.2, true, write_word_job},
    {"first_line", 0.3, true, first_line_job},
    {"count_lines", 0.7, false, count_lines_job},
    {"find_file", 1.5, false, find_file_job},
    {"sum_column", 3, false, sum_column_job},
    {"top_customers", 5, false, top_customers_job},
    {"rename_files", 8, false, rename_files_job},
    {"unpaid_orders", 8, false, unpaid_orders_job},
    {"busy_hours", 10, false, busy_hours_job},
    {"fix_program", 12, false, fix_program_job},
    {"flatten_json", 15, false, flatten_json_job},
    {"reconcile", 25, false, reconcile_job},
    {"rota", 40, false, rota_job},
}};

const std::vector<std::string> kNamesEn{
    "Amina", "Bruno", "Chloe", "Dario", "Elena", "Farid", "Greta", "Hugo", "Imani", "Jonas",
    "Kira",  "Luca",  "Mira",  "Nadia", "Oskar", "Priya", "Quinn", "Rosa", "Samir", "Tessa",
    "Uri",   "Vera",  "Wanda", "Yusuf", "Zoe",   "Anton", "Bela",  "Clara"};
const std::vector<std::string> kNamesZh{"陈宇", "李梅", "王磊", "张倩", "刘洋", "赵敏", "孙浩",
                                        "周婷", "吴凡", "郑宁", "冯雪", "蒋涛", "沈悦", "韩冰",
                                        "杨帆", "朱晴", "秦月", "许诺", "何静", "吕伟", "施然",
                                        "孔越", "曹妍", "严丽", "华健", "金鑫", "魏来", "陶然"};
const std::vector<std::string> kTownsEn{"Ashford",   "Bramley", "Colwick",  "Denby",
                                        "Elmsworth", "Farley",  "Grange",   "Hadley",
                                        "Ilford",    "Kelby",   "Larkhill", "Marden"};
const std::vector<std::string> kTownsZh{"云溪", "青石", "南屏", "白塔", "柳湾", "松岭",
                                        "河口", "东渡", "平川", "长桥", "金谷", "石门"};
const std::vector<std::string> kGoodsEn{"kettle", "lamp", "rug",   "chair", "clock", "mirror",
                                        "shelf",  "vase", "stool", "fan",   "desk",  "basket"};
const std::vector<std::string> kGoodsZh{"水壶", "台灯", "地毯", "椅子", "挂钟", "镜子",
                                        "书架", "花瓶", "凳子", "风扇", "书桌", "篮子"};
const std::vector<std::string> kWordsEn{"amber",   "birch",  "cobalt", "dune",   "ember",  "fjord",
                                        "garnet",  "harbor", "indigo", "jasper", "kelp",   "lagoon",
                                        "maple",   "nectar", "onyx",   "pebble", "quartz", "raven",
                                        "saffron", "tundra", "umber",  "velvet", "willow", "yarrow",
                                        "zephyr",  "meadow", "copper", "lantern"};
const std::vector<std::string> kWordsZh{"琥珀", "白桦", "钴蓝", "沙丘", "余烬",   "峡湾", "石榴",
                                        "港湾", "靛青", "碧玉", "海带", "泻湖",   "枫叶", "花蜜",
                                        "玛瑙", "卵石", "石英", "渡鸦", "藏红花", "苔原", "赭石",
                                        "丝绒", "垂柳", "蓍草", "西风", "草甸",   "紫铜", "灯笼"};

std::vector<std::string> some(std::vector<std::string> all, Rng& rng, std::size_t count) {
  rng.shuffle(all);
  all.resize(std::min(count, all.size()));
  return all;
}

}  // namespace

std::span<const JobFamily> job_families() { return kFamilies; }

std::string numbers_text(std::span<const int> numbers) {
  std::string text;
  for (const int n : numbers) text += std::to_string(n) + "\n";
  return text;
}

std::string date_text(int year, int month, int day) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
  return text.data();
}

std::string two_digits(int number) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%02d", number % 100);
  return text.data();
}

std::vector<std::string> some_names(Lang lang, Rng& rng, std::size_t count) {
  return some(lang == Lang::zh ? kNamesZh : kNamesEn, rng, count);
}
std::vector<std::string> some_towns(Lang lang, Rng& rng, std::size_t count) {
  return some(lang == Lang::zh ? kTownsZh : kTownsEn, rng, count);
}
std::vector<std::string> some_goods(Lang lang, Rng& rng, std::size_t count) {
  return some(lang == Lang::zh ? kGoodsZh : kGoodsEn, rng, count);
}
std::vector<std::string> some_words(Lang lang, Rng& rng, std::size_t count) {
  return some(lang == Lang::zh ? kWordsZh : kWordsEn, rng, count);
}

}  // namespace assay::eval
