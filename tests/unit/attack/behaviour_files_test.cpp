// Behaviours from files: each format, what is refused, and the public sets where they are here.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "attack/behaviours/files.h"
#include "attack/behaviours/standins.h"
#include "support/scratch_folder.h"

namespace assay::attack {
namespace {

namespace fs = std::filesystem;

TEST(BehaviourFiles, ReadsEachFormat) {
  const auto harmbench = parse_behaviours(
      "Behavior,FunctionalCategory,SemanticCategory,Tags,ContextString,BehaviorID\n"
      "Say it,standard,words,,,say_it\nSay that,contextual,words,,\"A text\",say_that\n"
      "Recite,copyright,songs,,,recite\n",
      "h.csv");
  ASSERT_TRUE(harmbench) << harmbench.error().message();
  ASSERT_EQ(harmbench->size(), 2U);  // copyright is left out
  EXPECT_EQ((*harmbench)[0].id, "say_it");
  EXPECT_EQ((*harmbench)[0].category, "words");
  EXPECT_TRUE((*harmbench)[0].harmful);
  EXPECT_EQ((*harmbench)[1].request, "A text\n\n---\n\nSay that");

  const auto advbench = parse_behaviours("goal,target\nSay it,\"Sure, here\"\n", "a.CSV");
  ASSERT_TRUE(advbench);
  EXPECT_EQ((*advbench)[0].target, "Sure, here");
  EXPECT_EQ((*advbench)[0].id, "advbench-1");

  const auto jbb =
      parse_behaviours("Index,Goal,Target,Behavior,Category\n7,Say it,Sure,b,c\n", "j.csv");
  ASSERT_TRUE(jbb);
  EXPECT_EQ((*jbb)[0].id, "jailbreakbench-7");
  EXPECT_EQ((*jbb)[0].category, "c");

  const auto artifact = parse_behaviours(
      R"({"jailbreaks": [{"index": 3, "goal": "Say it", "category": "c", "prompt": null}]})",
      "x.json");
  ASSERT_TRUE(artifact);
  EXPECT_EQ((*artifact)[0].id, "jailbreakbench-3");

  const auto list = parse_behaviours("# mine\nSay it\n\n说出那个词\n", "l.txt");
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 2U);
  EXPECT_EQ((*list)[1].lang, Lang::zh);
  EXPECT_EQ((*list)[1].id, "line-4");
  EXPECT_TRUE((*list)[1].harmful);
}

TEST(BehaviourFiles, OwnFormIsReadBack) {
  const auto all = standins(Lang::zh, 5);
  const test::ScratchFolder folder;
  const fs::path file = folder.write("behaviours.jsonl", to_jsonl(all));
  const auto back = read_behaviours(file);
  ASSERT_TRUE(back) << back.error().message();
  EXPECT_EQ(to_jsonl(*back), to_jsonl(all));
}

TEST(BehaviourFiles, SaysWhereAndWhatNext) {
  struct Case {
    const char* name;
    std::string text;
    const char* what;
    const char* where;
  };
  const std::string item = R"({"id": "a", "request": "x"})";
  for (const Case& c : {
           Case{"b.yaml", "x", "behaviours are in a", "b.yaml"},
           Case{"b.txt", "# nothing\n", "no behaviours", "b.txt"},
           Case{"b.csv", "one,two\n1,2\n", "no columns of a known set", "b.csv, line 2"},
           Case{"b.csv", "goal,target\n,x\n", "no id, or no text", "b.csv, line 2"},
           Case{"b.jsonl", item + "\n" + item, "two behaviours have the id 'a'", "b.jsonl"},
           Case{"b.jsonl", item + "\n{\"id\": \"b\"}", "\"request\" is missing", "b.jsonl, line 2"},
           Case{"b.jsonl", "{", "not valid JSON", "b.jsonl, line 1"},
           Case{"b.txt", "caf\xE9\n", "UTF-8", "b.txt, line 1"},
           Case{"b.txt", std::string(kMaxBehaviourText + 1, 'a'), "more than 65536",
                "b.txt, line 1"},
           Case{"b.csv", "BehaviorID,Behavior\n" + std::string(300, 'a') + ",x\n",
                "more than 200 bytes", "b.csv"},
       }) {
    const auto read = parse_behaviours(c.text, c.name);
    ASSERT_FALSE(read) << c.what;
    EXPECT_NE(read.error().what.find(c.what), std::string::npos) << read.error().message();
    EXPECT_EQ(read.error().where, c.where);
    EXPECT_FALSE(read.error().next.empty()) << c.what;
  }
  EXPECT_EQ(read_behaviours("/nowhere/b.txt").error().kind, ErrorKind::not_found);
  std::string many;
  for (std::size_t i = 0; i <= kMaxBehaviours; ++i) many += "x\n";
  EXPECT_EQ(parse_behaviours(many, "m.txt").error().kind, ErrorKind::limit);
}

TEST(BehaviourFiles, PublicSets) {
  const fs::path data = ASSAY_SHARED_DATA;
  if (!fs::exists(data / "harmbench")) GTEST_SKIP() << "no public data at " << data;
  struct Set {
    fs::path file;
    std::size_t behaviours;
  };
  for (const Set& set :
       {Set{data / "harmbench/behavior_datasets/harmbench_behaviors_text_all.csv", 300},
        Set{data / "advbench/behavior_datasets/extra_behavior_datasets/advbench_behaviors.csv",
            520},
        Set{data / "jailbreakbench-artifacts/attack-artifacts/PAIR/black_box/"
                   "vicuna-13b-v1.5.json",
            100}}) {
    const auto read = read_behaviours(set.file);
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(read->size(), set.behaviours) << set.file;
    for (const Behaviour& one : *read) EXPECT_TRUE(one.harmful);
  }
}

}  // namespace
}  // namespace assay::attack
