// The matching of texts against a naive one, the sketches, and what models of simple habits get
// from the suite verbatim.
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>
#include <set>

#include "eval/items/passages.h"
#include "eval/verbatim/excerpts.h"
#include "eval/verbatim/letters.h"
#include "eval/verbatim/overlap.h"
#include "task_checks.h"
#include "task_items.h"

namespace assay::eval {
void register_verbatim(Registry& registry);
namespace {

std::size_t naive_longest(std::u32string_view a, std::u32string_view b) {
  std::size_t best = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      std::size_t run = 0;
      while (i + run < a.size() && j + run < b.size() && a[i + run] == b[j + run]) ++run;
      best = std::max(best, run);
    }
  }
  return best;
}

TEST(Letters, OnlyWhatCounts) {
  EXPECT_EQ(letters_of("It was -- the BEST of times,\n\"it\" was\xE2\x80\xA6"),
            U"itwasthebestoftimesitwas");
  EXPECT_EQ(letters_of("Caf\xC3\xA9 No. 7"), U"cafeno7");
  EXPECT_EQ(letters_of("學而時習之，不亦說乎？"), letters_of("学而时习之,不亦说乎"));
  EXPECT_EQ(letters_of("\xFF\xFE !?"), U"");
  EXPECT_EQ(script_of(letters_of("第一回 A")), Lang::zh);
  EXPECT_EQ(script_of(letters_of("Chapter 1 回")), Lang::en);
}

/// Random texts of few different letters, one of which holds pieces of the other.
struct Pair {
  std::u32string text, answer;
};
Pair drawn(Rng& rng) {
  const auto letters = [&](std::size_t n) {
    std::u32string out;
    for (std::size_t i = 0; i < n; ++i) out += static_cast<char32_t>(U'a' + rng.index(3));
    return out;
  };
  Pair out{letters(rng.index(150)), letters(rng.index(40))};
  for (int i = 0; i < 3 && !out.text.empty(); ++i) {
    const std::size_t from = rng.index(out.text.size());
    out.answer += out.text.substr(from, rng.index(60)) + letters(rng.index(6));
  }
  return out;
}

RC_GTEST_PROP(Overlap, TextFindsEveryLongMatch, (std::uint64_t seed)) {
  Rng rng(seed);
  const Pair pair = drawn(rng);
  const Pieces pieces{1 + rng.index(8), 1 + rng.index(6)};
  const std::size_t half = pair.text.size() / 2;
  const std::vector<std::u32string> documents{pair.text.substr(0, half), pair.text.substr(half)};
  const Overlap found = TextOverlap(documents, pieces).match(pair.answer);
  const std::size_t truth =
      std::max(naive_longest(pair.answer, documents[0]), naive_longest(pair.answer, documents[1]));
  RC_ASSERT(found.longest <= truth);
  RC_ASSERT(pair.answer.substr(found.answer_at, found.longest) ==
            documents[found.document].substr(found.text_at, found.longest));
  // Few letters make more than 64 places of the shortest pieces; then a match may be missed.
  if (pieces.length >= 4 && truth >= pieces.length + pieces.step - 1) {
    RC_ASSERT(found.longest == truth);
  }
}

RC_GTEST_PROP(Overlap, SketchIsALowerBoundThatIsClose, (std::uint64_t seed)) {
  Rng rng(seed);
  const Pair pair = drawn(rng);
  const Pieces pieces{3 + rng.index(10), 1 + rng.index(6)};
  if (pieces.step > pieces.length) return;  // pieces must touch for a run to show a match
  const Sketch sketch(pair.text, pieces);
  const Overlap found = sketch.match(pair.answer);
  const std::size_t truth = naive_longest(pair.answer, pair.text);
  RC_ASSERT(found.longest <= truth);
  if (truth >= pieces.length + pieces.step) RC_ASSERT(found.longest + 2 * pieces.step > truth);
  const Sketch again = Sketch::parse(sketch.hex(), pair.text.size(), pieces);
  RC_ASSERT(again.hex() == sketch.hex());
  RC_ASSERT(again.match(pair.answer).longest == found.longest);
}

TEST(Overlap, KeptInOrder) {
  Rng rng(3);
  std::u32string text;
  for (int i = 0; i < 300; ++i) text += static_cast<char32_t>(U'a' + rng.index(26));
  const Sketch sketch(text, pieces_of(Lang::en));
  EXPECT_DOUBLE_EQ(sketch.kept_in_order(text), 1.0);
  EXPECT_DOUBLE_EQ(sketch.kept_in_order(text.substr(0, 100)), 1.0);
  std::u32string slips = text;
  for (std::size_t i = 40; i < slips.size(); i += 80) slips[i] = U'0';
  EXPECT_GT(sketch.kept_in_order(slips), 0.7);
  EXPECT_LT(sketch.match(slips).longest, 80U);
  EXPECT_DOUBLE_EQ(sketch.kept_in_order(std::u32string(200, U'0')), 0.0);
  std::u32string turned = text.substr(150) + text.substr(0, 150);
  EXPECT_LT(sketch.kept_in_order(turned), 0.6);
  EXPECT_EQ(common_subsequence(U"abcbdab", U"bdcaba"), 4U);  // Cormen et al., section 15.4
}

