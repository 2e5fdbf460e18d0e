// explain_patching: activation patching and its approximation over our contrasts.
#include "explain/patching.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "explain/contrasts.h"
#include "explain/explain_figures.h"
#include "explain/method.h"
#include "stats/rank.h"

namespace assay::explain {
namespace {

constexpr double kNamedShare = 0.05;  ///< of all heads
constexpr int kControls = 3;

double mean_error(const std::vector<double>& exact, const std::vector<double>& near,
                  std::size_t begin, std::size_t end) {
  double sum = 0.0;
  for (std::size_t i = begin; i < end; ++i) sum += std::abs(exact[i] - near[i]);
  return sum / static_cast<double>(end - begin);
}

Json correlation(const std::vector<double>& exact, const std::vector<double>& near) {
  const auto found = stats::spearman(exact, near);
  return found.known() ? Json(found.value) : Json(nullptr);
}

/// How far the approximation is off, where it is known to fail and elsewhere.
void add_errors(const PatchMap& exact, const PatchMap& near, const std::vector<bool>& saturated,
                Json& out) {
  const auto first = static_cast<std::size_t>(exact.positions);  // cells of the first layer
  out["error_residual"] = mean_error(exact.residual, near.residual, 0, exact.residual.size());
  out["error_attention"] = mean_error(exact.attention, near.attention, 0, exact.attention.size());
  out["error_first_mlp"] = mean_error(exact.mlp, near.mlp, 0, first);
  if (exact.mlp.size() > first) {
    out["error_later_mlp"] = mean_error(exact.mlp, near.mlp, first, exact.mlp.size());
  }
  double sums[2] = {0.0, 0.0};
  double counts[2] = {0.0, 0.0};
  for (std::size_t i = 0; i < exact.head.size(); ++i) {
    const std::size_t side = saturated[i] ? 1 : 0;
    sums[side] += std::abs(exact.head[i] - near.head[i]);
    counts[side] += 1.0;
  }
  if (counts[0] > 0.0) out["error_other_heads"] = sums[0] / counts[0];
  if (counts[1] > 0.0) out["error_saturated_heads"] = sums[1] / counts[1];
}

/// Values at one position, a layer each.
std::vector<double> at_position(const PatchMap& map, const std::vector<double>& values,
                                std::int64_t position) {
  std::vector<double> out;
  for (int layer = 0; layer < map.layers; ++layer) out.push_back(values[map.cell(layer, position)]);
  return out;
}

class PatchingMethod : public Method {
 public:
  PatchingMethod() {
    info_.name = "patching";
    info_.title = {"Patching: through which places does the answer pass?",
                   "激活替换：答案经过哪些位置？"};
    info_.description = {
        "On the counterpart of a prompt (another country, number, person) one place inside the "
        "model "
        "at a time is given what stood there on the prompt itself; how much of the logit "
        "difference "
        "comes back says how much passes there: by layer and position for the residual stream, "
        "attention and MLPs, and by head. Attribution patching approximates it with one gradient; "
        "how well the two agree is measured, and how far the approximation is off where it is "
        "known "
        "to fail (first MLP, residual stream, saturated attention). Named are the 5% strongest "
        "heads; "
        "the test gives them their values of the counterpart.",
        "在提示的对照（另一国家、单复数、人物）上，每次把模型内部一处换成原提示时的值，logit "
        "差恢复多少，"
        "就说明多少信息经过该处：按层和位置（残差流、注意力、MLP）以及按头。归因替换用一次梯度近似"
        "；"
        "测量两者的一致程度，以及在已知会失效处（第一个 "
        "MLP、残差流、饱和的注意力）的偏差。指出最强的5%的头；"
        "检验时把它们换成对照上的值。"};
    info_.limits = {
        "Places are changed one at a time: what takes several at once is not seen. The answer "
        "depends "
        "on the counterpart that was chosen.",
        "每次只改动一处：需要多处共同作用的看不到。结果取决于所选的对照。"};
    info_.citation =
        "Heimersheim & Nanda 2024, arXiv:2404.15255; Kramar et al. 2024, AtP*, arXiv:2403.00745";
    info_.items = {6, 12, 40};
  }
  [[nodiscard]] const MethodInfo& info() const override { return info_; }
  [[nodiscard]] std::vector<eval::Sample> samples(const eval::TaskContext& context) const override {
    return contrast_samples(context);
  }

