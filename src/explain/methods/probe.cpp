// explain_probe: linear probes for a concept, by layer: is the subject plural (English), is the
// person a woman (Chinese)?
#include "explain/probe.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/random.h"
#include "explain/explain_figures.h"
#include "explain/lens.h"
#include "explain/method.h"
#include "stats/auroc.h"
#include "stats/clustered.h"

namespace assay::explain {
namespace {

constexpr int kFolds = 5;
constexpr std::size_t kItems = 120;  ///< of the whole set, whatever number is asked for

struct ProbeItem {
  std::string text;
  std::string word;  ///< cluster: both forms of it
  bool label = false;
};

using Words = std::array<const char*, 2>;  ///< without and with the concept

constexpr std::array<Words, 20> kNouns{{
    {"key", "keys"},         {"book", "books"},     {"car", "cars"},
    {"dog", "dogs"},         {"boy", "boys"},       {"girl", "girls"},
    {"tree", "trees"},       {"house", "houses"},   {"picture", "pictures"},
    {"student", "students"}, {"letter", "letters"}, {"horse", "horses"},
    {"door", "doors"},       {"ship", "ships"},     {"bird", "birds"},
    {"teacher", "teachers"}, {"window", "windows"}, {"cup", "cups"},
    {"river", "rivers"},     {"friend", "friends"},
}};
constexpr std::array<const char*, 6> kPlaces{"near the old house", "in the picture",
                                             "by the road",        "from the village",
                                             "of the king",        "in the story"};
constexpr std::array<Words, 20> kPeople{{
    {"国王", "女王"}, {"男人", "女人"}, {"男孩", "女孩"}, {"父亲", "母亲"},     {"儿子", "女儿"},
    {"哥哥", "姐姐"}, {"弟弟", "妹妹"}, {"丈夫", "妻子"}, {"爷爷", "奶奶"},     {"王子", "公主"},
    {"叔叔", "阿姨"}, {"舅舅", "舅妈"}, {"公公", "婆婆"}, {"男生", "女生"},     {"和尚", "尼姑"},
    {"新郎", "新娘"}, {"先生", "太太"}, {"孙子", "孙女"}, {"男演员", "女演员"}, {"外公", "外婆"},
}};
constexpr std::array<const char*, 6> kMoments{"回到家以后，", "累了，所以",   "走进房间，",
                                              "吃完饭，",     "听到消息后，", "早上起床后，"};

std::vector<ProbeItem> all_items(Lang lang, std::uint64_t seed) {
  std::vector<ProbeItem> out;
  const bool zh = lang == Lang::zh;
  for (const Words& words : zh ? kPeople : kNouns) {
    for (const char* end : zh ? kMoments : kPlaces) {
      for (const bool label : {false, true}) {
        const std::string word = words[label ? 1 : 0];
        out.push_back(
            {zh ? "那位" + word + end : std::string("The ") + word + " " + end, words[0], label});
      }
    }
  }
  Rng rng = Rng::named(seed, "probe");
  rng.shuffle(out);
  out.resize(std::min(out.size(), kItems));
  return out;
}

/// What the model would say for the concept, and without it.
std::pair<std::string, std::string> answers(Lang lang) {
  return lang == Lang::zh ? std::pair<std::string, std::string>{"她", "他"}
                          : std::pair<std::string, std::string>{" are", " is"};
}

struct Layer {
  CrossValidated real, shuffled;
};

struct Probed {
  std::vector<ProbeItem> items;
  std::vector<model::Tokens> tokens;
  std::vector<ProbeData> data;  ///< a layer each
  std::vector<Layer> layers;
};

Result<Probed> probe_all(Lab& lab, model::WhiteBox& box, Lang lang, std::uint64_t seed) {
  Probed out;
  out.items = all_items(lang, seed);
  for (const ProbeItem& item : out.items) {
    ASSAY_TRY(auto tokens, lab.tokens(item.text));
    out.tokens.push_back(std::move(tokens));
  }
  model::RunRequest request;
  request.sequences = out.tokens;
  request.cache = {"blocks.*.hook_resid_pre"};
  request.cache_begin = -1;
  request.logits = model::LogitsAt::none;
  request.cancel = lab.cancel;
  ASSAY_TRY(const auto run, box.run(request));
  stats::ClusterIds clusters;
  ProbeData common;
  common.items = out.items.size();
  common.features = static_cast<std::size_t>(box.info().width);
  for (const ProbeItem& item : out.items) {
    common.labels.push_back(item.label);
    common.clusters.push_back(clusters.of(item.word));
  }
  const auto mixed = shuffled_labels(common.labels, stable_hash("shuffled", seed));
  for (int layer = 0; layer < box.info().layers; ++layer) {
    ProbeData& data = out.data.emplace_back(common);
    for (const auto& cache : run.cache) {
      const auto row =
          cache.at(std::string("blocks.") + std::to_string(layer) + ".hook_resid_pre").row(0);
      data.rows.insert(data.rows.end(), row.begin(), row.end());
    }
    Layer& found = out.layers.emplace_back();
    ASSAY_TRY(found.real, cross_validate(data, kFolds, seed));
    ProbeData control = data;
    control.labels = mixed;
    ASSAY_TRY(found.shuffled, cross_validate(control, kFolds, seed));
  }
  return out;
}

/// From where the item lies along the probe's direction to where the other label's training items
/// lie on average: [d], along the direction of the probe that has not seen the item's word.
std::vector<float> shift_of(const Probed& all, std::size_t layer, std::size_t item) {
  const ProbeData& data = all.data[layer];
  const CrossValidated& found = all.layers[layer].real;
  const LinearProbe& probe = found.probes[static_cast<std::size_t>(found.fold[item])];
  double norm = 0.0;
  for (const double w : probe.weights) norm += w * w;
  norm = std::sqrt(norm);
  const auto along = [&](std::size_t i) {
    const std::span<const float> row =
        std::span<const float>(data.rows).subspan(i * data.features, data.features);
    return (probe.score(row) - probe.intercept) / norm;
  };
  double other = 0.0;
  double count = 0.0;
  for (std::size_t i = 0; i < data.items; ++i) {
    if (found.fold[i] == found.fold[item] || data.labels[i] == data.labels[item]) continue;
    other += along(i);
    count += 1.0;
  }
  const double step = (other / std::max(1.0, count) - along(item)) / norm;
  std::vector<float> out;
  for (const double w : probe.weights) out.push_back(static_cast<float>(w * step));
  return out;
}

class ProbeMethod : public Method {
 public:
  ProbeMethod() {
    info_.name = "probe";
    info_.title = {"Linear probes: where is a concept to be read?",
                   "线性探针：概念在哪里可以读出？"};
    info_.description = {
        "At every layer a logistic regression reads a concept off the residual stream at the last "
        "word: whether the subject is plural (English), whether the person is a woman (Chinese). "
        "It "
        "is judged on words that it has not seen, beside a probe with shuffled labels. The test "
        "moves "
        "the residual stream at the middle layer along the probe's direction to where the other "
        "kind "
        "lies, and looks whether the model then goes on as for the other kind; the control moves "
        "it as "
        "far in a random direction.",
        "在每一层，用逻辑回归从末词处的残差流读取概念：主语是否为复数（英文）、人物是否为女性（中文"
        "）。"
        "在未见过的词上评判，并与打乱标签的探针对照。检验时，把中间层的残差流沿探针方向移到另一类所"
        "在处，"
        "看模型是否按另一类续写；对照为沿随机方向移动同样距离。"};
    info_.limits = {
        "A probe shows that something can be read, not that the model reads it: that is what the "
        "test "
        "is for.",
        "探针只说明某内容可以读出，不说明模型在使用它：后者由检验回答。"};
    info_.citation =
        "Alain & Bengio 2016, arXiv:1610.01644; Hewitt & Liang 2019, arXiv:1909.03368; intervals: "
        "Obuchowski 1997";
    info_.items = {24, 60, 120};
  }
  [[nodiscard]] const MethodInfo& info() const override { return info_; }

