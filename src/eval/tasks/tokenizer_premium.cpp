// tokenizer_premium: how many tokens the same content takes in two dozen languages.
//
// A sample is a sentence in the language of the run (English or Chinese) and in another language;
// both are scored by log-likelihood only to see how many tokens each has. English runs compare with
// the languages that are not written with Chinese characters, Chinese runs with all. Cluster =
// sentence, group = language. Success: at most twice the tokens. No ability is presupposed.
#include <algorithm>
#include <cmath>

#include "eval/contrast.h"
#include "eval/items/premium_sentences.h"
#include "eval/registry.h"
#include "eval/scorers/answer_text.h"
#include "eval/scorers/token_premium.h"

namespace assay::eval {
namespace {

constexpr double kMostTokens = 2.0;  // times those of the reference
constexpr double kDocument = 500.0;  // sentences of a document of some 20 pages

TaskInfo make_info() {
  TaskInfo info;
  info.name = "tokenizer_premium";
  info.title = {"Tokens for the same content, by language", "同样内容在各语言中的词元数"};
  info.description = {
      "Twelve everyday sentences are cut into tokens in English and in 21 other languages (in "
      "Chinese runs: in Chinese and in 24 others). Premium: how many times as many tokens the "
      "other "
      "language takes. Where tokens are paid for, this is how many times as much the same content "
      "costs, how much longer it takes, and how much less of it fits into the context. Bytes per "
      "token show how well the tokenizer knows the script.",
      "把十二个日常句子分别用英语和另外 21 种语言切成词元（中文运行则用中文和另外 24 "
      "种语言）。溢价："
      "另一种语言所需词元数是多少倍。按词元计费时，这就是同样内容贵多少倍、慢多少倍，以及上下文少装"
      "多少内容。每词元字节数反映分词器对该文字的熟悉程度。"};
  info.limits = {
      "Twelve short sentences, translated by us; other subjects cost more or less, and a language "
      "may simply say things in more words. Only the tokenizer is measured, not how well the model "
      "knows the language (see language_divide). No price list is read: where tokens of all "
      "languages cost the same, the premium is the ratio of prices.",
      "只有十二个短句，由我们翻译；其他题材可能更贵或更便宜，有的语言本来就用词更多。只衡量分词器，"
      "不衡量模型对该语言的掌握（见 language_divide）。不读取价目表：若各语言词元单价相同，溢价就是"
      "价格之比。"};
  info.topics = {"systemic.divide"};
  info.citation =
      "Petrov, La Malfa, Torr & Bibi 2023, Language Model Tokenizers Introduce Unfairness Between "
      "Languages, NeurIPS, arXiv:2305.15425 (section 3, premium; own sentences); Ahia et al. 2023, "
      "Do All Languages Cost the Same?, EMNLP, arXiv:2305.13707 (price).";
  info.items = {84, 252, 252};
  info.needs.logprobs = true;
  return info;
}

std::vector<items::PremiumLanguage> others_of(Lang lang) {
  std::vector<items::PremiumLanguage> out = items::premium_languages(lang);
  out.erase(out.begin());
  std::erase_if(out, [&](const items::PremiumLanguage& one) {
    return lang == Lang::en && count_han(one.sentences.front()) > 0;
  });
  return out;
}

Sample make_sample(Lang lang, std::size_t sentence, const items::PremiumLanguage& reference,
                   const items::PremiumLanguage& other) {
  Sample sample;
  sample.lang = lang;
  sample.group = other.code;
  sample.cluster = std::string("sentence-") + std::to_string(sentence);
  sample.id = std::string(to_string(lang)) + "-" + std::to_string(sentence) + "-" + sample.group;
  sample.context = "\n";
  sample.choices = {std::string(reference.sentences.at(sentence)),
                    std::string(other.sentences.at(sentence))};
  return sample;
}

class TokenizerPremium : public Task {
 public:
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] const Solver& solver() const override { return solver_; }

  /// Sentences in a random order, each in all languages.
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    Rng rng = Rng::named(context.seed, std::string("tokenizer_premium/") + to_string(context.lang));
    std::vector<std::size_t> order(items::kPremiumSentences);
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    rng.shuffle(order);
    const auto reference = items::premium_languages(context.lang).front();
    std::vector<Sample> out;
    for (const std::size_t sentence : order) {
      if (static_cast<int>(out.size()) >= context.count) break;
      for (const items::PremiumLanguage& other : others_of(context.lang)) {
        out.push_back(make_sample(context.lang, sentence, reference, other));
      }
    }
    return out;
  }

  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    if (trace.scores.size() != 2 || sample.choices.size() != 2) {
      return Score::unassessed("not both sentences were scored");
    }
    const auto here = static_cast<double>(trace.scores[0].tokens.size());
    const auto there = static_cast<double>(trace.scores[1].tokens.size());
    if (here <= 0.0 || there <= 0.0) return Score::unassessed("the engine gives no tokens");
    const std::string ratio = short_number(there / here, 3);
    Score out = there <= kMostTokens * here ? Score::pass(ratio, "tokens against the reference")
                                            : Score::miss(ratio, "tokens against the reference");
    out.metadata = {{"tokens_reference", here},
                    {"tokens", there},
                    {"bytes", sample.choices[1].size()},
                    {"bytes_reference", sample.choices[0].size()}};
    return out;
  }

  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_ = make_info();
  ChoiceSolver solver_;
};

enum class Kind { premium, bytes_per_token, bytes_per_token_reference };

