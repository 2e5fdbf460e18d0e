// energy: what a token costs. Short generations of a fixed length; the figures come from the ledger
// of the engine (joules over tokens), not from the answers.
//
// Where the joules were read from a counter (RAPL), the range allows 10% for the counter and for
// what it does not see; where they are modelled (seconds times an assumed power), the range is a
// factor of 3 either way. Both ranges are assumptions, not sampling error, and the figures say so.
// Continuing a count keeps a model writing until its limit without any need of quality.
#include <algorithm>
#include <cmath>
#include <set>

#include "base/random.h"
#include "eval/registry.h"

namespace assay::eval {
namespace {

constexpr int kTokens = 16;  // few: cost a token changes little after the first
constexpr double kCounterFactor = 1.1;
constexpr double kModelFactor = 3.0;

const TaskInfo& task_info() {
  static const TaskInfo info = [] {
    TaskInfo out;
    out.name = "energy";
    out.title = {"Energy per token", "每个词元的能耗"};
    out.description = {
        "Short generations of 16 tokens each (the model goes on counting). Energy and tokens come "
        "from the engine's ledger: joules per token computed, per token written, and tokens per "
        "joule. An item succeeds if the full length was written; it counts for nothing else.",
        "让模型接着数数，每次生成 16 "
        "个词元。能量与词元数取自引擎的账目：每计算一个词元、每写出一个词元"
        "所耗的焦耳，以及每焦耳的词元数。写满长度即记为成功，此外没有别的含义。"};
    out.limits = {
        "Holds for this machine, engine, weights format and batch; a server with other hardware "
        "and "
        "many users can be many times better or worse. Idle power, cooling, manufacture and "
        "training are not in it. Where no energy counter can be read, the figure is modelled.",
        "只对这台机器、这种引擎、权重格式和批量成立；硬件不同、用户众多的服务器可能好或差许多倍。不"
        "含空闲"
        "功耗、散热、制造与训练。读不到能量计数器时，数值为模型估算。"};
    out.topics = {"systemic.environment"};
    out.citation =
        "Counter: Khan, Hirki, Niemi, Nurminen & Ou 2018, RAPL in Action, ACM TOMPECS 3(2):9";
    out.items = {16, 40, 200};
    out.needs.generate = true;
    return out;
  }();
  return info;
}

class Energy : public Task {
 public:
  [[nodiscard]] const TaskInfo& info() const override { return task_info(); }
  [[nodiscard]] const Solver& solver() const override { return solver_; }
  [[nodiscard]] bool scores_truncated() const override { return true; }

  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    Rng rng = Rng::named(context.seed, std::string("energy/") + to_string(context.lang));
    std::set<std::int64_t> used;
    std::vector<Sample> out;
    const auto count = static_cast<std::size_t>(std::clamp(context.count, 0, 2000));
    while (out.size() < count) {
      const std::int64_t from = rng.between(10, 9000);
      if (!used.insert(from).second) continue;
      Sample sample;
      sample.lang = context.lang;
      sample.id = std::string(to_string(context.lang)) + "-" + std::to_string(from);
      sample.cluster = sample.id;
      sample.messages = {{"user", question(context.lang, from)}};
      sample.max_tokens = kTokens;
      out.push_back(std::move(sample));
    }
    return out;
  }

