// explain_attribution: direct logit attribution over our contrasts.
#include "explain/attribution.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "explain/contrasts.h"
#include "explain/explain_figures.h"
#include "explain/method.h"

namespace assay::explain {
namespace {

constexpr double kNamedShare = 0.05;  ///< of all heads and MLPs
constexpr int kControls = 3;

class AttributionMethod : public Method {
 public:
  AttributionMethod() {
    info_.name = "attribution";
    info_.title = {"Direct attribution: which parts write the answer?",
                   "直接归因：哪些部件写出答案？"};
    info_.description = {
        "The difference between the logits of the right and a wrong next word is split exactly "
        "into "
        "what each attention head, each MLP and the embeddings wrote. Named are the 5% of heads "
        "and "
        "MLPs that write most of what distinguishes the prompt from its counterpart (another "
        "country, "
        "number, person). The test gives them what they write on the counterpart.",
        "把正确与错误的下一词的 logit 之差精确分解为各注意力头、各 MLP 和嵌入所写入的部分。指出写入"
        "提示与其对照（另一国家、单复数、人物）之间差别最多的5%的头和 "
        "MLP。检验时把它们的输出换成对照提示上"
        "的输出。"};
    info_.limits = {
        "Only what is written straight into the output counts: a part that works through later "
        "parts "
        "is credited to those. Parts that make up for each other hide each other's effect.",
        "只计入直接写入输出的部分：通过后续部件起作用的部件，其功劳记在后者名下。互为备份的部件会掩"
        "盖彼此的"
        "作用。"};
    info_.citation =
        "Elhage et al. 2021, A mathematical framework for transformer circuits; McGrath et al. "
        "2023, "
        "arXiv:2307.15771";
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
    ASSAY_TRY(const Attribution clean, attribute(*box, pair->clean, pair->answer));
    ASSAY_TRY(const Attribution corrupt, attribute(*box, pair->corrupt, pair->answer));
    if (clean.difference <= 0.0 || corrupt.difference >= 0.0) {
      return unassessed("the model does not tell the prompt from its counterpart");
    }
    const int layers = box->info().layers;
    const auto parts = static_cast<double>(layers * (clean.heads ? box->info().heads + 1 : 1));
    const auto count = static_cast<std::size_t>(std::max(1.0, std::round(kNamedShare * parts)));
    std::vector<std::vector<Part>> sets{most_telling(clean, corrupt, count)};
    const std::uint64_t seed = stable_hash(sample.id, lab.seed);
    for (std::uint64_t i = 0; i < kControls; ++i) {
      sets.push_back(random_parts(clean, sets[0], seed + i));
    }
    ASSAY_TRY(const std::vector<double> falls, exchange_parts(*box, *pair, sets));
    double control = 0.0;
    for (std::size_t i = 1; i < falls.size(); ++i) control += falls[i] / kControls;
    return record(clean, sets[0], falls[0], control, layers, clean.difference - corrupt.difference);
  }

  [[nodiscard]] eval::Summary figures(const std::vector<eval::Scored>& scored,
                                      const eval::SummaryContext& context) const override {
    eval::Summary out;
    Figures figures(scored, context);
    const auto ratio = [](const char* id, Text label) {
      return Figures::Form{id,           std::move(label),         "ratio",
                           std::nullopt, eval::Direction::neutral, ""};
    };
    Figures::Form faithful =
        ratio("faithful", {"Faithfulness of the named parts", "所指部件的忠实度"});
    faithful.direction = eval::Direction::higher_better;
    figures.faithful(
        faithful,
        {"Fall of the logit difference when the named parts are given their output on the "
         "counterpart, less that for as many random parts",
         "把所指部件的输出换成对照提示上的输出后 logit 差的下降，减去随机选取同样多部件时的下降"},
        "named", "control");
    figures.last().primary = true;
    figures.mean(ratio("promised", {"Fall that the attribution promises for the named parts",
                                    "按归因，所指部件应带来的下降"}),
                 "promised");
    figures.mean(ratio("named", {"Fall that the named parts cause", "所指部件实际带来的下降"}),
                 "named");
    figures.mean(
        ratio("control", {"Fall that as many random parts cause", "随机选取同样多部件带来的下降"}),
        "control");
    figures.mean(ratio("error", {"Relative error of the sum of all parts", "各部件之和的相对误差"}),
                 "error");
    figures.mean(ratio("embedding", {"Share that the embeddings write", "嵌入写入的份额"}),
                 "embedding");
    figures.curve(ratio("attention", {"Share of the logit difference that attention writes",
                                      "注意力写入 logit 差的份额"}),
                  "attention");
    figures.curve(ratio("mlp", {"Share of the logit difference that the MLP writes",
                                "MLP 写入 logit 差的份额"}),
                  "mlp");
    out.figures = figures.take();
    return out;
  }

 private:
  static Json record(const Attribution& clean, const std::vector<Part>& named, double fall,
                     double control, int layers, double whole) {
    std::vector<double> attention(static_cast<std::size_t>(layers), 0.0);
    std::vector<double> mlp(static_cast<std::size_t>(layers), 0.0);
    double embedding = 0.0;
    for (const Part& part : clean.parts) {
      const double share = part.value / clean.difference;
      if (part.layer < 0) {
        embedding += share;
      } else {
        (part.kind == Part::Kind::mlp ? mlp : attention)[static_cast<std::size_t>(part.layer)] +=
            share;
      }
    }
    Json list = Json::array();
    double promised = 0.0;
    for (const Part& part : named) {
      list.push_back(Json::array({name_of(part), part.value}));
      promised += part.value / whole;
    }
    std::string says = named.empty() ? std::string() : name_of(named.front());
    for (std::size_t i = 1; i < std::min<std::size_t>(3, named.size()); ++i) {
      says.append(", ").append(name_of(named[i]));
    }
    return Json{{"says", says},
                {"difference", clean.difference},
                {"error", clean.error()},
                {"heads", clean.heads},
                {"embedding", embedding},
                {"attention", attention},
                {"mlp", mlp},
                {"parts", std::move(list)},
                {"promised", promised},
                {"named", fall},
                {"control", control}};
  }

  MethodInfo info_;
};

}  // namespace

void register_attribution(Methods& registry) {
  registry.add(std::make_shared<AttributionMethod>());
}

}  // namespace assay::explain