  [[nodiscard]] Result<Json> explain(const eval::Sample& sample, Lab& lab) const override {
    ASSAY_TRY(model::WhiteBox * box, lab.box());
    const auto pair = lab.pair(sample.context, sample.choices.at(0), others_of(sample));
    if (!pair) return unassessed("the prompt has no counterpart in this model's tokens");
    ASSAY_TRY(const PairRuns runs, run_pair(*box, *pair));
    if (runs.clean <= 0.0 || runs.corrupt >= 0.0) {
      return unassessed("the model does not tell the prompt from its counterpart");
    }
    ASSAY_TRY(const PatchMap exact, patch(*box, *pair, runs, lab.cancel));
    ASSAY_TRY(const PatchMap near, attribute_patches(*box, *pair, runs));
    Json out{{"agreement_residual", correlation(exact.residual, near.residual)},
             {"agreement_attention", correlation(exact.attention, near.attention)},
             {"agreement_mlp", correlation(exact.mlp, near.mlp)},
             {"agreement_heads", correlation(exact.head, near.head)}};
    add_errors(exact, near, saturated_heads(runs, exact.layers, exact.heads), out);
    const std::int64_t last = static_cast<std::int64_t>(pair->clean.size()) - 1;
    std::int64_t subject = last;  // the last token in which the prompts differ
    while (pair->clean[static_cast<std::size_t>(subject)] ==
           pair->corrupt[static_cast<std::size_t>(subject)]) {
      --subject;
    }
    out["subject"] = at_position(exact, exact.residual, subject);
    out["last"] = at_position(exact, exact.residual, last);
    out["attention"] = at_position(exact, exact.attention, last);
    out["mlp"] = at_position(exact, exact.mlp, last);
    ASSAY_CHECK(test(sample, lab, *box, *pair, runs, exact, near, out));
    return out;
  }

  [[nodiscard]] eval::Summary figures(const std::vector<eval::Scored>& scored,
                                      const eval::SummaryContext& context) const override {
    eval::Summary out;
    Figures figures(scored, context);
    add_faithful(figures);
    add_agreement(figures);
    const auto curve = [&](const char* id, Text label) {
      figures.curve({id, std::move(label), "ratio", std::nullopt, eval::Direction::neutral, ""},
                    id);
    };
    curve("subject", {"Recovered by the residual stream at the word that differs",
                      "替换不同之词处残差流所恢复的份额"});
    curve("last",
          {"Recovered by the residual stream at the last word", "替换末词处残差流所恢复的份额"});
    curve("attention",
          {"Recovered by attention's output at the last word", "替换末词处注意力输出所恢复的份额"});
    curve("mlp",
          {"Recovered by the MLP's output at the last word", "替换末词处 MLP 输出所恢复的份额"});
    out.figures = figures.take();
    return out;
  }