  [[nodiscard]] Score score(const Sample& /*sample*/, const Trace& trace) const override {
    if (trace.generations.empty()) return Score::unassessed("no generation");
    const model::GenerateResult& last = trace.generations.back();
    const std::string answer(trace.answer());
    switch (last.finish) {
      case model::FinishReason::length: return Score::pass(answer, "wrote the full length");
      case model::FinishReason::cancelled: return Score::unassessed("cancelled", answer);
      case model::FinishReason::stop: break;
    }
    if (answer.empty()) return Score::unassessed("wrote nothing");
    return Score::miss(answer, "ended before the full length");
  }

  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  static std::string question(Lang lang, std::int64_t from) {
    const std::string a = std::to_string(from);
    const std::string b = std::to_string(from + 1);
    const std::string c = std::to_string(from + 2);
    return lang == Lang::en
               ? "Count upwards from " + a + " to " + std::to_string(from + 100) +
                     ", with commas in between, like this: " + a + ", " + b + ", " + c + "."
               : "请从 " + a + " 开始往上数到 " + std::to_string(from + 100) +
                     "，中间用逗号隔开，例如：" + a + "，" + b + "，" + c + "。";
  }
  GenerateSolver solver_;
};

/// joules / tokens (or its inverse) with the assumed range.
stats::Estimate ratio(double numerator, double denominator, const std::string& unit,
                      const std::vector<Scored>& scored, bool modelled) {
  const double factor = modelled ? kModelFactor : kCounterFactor;
  stats::Estimate out;
  out.value = numerator / denominator;
  out.interval = {out.value / factor, out.value * factor};
  out.unit = unit;
  out.n = static_cast<std::int64_t>(scored.size());
  out.clusters = out.n;
  out.modelled = modelled;
  out.method = modelled ? "energy-model" : "energy-counter";
  out.assumptions = {modelled ? "energy is modelled, not read: the range is an assumed factor of 3 "
                                "either way, not sampling error"
                              : "the range is an assumed 10% for the counter, not sampling error"};
  return out;
}

Summary Energy::summarise(const std::vector<Scored>& scored, const SummaryContext& context) const {
  Summary summary;
  const model::Ledger& ledger = context.ledger;
  const auto computed = static_cast<double>(ledger.computed_tokens);
  const auto written = static_cast<double>(ledger.completion_tokens);
  if (!(ledger.joules > 0.0) || computed <= 0.0 || written <= 0.0) {
    summary.status = Status::not_measured;
    summary.reason = {"The engine reported no energy or no tokens for this task.",
                      "引擎没有报告本任务的能量或词元数。"};
    return summary;
  }
  const bool modelled = ledger.joules_modelled;
  const auto add = [&](const char* id, Text label, stats::Estimate estimate, Direction direction) {
    Figure figure;
    figure.id = std::string(id) + "." + to_string(context.lang);
    figure.label = std::move(label);
    figure.estimate = std::move(estimate);
    figure.direction = direction;
    figure.lang = to_string(context.lang);
    figure.primary = summary.figures.empty();
    if (modelled) {
      figure.note = {"Modelled from time and an assumed power, not read from a counter.",
                     "由时间和假定功率估算，并非计数器读数。"};
    }
    summary.figures.push_back(std::move(figure));
  };
  add("joules_per_output_token", {"Energy per token written", "每写出一个词元的能耗"},
      ratio(ledger.joules, written, "J/token", scored, modelled), Direction::lower_better);
  add("joules_per_token", {"Energy per token computed", "每计算一个词元的能耗"},
      ratio(ledger.joules, computed, "J/token", scored, modelled), Direction::lower_better);
  add("tokens_per_joule", {"Tokens computed per joule", "每焦耳计算的词元数"},
      ratio(computed, ledger.joules, "tokens/J", scored, modelled), Direction::higher_better);
  return summary;
}

std::vector<Example> Energy::examples() const {
  std::vector<Example> out;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::vector<Sample> made = *samples({1, lang, 3});
    const std::string comma = lang == Lang::en ? ", " : "，";
    out.push_back({made[0],
                   {"12" + comma + "13" + comma + "14"},
                   {},
                   model::FinishReason::length,
                   Verdict::success});
    out.push_back(
        {made[1], {"12" + comma + "13"}, {}, model::FinishReason::stop, Verdict::failure});
    out.push_back({made[2], {""}, {}, model::FinishReason::stop, Verdict::unassessed});
  }
  return out;
}

}  // namespace

void register_energy(Registry& registry) { registry.add(std::make_unique<Energy>()); }

}  // namespace assay::eval
