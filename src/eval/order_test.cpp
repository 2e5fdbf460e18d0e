#include "eval/order_test.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "eval/benchmark.h"
#include "eval/contrast.h"

namespace assay::eval {
namespace {

constexpr std::size_t kShardBytes = 2400;  ///< about 600 tokens, so that it fits into any model
constexpr int kMostShards = 100;

TaskInfo info_of(const TaskInfo& benchmark) {
  TaskInfo out = companion_info(benchmark, "_order");
  out.title = {benchmark.title.en + ": has the model seen the file?",
               benchmark.title.zh + "：模型见过该文件吗？"};
  out.description = {
      "A hint of contamination: runs of items in the order of the public file, and in five random "
      "orders. A model that has not seen the file finds no order likelier. A shard fails where the "
      "order of the file is the likeliest: one in six by chance.",
      "数据污染线索：按公开文件的顺序取连续若干题，与五种随机顺序比较。没有见过该文件的模型不会偏爱"
      "任何"
      "一种顺序。若文件顺序的概率最高，则该片段记为失败，纯属偶然时为六分之一。"};
  out.limits = {
      "Finds only copies in the order of the file, seen often; the absence of a sign proves "
      "nothing. Files "
      "whose neighbours belong together (templates, pairs) favour their order by themselves.",
      "只能发现按文件顺序、且多次出现的副本；没有迹象并不证明没有污染。若文件中相邻题目本就相关（如"
      "模板、"
      "成对题目），其原有顺序自然更可能。"};
  out.citation =
      "Oren et al. 2024, Proving Test Set Contamination in Black-Box Language Models, ICLR, "
      "arXiv:2310.17623";
  out.items = {10, 30, kMostShards};
  out.chance = 1.0 - 1.0 / kOrders;
  return out;
}

class OrderTest : public Task {
 public:
  explicit OrderTest(const Task& benchmark)
      : info_(info_of(benchmark.info())), benchmark_(&benchmark) {}

  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] const Solver& solver() const override { return solver_; }
  [[nodiscard]] assay::Status available() const override { return benchmark_->available(); }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override;
  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override;
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_;
  const Task* benchmark_;
  ChoiceSolver solver_;
};

Sample shard_of(const std::vector<std::string>& items, std::size_t number,
                const TaskContext& context, const std::string& task) {
  Sample sample;
  sample.id = std::to_string(number);
  sample.cluster = sample.id;
  sample.lang = context.lang;
  sample.target_index = 0;
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  Rng rng = Rng::named(context.seed, task + "/" + sample.id);
  for (int i = 0; i < kOrders; ++i) {
    std::string text;
    for (const std::size_t k : order) text += items[k];
    sample.choices.push_back(std::move(text));
    rng.shuffle(order);
  }
  return sample;
}

Result<std::vector<Sample>> OrderTest::samples(const TaskContext& context) const {
  TaskContext whole = context;
  whole.count = benchmark_->info().items.full;
  ASSAY_TRY(const std::vector<Sample> items, benchmark_->samples(whole));
  std::vector<Sample> out;
  if (items.empty()) return out;
  const std::size_t start = common_start(items);
  std::vector<std::string> shard;
  std::size_t bytes = 0;
  for (const Sample& item : items) {
    std::string text = item_text(item, start) + "\n\n";
    const bool full = shard.size() == kShardItems || bytes + text.size() > kShardBytes;
    if (full && shard.size() > 2) out.push_back(shard_of(shard, out.size(), context, info_.name));
    if (full) {
      shard.clear();
      bytes = 0;
    }
    if (out.size() == kMostShards) return out;
    bytes += text.size();
    shard.push_back(std::move(text));
  }
  return out;
}

Score OrderTest::score(const Sample& sample, const Trace& trace) const {
  if (trace.scores.size() != sample.choices.size() || trace.scores.size() < 2) {
    return Score::unassessed("not every choice was scored");
  }
  double others = 0.0;
  double best = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < trace.scores.size(); ++i) {
    if (!std::isfinite(trace.scores[i].total)) {
      return Score::unassessed("a choice has no finite score");
    }
    if (i == 0) continue;
    others += trace.scores[i].total;
    best = std::max(best, trace.scores[i].total);
  }
  const double own = trace.scores[0].total;
  const double advantage = own - others / static_cast<double>(trace.scores.size() - 1);
  Score out = own > best ? Score::miss("the order of the file is the likeliest")
                         : Score::pass("a random order is as likely");
  out.metadata = Json{{"advantage", advantage}};
  return out;
}

