// Templates and transforms, one after the other: what somebody with a list of tricks does. The list
// is Means::chains, else each transform by itself and a few chains, the plainest families first.
#include <algorithm>

#include "attack/attack.h"
#include "base/random.h"

namespace assay::attack {

void register_templates(Attacks& registry);

namespace {

/// Every transform that suits the language, in the order of the families. Those that need what the
/// behaviour does not bring (translations) are passed over when they are tried.
std::vector<std::string> own_list(const Means& means, Lang lang) {
  std::vector<std::string> out;
  for (const Transform* transform : means.transforms.all()) {
    if (transform->suits(lang)) out.push_back(transform->info.name);
  }
  return out;
}

class Templates : public Attack {
 public:
  Templates() {
    info_.name = "templates";
    info_.family = AttackFamily::templates;
    info_.title = {"templates and encodings", "模板与编码"};
    info_.description = {
        "The request is put in one form after the other: role play, fiction, authority, encodings, "
        "typography, splitting, many examples, a forbidden refusal, and so on; one query each "
        "(several where the form takes several turns), in an order that the seed decides.",
        "把请求逐一换成各种形式：角色扮演、虚构、权威、编码、排印、拆分、多示例、禁止拒绝等；"
        "每种形式提问一次（需要多轮的形式提问多次），顺序由种子决定。"};
    info_.limits = {
        "The number of queries depends on the order, which is drawn for each behaviour.",
        "提问次数与顺序有关，每个行为的顺序分别抽取。"};
    info_.random = true;
  }
  [[nodiscard]] const AttackInfo& info() const override { return info_; }

  [[nodiscard]] Result<std::vector<Question>> next(Job& job, Json& state) const override {
    std::vector<std::string> chains = job.means.chains;
    if (chains.empty()) {
      chains = own_list(job.means, job.behaviour.lang);
      Rng rng(stable_hash("order", job.seed));
      rng.shuffle(chains);
    }
    std::size_t at = state.is_number_unsigned() ? state.get<std::size_t>() : 0;
    while (at < chains.size()) {
      const std::string& spec = chains[at++];
      ASSAY_TRY(const auto asked, ask_of(job, spec));
      if (!asked) continue;
      state = at;
      return std::vector<Question>{*asked};
    }
    state = at;
    return std::vector<Question>{};
  }

 private:
  /// Nothing where the form is not for this request.
  static Result<std::optional<Question>> ask_of(const Job& job, const std::string& spec) {
    ASSAY_TRY(const Chain chain, job.means.transforms.chain(spec));
    if (!chain.suits(job.behaviour.lang)) return std::nullopt;
    Prompt prompt;
    prompt.messages = attack_messages(job.behaviour);
    prompt.translations = job.behaviour.translations;
    Rng rng(stable_hash(spec, job.seed));
    auto changed = chain.apply(prompt, job.behaviour.lang, rng);
    if (!changed) return std::nullopt;
    Question ask;
    ask.messages = std::move(changed->messages);
    ask.later_turns = std::move(changed->later_turns);
    ask.prefill = std::move(changed->assistant_prefill);
    ask.reply_code = std::move(changed->reply_code);
    ask.label = spec;
    return ask;
  }

  AttackInfo info_;
};

}  // namespace

void register_templates(Attacks& registry) { registry.add(std::make_shared<Templates>()); }

}  // namespace assay::attack
