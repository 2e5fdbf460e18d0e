// language_divide: what the same content costs in another language than English.
//
// Two costs of a sentence and its English twin, both from the log-likelihood of the sentence:
//   tokens  how many pieces the tokenizer makes of it: they are what is paid for, what fills the
//           context and what takes time. Premium = tokens there / tokens in English (Petrov et al.
//           2023, arXiv:2305.15425, section 3).
//   bits    how surprising the model finds the whole sentence. It does not depend on how the
//           tokenizer cuts, so it compares models' command of languages.
// In English runs the others are eleven languages; in Chinese runs, Chinese. No command of a
// language is presupposed: a model that lacks it shows just that.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "base/random.h"
#include "eval/contrast.h"
#include "eval/items/divide_items.h"
#include "eval/registry.h"
#include "eval/scorers/token_premium.h"

namespace assay::eval {
namespace {

constexpr double kMostBits = 2.0;  // times those of the English sentence

const TaskInfo& task_info() {
  static const TaskInfo info = [] {
    TaskInfo out;
    out.name = "language_divide";
    out.title = {"Cost of other languages", "其他语言的成本"};
    out.description = {
        "The same short sentence in English and in another language is scored by log-likelihood. "
        "Token premium: how many times as many tokens the other language needs. Bits: how much "
        "more "
        "surprising the model finds the sentence there. An item succeeds if it takes at most twice "
        "the bits of its English twin. English runs compare eleven languages, Chinese runs "
        "Chinese.",
        "同一个短句分别用英语和另一种语言表达，用对数似然打分。词元溢价：另一种语言所需词元数是英语"
        "的多少"
        "倍；比特数：模型对该句感到多“意外”。若所需比特数不超过英语句的两倍，该题记为成功。英语运行"
        "比较十"
        "一种语言，中文运行比较中文。"};
    out.limits = {
        "Short everyday sentences of our own, with translations by us; other subjects can cost "
        "more "
        "or less. More bits can lie in the language as well as in the model. Quality of answers in "
        "these languages is not measured here.",
        "均为我们自编自译的日常短句，其他题材的成本可能更高或更低。比特数偏多，原因可能在模型，也可"
        "能在语"
        "言本身。本项不衡量用这些语言作答的质量。"};
    out.topics = {"systemic.divide", "capability.language"};
    out.citation =
        "Token premium: Petrov, La Malfa, Torr & Bibi 2023, arXiv:2305.15425 (section 3)";
    out.items = {66, 132, 220};
    out.version = 2;
    out.needs.logprobs = true;
    return out;
  }();
  return info;
}

Sample base_sample(Lang lang, std::string id, std::string cluster, std::string group) {
  Sample sample;
  sample.lang = lang;
  sample.id = std::string(to_string(lang)) + "-" + std::move(id);
  sample.cluster = std::move(cluster);
  sample.group = std::move(group);
  sample.context = "\n";
  return sample;
}

/// Sentences in a random order, each in all eleven languages.
std::vector<Sample> english_samples(std::size_t count, Rng& rng) {
  const auto& sentences = items::divide_sentences();
  std::vector<std::size_t> order(sentences.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  rng.shuffle(order);
  std::vector<Sample> out;
  for (const std::size_t s : order) {
    for (std::size_t l = 0; l < items::divide_languages().size(); ++l) {
      if (out.size() == count) return out;
      const std::string code(items::divide_languages()[l].code);
      const std::string sentence = std::to_string(s);
      Sample sample = base_sample(Lang::en, sentence + "-" + code, "sentence-" + sentence, code);
      sample.choices = {std::string(sentences[s].english), std::string(sentences[s].others[l])};
      out.push_back(std::move(sample));
    }
  }
  return out;
}

/// Actions in turn, each with its own random order of persons and times.
std::vector<Sample> chinese_samples(std::size_t count, Rng& rng) {
  const auto& persons = items::divide_persons();
  const auto& actions = items::divide_actions();
  const auto& times = items::divide_times();
  std::vector<std::vector<std::size_t>> pairs(actions.size());
  for (auto& pair : pairs) {
    pair.resize(persons.size() * times.size());
    std::iota(pair.begin(), pair.end(), std::size_t{0});
    rng.shuffle(pair);
  }
  std::vector<Sample> out;
  for (std::size_t i = 0; i < std::min(count, actions.size() * pairs[0].size()); ++i) {
    const std::size_t a = i % actions.size();
    const std::size_t pair = pairs[a][i / actions.size()];
    const items::DividePart& person = persons[pair % persons.size()];
    const items::DividePart& time = times[pair / persons.size()];
    Sample sample = base_sample(Lang::zh, std::to_string(a) + "-" + std::to_string(pair),
                                "action-" + std::to_string(a), "zh");
    sample.choices = {std::string(person.english) + " " + std::string(actions[a].english) + " " +
                          std::string(time.english) + ".",
                      std::string(person.chinese) + std::string(time.chinese) +
                          std::string(actions[a].chinese) + "。"};
    out.push_back(std::move(sample));
  }
  return out;
}

class LanguageDivide : public Task {
 public:
  [[nodiscard]] const TaskInfo& info() const override { return task_info(); }
  [[nodiscard]] const Solver& solver() const override { return solver_; }

  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    Rng rng = Rng::named(context.seed, std::string("language_divide/") + to_string(context.lang));
    const auto count = static_cast<std::size_t>(std::max(context.count, 0));
    return context.lang == Lang::en ? english_samples(count, rng) : chinese_samples(count, rng);
  }

  [[nodiscard]] Score score(const Sample& /*sample*/, const Trace& trace) const override {
    if (trace.scores.size() != 2) return Score::unassessed("no log-probabilities");
    const double english = -trace.scores[0].total / std::numbers::ln2;
    const double other = -trace.scores[1].total / std::numbers::ln2;
    if (!std::isfinite(english) || !std::isfinite(other) || english <= 0.0) {
      return Score::unassessed("log-probability is not finite");
    }
    const std::string ratio = short_number(other / english, 3);
    Score out = other <= kMostBits * english ? Score::pass(ratio, "bits against English")
                                             : Score::miss(ratio, "bits against English");
    out.metadata = {{"bits_english", english},
                    {"bits", other},
                    {"tokens_english", trace.scores[0].tokens.size()},
                    {"tokens", trace.scores[1].tokens.size()}};
    return out;
  }

  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  ChoiceSolver solver_;
};

/// Costs of one language.
struct Costs {
  TokenPremium tokens;
  Contrast bits;  ///< there - in English
  std::int64_t unassessed = 0;
  std::int64_t n = 0;
};

Costs costs_of(const std::vector<Scored>& scored, std::string_view group) {
  Costs out;
  for (const Scored& one : scored) {
    if (!group.empty() && one.group != group) continue;
    const Json& costs = one.score.metadata;
    const auto english = metadata_number(costs, "tokens_english");
    const auto there = metadata_number(costs, "tokens");
    const auto bits_english = metadata_number(costs, "bits_english");
    const auto bits = metadata_number(costs, "bits");
    if (one.score.verdict == Verdict::unassessed || !english || *english <= 0.0 || !there ||
        !bits_english || !bits) {
      ++out.unassessed;
      out.bits.add_unassessed();
      out.tokens.add_unassessed();
      continue;
    }
    out.tokens.add(*there, *english, one.cluster);
    out.bits.add(*bits - *bits_english, one.cluster);
    ++out.n;
  }
  return out;
}

void add_language(const Costs& costs, const std::string& key, const Text& name, bool primary,
                  const SummaryContext& context, Summary& summary) {
  Figure tokens;
  tokens.id = "token_premium." + key + "." + to_string(context.lang);
  tokens.label = {"Tokens per token of English (1 = equal): " + name.en,
                  "词元溢价（英语为 1）：" + name.zh};
  tokens.estimate = costs.tokens.finish(context.seed, "language_divide/premium");
  tokens.estimate.chance = 1.0;
  tokens.direction = Direction::lower_better;
  tokens.lang = to_string(context.lang);
  tokens.group = key == "all" ? "" : key;
  tokens.primary = primary;
  summary.figures.push_back(tokens);

  Figure bits = tokens;
  bits.id = "bits_gap." + key + "." + to_string(context.lang);
  bits.label = {"More bits per sentence than English: " + name.en,
                "每句比英语多用的比特数：" + name.zh};
  stats::ClusterOptions options;
  options.seed = context.seed;
  options.unit = "bit";
  bits.estimate = costs.bits.finish(options);
  bits.estimate.chance = 0.0;
  bits.primary = false;
  summary.figures.push_back(std::move(bits));
}

Summary LanguageDivide::summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const {
  Summary summary;
  if (context.lang == Lang::zh) {
    add_language(costs_of(scored, ""), "all", {"Chinese", "中文"}, true, context, summary);
    return summary;
  }
  add_language(costs_of(scored, ""), "all", {"mean of eleven languages", "十一种语言平均"}, true,
               context, summary);
  for (const items::DivideLanguage& language : items::divide_languages()) {
    const Costs costs = costs_of(scored, language.code);
    if (costs.n + costs.unassessed == 0) continue;
    add_language(costs, std::string(language.code), language.name, false, context, summary);
  }
  return summary;
}

std::vector<Example> LanguageDivide::examples() const {
  std::vector<Example> out;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::vector<Sample> made = *samples({1, lang, 2});
    out.push_back({made[0], {}, {-20.0, -30.0}, {}, Verdict::success});
    out.push_back({made[1], {}, {-20.0, -90.0}, {}, Verdict::failure});
  }
  return out;
}

}  // namespace

void register_language_divide(Registry& registry) {
  registry.add(std::make_unique<LanguageDivide>());
}

}  // namespace assay::eval
