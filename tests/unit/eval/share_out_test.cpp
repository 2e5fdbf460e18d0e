// Sharing out the work of a run: every block has one rank, the same on all ranks, and none has much
// more to do than another.
#include "eval/share_out.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck.h>

namespace assay::eval {
namespace {

std::vector<Sample> samples(int count, int cluster_size) {
  std::vector<Sample> out(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    Sample& sample = out[static_cast<std::size_t>(i)];
    sample.id = std::string("s").append(std::to_string(i));
    sample.cluster = std::string("c").append(std::to_string(i / cluster_size));
  }
  return out;
}

TEST(ShareOut, BlocksHoldEverySampleOnceAndWholeClusters) {
  const bool holds = rc::check([] {
    const int count = *rc::gen::inRange(0, 200);
    const int cluster = *rc::gen::inRange(1, 7);
    const int epochs = *rc::gen::inRange(1, 4);
    const auto answers = *rc::gen::inRange<std::size_t>(1, 50);
    const auto all = samples(count, cluster);
    const auto blocks = blocks_of(all, epochs, answers);
    std::size_t at = 0;
    for (const Block& block : blocks) {
      RC_ASSERT(block.begin == at);
      RC_ASSERT(block.end > block.begin);
      at = block.end;
      const bool last = block.end == all.size();
      if (last) continue;  // RC_ASSERT evaluates both sides of ||
      RC_ASSERT((block.end - block.begin) * static_cast<std::size_t>(epochs) >= answers);
      RC_ASSERT(all[block.end].cluster != all[block.end - 1].cluster);
    }
    RC_ASSERT(at == all.size());
  });
  EXPECT_TRUE(holds);
}

double load_of(const std::vector<Portion>& portions, int rank, bool first) {
  double load = 0.0;
  for (const Portion& portion : portions) {
    for (std::size_t b = 0; b < portion.work.size() && portion.first == first; ++b) {
      if (portion.ranks[b] == rank) load += portion.work[b];
    }
  }
  return load;
}

TEST(ShareOut, NoRankHasMoreThanABlockAboveTheMean) {
  const bool holds = rc::check([] {
    const int ranks = *rc::gen::inRange(1, 9);
    std::vector<Portion> portions(*rc::gen::inRange<std::size_t>(1, 12));
    double largest = 0.0;
    double total = 0.0;
    for (Portion& portion : portions) {
      portion.first = *rc::gen::arbitrary<bool>();
      for (const int work : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 100))) {
        portion.work.push_back(work);
        if (portion.first) continue;
        largest = std::max(largest, static_cast<double>(work));
        total += work;
      }
    }
    share_out(portions, ranks);
    for (const Portion& portion : portions) {
      RC_ASSERT(portion.ranks.size() == portion.work.size());
      for (const int rank : portion.ranks) RC_ASSERT(rank >= 0 && rank < ranks);
    }
    for (int rank = 0; rank < ranks; ++rank) {
      RC_ASSERT(load_of(portions, rank, false) <= total / ranks + largest + 1e-9);
    }
  });
  EXPECT_TRUE(holds);
}

TEST(ShareOut, IsReadBackAsItWasAnnounced) {
  std::vector<Portion> portions(2);
  portions[0] = {"a/en", 512, digest_of_ids(samples(3, 1)), {1.0, 2.0}, {}, true};
  portions[1] = {"b/zh", 7, digest_of_ids(samples(4, 1)), {5.0}, {}, false};
  share_out(portions, 2);
  const auto back = portions_from_json(to_json(portions));
  ASSERT_TRUE(back) << back.error().message();
  ASSERT_EQ(back->size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ((*back)[i].key, portions[i].key);
    EXPECT_EQ((*back)[i].answers, portions[i].answers);
    EXPECT_EQ((*back)[i].items, portions[i].items);
    EXPECT_EQ((*back)[i].ranks, portions[i].ranks);
  }
  EXPECT_NE(portions[0].items, portions[1].items);
  for (const char* damaged : {"{}", "[1]", R"([{"key":"a","answers":1,"items":"x"}])",
                              R"([{"key":"a","answers":1,"items":"x","ranks":["0"]}])"}) {
    EXPECT_FALSE(portions_from_json(Json::parse(damaged))) << damaged;
  }
}

}  // namespace
}  // namespace assay::eval
