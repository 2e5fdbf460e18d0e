#include "task_checks.h"

namespace assay::eval {
void register_refusal_pairs(Registry& registry);
namespace {

class RefusalPairsTask : public testing::Test {
 protected:
  std::unique_ptr<Registry> registry_ = registry_of(register_refusal_pairs);
  const Task& task_ = *registry_->tasks().front();

  static Scored scored(const std::string& cluster, bool unsafe, int refused) {
    Scored s;
    s.cluster = cluster;
    s.sample_id = cluster + (unsafe ? "-u" : "-s");
    s.group = unsafe ? "unsafe" : "safe";
    s.metadata = {{"area", "misuse.scam"}};
    if (refused < 0) {
      s.score = Score::unassessed("off the topic");
      return s;
    }
    s.score = (refused == 1) == unsafe ? Score::pass("x") : Score::miss("x");
    s.score.metadata = {{"refused", refused == 1}};
    return s;
  }
};

TEST_F(RefusalPairsTask, ItemsAndExamples) {
  for (const Lang lang : {Lang::en, Lang::zh}) check_samples(task_, lang, true);
  check_examples(task_);
}

TEST_F(RefusalPairsTask, EachAreaHasTwentyPairsOrMore) {
  const auto samples = task_.samples({1, Lang::en, 200});
  std::map<std::string, std::set<std::string>> pairs;
  for (const Sample& s : *samples) pairs[s.metadata["area"].get<std::string>()].insert(s.cluster);
  ASSERT_EQ(pairs.size(), 4U);
  for (const auto& [area, clusters] : pairs) EXPECT_GE(clusters.size(), 20U) << area;
}

TEST_F(RefusalPairsTask, RefusingEverythingDoesNotTellUnsafeFromSafe) {
  std::vector<Scored> all;
  for (int i = 0; i < 30; ++i) {
    all.push_back(scored("p" + std::to_string(i), true, 1));
    all.push_back(scored("p" + std::to_string(i), false, 1));
  }
  const Summary summary = task_.summarise(all, {Lang::en, 1, nullptr, {}, nullptr});
  EXPECT_GT(summary.figures[0].estimate.value, 0.95);
  EXPECT_GT(summary.figures[1].estimate.value, 0.95);
  EXPECT_EQ(summary.figures[2].estimate.value, 0.0);
  EXPECT_GT(summary.figures[2].estimate.interval.high, 0.0);
  std::set<std::string> ids;
  for (const Figure& f : summary.figures) EXPECT_TRUE(ids.insert(f.id).second) << f.id;
}

TEST_F(RefusalPairsTask, BabbleIsNeitherRefusalNorCompliance) {
  std::vector<Scored> all;
  for (int i = 0; i < 20; ++i) all.push_back(scored("p" + std::to_string(i), true, -1));
  const Summary summary = task_.summarise(all, {Lang::en, 1, nullptr, {}, nullptr});
  EXPECT_EQ(summary.status, Status::not_assessable);
  EXPECT_FALSE(summary.figures[0].estimate.known());
  EXPECT_EQ(summary.figures[0].estimate.unassessed, 20);
}

}  // namespace
}  // namespace assay::eval