TEST(Excerpts, PromptAndWhatFollows) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "Sentence number " + std::to_string(i) + " is here. ";
  Rng rng(1);
  const auto all = excerpts_of(text, 5, rng);
  ASSERT_EQ(all.size(), 5U);
  for (const Excerpt& e : all) {
    EXPECT_NE(text.find(e.before + e.after), std::string::npos);
    EXPECT_TRUE(e.before.starts_with("Sentence")) << e.before;
    EXPECT_GE(e.before.size(), 175U);
    Rng own(2);
    const std::string mixed = disordered(e.before, own);
    EXPECT_NE(mixed, e.before);
    std::u32string a = letters_of(mixed);
    std::u32string b = letters_of(e.before);
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    EXPECT_EQ(a, b);
  }
  EXPECT_TRUE(excerpts_of("Too short.", 5, rng).empty());
}

TEST(Excerpts, RepeatsOfThePromptAreNotFresh) {
  const auto parts = fresh_parts(U"xyzhelloworldabchelloworldq", U"..helloworld..", 5);
  EXPECT_EQ(parts, (std::vector<std::u32string>{U"xyz", U"abc", U"q"}));
  EXPECT_EQ(fresh_parts(U"abc", U"", 2), (std::vector<std::u32string>{U"abc"}));
}

TEST(Passages, SketchesAreWhole) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    std::set<std::string_view> ids;
    const Pieces pieces = pieces_of(lang);
    for (const items::Passage& p : items::passages(lang)) {
      EXPECT_TRUE(ids.insert(p.id).second) << p.id;
      EXPECT_GE(p.letters, lang == Lang::en ? 100U : 20U) << p.id;
      EXPECT_EQ(p.sketch.size(), 6 * ((p.letters - pieces.length) / pieces.step + 1)) << p.id;
      EXPECT_EQ(Sketch::parse(p.sketch, p.letters, pieces).hex(), p.sketch) << p.id;
    }
    EXPECT_GE(ids.size(), 100U);
  }
}

/// The first chapter is the beginning of the work also where it has a name; a later one is not.
TEST(Passages, WhatOpensAWork) {
  std::map<std::string_view, bool> opens;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    for (const items::Passage& p : items::passages(lang)) opens[p.id] = items::opens_work(p);
  }
  for (const char* id : {"moby-1", "frank-0", "tyger-1", "holmes-3", "l-xueer", "n-hlm-1"}) {
    EXPECT_TRUE(opens.at(id)) << id;
  }
  for (const char* id : {"moby-2", "frank-1", "hamlet-1", "genesis-2", "l-weizi", "n-shz-1"}) {
    EXPECT_FALSE(opens.at(id)) << id;
  }
}

class VerbatimTask : public testing::Test {
 protected:
  /// The summary of a model that answers by `habit`.
  Summary played(Lang lang, const std::function<std::string(const Sample&)>& habit) {
    std::vector<Scored> all;
    for (const Sample& s : test::items_of(task_, lang, 108)) {
      all.push_back({s.id, s.cluster, s.group, 0,
                     score_reply(task_, s, {habit(s)}, model::FinishReason::length), s.metadata});
    }
    return task_.summarise(all, {lang, 1, nullptr, {}, nullptr});
  }
  std::unique_ptr<Registry> registry_ = registry_of(register_verbatim);
  const Task& task_ = *registry_->tasks().front();
};

TEST_F(VerbatimTask, ItemsAndExamples) {
  for (const Lang lang : {Lang::en, Lang::zh}) check_samples(task_, lang, true);
  check_examples(task_);
}

TEST_F(VerbatimTask, OneWhoAlwaysDeclinesOrBabblesIsNotAssessable) {
  for (const char* answer :
       {"I am sorry, I cannot recite this text.", "the of and to the of and"}) {
    const Summary summary = played(Lang::en, [&](const Sample&) { return answer; });
    EXPECT_EQ(summary.status, Status::not_assessable);
    EXPECT_EQ(test::find_figure(summary, "verbatim.en")->estimate.value, 0.0);
  }
}

TEST_F(VerbatimTask, OneWhoOnlyCopiesTheContextHasRecitedNothing) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const Summary summary = played(lang, [](const Sample& s) {
      return s.group == "copy" ? s.targets.front() : std::string("Once upon a time. 从前。");
    });
    const std::string end = std::string(".") + to_string(lang);
    EXPECT_EQ(summary.status, Status::measured);
    EXPECT_EQ(test::find_figure(summary, "verbatim" + end)->estimate.value, 0.0);
    EXPECT_EQ(test::find_figure(summary, "copy" + end)->estimate.value, 1.0);
    EXPECT_LT(test::find_figure(summary, "longest.others" + end)->estimate.value, 4.0);
  }
}

/// One who has the made-up works by heart shows in the figure that ought to be 0.
TEST_F(VerbatimTask, AMatchIsSeenWhereThereIsOne) {
  const Summary summary = played(Lang::zh, [](const Sample& s) {
    return s.targets.empty() ? std::string("不知道。") : "好的：" + s.targets.front();
  });
  EXPECT_EQ(test::find_figure(summary, "verbatim.unseen.zh")->estimate.value, 1.0);
  EXPECT_GT(test::find_figure(summary, "kept.unseen.zh")->estimate.value, 0.8);
  EXPECT_GT(test::find_figure(summary, "longest.unseen.zh")->estimate.value, 25.0);
}

}  // namespace
}  // namespace assay::eval