  [[nodiscard]] std::vector<eval::Sample> samples(const eval::TaskContext& context) const override {
    const auto items = all_items(context.lang, context.seed);
    std::vector<eval::Sample> out;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (static_cast<int>(i) >= context.count) break;
      eval::Sample& sample = out.emplace_back();
      sample.id = std::string(to_string(context.lang)) + "-" + std::to_string(i);
      sample.cluster = items[i].word;
      sample.lang = context.lang;
      sample.group = items[i].label ? "with" : "without";
      sample.context = items[i].text;
      const auto [with, without] = answers(context.lang);
      sample.choices = {with, without};
      sample.target_index = items[i].label ? 0 : 1;
      sample.max_tokens = 1;
      sample.metadata = Json{{"item", i}, {"seed", context.seed}};
    }
    return out;
  }

  [[nodiscard]] Result<Json> explain(const eval::Sample& sample, Lab& lab) const override {
    ASSAY_TRY(model::WhiteBox * box, lab.box());
    const auto seed = sample.metadata.value("seed", std::uint64_t{0});
    const auto item = sample.metadata.value("item", std::size_t{0});
    const std::string name =
        std::string("probe/") + to_string(sample.lang) + "/" + std::to_string(seed);
    ASSAY_TRY(const auto all,
              lab.kept.once<Probed>(name, [&] { return probe_all(lab, *box, sample.lang, seed); }));
    std::vector<double> scores;
    std::vector<double> shuffled;
    for (const Layer& layer : all->layers) {
      scores.push_back(layer.real.scores[item]);
      shuffled.push_back(layer.shuffled.scores[item]);
    }
    Answer answer;
    ASSAY_TRY(answer.right,
              lab.first_token(sample.context,
                              sample.choices[static_cast<std::size_t>(sample.target_index)]));
    ASSAY_TRY(answer.wrong,
              lab.first_token(sample.context,
                              sample.choices[static_cast<std::size_t>(1 - sample.target_index)]));
    if (answer.right == answer.wrong) return unassessed("both answers begin with the same token");
    Json out{{"label", all->items[item].label},
             {"shuffled_label", nullptr},
             {"scores", std::move(scores)},
             {"shuffled", std::move(shuffled)}};
    // As in probe_all().
    std::vector<bool> labels;
    for (const ProbeItem& each : all->items) labels.push_back(each.label);
    out["shuffled_label"] =
        static_cast<bool>(shuffled_labels(labels, stable_hash("shuffled", seed))[item]);
    ASSAY_CHECK(move(*all, item, answer, lab, *box, out));
    return out;
  }

