// Best-of-n jailbreaking (Hughes et al. 2024, arXiv:2412.03556): the request in random capitals,
// with letters swapped inside words and characters shifted, sampled at temperature 1, until one
// form comes through. Success grows as a power law in n; stats/extrapolate.h forecasts it.
#include "attack/attack.h"
#include "base/random.h"

namespace assay::attack {

void register_best_of_n(Attacks& registry);

namespace {

class BestOfN : public Attack {
 public:
  BestOfN() {
    info_.name = "best_of_n";
    info_.family = AttackFamily::sampling;
    info_.title = {"best of n", "n次取优"};
    info_.description = {
        "The request with random capitals, letters swapped inside words and shifted characters, a "
        "new form each time, answered at temperature 1.",
        "每次随机改变大小写、打乱词内字母、替换字符，得到新的写法，回答以温度1采样。"};
    info_.citation = "Hughes et al. 2024, arXiv:2412.03556";
    info_.random = true;
  }
  [[nodiscard]] const AttackInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Question>> next(Job& job, Json& state) const override {
    const std::uint64_t n = state.is_number_unsigned() ? state.get<std::uint64_t>() : 0;
    state = n + 1;
    Rng rng(stable_hash("best of n " + std::to_string(n), job.seed));
    Question ask;
    ASSAY_TRY(ask.messages, random_form(job.means, job.behaviour, rng));
    ask.temperature = 1.0;
    ask.seed = n;
    return std::vector<Question>{ask};
  }

 private:
  AttackInfo info_;
};

}  // namespace

void register_best_of_n(Attacks& registry) { registry.add(std::make_shared<BestOfN>()); }

}  // namespace assay::attack
