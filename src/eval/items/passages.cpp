#include "eval/items/passages.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "eval/items/draw.h"

namespace assay::eval::items {
namespace {

using Words = std::vector<std::string_view>;

const Words kEnNames{"Orrin Vale",     "Tamsin Brook",  "Edda Harwick", "Corvin Ashby",
                     "Lisbet Moran",   "Perrin Holt",   "Sabine Crewe", "Alaric Dunmore",
                     "Josine Fairley", "Matthias Rook", "Hester Quill", "Bram Ottaway"};
const Words kEnThings{"Lantern",     "Ferry",   "Orchard",   "Clockmaker", "Causeway",  "Letterbox",
                      "Weathervane", "Almanac", "Boathouse", "Millstream", "Signalman", "Tollgate"};
const Words kEnPlaces{"Hollin Cross", "Marrowby",     "Saint Edric",  "Pell Harbour",  "Greywater",
                      "Thornley Fen", "Castle Arden", "Ebbing Sound", "Larkrise Hill", "Dunmere"};
const Words kEnTimes{"In the third winter after the flood",
                     "Some weeks before the harvest fair",
                     "On the evening when the bells were taken down",
                     "Towards the close of a wet and windless June",
                     "The year the quarry was sold",
                     "Before the railway had come as far as the coast"};
const Words kEnDeeds{"carried a covered basket up the back stairs and would not say what was in it",
                     "set out along the towpath with nothing but a borrowed map and two apples",
                     "received a parcel of old keys, none of which opened any door in the house",
                     "counted the lamps on the far shore and found one more than there ought to be",
                     "gave away the best chairs to the neighbours and kept the broken ones",
                     "began to answer letters that had been lying in a drawer for eleven years"};
const Words kEnTalk{"the innkeeper maintained that no good would come of it",
                    "nobody at the sawmill believed a word of the story",
                    "the schoolmaster wrote the whole matter down in green ink",
                    "the children made a song of it before the week was out",
                    "the postman took the longer road home from that day on",
                    "two of the aunts fell silent whenever it was mentioned"};
const Words kEnEnds{"It rained on the slates all that night, and the dog slept by the cold stove",
                    "Only the heron on the weir seemed to have been told how it would end",
                    "What was left of the evening smelled of tar, wet rope and pears",
                    "By morning the tide had gone out further than anyone could remember",
                    "The kitchen clock, which had been wrong for years, struck the right hour",
                    "Snow lay on the pier in a strip no wider than a ribbon"};

const Words kZhNames{"陆听澜", "沈若樵", "顾行舟", "程砚生", "温雁回", "宋知遥",
                     "许南屏", "韩松影", "叶疏桐", "梁望川", "季云汀", "乔暮雨"};
const Words kZhThings{"灯笼",   "渡船",   "果园", "钟匠", "长堤",   "信箱",
                      "风向标", "旧历书", "船屋", "水磨", "扳道工", "石桥"};
const Words kZhPlaces{"青禾渡", "麻石镇", "白鹭湾", "云栖岭", "柳叶街",
                      "半月塘", "东篱村", "寒山坳", "雁归渚", "榆钱巷"};
const Words kZhTimes{"大水退后的第三个冬天",       "离秋收集市还有几个星期的时候",
                     "寺里的钟被卸下来的那个傍晚", "一个无风多雨的六月将尽时",
                     "采石场卖掉的那一年",         "火车还没有通到海边的年月"};
const Words kZhDeeds{"提着一只盖了蓝布的篮子从后楼梯上去，怎么也不肯说里面装着什么",
                     "只带了一张借来的地图和两个苹果，就沿着纤道出了门",
                     "收到一包旧钥匙，却没有一把能打开屋里的门",
                     "数了数对岸的灯火，发现比往常多出一盏",
                     "把好椅子都送给了邻居，自己留下坏的那几把",
                     "开始答复在抽屉里搁了十一年的那些信"};
const Words kZhTalk{"客栈老板一口咬定这事不会有好结果",
                    "锯木厂里没有一个人相信这番话",
                    "教书先生用绿墨水把前后经过都记了下来",
                    "不出一个礼拜，孩子们就把它编成了歌",
                    "邮差从那天起改走远路回家",
                    "两位姑母只要听人提起就不再作声"};
const Words kZhEnds{
    "那一夜雨一直打在瓦上，狗睡在冷灶旁边",       "只有堰上的那只鹭鸶仿佛早知道结局",
    "剩下的黄昏里满是桐油、湿绳子和梨子的气味",   "天亮时，潮水退得比谁记得的都远",
    "厨房里那座走错了好多年的钟，忽然敲准了钟点", "雪在栈桥上铺成窄窄的一条，像根带子"};

}  // namespace

const char* to_string(Fame fame) {
  switch (fame) {
    case Fame::famous: return "famous";
    case Fame::known: return "known";
    case Fame::little: return "little";
  }
  return "known";
}

bool opens_work(const Passage& passage) {
  static constexpr std::string_view named[]{
      "moby-1",     "frank-0",  "holmes-1",   "holmes-2", "holmes-3",   "holmes-4",  "holmes-6",
      "holmes-8",   "holmes-9", "holmes-10",  "brown-1",  "parent-1",   "song-1",    "america-1",
      "captain-1",  "lilacs-1", "brooklyn-1", "cradle-1", "lamb-1",     "joy-1",     "rose-1",
      "tyger-1",    "london-1", "poison-1",   "romeo-0",  "merchant-2", "genesis-1", "l-xueer",
      "m-lianghui", "shenglv",  "n-hlm-1",    "n-sgyy-1", "n-xyj-1"};
  return passage.heading.empty() ||
         std::find(std::begin(named), std::end(named), passage.id) != std::end(named);
}

std::vector<Passage> passages(Lang lang) {
  std::vector<Passage> out = lang == Lang::en ? english_prose_passages() : chinese_prose_passages();
  const auto& more = lang == Lang::en ? english_verse_passages() : chinese_verse_passages();
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

MadeUpWork made_up_work(Lang lang, Rng& rng) {
  const bool en = lang == Lang::en;
  const auto pick = [&](const Words& english, const Words& chinese) {
    return std::string(rng.pick(en ? english : chinese));
  };
  const std::string thing = pick(kEnThings, kZhThings);
  const std::string place = pick(kEnPlaces, kZhPlaces);
  const std::string hero = pick(kEnNames, kZhNames);
  MadeUpWork out;
  out.author = pick(kEnNames, kZhNames);
  out.year = static_cast<int>(rng.between(1868, 1921));
  const std::array<std::string, 6> parts{pick(kEnTimes, kZhTimes), hero,
                                         pick(kEnDeeds, kZhDeeds), place,
                                         pick(kEnTalk, kZhTalk),   pick(kEnEnds, kZhEnds)};
  out.title = en ? std::string("The ") + thing + " of " + place : place + thing + "记";
  out.opening = en ? fill("{0}, {1} of {3} {2}. When it became known, {4}. {5}.", parts)
                   : fill("{0}，{3}的{1}{2}。事情传开以后，{4}。{5}。", parts);
  return out;
}

}  // namespace assay::eval::items