 private:
  static Status test(const eval::Sample& sample, Lab& lab, model::WhiteBox& box, const Pair& pair,
                     const PairRuns& runs, const PatchMap& exact, const PatchMap& near, Json& out) {
    const std::size_t all = exact.head.size();
    const auto count =
        static_cast<std::size_t>(std::max(1.0, std::round(kNamedShare * static_cast<double>(all))));
    std::vector<std::vector<std::size_t>> sets{strongest_heads(exact, count),
                                               strongest_heads(near, count)};
    Rng rng(stable_hash(sample.id + "/heads", lab.seed));
    for (int i = 0; i < kControls; ++i) {
      std::vector<std::size_t> free;
      for (std::size_t head = 0; head < all; ++head) {
        if (std::find(sets[0].begin(), sets[0].end(), head) == sets[0].end()) free.push_back(head);
      }
      rng.shuffle(free);
      free.resize(std::min(count, free.size()));
      sets.push_back(std::move(free));
    }
    ASSAY_TRY(const std::vector<double> falls, exchange_heads(box, pair, runs, sets));
    double control = 0.0;
    for (std::size_t i = 2; i < falls.size(); ++i) control += falls[i] / kControls;
    out["named"] = falls[0];
    out["named_by_attribution"] = falls[1];
    out["control"] = control;
    std::string says;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, sets[0].size()); ++i) {
      const auto heads = static_cast<std::size_t>(exact.heads);
      says.append(i == 0 ? "head " : ", head ").append(std::to_string(sets[0][i] / heads));
      says.append(".").append(std::to_string(sets[0][i] % heads));
    }
    out["says"] = says;
    return {};
  }

  static void add_faithful(Figures& figures) {
    figures.faithful({"faithful",
                      {"Faithfulness of the strongest heads", "最强的头的忠实度"},
                      "ratio",
                      std::nullopt,
                      eval::Direction::higher_better,
                      ""},
                     {"Fall of the logit difference when they are given their values on the "
                      "counterpart, less that for as many random heads",
                      "把它们换成对照上的值后 logit 差的下降，减去随机选取同样多的头时的下降"},
                     "named", "control");
    figures.last().primary = true;
    figures.faithful({"faithful_attribution",
                      {"Faithfulness of attribution patching", "归因替换的忠实度"},
                      "ratio",
                      std::nullopt,
                      eval::Direction::higher_better,
                      ""},
                     {"The same test for the heads that attribution patching names",
                      "对归因替换所指的头作同样检验"},
                     "named_by_attribution", "control");
  }

  static void add_agreement(Figures& figures) {
    const stats::Interval widest{-1.0, 1.0};
    const auto agreement = [&](const char* id, Text label) {
      figures.mean({id, std::move(label), "correlation", widest, eval::Direction::neutral, ""}, id);
    };
    agreement("agreement_heads",
              {"Rank correlation of both kinds of patching: heads", "两种替换的秩相关：注意力头"});
    agreement("agreement_attention", {"Rank correlation of both kinds of patching: attention",
                                      "两种替换的秩相关：注意力"});
    agreement("agreement_mlp",
              {"Rank correlation of both kinds of patching: MLPs", "两种替换的秩相关：MLP"});
    agreement("agreement_residual", {"Rank correlation of both kinds of patching: residual stream",
                                     "两种替换的秩相关：残差流"});
    const auto error = [&](const char* id, Text label) {
      figures.mean({id, std::move(label), "ratio", std::nullopt, eval::Direction::neutral, ""}, id);
    };
    error("error_first_mlp", {"Mean error of attribution patching at the first MLP (known to fail)",
                              "归因替换在第一个 MLP 处的平均误差（已知会失效）"});
    error("error_later_mlp",
          {"Mean error of attribution patching at later MLPs", "归因替换在其后 MLP 处的平均误差"});
    error("error_residual",
          {"Mean error of attribution patching in the residual stream (known to fail)",
           "归因替换在残差流处的平均误差（已知会失效）"});
    error("error_attention", {"Mean error of attribution patching at attention's output",
                              "归因替换在注意力输出处的平均误差"});
    error("error_saturated_heads",
          {"Mean error of attribution patching at heads with saturated attention (known to fail)",
           "归因替换在注意力饱和的头处的平均误差（已知会失效）"});
    error("error_other_heads",
          {"Mean error of attribution patching at other heads", "归因替换在其他头处的平均误差"});
  }

  MethodInfo info_;
};

}  // namespace

void register_patching(Methods& registry) { registry.add(std::make_shared<PatchingMethod>()); }

}  // namespace assay::explain
