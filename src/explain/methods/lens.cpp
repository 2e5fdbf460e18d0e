// explain_lens: the logit lens over our contrasts.
#include "explain/lens.h"

#include <cmath>

#include "base/random.h"
#include "explain/contrasts.h"
#include "explain/explain_figures.h"
#include "explain/method.h"

namespace assay::explain {
namespace {

class LensMethod : public Method {
 public:
  LensMethod() {
    info_.name = "lens";
    info_.title = {"Logit lens: when does the answer appear?", "logit lens：答案在哪一层出现？"};
    info_.description = {
        "The model is asked for the next word of short prompts (capitals, agreement, pronouns). At "
        "every layer the residual stream is read as if the model ended there. The figures say how "
        "often a layer's first choice is the model's final one, how probable that is there, and "
        "from "
        "which layer on the reading is what the model itself uses.",
        "让模型续写简短提示的下一个词（首都、一致关系、代词、反义词）。在每一层把残差流当作最后一层"
        "来读。"
        "各项数值说明某层的首选与最终输出相同的频率、该词在此层的概率，以及从哪一层起这种读数正是模"
        "型"
        "所用的。"};
    info_.limits = {
        "Early layers may hold the answer in a form that the final unembedding does not read: that "
        "a "
        "lens sees nothing there does not show that nothing is there.",
        "较早的层可能以最终解嵌入读不出的形式含有答案：lens 在那里看不到，并不说明那里没有。"};
    info_.citation =
        "nostalgebraist 2020, interpreting GPT: the logit lens; Belrose et al. 2023, "
        "arXiv:2303.08112";
    info_.items = {12, 40, 100};
  }
  [[nodiscard]] const MethodInfo& info() const override { return info_; }
  [[nodiscard]] std::vector<eval::Sample> samples(const eval::TaskContext& context) const override {
    return contrast_samples(context);
  }

  [[nodiscard]] Result<Json> explain(const eval::Sample& sample, Lab& lab) const override {
    ASSAY_TRY(model::WhiteBox * box, lab.box());
    const auto pair = lab.pair(sample.context, sample.choices.at(0), others_of(sample));
    if (!pair) return unassessed("the prompt has no counterpart in this model's tokens");
    const auto last = static_cast<std::int64_t>(pair->clean.size()) - 1;
    ASSAY_TRY(const Lens lens, logit_lens(*box, pair->clean, &pair->answer, last));
    const LensCell& end = lens.at(lens.layers, last);
    if (end.difference <= 0.0) return unassessed("the model prefers the wrong answer");
    const std::uint64_t seed = stable_hash(sample.id, lab.seed);
    ASSAY_TRY(const LensCheck check, check_lens(*box, pair->clean, pair->answer, seed));
    Json agrees = Json::array();
    Json logprob = Json::array();
    Json share = Json::array();
    Json rank = Json::array();
    for (int layer = 0; layer <= lens.layers; ++layer) {
      const LensCell& cell = lens.at(layer, last);
      agrees.push_back(cell.top == end.top);
      logprob.push_back(cell.final_logprob);
      rank.push_back(cell.final_rank);
      share.push_back(cell.difference / end.difference);
    }
    const int settled = lens.settled(last);
    // The last layer into which anything can still be changed.
    const auto at = static_cast<std::size_t>(std::min(settled, lens.layers - 1));
    return Json{{"says", lab.text_of(end.top)},
                {"right", end.top == pair->answer.right},
                {"settled", settled},
                {"settled_share", static_cast<double>(settled) / lens.layers},
                {"agrees", std::move(agrees)},
                {"logprob", std::move(logprob)},
                {"rank", std::move(rank)},
                {"share", std::move(share)},
                {"named_by_layer", check.named},
                {"control_by_layer", check.control},
                {"named", check.named[at]},
                {"control", check.control[at]}};
  }

  [[nodiscard]] eval::Summary figures(const std::vector<eval::Scored>& scored,
                                      const eval::SummaryContext& context) const override {
    eval::Summary out;
    Figures figures(scored, context);
    figures.faithful({"faithful",
                      {"Faithfulness of the lens where it settles", "lens 在定局层的忠实度"},
                      "ratio",
                      std::nullopt,
                      eval::Direction::higher_better,
                      ""},
                     {"Fall of the logit difference when what the lens reads at that layer is "
                      "taken away, less that for as much in a random direction",
                      "去掉 lens 在该层所读成分后 logit 差的下降，减去随机方向上同样改动的下降"},
                     "named", "control");
    figures.last().primary = true;
    figures.mean({"settled",
                  {"Share of the layers that the model needs until its final first choice stands",
                   "最终首选确定之前所经层数的比例"},
                  "proportion",
                  stats::Interval{0.0, 1.0},
                  eval::Direction::neutral,
                  ""},
                 "settled_share");
    figures.last().primary = true;
    figures.mean({"right",
                  {"First choice is the expected answer", "首选即预期答案"},
                  "proportion",
                  stats::Interval{0.0, 1.0},
                  eval::Direction::higher_better,
                  ""},
                 "right");
    figures.curve({"agrees",
                   {"Layer's first choice is the model's final one", "该层首选与模型最终首选相同"},
                   "proportion",
                   stats::Interval{0.0, 1.0},
                   eval::Direction::neutral,
                   ""},
                  "agrees");
    figures.curve({"logprob",
                   {"Log-probability of the final first choice", "最终首选的对数概率"},
                   "nat",
                   std::nullopt,
                   eval::Direction::neutral,
                   ""},
                  "logprob");
    figures.faithful_curve(
        {"faithful",
         {"Faithfulness of the lens, less its control", "lens 的忠实度（减对照）"},
         "ratio",
         std::nullopt,
         eval::Direction::neutral,
         ""},
        "named_by_layer", "control_by_layer");
    out.figures = figures.take();
    return out;
  }

 private:
  MethodInfo info_;
};

}  // namespace

void register_lens(Methods& registry) { registry.add(std::make_shared<LensMethod>()); }

}  // namespace assay::explain
