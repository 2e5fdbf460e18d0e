#include "eval/min_k.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "base/random.h"
#include "eval/benchmark.h"
#include "eval/contrast.h"
#include "eval/items/injection_documents.h"
#include "eval/order_test.h"

namespace assay::eval {
namespace {

double lowest_mean(std::vector<double> values) {
  const auto wanted = static_cast<std::size_t>(
      std::max(1.0, std::floor(kMinKShare * static_cast<double>(values.size()))));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(wanted - 1),
                   values.end());
  const auto end = values.begin() + static_cast<std::ptrdiff_t>(wanted);
  return std::accumulate(values.begin(), end, 0.0) / static_cast<double>(wanted);
}

bool all_finite(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); });
}

TaskInfo info_of(const TaskInfo& benchmark) {
  TaskInfo out = companion_info(benchmark, "_mink");
  out.title = {benchmark.title.en + ": how familiar are the items?",
               benchmark.title.zh + "：题目有多熟悉？"};
  out.description = {
      "A hint of contamination: the mean log-probability of the 20% least likely tokens of an item "
      "(Min-K%). Each item is compared with three documents that are written anew for this run. An "
      "item fails where it is more familiar than all three: one in four if there is no difference.",
      "数据污染线索：题目中概率最低的 20% "
      "词元的平均对数概率（Min-K%）。每道题与三篇为本次运行新写的"
      "文档比较。若题目比三篇都更熟悉，则记为失败；没有差别时为四分之一。"};
  out.limits = {
      "Form and subject of the items differ from those of the documents, so a difference does not "
      "show contamination by itself, and its absence does not show that there is none. Compare "
      "models: one that finds a set far more familiar than its peers do has probably seen it. On "
      "short texts the method is weak.",
      "题目与文档的形式和主题不同，因此有差别并不能单独证明污染，没有差别也不能证明没有污染。应在模"
      "型"
      "之间比较：某模型对该数据集的熟悉程度远高于同类模型，则很可能见过它。该方法对短文本效力较弱"
      "。"};
  out.citation =
      "Shi et al. 2024, Detecting Pretraining Data from Large Language Models, ICLR, "
      "arXiv:2310.16789; Zhang et al. 2025, Min-K%++, ICLR, arXiv:2404.02936";
  out.items = {60, 200, 500};
  out.chance = static_cast<double>(kFreshTexts) / (kFreshTexts + 1);
  return out;
}

/// Log-likelihood of each text from its beginning.
class FamiliaritySolver : public Solver {
 public:
  [[nodiscard]] std::string name() const override { return "familiarity"; }
  [[nodiscard]] Step next(const Sample& sample, Trace& trace) const override {
    Step step;
    if (!trace.scores.empty()) return step;
    for (const std::string& text : sample.choices) {
      auto& request = step.choices.emplace_back();
      request.continuation = text;
      request.moments = true;
    }
    return step;
  }
};

std::string fresh_text(Lang lang, Rng& rng) {
  const FilledDocument document = fill_document(rng.index(document_count()), lang, rng);
  std::string out;
  for (const std::string& sentence : document.sentences) {
    out += (out.empty() || lang == Lang::zh ? "" : " ") + sentence;
  }
  return out;
}

Sample sample_of(const Sample& item, std::size_t start, const TaskContext& context,
                 const std::string& task) {
  Sample sample;
  sample.id = item.id;
  sample.cluster = item.cluster;
  sample.lang = context.lang;
  sample.target_index = 0;
  sample.choices.push_back(item_text(item, start));
  Rng rng = Rng::named(context.seed, task + "/" + item.id);
  for (int i = 0; i < kFreshTexts; ++i) sample.choices.push_back(fresh_text(context.lang, rng));
  return sample;
}

/// Share of the others that are below the first; half for a tie.
double share_below(const std::vector<double>& values) {
  double below = 0.0;
  for (std::size_t i = 1; i < values.size(); ++i) {
    below += values[i] < values[0] ? 1.0 : values[i] > values[0] ? 0.0 : 0.5;
  }
  return below / static_cast<double>(values.size() - 1);
}

double mean_of_others(const std::vector<double>& values) {
  return std::accumulate(values.begin() + 1, values.end(), 0.0) /
         static_cast<double>(values.size() - 1);
}

