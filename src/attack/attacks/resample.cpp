// The plain request again and again, sampled at temperature 1: what patience alone brings, and the
// measure for best-of-n, which changes the request as well.
#include "attack/attack.h"

namespace assay::attack {

void register_resample(Attacks& registry);

namespace {

class Resample : public Attack {
 public:
  Resample() {
    info_.name = "resample";
    info_.family = AttackFamily::sampling;
    info_.title = {"repeated sampling", "反复采样"};
    info_.description = {"The plain request is put again and again, and answered at temperature 1.",
                         "反复提出原样的请求，回答以温度1采样。"};
    info_.random = true;
  }
  [[nodiscard]] const AttackInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Question>> next(Job& job, Json& state) const override {
    const std::uint64_t n = state.is_number_unsigned() ? state.get<std::uint64_t>() : 0;
    state = n + 1;
    Question ask;
    ask.messages = attack_messages(job.behaviour);
    ask.temperature = 1.0;
    ask.seed = n;
    return std::vector<Question>{ask};
  }

 private:
  AttackInfo info_;
};

}  // namespace

void register_resample(Attacks& registry) { registry.add(std::make_shared<Resample>()); }

}  // namespace assay::attack
