// Random search over a suffix, guided by the log-probability of the wanted beginning of the answer
// (Andriushchenko et al. 2024, arXiv:2404.02151, section 3.2): change a few neighbouring pieces,
// keep the change if the beginning became more likely. Needs log-probabilities, not weights. Here a
// batch of changes is scored at a time and the best is kept, if it is better; each is a query.
#include <algorithm>
#include <cmath>

#include "attack/optimised/suffix_frame.h"
#include "base/random.h"
#include "base/text.h"

namespace assay::attack {

void register_random_search(Attacks& registry);

namespace {

constexpr int kPieces = 25;       // of the suffix, as in the paper
constexpr int kBatch = 16;        // changes scored at a time
constexpr int kMostChanged = 4;   // neighbouring pieces of a change, at the beginning
constexpr int kPatience = 4;      // batches without a free answer to look at
constexpr double kLikely = -0.7;  // nats: the beginning is as good as said

using Pieces = std::vector<std::string>;

std::string joined(const Pieces& pieces) {
  std::string out;
  for (const std::string& piece : pieces) out += piece;
  return out;
}

/// Something that stands in a text: a token of the target where its tokens are known, else one to
/// four printable characters.
std::string random_piece(const Means& means, Rng& rng) {
  model::Model* target = means.target;
  for (int attempt = 0; target != nullptr && attempt < 50; ++attempt) {
    const int size = target->info().vocabulary;
    if (size <= 0) break;
    const std::vector<std::int32_t> token = {
        static_cast<std::int32_t>(rng.index(static_cast<std::size_t>(size)))};
    const std::lock_guard hold(means.turn);
    const auto text = target->text_of(token);
    if (!text) break;
    const bool printable =
        std::all_of(text->begin(), text->end(), [](char c) { return c >= ' ' && c <= '~'; });
    if (!text->empty() && printable) return *text;
  }
  std::string out;
  for (std::size_t i = 1 + rng.index(4); i > 0; --i) {
    out += static_cast<char>('!' + static_cast<int>(rng.index(94)));
  }
  return out;
}

class RandomSearch : public Attack {
 public:
  RandomSearch() {
    info_.name = "random_search";
    info_.family = AttackFamily::optimised;
    info_.title = {"random search by log-probabilities", "基于对数概率的随机搜索"};
    info_.description = {
        "A suffix of 25 pieces is changed at random; a change is kept if the wanted beginning of "
        "the "
        "answer becomes more likely. Now and then the model answers freely; only such an answer "
        "counts.",
        "随机改动由25个片段组成的后缀，若想要的回答开头变得更可能就保留改动。"
        "每隔一段时间让模型自由回答，只有这样的回答才算数。"};
    info_.limits = {"Each scored change counts as a query, as a server would count it.",
                    "每次给改动打分都算一次提问，与服务端的计数一致。"};
    info_.citation = "Andriushchenko et al. 2024, arXiv:2404.02151";
    info_.random = true;
  }
  [[nodiscard]] const AttackInfo& info() const override { return info_; }
  [[nodiscard]] Status available(const Means& means) const override {
    if (means.target == nullptr || means.target->can().logprobs) return {};
    return fail(ErrorKind::unsupported,
                "the attack needs log-probabilities, and this server has none", info_.name,
                "Use the weights themselves, llama-server or vLLM");
  }

  [[nodiscard]] Result<std::vector<Question>> next(Job& job, Json& state) const override {
    if (state.is_null()) state = start(job);
    std::vector<Question> out;
    const Pieces best = state["best"].get<Pieces>();
    const double score = state["score"].get<double>();
    const bool improved = state["improved"].get<bool>();
    // The last query of the budget is a free answer: scores alone show nothing.
    const auto& most = job.means.limits.queries;
    const std::int64_t left = most ? *most - job.spent.queries : kBatch + 1;
    if (left == 1) {
      Question& ask = out.emplace_back();
      ask.messages = with_pieces(job, best);
      ask.label = "suffix";
      return out;
    }
    if (improved && (score > kLikely || state["since"].get<int>() >= kPatience)) {
      state["improved"] = false;
      state["since"] = 0;
      Question& ask = out.emplace_back();
      ask.messages = with_pieces(job, best);
      ask.label = "suffix";
      return out;
    }
    const auto step = state["step"].get<std::uint64_t>();
    state["step"] = step + 1;
    state["since"] = state["since"].get<int>() + 1;
    Rng rng(stable_hash("step " + std::to_string(step), job.seed));
    Json tried = Json::array();
    for (int i = 0; i < std::min<std::int64_t>(kBatch, left - 1); ++i) {
      const Pieces changed = step == 0 && i == 0 ? best : change(best, step, job.means, rng);
      Question& ask = out.emplace_back();
      ask.who = Question::Who::score;
      ask.messages = with_pieces(job, changed);
      ask.continuation = wanted_beginning(job.behaviour);
      tried.push_back(changed);
    }
    state["tried"] = std::move(tried);
    state["heard"] = 0;
    return out;
  }

  void take(Job& /*job*/, Json& state, const Heard& heard) const override {
    if (heard.ask.who != Question::Who::score) return;
    const auto at = state["heard"].get<std::size_t>();
    state["heard"] = at + 1;
    if (!std::isfinite(heard.logprob) || at >= state["tried"].size()) return;
    if (heard.logprob <= state["score"].get<double>()) return;
    state["score"] = heard.logprob;
    state["best"] = state["tried"][at];
    state["improved"] = true;
  }

 private:
  static std::vector<model::Message> with_pieces(const Job& job, const Pieces& pieces) {
    return with_suffix(job.behaviour, std::string(" ").append(joined(pieces)));
  }

  static Json start(const Job& job) {
    Pieces pieces(kPieces, " !");
    return Json{{"best", pieces}, {"score", -1e30}, {"improved", false},      {"since", 0},
                {"step", 0},      {"heard", 0},     {"tried", Json::array()}, {"seed", job.seed}};
  }

  /// Fewer pieces at a time as the search goes on, as in the paper.
  static Pieces change(Pieces pieces, std::uint64_t step, const Means& means, Rng& rng) {
    const int most = step < 10 ? kMostChanged : (step < 30 ? 2 : 1);
    const auto count = static_cast<std::size_t>(most);
    const std::size_t begin = rng.index(pieces.size() - count + 1);
    for (std::size_t i = begin; i < begin + count; ++i) pieces[i] = random_piece(means, rng);
    return pieces;
  }

  AttackInfo info_;
};

}  // namespace

void register_random_search(Attacks& registry) { registry.add(std::make_shared<RandomSearch>()); }

}  // namespace assay::attack
