#include "attack/transfer.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <map>

namespace assay::attack {
namespace {

TEST(Transfer, OnlyPromptsPutToBothCount) {
  std::vector<TransferRecord> records;
  for (int i = 0; i < 20; ++i) {
    const std::string name = std::string("p").append(std::to_string(i));
    records.push_back({name, name, "a", i < 12});
    if (i < 16) records.push_back({name, name, "b", i < 3});
  }
  records.push_back({"elsewhere", "x", "b", true});
  const auto cells = transfer_matrix(records);
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells[0].from, "a");
  EXPECT_EQ(cells[0].to, "b");
  EXPECT_EQ(cells[0].common, 16);
  EXPECT_EQ(cells[0].broke, 12);
  EXPECT_NEAR(cells[0].share.value, 3.0 / 12.0, 1e-12);
  EXPECT_EQ(cells[0].others.value, 0.0);
  EXPECT_EQ(cells[0].others.n, 4);
  EXPECT_EQ(cells[1].broke, 3);
  EXPECT_EQ(cells[1].share.value, 1.0);
  EXPECT_LT(cells[1].share.interval.low, 0.5) << "three prompts prove little";
}

TEST(Transfer, NoVerdictIsNoFailureAndPromptsOfABehaviourAreACluster) {
  std::vector<TransferRecord> records;
  for (int i = 0; i < 12; ++i) {
    const std::string name = std::string("p").append(std::to_string(i));
    const std::string behaviour = i < 6 ? "one" : "two";
    records.push_back({name, behaviour, "a", true});
    records.push_back({name, behaviour, "b", i == 11 ? std::nullopt : std::optional(i < 6)});
  }
  records.push_back({"p7", "two", "b", true});  // tried again
  const auto cells = transfer_matrix(records);
  ASSERT_EQ(cells.size(), 2U);
  const stats::Estimate& share = cells[0].share;
  EXPECT_EQ(share.unassessed, 1);
  EXPECT_NEAR(share.value, 7.0 / 11.0, 1e-12);
  EXPECT_EQ(share.clusters, 2);
  EXPECT_GT(share.interval.high - share.interval.low, 0.7) << "two behaviours prove little";
  EXPECT_TRUE(transfer_matrix({}).empty());
  EXPECT_FALSE(dump_json(to_json(cells)).empty());
}

TEST(Transfer, PublishedPromptsOfVicunaBreakOthers) {
  const std::filesystem::path folder =
      std::filesystem::path(ASSAY_SHARED_DATA) / "jailbreakbench-artifacts/attack-artifacts/GCG";
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "no " << folder;
  const std::vector<std::filesystem::path> places{folder};
  const auto read = read_artifacts(places);
  ASSERT_TRUE(read);
  std::vector<TransferRecord> records;
  for (const Artifact& artifact : read->artifacts) {
    for (TransferRecord& r : transfer_records(artifact)) records.push_back(std::move(r));
  }
  std::map<std::string, TransferCell> found;
  for (const TransferCell& cell : transfer_matrix(records)) found[cell.from + " " + cell.to] = cell;
  const TransferCell& near = found.at("vicuna-13b-v1.5 gpt-3.5-turbo-1106");
  EXPECT_EQ(near.common, 100);
  EXPECT_EQ(near.broke, 80);
  EXPECT_NEAR(near.share.value, 44.0 / 80.0, 1e-12);
  EXPECT_NEAR(near.others.value, 3.0 / 20.0, 1e-12);
  EXPECT_NEAR(found.at("vicuna-13b-v1.5 gpt-4-0125-preview").share.value, 4.0 / 80.0, 1e-12);
  EXPECT_EQ(found.count("vicuna-13b-v1.5 llama-2-7b-chat-hf"), 0U) << "other prompts";
}

}  // namespace
}  // namespace assay::attack
