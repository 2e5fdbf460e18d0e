// product_claims: what a product page says of the model, sentence by sentence, against what was
// measured of it in the same run.
//
// Data: a folder with the page as .txt or .md, given as --data product-page=DIR. A sample is a
// sentence; the model is asked nothing. Success: a claim that something here bears on; failure: a
// claim that nothing here measures; unassessed: no claim that could be tested. The verdicts on the
// claims are made in the summary (product/verdict.h), from the outcomes of the tasks that ran
// before.
#include <algorithm>
#include <map>

#include "eval/benchmark.h"
#include "eval/data/text_folder.h"
#include "eval/product/verdict.h"
#include "eval/scorers/rate_figure.h"
#include "eval/verbatim/letters.h"

namespace assay::eval {

void register_product_claims(Registry& registry);

namespace {

namespace fs = std::filesystem;
using product::Claim;
using product::Standing;

constexpr std::size_t kMostSentences = 400;
constexpr std::size_t kMostShown = 80;  ///< claims with a figure of their own

data::Dataset page_dataset() {
  data::Dataset out;
  out.name = "product-page";
  out.title = "Your product page";
  out.license = "as you hold it";
  out.note = "a folder with the page as .txt or .md, in UTF-8";
  return out;
}

TaskInfo task_info() {
  TaskInfo out;
  out.name = "product_claims";
  out.dataset = "product-page";
  out.title = {"What the product page says of the model", "产品页对模型的说法"};
  out.description = {
      "A product page is read sentence by sentence. Rules find the claims that can be tested "
      "(context length, size, licence, rates, what it never does) and the measurement of this run "
      "that bears on each. A claim of a number is contradicted where the whole interval is below "
      "it, "
      "an absolute claim by counter-examples, any other where the model fails more often than not.",
      "逐句阅读产品页。用规则找出可以检验的说法（上下文长度、参数量、许可证、比率、绝不会做什么），"
      "以及本次运行中与之相关的测量。带数字的说法，若整个区间都低于它即为不符；绝对化的说法，有反例"
      "即为不符；其余说法，若模型多数时候做不到即为不符。"};
  out.limits = {
      "Rules read the page, so a claim in unusual words is overlooked, and one can be taken for "
      "another: read the sentences. The tests here stand for the behaviour that a sentence speaks "
      "of; a product adds filters and tools that are not tested. No number of tests bears out a "
      "\"never\". Context length, size and licence are taken from the model's file. Only tasks of "
      "the same run count: name them with --tasks.",
      "页面由规则读取：措辞特别的说法会被漏掉，也可能张冠李戴，请对照原句。这里的测试只是所说行为的"
      "代表；产品另有过滤和工具，并未测试。再多的测试也不能证实“绝不”。上下文长度、参数量和许可证取"
      "自"
      "模型文件。只计同一次运行中的任务，请用 --tasks 指定。"};
  out.topics = {"malfunction.claims"};
  out.citation =
      "Own rules. What a claim in advertising must be able to show: U.S. Federal Trade Commission "
      "1984, Policy Statement Regarding Advertising Substantiation, 104 F.T.C. 839.";
  out.items = {static_cast<int>(kMostSentences), static_cast<int>(kMostSentences),
               static_cast<int>(kMostSentences)};
  out.version = 2;
  out.run_first = -20;  // after all that it compares with
  return out;
}

/// Asks nothing: a sentence is read, not answered.
class ReadingSolver : public Solver {
 public:
  [[nodiscard]] std::string name() const override { return "reading"; }
  [[nodiscard]] Step next(const Sample& /*sample*/, Trace& /*trace*/) const override { return {}; }
};

Sample sample_of(const std::string& sentence, std::size_t number, const std::string& file) {
  Sample sample;
  sample.lang = script_of(letters_of(sentence));
  std::string digits = std::to_string(number);
  digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
  sample.id = std::string("sentence-") + digits;
  sample.cluster = sample.id;
  const std::vector<Claim> claims = product::read_claims(sentence);
  sample.group = claims.empty() ? "no claim" : product::to_string(claims.front().kind);
  sample.messages = {{"user", sentence}};
  sample.metadata = {{"file", file}, {"sentence", sentence}, {"claims", Json::array()}};
  for (const Claim& claim : claims) sample.metadata["claims"].push_back(product::to_json(claim));
  return sample;
}

std::vector<Claim> claims_of(const Json& metadata) {
  std::vector<Claim> out;
  if (!metadata.is_object() || !metadata.contains("claims")) return out;
  for (const Json& one : metadata["claims"]) {
    if (const auto claim = product::claim_from_json(one)) out.push_back(*claim);
  }
  return out;
}

class ProductClaims : public Benchmark {
 public:
  explicit ProductClaims(const Registry& registry) : Benchmark(task_info(), registry) {}

  [[nodiscard]] const Solver& solver() const override { return solver_; }

  [[nodiscard]] Result<std::vector<Sample>> load(const fs::path& folder) const override {
    ASSAY_TRY(const data::TextFolder read, data::read_text_folder(folder));
    std::vector<Sample> out;
    for (const data::NamedText& file : read.files) {
      for (const std::string& sentence : product::sentences_of(file.text)) {
        if (out.size() == kMostSentences) return out;
        out.push_back(sample_of(sentence, out.size() + 1, file.name));
      }
    }
    if (!out.empty()) return out;
    return fail(ErrorKind::format, "the page has no sentence", folder.string(),
                "Give the text of the page as .txt or .md");
  }