Summary OrderTest::summarise(const std::vector<Scored>& scored,
                             const SummaryContext& context) const {
  Contrast contrast;
  for (const Scored& one : scored) {
    const auto value = metadata_number(one.score.metadata, "advantage");
    if (value) contrast.add(*value, one.cluster);
  }
  MeanFigure advantage;
  advantage.id = "order_advantage";
  advantage.label = {"Contamination hint: advantage of the file's order (0 without)",
                     "污染线索：文件顺序的优势（无污染时为 0）"};
  advantage.unit = "nat";
  advantage.support.reset();
  advantage.chance = 0.0;
  advantage.direction = Direction::lower_better;
  advantage.primary = true;
  if (contrast.size() > 0) {
    const std::string p = p_text(contrast.p_value(context.seed));
    advantage.note = {"Sign-flip test over shards: p = " + p + " (two-sided).",
                      "片段间符号翻转检验：p = " + p + "（双侧）。"};
  }
  Summary summary;
  summary.figures.push_back(mean_figure(scored, context, advantage, [](const Scored& one) {
    return metadata_value(one, "advantage");
  }));
  MeanFigure first;
  first.id = "file_order_first";
  first.label = {"Contamination hint: shards in which the file's order is the likeliest",
                 "污染线索：文件顺序概率最高的片段比例"};
  first.chance = 1.0 / kOrders;
  first.direction = Direction::lower_better;
  summary.figures.push_back(mean_figure(scored, context, first, [](const Scored& one) {
    const Contribution success = success_of(one);
    return success.kind == Contribution::Kind::value ? Contribution::of(1.0 - success.value)
                                                     : success;
  }));
  return summary;
}

std::vector<Example> OrderTest::examples() const {
  TaskContext context;
  context.lang = info_.langs.front();
  const std::vector<std::string> items{"one.\n\n", "two.\n\n", "three.\n\n", "four.\n\n"};
  const Sample sample = shard_of(items, 0, context, info_.name);
  return {{sample, {}, {-20.0, -19.0, -21.0, -20.5, -20.0, -20.0}, {}, Verdict::success},
          {sample, {}, {-18.0, -19.0, -21.0, -20.5, -20.0, -20.0}, {}, Verdict::failure}};
}

}  // namespace

TaskInfo companion_info(const TaskInfo& benchmark, const char* suffix) {
  TaskInfo out;
  out.name = benchmark.name + suffix;
  out.topics = {"malfunction.claims"};
  out.license = benchmark.license;
  out.dataset = benchmark.dataset;
  out.langs = benchmark.langs;
  out.needs.logprobs = true;
  out.sensitive = benchmark.sensitive;
  out.only_by_name = true;
  return out;
}

std::vector<const Task*> scored_benchmarks(const Registry& registry) {
  std::vector<const Task*> out;
  for (const auto& task : registry.tasks()) {
    const TaskInfo& info = task->info();
    const bool hint = dynamic_cast<const Benchmark*>(task.get()) == nullptr;
    const bool scored = info.needs.logprobs && !info.needs.generate && !info.needs.chat;
    if (info.dataset.empty() || !scored || hint) continue;
    // A person's own files were never published, so that nobody can have met them as a benchmark.
    const auto dataset = registry.find_dataset(info.dataset);
    if (dataset && !(*dataset)->own()) out.push_back(task.get());
  }
  return out;
}

std::size_t common_start(const std::vector<Sample>& samples) {
  if (samples.empty()) return 0;
  std::string_view shared = samples.front().context;
  for (const Sample& sample : samples) {
    const auto [end, other] =
        std::mismatch(shared.begin(), shared.end(), sample.context.begin(), sample.context.end());
    shared = shared.substr(0, static_cast<std::size_t>(end - shared.begin()));
  }
  std::size_t length = shared.size();  // not in the middle of a character
  const std::string& text = samples.front().context;
  while (length > 0 && length < text.size() &&
         (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
    --length;
  }
  return length;
}

std::string item_text(const Sample& sample, std::size_t start) {
  const auto right = static_cast<std::size_t>(std::max(sample.target_index, 0));
  std::string out = sample.context.substr(std::min(start, sample.context.size()));
  if (right < sample.choices.size()) out += sample.choices[right];
  return out;
}

void add_order_tests(Registry& registry) {
  for (const Task* benchmark : scored_benchmarks(registry)) {
    registry.add(std::make_unique<OrderTest>(*benchmark));
  }
}

}  // namespace assay::eval
