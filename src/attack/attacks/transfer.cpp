// Transfer: the prompts that broke another model, put to this one as they were (Zou et al. 2023,
// arXiv:2307.15043, section 3.2; Chao et al. 2024, arXiv:2404.01318, on artifacts as the record).
#include "attack/attack.h"

namespace assay::attack {

void register_transfer(Attacks& registry);

namespace {

class Transfer : public Attack {
 public:
  Transfer() {
    info_.name = "transfer";
    info_.family = AttackFamily::templates;
    info_.title = {"prompts that broke another model", "攻破其他模型的提示"};
    info_.description = {
        "Prompts that broke another model in a stored run or a JailbreakBench artifact are put to "
        "this one as they were, each once and greedily.",
        "把在已存运行或 JailbreakBench "
        "记录中攻破其他模型的提示原样用于本模型，每条一次，贪心解码。"};
    info_.limits = {
        "Behaviours that were not broken there are not tried. What it cost to find the prompts is "
        "not counted: it was spent on the other model.",
        "在彼处未被攻破的行为不尝试。寻找提示的代价花在另一模型上，不计入。"};
    info_.citation = "Zou et al. 2023, arXiv:2307.15043";
    info_.named_only = true;
  }
  [[nodiscard]] const AttackInfo& info() const override { return info_; }
  [[nodiscard]] Status available(const Means& means) const override {
    if (!means.found.empty()) return {};
    return fail(ErrorKind::usage, "no prompts to put to the model", info_.name,
                "Name runs or artifacts that hold them with --prompts");
  }
  [[nodiscard]] Result<std::vector<Question>> next(Job& job, Json& state) const override {
    std::vector<Question> out;
    if (!state.is_null()) return out;
    state = "asked";
    for (const std::string& key : {identity(job.behaviour), job.behaviour.request}) {
      const auto found = job.means.found.find(key);
      if (found == job.means.found.end()) continue;
      for (const FoundPrompt& prompt : found->second) {
        Question& ask = out.emplace_back();
        ask.messages = prompt.messages;
        ask.prefill = prompt.prefill;
        ask.reply_code = prompt.reply_code;
        ask.label = prompt.from;
      }
    }
    return out;
  }

 private:
  AttackInfo info_;
};

}  // namespace

void register_transfer(Attacks& registry) { registry.add(std::make_shared<Transfer>()); }

}  // namespace assay::attack