/// A ratio of sums over the sentences of one language, or of all ("").
stats::Estimate ratio_of(const std::vector<Scored>& scored, const SummaryContext& context,
                         std::string_view group, Kind kind) {
  TokenPremium out;
  for (const Scored& one : scored) {
    if (!group.empty() && one.group != group) continue;
    const Json& counts = one.score.metadata;
    const auto here = metadata_number(counts, "tokens_reference");
    const auto there = metadata_number(counts, "tokens");
    const auto bytes = metadata_number(counts, "bytes");
    const auto bytes_here = metadata_number(counts, "bytes_reference");
    const bool counted = here && there && bytes && bytes_here && *here > 0.0 && *there > 0.0;
    if (one.score.verdict == Verdict::unassessed || !counted) {
      out.add_unassessed();
    } else if (kind == Kind::premium) {
      out.add(*there, *here, one.cluster);
    } else if (kind == Kind::bytes_per_token) {
      out.add(*bytes, *there, one.cluster);
    } else {
      out.add(*bytes_here, *here, one.cluster);
    }
  }
  return out.finish(context.seed, std::string("tokenizer_premium/") + std::string(group),
                    kind == Kind::premium ? "ratio" : "bytes/token");
}

Figure figure_of(std::string id, Text label, stats::Estimate estimate, Direction direction,
                 const SummaryContext& context) {
  Figure out;
  out.id = std::move(id) + "." + to_string(context.lang);
  out.label = std::move(label);
  out.estimate = std::move(estimate);
  out.direction = direction;
  out.lang = to_string(context.lang);
  return out;
}

/// Share of the context that a document of kDocument sentences takes in this language.
void add_context_share(const std::vector<Scored>& scored, const SummaryContext& context,
                       std::string_view group, const Text& name, Summary& summary) {
  if (context.model == nullptr || context.model->context_length <= 0) return;
  const double share = kDocument / static_cast<double>(context.model->context_length);
  TokenPremium mean;  // of tokens a sentence
  for (const Scored& s : scored) {
    if (s.group != group) continue;
    const auto tokens = metadata_number(s.score.metadata, "tokens");
    if (s.score.verdict == Verdict::unassessed || !tokens) {
      mean.add_unassessed();
    } else {
      mean.add(*tokens * share, 1.0, s.cluster);
    }
  }
  Figure figure =
      figure_of(std::string("context_share.") + std::string(group),
                {std::string("Share of the context that 500 such sentences take: ") + name.en,
                 std::string("500 个这样的句子占上下文的比例：") + name.zh},
                mean.finish(context.seed, "tokenizer_premium/context", "share"),
                Direction::lower_better, context);
  figure.group = group;
  summary.figures.push_back(std::move(figure));
}

Summary TokenizerPremium::summarise(const std::vector<Scored>& scored,
                                    const SummaryContext& context) const {
  const bool en = context.lang == Lang::en;
  const Text reference = en ? Text{"English", "英语"} : Text{"Chinese", "中文"};
  Summary summary;
  const auto premium = [&](std::string_view group, const Text& name) {
    stats::Estimate estimate = ratio_of(scored, context, group, Kind::premium);
    estimate.chance = 1.0;
    Figure figure = figure_of(
        std::string("premium.") + (group.empty() ? std::string("all") : std::string(group)),
        {std::string("Tokens per token of ") + reference.en +
             " (and price, where tokens cost the same): " + name.en,
         std::string("词元数为") + reference.zh + "的倍数（单价相同时即价格之比）：" + name.zh},
        std::move(estimate), Direction::lower_better, context);
    figure.group = group;
    summary.figures.push_back(std::move(figure));
  };
  const auto others = others_of(context.lang);
  const std::string count = std::to_string(others.size());
  premium("", {std::string("mean of ") + count + " languages", count + " 种语言平均"});
  summary.figures.back().primary = true;
  const items::PremiumLanguage* dearest = nullptr;
  double most = 0.0;
  for (const items::PremiumLanguage& other : others) {
    premium(other.code, other.name);
    const stats::Estimate& estimate = summary.figures.back().estimate;
    if (estimate.known() && estimate.value > most) {
      most = estimate.value;
      dearest = &other;
    }
    summary.figures.push_back(figure_of(
        std::string("bytes_per_token.") + std::string(other.code),
        {std::string("Bytes per token: ") + other.name.en,
         std::string("每词元字节数：") + other.name.zh},
        ratio_of(scored, context, other.code, Kind::bytes_per_token), Direction::neutral, context));
    summary.figures.back().group = other.code;
  }
  summary.figures.push_back(
      figure_of("bytes_per_token.reference",
                {std::string("Bytes per token: ") + reference.en,
                 std::string("每词元字节数：") + reference.zh},
                ratio_of(scored, context, others.front().code, Kind::bytes_per_token_reference),
                Direction::neutral, context));
  if (dearest != nullptr) {
    add_context_share(scored, context, dearest->code, dearest->name, summary);
    summary.figures.front().note = {
        std::string("Dearest: ") + dearest->name.en + ", " + short_number(most) + ".",
        std::string("最贵：") + dearest->name.zh + "，" + short_number(most) + "。"};
  }
  return summary;
}

std::vector<Example> TokenizerPremium::examples() const {
  std::vector<Example> out;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const auto all = items::premium_languages(lang);
    Sample sample = make_sample(lang, 0, all[0], all[1]);
    sample.metadata = {{"example_tokens", {10U, 20U}}};
    out.push_back({sample, {}, {-20.0, -30.0}, {}, Verdict::success});
    sample.metadata = {{"example_tokens", {10U, 21U}}};
    out.push_back({sample, {}, {-20.0, -30.0}, {}, Verdict::failure});
  }
  return out;
}

}  // namespace

void register_tokenizer_premium(Registry& registry) {
  registry.add(std::make_unique<TokenizerPremium>());
}

}  // namespace assay::eval
