// GCG's search against a plain implementation of the paper's algorithm: the same draws, every loss
// from whole sequences, the first of the lowest taken.
#include "attack/optimised/gcg_search.h"

#include "unit/model/whitebox_fixture.h"

namespace assay::test {
namespace {

using attack::GcgOptions;
using attack::GcgProblem;
using attack::GcgSearch;
using model::Tensor;
using model::Tokens;

Tokens joined(std::initializer_list<Tokens> parts) {
  Tokens out;
  for (const Tokens& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

class PlainGcg {
 public:
  PlainGcg(model::WhiteBox& box, std::vector<GcgProblem> problems, GcgOptions options)
      : box_(box), problems_(std::move(problems)), options_(std::move(options)) {}

  Tokens step(const Tokens& suffix, int number, const attack::GcgFilter& filter) {
    const std::vector<double> slope = gradient(suffix);
    Rng rng = Rng::named(options_.seed, "gcg/" + std::to_string(number));
    double lowest = INFINITY;
    Tokens best;
    for (int i = 0; i < options_.candidates; ++i) {
      const std::size_t position = rng.index(suffix.size());
      const auto order = tokens_by_slope(slope, position);
      const auto k = std::min(order.size(), static_cast<std::size_t>(options_.top_k));
      Tokens candidate = suffix;
      candidate[position] = order[rng.index(k)].second;
      if (filter && !filter(std::vector<Tokens>{candidate})[0]) continue;
      const double loss = loss_of(candidate);
      if (loss < lowest) {
        lowest = loss;
        best = candidate;
      }
    }
    lowest_ = lowest;
    return best;
  }
  /// AutoPrompt's: all of one position's best tokens, and the suffix itself.
  Tokens step_at_one_position(const Tokens& suffix, int number) {
    const std::vector<double> slope = gradient(suffix);
    Rng rng = Rng::named(options_.seed, "gcg/" + std::to_string(number));
    const std::size_t position = rng.index(suffix.size());
    const auto order = tokens_by_slope(slope, position);
    lowest_ = loss_of(suffix);
    Tokens best = suffix;
    for (int i = 0; i < options_.top_k; ++i) {
      Tokens candidate = suffix;
      candidate[position] = order[static_cast<std::size_t>(i)].second;
      const double loss = loss_of(candidate);
      if (loss < lowest_ && candidate != suffix) {
        lowest_ = loss;
        best = candidate;
      }
    }
    return best;
  }
  [[nodiscard]] double lowest() const { return lowest_; }

 private:
  [[nodiscard]] std::vector<std::pair<double, std::int32_t>> tokens_by_slope(
      const std::vector<double>& slope, std::size_t position) const {
    const auto vocabulary = static_cast<std::size_t>(box_.info().vocabulary);
    std::vector<std::pair<double, std::int32_t>> order;
    for (std::size_t t = 0; t < vocabulary; ++t) {
      if (!options_.forbidden.empty() && options_.forbidden[t]) continue;
      order.emplace_back(slope[position * vocabulary + t], static_cast<std::int32_t>(t));
    }
    std::sort(order.begin(), order.end());
    return order;
  }
  std::vector<double> gradient(const Tokens& suffix) {
    std::vector<double> sum;
    for (const GcgProblem& p : problems_) {
      model::GradientRequest ask;
      ask.tokens = joined({p.before, suffix, p.after, p.target});
      ask.metric = model::cross_entropy(
          p.target, static_cast<std::int64_t>(ask.tokens.size() - p.target.size()) - 1);
      ask.one_hot_begin = static_cast<std::int64_t>(p.before.size());
      ask.one_hot_end = ask.one_hot_begin + static_cast<std::int64_t>(suffix.size());
      const auto result = box_.gradient(ask);
      EXPECT_TRUE(result);
      sum.resize(result->one_hot.data.size());
      const std::size_t row = sum.size() / suffix.size();
      for (std::size_t i = 0; i < suffix.size(); ++i) {
        double squares = 0;
        for (std::size_t j = 0; j < row; ++j) {
          const auto value = static_cast<double>(result->one_hot.data[i * row + j]);
          squares += value * value;
        }
        const double scale = problems_.size() == 1 ? 1.0 : 1.0 / std::sqrt(squares);
        for (std::size_t j = 0; j < row; ++j) {
          sum[i * row + j] += static_cast<double>(result->one_hot.data[i * row + j]) * scale;
        }
      }
    }
    return sum;
  }
  double loss_of(const Tokens& suffix) {
    double loss = 0;
    for (const GcgProblem& p : problems_) {
      model::RunRequest run;
      run.sequences = {joined({p.before, suffix, p.after, p.target})};
      run.logits = model::LogitsAt::all;
      const auto result = box_.run(run);
      EXPECT_TRUE(result);
      const Tensor& logits = result->logits[0];
      const auto n = static_cast<std::int64_t>(p.target.size());
      for (std::int64_t i = 0; i < n; ++i) {
        const auto row = logits.row(logits.shape[0] - n - 1 + i);
        double total = 0;
        for (const float value : row) total += std::exp(static_cast<double>(value));
        loss += (std::log(total) -
                 static_cast<double>(
                     row[static_cast<std::size_t>(p.target[static_cast<std::size_t>(i)])])) /
                static_cast<double>(n * static_cast<std::int64_t>(problems_.size()));
      }
    }
    return loss;
  }
  model::WhiteBox& box_;
  std::vector<GcgProblem> problems_;
  GcgOptions options_;
  double lowest_ = 0;
};

class Gcg : public WhiteBoxTest {
 protected:
  void compare(const std::vector<GcgProblem>& problems, GcgOptions options,
               const attack::GcgFilter& filter = {}) {
    auto box = open("qwen2");
    ASSERT_NE(box, nullptr);
    auto search = GcgSearch::create(*box, problems, start_, options, filter);
    ASSERT_TRUE(search) << search.error().message();
    PlainGcg plain(*box, problems, options);
    Tokens suffix = start_;
    for (int i = 0; i < 5; ++i) {
      suffix = plain.step(suffix, i, filter);
      const auto step = search->step();
      ASSERT_TRUE(step) << step.error().message();
      ASSERT_EQ(step->suffix, suffix) << "step " << i;
      EXPECT_NEAR(step->loss, plain.lowest(), 1e-5);
      EXPECT_LE(step->exact, step->drawn);
      saved_ += step->drawn - step->exact;
    }
  }
  const Tokens start_{11, 12, 13, 14, 15, 16};
  const GcgProblem one_{{5, 17, 3}, {30, 31}, {12, 60, 7}};
  const GcgProblem other_{{}, {8}, {40, 2}};
  int saved_ = 0;  ///< candidates whose exact loss was not needed
};

GcgOptions small_options() {
  GcgOptions options;
  options.candidates = 64;
  options.top_k = 12;
  options.seed = 5;
  options.first_exact = 8;
  return options;
}

TEST_F(Gcg, TakesThePlainPathExactly) {
  GcgOptions options = small_options();
  options.exact = true;
  compare({one_}, options);
  EXPECT_EQ(saved_, 0);
}

TEST_F(Gcg, TakesThePlainPathWithApproximateLosses) {
  compare({one_}, small_options());
  EXPECT_GT(saved_, 30);
}

TEST_F(Gcg, TakesThePlainPathForSeveralProblems) { compare({one_, other_}, small_options()); }

TEST_F(Gcg, HeedsForbiddenTokensAndTheFilter) {
  GcgOptions options = small_options();
  options.forbidden.assign(97, false);
  for (std::size_t i = 0; i < 97; i += 2) options.forbidden[i] = true;
  const attack::GcgFilter filter = [](std::span<const Tokens> suffixes) {
    std::vector<bool> keep;
    for (const Tokens& suffix : suffixes) keep.push_back(suffix[1] % 3 == 0);
    return keep;
  };
  compare({one_}, options, filter);
}

TEST_F(Gcg, AutoPromptTakesThePlainPathAndNeverRises) {
  GcgOptions options = small_options();
  options.draw = attack::Draw::one_position;
  auto box = open("qwen2");
  ASSERT_NE(box, nullptr);
  auto search = GcgSearch::create(*box, {one_}, start_, options);
  ASSERT_TRUE(search) << search.error().message();
  PlainGcg plain(*box, {one_}, options);
  Tokens suffix = start_;
  int stayed = 0;
  for (int i = 0; i < 20; ++i) {
    const Tokens before = suffix;
    suffix = plain.step_at_one_position(suffix, i);
    stayed += suffix == before ? 1 : 0;
    const auto step = search->step();
    ASSERT_TRUE(step) << step.error().message();
    ASSERT_EQ(step->suffix, suffix) << "step " << i;
    EXPECT_NEAR(step->loss, plain.lowest(), 1e-5);
    EXPECT_LE(step->loss, step->loss_before);
    EXPECT_GE(step->drawn, options.top_k - 1);
    EXPECT_LE(step->drawn, options.top_k);
  }
  EXPECT_GT(stayed, 0) << "no step was in vain";
  EXPECT_LT(stayed, 20);
}

TEST_F(Gcg, AutoPromptStaysWhereNoCandidatePassesTheFilter) {
  GcgOptions options = small_options();
  options.draw = attack::Draw::one_position;
  auto box = open("qwen2");
  ASSERT_NE(box, nullptr);
  auto search = GcgSearch::create(*box, {one_}, start_, options, [](std::span<const Tokens> s) {
    return std::vector<bool>(s.size());
  });
  ASSERT_TRUE(search);
  const auto step = search->step();
  ASSERT_TRUE(step) << step.error().message();
  EXPECT_EQ(step->suffix, start_);
  EXPECT_EQ(step->drawn, 0);
  EXPECT_EQ(search->steps(), 1);
}

/// The same model as its own draft orders candidates as their losses do: the best is always looked
/// at, and few others are.
TEST_F(Gcg, ProbeSamplingWithAPerfectDraftTakesThePlainPath) {
  auto box = open("qwen2");
  auto draft = open("qwen2");
  ASSERT_NE(box, nullptr);
  ASSERT_NE(draft, nullptr);
  GcgOptions options = small_options();
  options.probe.emplace();
  options.probe->draft = draft.get();
  options.probe->sampling = 8;
  auto search = GcgSearch::create(*box, {one_}, start_, options);
  ASSERT_TRUE(search) << search.error().message();
  EXPECT_EQ(search->draft_parameters(), draft->info().parameters);
  PlainGcg plain(*box, {one_}, options);
  Tokens suffix = start_;
  for (int i = 0; i < 5; ++i) {
    suffix = plain.step(suffix, i, {});
    const auto step = search->step();
    ASSERT_TRUE(step) << step.error().message();
    ASSERT_EQ(step->suffix, suffix) << "step " << i;
    ASSERT_TRUE(step->rank_correlation);
    EXPECT_GT(*step->rank_correlation, 0.99);
    EXPECT_EQ(step->looked_at, step->drawn / 8 + 1);
    EXPECT_EQ(step->queries, step->looked_at + 1);
    EXPECT_EQ(step->draft_tokens, step->drawn * (3 + 6 + 2 + 3));
  }
}

/// Another draft: between the probe set alone and the paper's most, by its formula; and what is
/// taken is the best of what was looked at, which is no better than the best of all.
TEST_F(Gcg, ProbeSamplingLooksAtMoreTheWorseTheDraftIs) {
  auto box = open("qwen2");
  auto other = open("llama");
  ASSERT_NE(box, nullptr);
  ASSERT_NE(other, nullptr);
  ASSERT_EQ(other->info().vocabulary, box->info().vocabulary);
  for (model::WhiteBox* draft : {static_cast<model::WhiteBox*>(nullptr), other.get()}) {
    GcgOptions options = small_options();
    options.probe.emplace();
    options.probe->draft = draft;
    options.probe->reduction = 2;
    auto search = GcgSearch::create(*box, {one_}, start_, options);
    auto whole = GcgSearch::create(*box, {one_}, start_, small_options());
    ASSERT_TRUE(search && whole);
    for (int i = 0; i < 5; ++i) {
      whole->resume(search->suffix(), i);
      const auto step = search->step();
      const auto best = whole->step();
      ASSERT_TRUE(step && best);
      ASSERT_TRUE(step->rank_correlation);
      const double share = (1.0 - *step->rank_correlation) / 2.0 / 2.0;
      const int others = std::max(1, static_cast<int>(share * step->drawn));
      EXPECT_EQ(step->looked_at, std::max(3, step->drawn / 16) + others);
      EXPECT_EQ(step->drawn, best->drawn);
      EXPECT_GE(step->loss, best->loss - 1e-6);
      EXPECT_EQ(step->draft_tokens == 0, draft == nullptr);
    }
  }
}

TEST_F(Gcg, ProbeSamplingRefusesADraftOfAnotherVocabulary) {
  const auto bytes = stories_gguf(fs::path(ASSAY_SHARED_DATA) / "models/stories260K");
  if (!bytes) GTEST_SKIP() << "stories260K is not in " ASSAY_SHARED_DATA;
  write_file(folder_ / "stories.gguf", *bytes);
  auto box = open("qwen2");
  const auto draft = model::open_whitebox(folder_ / "stories.gguf");
  ASSERT_NE(box, nullptr);
  ASSERT_TRUE(draft) << draft.error().message();
  GcgOptions options = small_options();
  options.probe.emplace();
  options.probe->draft = draft->get();
  const auto refused = GcgSearch::create(*box, {one_}, start_, options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::usage);
  options.probe->draft = nullptr;
  EXPECT_TRUE(GcgSearch::create(*box, {one_}, start_, options));
  options.probe->sampling = 0;
  EXPECT_FALSE(GcgSearch::create(*box, {one_}, start_, options));
}

TEST_F(Gcg, ContinuesWhereItWas) {
  auto box = open("qwen2");
  ASSERT_NE(box, nullptr);
  auto whole = GcgSearch::create(*box, {one_}, start_, small_options());
  ASSERT_TRUE(whole);
  Tokens middle;
  for (int i = 0; i < 4; ++i) {
    const auto step = whole->step();
    ASSERT_TRUE(step);
    if (i == 1) middle = step->suffix;
  }
  auto again = GcgSearch::create(*box, {one_}, start_, small_options());
  ASSERT_TRUE(again);
  again->resume(middle, 2);
  ASSERT_TRUE(again->step() && again->step());
  EXPECT_EQ(again->suffix(), whole->suffix());
}

TEST_F(Gcg, RefusesWhatMakesNoSense) {
  auto box = open("qwen2");
  ASSERT_NE(box, nullptr);
  EXPECT_FALSE(GcgSearch::create(*box, {}, start_, {}));
  EXPECT_FALSE(GcgSearch::create(*box, {one_}, {}, {}));
  EXPECT_FALSE(GcgSearch::create(*box, {{{1}, {2}, {}}}, start_, {}));
  GcgOptions options;
  options.forbidden.assign(97, true);
  EXPECT_FALSE(GcgSearch::create(*box, {one_}, start_, options));
  auto search =
      GcgSearch::create(*box, {one_}, start_, small_options(),
                        [](std::span<const Tokens> s) { return std::vector<bool>(s.size()); });
  ASSERT_TRUE(search);
  const auto step = search->step();
  ASSERT_FALSE(step);
  EXPECT_EQ(step.error().kind, ErrorKind::unsupported);
}

}  // namespace
}  // namespace assay::test
