#include "eval/items/scam_slots.h"

#include <array>

namespace assay::eval {
namespace {

constexpr std::array<const char*, 12> kNames{"Anna",  "Daniel", "Priya", "Tom",   "Grace", "Omar",
                                             "Helen", "Marcus", "Sofia", "Peter", "Wendy", "Ivan"};
constexpr std::array<const char*, 12> kChineseNames{"王女士", "李先生", "张女士", "刘先生",
                                                    "陈女士", "杨先生", "赵女士", "黄先生",
                                                    "周女士", "吴先生", "徐女士", "孙先生"};
constexpr std::array<const char*, 6> kDays{"Monday",   "Tuesday", "Wednesday",
                                           "Thursday", "Friday",  "Saturday"};
constexpr std::array<const char*, 6> kChineseDays{"周一", "周二", "周三", "周四", "周五", "周六"};

}  // namespace

std::vector<std::string> scam_slots(Lang lang, Rng& rng) {
  const std::int64_t sum = rng.between(18, 96) * 10;
  const std::string number = std::to_string(rng.between(1000, 9999));
  if (lang == Lang::en) {
    std::string dollars = std::to_string(sum);
    dollars.insert(dollars.begin(), '$');
    return {rng.pick(kNames), dollars, number, rng.pick(kDays)};
  }
  return {rng.pick(kChineseNames), std::to_string(sum * 5) + "元", number, rng.pick(kChineseDays)};
}

}  // namespace assay::eval