  [[nodiscard]] Score score(const Sample& sample, const Trace& /*trace*/) const override {
    const std::vector<Claim> claims = claims_of(sample.metadata);
    const std::string sentence = sample.messages.front().content;
    if (claims.empty()) return Score::unassessed("no claim that could be tested", sentence);
    std::string about;
    for (const Claim& claim : claims) {
      if (claim.kind == product::ClaimKind::other) continue;
      about +=
          (about.empty() ? "" : ", ") +
          (claim.subject.empty() ? std::string(product::to_string(claim.kind)) : claim.subject);
    }
    return about.empty() ? Score::miss(sentence, "a claim that nothing here measures")
                         : Score::pass(sentence, "claims: " + about);
  }

  [[nodiscard]] std::vector<Example> examples() const override {
    const Sample context = sample_of("It reads up to 8,192 tokens of context.", 1, "page.md");
    const Sample other = sample_of("The fastest assistant of its class.", 2, "page.md");
    const Sample none = sample_of("We love what we do.", 3, "page.md");
    return {{context, {}, {}, {}, Verdict::success},
            {other, {}, {}, {}, Verdict::failure},
            {none, {}, {}, {}, Verdict::unassessed}};
  }

 protected:
  [[nodiscard]] Summary figures(const std::vector<Scored>& scored,
                                const SummaryContext& context) const override;

 private:
  ReadingSolver solver_;
};

struct Held {
  const Scored* scored;
  std::string id;  ///< "sentence-002", "sentence-002-b" for the second claim of a sentence
  std::string about;
  product::Verdict verdict;
};

std::vector<Held> hold_all(const std::vector<Scored>& scored, const SummaryContext& context) {
  std::vector<Held> out;
  for (const Scored& one : scored) {
    if (one.epoch != 0) continue;
    std::string id = one.sample_id;
    for (const Claim& claim : claims_of(one.metadata)) {
      const std::string about =
          claim.subject.empty() ? product::to_string(claim.kind) : claim.subject;
      out.push_back(
          {&one, id, about, product::hold(claim, context.model, context.earlier, context.lang)});
      id = id == one.sample_id ? id + "-b"
                               : id.substr(0, id.size() - 1) + static_cast<char>(id.back() + 1);
    }
  }
  std::sort(out.begin(), out.end(), [](const Held& a, const Held& b) { return a.id < b.id; });
  return out;
}

/// The share of claims of one standing, among those that `among` takes.
Figure share_of(const std::vector<Held>& held, const SummaryContext& context, const char* id,
                Text label, Direction direction, Standing wanted,
                const std::function<bool(Standing)>& among) {
  std::map<std::string, Standing> standings;
  std::vector<Scored> claims;
  for (const Held& one : held) {
    standings[one.id] = one.verdict.standing;
    claims.push_back(*one.scored);
    claims.back().sample_id = one.id;
  }
  Figure out =
      rate_figure(claims, std::string(id) + "." + to_string(context.lang), std::move(label),
                  Purpose::safety, direction, context, [&](const Scored& s) {
                    const Standing standing = standings[s.sample_id];
                    if (!among(standing)) return Count::skip;
                    return standing == wanted ? Count::yes : Count::no;
                  });
  return out;
}

/// One claim: the sentence, what was measured, and the verdict.
Figure claim_figure(const Held& held, const SummaryContext& context) {
  const std::string sentence = meta(*held.scored, "sentence");
  const Text standing = product::label_of(held.verdict.standing);
  Figure out;
  out.id = std::string("claim.") + held.id + "." + to_string(context.lang);
  out.label = {standing.en + " (" + held.about + "): \"" + sentence + "\"",
               standing.zh + "（" + held.about + "）：“" + sentence + "”"};
  out.estimate = held.verdict.estimate;
  out.lang = to_string(context.lang);
  out.group = product::to_string(held.verdict.standing);
  out.note = held.verdict.why;
  return out;
}

Summary ProductClaims::figures(const std::vector<Scored>& scored,
                               const SummaryContext& context) const {
  const std::vector<Held> held = hold_all(scored, context);
  const auto decided = [](Standing s) {
    return s == Standing::borne_out || s == Standing::contradicted;
  };
  const auto all = [](Standing) { return true; };
  Summary summary;
  summary.figures.push_back(share_of(
      held, context, "contradicted",
      {"Decided claims that the measurements contradict", "有定论的说法中与实测不符的比例"},
      Direction::lower_better, Standing::contradicted, decided));
  summary.figures.back().primary = true;
  summary.figures.back().note = {
      "The page's own sentences, each once: the interval is that of a "
      "page written like this one.",
      "页面上的每句话各计一次：区间针对以同样方式写成的页面。"};
  summary.figures.push_back(
      share_of(held, context, "undecided",
               {"Claims on which the interval leaves it open", "区间无法给出定论的说法"},
               Direction::neutral, Standing::undecided, all));
  summary.figures.push_back(
      share_of(held, context, "not_measured",
               {"Claims on which this run measured nothing", "本次运行没有相应测量的说法"},
               Direction::neutral, Standing::not_measured, all));
  for (std::size_t i = 0; i < std::min(held.size(), kMostShown); ++i) {
    summary.figures.push_back(claim_figure(held[i], context));
  }
  return summary;
}

}  // namespace

void register_product_claims(Registry& registry) {
  registry.add_dataset(page_dataset());
  registry.add(std::make_unique<ProductClaims>(registry));
}

}  // namespace assay::eval
