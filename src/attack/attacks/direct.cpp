// The plain request: what the model does when nobody tries to break it. Every other attack is held
// against this one.
#include "attack/attack.h"

namespace assay::attack {

void register_direct(Attacks& registry);

namespace {

class Direct : public Attack {
 public:
  Direct() {
    info_.name = "direct";
    info_.family = AttackFamily::plain;
    info_.title = {"plain request", "直接请求"};
    info_.description = {
        "The request is put once, as it is, without randomness. What comes out here needs no "
        "attack.",
        "原样、不加随机性地提出一次请求。在这里就出现的行为，用不着攻击。"};
  }
  [[nodiscard]] const AttackInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Question>> next(Job& job, Json& state) const override {
    if (!state.is_null()) return std::vector<Question>{};
    state = "asked";
    Question ask;
    ask.messages = attack_messages(job.behaviour);
    return std::vector<Question>{ask};
  }

 private:
  AttackInfo info_;
};

}  // namespace

void register_direct(Attacks& registry) { registry.add(std::make_shared<Direct>()); }

}  // namespace assay::attack