class MinK : public Task {
 public:
  explicit MinK(const Task& benchmark) : info_(info_of(benchmark.info())), benchmark_(&benchmark) {}

  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] const Solver& solver() const override { return solver_; }
  [[nodiscard]] assay::Status available() const override { return benchmark_->available(); }

  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    TaskContext whole = context;
    whole.count = benchmark_->info().items.full;
    ASSAY_TRY(std::vector<Sample> items, benchmark_->samples(whole));
    const std::size_t start = common_start(items);
    Rng rng = Rng::named(context.seed, info_.name + "/drawn");
    rng.shuffle(items);
    std::vector<Sample> out;
    for (const Sample& item : items) {
      if (static_cast<int>(out.size()) >= info_.items.full) break;
      Sample sample = sample_of(item, start, context, info_.name);
      if (!sample.choices.front().empty()) out.push_back(std::move(sample));
    }
    return out;
  }

  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override;
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;

  [[nodiscard]] std::vector<Example> examples() const override {
    Sample item;
    item.id = "example";
    item.cluster = item.id;
    item.context = "Which animal lays eggs?";
    TaskContext context;
    context.lang = info_.langs.front();
    const Sample sample = sample_of(item, 0, context, info_.name);
    return {{sample, {}, {-9.0, -8.0, -10.0, -11.0}, {}, Verdict::success},
            {sample, {}, {-7.0, -8.0, -10.0, -11.0}, {}, Verdict::failure}};
  }

 private:
  TaskInfo info_;
  const Task* benchmark_;
  FamiliaritySolver solver_;
};

/// Of every text, or nothing where one has none.
std::optional<std::vector<double>> of_all(
    const Trace& trace, std::optional<double> (*measure)(const model::LoglikelihoodResult&)) {
  std::vector<double> out;
  for (const auto& result : trace.scores) {
    const auto value = measure(result);
    if (!value) return std::nullopt;
    out.push_back(*value);
  }
  return out;
}

Score MinK::score(const Sample& sample, const Trace& trace) const {
  if (trace.scores.size() != sample.choices.size() || trace.scores.size() < 2) {
    return Score::unassessed("not every text was scored");
  }
  const auto found = of_all(trace, min_k);
  if (!found) return Score::unassessed("a text has no finite score");
  const std::vector<double>& values = *found;
  const double share = share_below(values);
  Score out = share < 1.0 ? Score::pass("a new document is as familiar")
                          : Score::miss("the item is more familiar than new documents");
  out.metadata = Json{{"share", share}, {"item", values.front()}, {"new", mean_of_others(values)}};
  if (const auto plus = of_all(trace, min_k_plus)) {
    out.metadata["share_plus"] = share_below(*plus);
    out.metadata["item_plus"] = plus->front();
    out.metadata["new_plus"] = mean_of_others(*plus);
  }
  return out;
}

Summary MinK::summarise(const std::vector<Scored>& scored, const SummaryContext& context) const {
  Summary summary;
  MeanFigure what;
  const auto add = [&](const char* id, const Text& label, const char* key) {
    what.id = id;
    what.label = label;
    summary.figures.push_back(mean_figure(
        scored, context, what, [&](const Scored& one) { return metadata_value(one, key); }));
  };
  what.chance = 0.5;
  what.primary = true;
  what.note = {"Not a test: form and subject differ too. Compare with other models.",
               "并非检验：形式和主题也不同。请与其他模型比较。"};
  add("familiarity",
      {"Contamination hint: items more familiar than new documents (Min-K%, 0.5: no difference)",
       "污染线索：题目比新写文档更熟悉的比例（Min-K%，0.5 为无差别）"},
      "share");
  what.primary = false;
  const bool plus = std::any_of(scored.begin(), scored.end(), [](const Scored& one) {
    return one.score.metadata.contains("item_plus");
  });
  if (plus) {
    add("familiarity_plus",
        {"The same by Min-K%++ (0.5: no difference)", "同上，按 Min-K%++（0.5 为无差别）"},
        "share_plus");
  }
  what.note = {};
  what.chance.reset();
  what.support.reset();
  what.unit = "nat";
  add("min_k.items", {"Min-K% of the items", "题目的 Min-K%"}, "item");
  add("min_k.new", {"Min-K% of the new documents", "新写文档的 Min-K%"}, "new");
  if (plus) {
    what.unit = "";
    add("min_k_plus.items", {"Min-K%++ of the items", "题目的 Min-K%++"}, "item_plus");
    add("min_k_plus.new", {"Min-K%++ of the new documents", "新写文档的 Min-K%++"}, "new_plus");
  }
  return summary;
}

}  // namespace

std::optional<double> min_k(const model::LoglikelihoodResult& result) {
  const std::vector<double>& logprobs = result.token_logprobs;
  if (logprobs.empty() || !all_finite(logprobs)) return std::nullopt;
  return lowest_mean(logprobs);
}

std::optional<double> min_k_plus(const model::LoglikelihoodResult& result) {
  std::vector<double> scores = result.token_logprobs;
  const auto& [means, sds] = std::tie(result.token_means, result.token_sds);
  if (scores.empty() || means.size() != scores.size() || sds.size() != scores.size()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < scores.size(); ++i) {
    scores[i] = sds[i] > 0.0 ? (scores[i] - means[i]) / sds[i] : 0.0;
  }
  if (!all_finite(scores)) return std::nullopt;
  return lowest_mean(scores);
}

void add_min_k_tasks(Registry& registry) {
  for (const Task* benchmark : scored_benchmarks(registry)) {
    registry.add(std::make_unique<MinK>(*benchmark));
  }
}

}  // namespace assay::eval
