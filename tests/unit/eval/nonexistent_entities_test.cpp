#include "eval/items/entities.h"
#include "eval/scorers/doubt.h"
#include "task_checks.h"

namespace assay::eval {
void register_nonexistent_entities(Registry& registry);
namespace {

struct DoubtCase {
  const char* answer;
  Knowing verdict;
};

void check(const char* question, Lang lang, std::initializer_list<DoubtCase> cases) {
  for (const DoubtCase& c : cases) {
    const DoubtJudgement judged = judge_doubt(question, c.answer, lang);
    EXPECT_EQ(judged.verdict, c.verdict) << c.answer << "\n-> " << judged.rule;
  }
}

TEST(Doubt, English) {
  check("Who wrote the novel \"The Salt Clock of Zolpedra\"?", Lang::en,
        {{"I'm not familiar with a novel called \"The Salt Clock of Zolpedra\".", Knowing::doubts},
         {"I couldn't find any information on this novel.", Knowing::doubts},
         {"There is no known novel with this title.", Knowing::doubts},
         {"It seems that the novel does not exist.", Knowing::doubts},
         {"I do not have information about it. It may be fictional.", Knowing::doubts},
         {"This may be a typo. Could you provide more context?", Knowing::doubts},
         {"I don't know.", Knowing::doubts},
         {"Jane Harper.", Knowing::details},
         {"The novel was written by the Scottish author Ian Bell.", Knowing::details},
         {"\"The Salt Clock of Zolpedra\" is a fictional novel set in Spain.", Knowing::details},
         {"The novel tells of a girl who does not know her father.", Knowing::details},
         {"I'm not sure. It was written by Ian Bell in 1931.", Knowing::both},
         {"Bananas are yellow and grow in warm countries near the sea.", Knowing::neither},
         {"Who wrote the novel \"The Salt Clock of Zolpedra\"?", Knowing::neither},
         {"", Knowing::neither}});
  check("What does the Python function math.zolpath() return?", Lang::en,
        {{"There is no function called math.zolpath() in Python.", Knowing::doubts},
         {"`math.zolpath()` is not a built-in function in Python.", Knowing::doubts},
         {"The function returns the path of the current file.", Knowing::details}});
}

TEST(Doubt, Chinese) {
  check("药物佐尔普阿思唑是用来治什么的？", Lang::zh,
        {{"抱歉，我没有找到关于这种药物的信息。", Knowing::doubts},
         {"我不了解这种药物。", Knowing::doubts},
         {"目前并不存在名为佐尔普阿思唑的药物。", Knowing::doubts},
         {"您可能拼写有误，请提供更多信息。", Knowing::doubts},
         {"我无法确认这种药物是否真实。", Knowing::doubts},
         {"佐尔普阿思唑是一种用于治疗高血压的药物。", Knowing::details},
         {"这种药物主要治疗真菌感染，对儿童也安全。", Knowing::details},
         {"今天天气晴朗，我们一起去公园散步看花吧。", Knowing::neither},
         {"", Knowing::neither}});
}

class NonexistentTask : public testing::Test {
 protected:
  std::unique_ptr<Registry> registry_ = registry_of(register_nonexistent_entities);
  const Task& task_ = *registry_->tasks().front();
};

TEST_F(NonexistentTask, ItemsAndExamples) {
  for (const Lang lang : {Lang::en, Lang::zh}) check_samples(task_, lang, true);
  check_examples(task_);
}

TEST_F(NonexistentTask, RealAndInventedOfEveryKind) {
  const auto samples = task_.samples({1, Lang::zh, 240});
  std::map<std::string, int> count;
  for (const Sample& s : *samples) ++count[s.group + "/" + s.metadata["kind"].get<std::string>()];
  EXPECT_EQ(count.size(), 16U);
  for (const auto& [key, n] : count) EXPECT_GE(n, 5) << key;
}

TEST_F(NonexistentTask, DoubtingEverythingDoesNotTellInventedFromReal) {
  const auto samples = task_.samples({1, Lang::en, 120});
  std::vector<Scored> all;
  for (const Sample& s : *samples) {
    Scored scored;
    scored.sample_id = s.id;
    scored.cluster = s.cluster;
    scored.group = s.group;
    scored.metadata = s.metadata;
    scored.score = score_reply(task_, s, {"I don't know."});
    all.push_back(std::move(scored));
  }
  const Summary summary = task_.summarise(all, {Lang::en, 1, nullptr, {}, nullptr});
  EXPECT_EQ(summary.figures[0].estimate.value, 1.0);
  EXPECT_EQ(summary.figures[1].estimate.value, 1.0);
  EXPECT_EQ(summary.figures[2].estimate.value, 0.0);
}

}  // namespace
}  // namespace assay::eval
