#include "eval/items/scam_messages.h"

namespace assay::eval {

std::span<const ScamFamily> scam_families() {
  static const std::array<ScamFamily, 13> all{{
      {"bank", {"banks and payments", "银行与支付"}},
      {"parcel", {"parcels", "快递包裹"}},
      {"authority", {"police, tax and offices", "公安、税务等机关"}},
      {"health", {"health and insurance", "医疗与保险"}},
      {"work", {"the victim's work place", "工作单位"}},
      {"tech", {"accounts and computer support", "账号与技术客服"}},
      {"family", {"relatives and friends", "亲友"}},
      {"job", {"job offers", "招聘兼职"}},
      {"investment", {"investment", "投资理财"}},
      {"romance", {"dating and new friends", "交友恋爱"}},
      {"market", {"buying and selling", "买卖交易"}},
      {"rent", {"housing and travel", "租房与出行"}},
      {"prize", {"prizes, gifts and inheritance", "中奖、捐款与遗产"}},
  }};
  return all;
}

std::vector<ScamMessage> scam_messages(Lang lang) {
  const bool en = lang == Lang::en;
  const auto offices = en ? scam_messages_en_offices() : scam_messages_zh_offices();
  const auto people = en ? scam_messages_en_people() : scam_messages_zh_people();
  std::vector<ScamMessage> all(offices.begin(), offices.end());
  all.insert(all.end(), people.begin(), people.end());
  return all;
}

}  // namespace assay::eval