  [[nodiscard]] eval::Summary figures(const std::vector<eval::Scored>& scored,
                                      const eval::SummaryContext& context) const override {
    eval::Summary out;
    Figures figures(scored, context);
    figures.faithful({"faithful",
                      {"Faithfulness of the probe's direction", "探针方向的忠实度"},
                      "nat",
                      std::nullopt,
                      eval::Direction::higher_better,
                      ""},
                     {"Fall of the logit difference when the residual stream is moved along the "
                      "direction to the other kind, less that for as far a move at random",
                      "沿该方向移到另一类时 logit 差的下降，减去随机方向同样距离移动的下降"},
                     "named", "control");
    figures.last().primary = true;
    add_areas(scored, figures, "scores", "label", "reads",
              {"The probe tells the concept on unseen words (AUROC)",
               "探针在未见过的词上辨别该概念（AUROC）"});
    add_areas(scored, figures, "shuffled", "shuffled_label", "reads_shuffled",
              {"The same with shuffled labels (AUROC)", "打乱标签后的同样测量（AUROC）"});
    out.figures = figures.take();
    return out;
  }

 private:
  static Status move(const Probed& all, std::size_t item, Answer answer, Lab& lab,
                     model::WhiteBox& box, Json& out) {
    const std::size_t layer = all.layers.size() / 2;
    const std::vector<float> shift = shift_of(all, layer, item);
    const auto length = static_cast<float>(std::sqrt(dot(shift, shift)));
    model::RunRequest request;
    const auto end = static_cast<std::int64_t>(all.tokens[item].size());
    constexpr int kControls = 3;
    for (int i = 0; i <= kControls + 1; ++i) request.sequences.push_back(all.tokens[item]);
    for (int i = 1; i <= kControls + 1; ++i) {
      model::Edit edit;
      edit.hook = std::string("blocks.") + std::to_string(layer) + ".hook_resid_pre";
      edit.sequence = i;
      edit.begin = end - 1;
      edit.end = end;
      const auto width = static_cast<std::int64_t>(shift.size());
      if (i == 1) {
        edit.value = model::Tensor::of({width}, shift);
      } else {
        const auto place = std::string("probe/") + std::to_string(item) + "/" + std::to_string(i);
        edit.value = model::Tensor::of(
            {width}, random_direction(shift.size(), stable_hash(place, lab.seed)));
        edit.scale = length;
      }
      request.edits.push_back(std::move(edit));
    }
    ASSAY_TRY(const auto run, box.run(request));
    const double plain = difference(run.logits[0].row(0), answer);
    double control = 0.0;
    for (std::size_t i = 2; i < run.logits.size(); ++i) {
      control += (plain - difference(run.logits[i].row(0), answer)) / kControls;
    }
    out["plain"] = plain;
    out["named"] = plain - difference(run.logits[1].row(0), answer);
    out["control"] = control;
    out["says"] = lab.text_of(largest(run.logits[1].row(0)));
    return {};
  }

  static void add_areas(const std::vector<eval::Scored>& scored, Figures& figures,
                        const std::string& scores, const std::string& label, const std::string& id,
                        const Text& text) {
    stats::ClusterIds clusters;
    std::vector<std::vector<stats::LabelledScore>> layers;
    for (const eval::Scored& each : scored) {
      const Json& record = each.score.metadata;
      if (!record.is_object() || !record.contains(scores)) continue;
      const std::uint32_t cluster = clusters.of(each.cluster);
      const auto values = record[scores].get<std::vector<double>>();
      layers.resize(std::max(layers.size(), values.size()));
      for (std::size_t i = 0; i < values.size(); ++i) {
        layers[i].push_back({values[i], record[label].get<bool>(), cluster});
      }
    }
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const int layer = static_cast<int>(i);
      figures.add({id + ".L" + std::to_string(layer), at_layer(text, layer), "1", std::nullopt,
                   eval::Direction::neutral, ""},
                  stats::auroc(layers[i]));
    }
  }

  MethodInfo info_;
};

}  // namespace

void register_probe(Methods& registry) { registry.add(std::make_shared<ProbeMethod>()); }

}  // namespace assay::explain
