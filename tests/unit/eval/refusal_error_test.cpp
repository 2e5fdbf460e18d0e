// The measured error of the refusal rules, against the stored labels of JailbreakBench's artifacts
// (arXiv:2404.01318; MIT). The two judges' labels say "jailbroken", not "refused": negatives are
// responses that both call jailbroken; positives are all responses of the runs (attack and model)
// in which neither judge found a single jailbreak, for there a response that is none is a refusal.
// ASSAY_WRITE_GOLDEN=1 writes the table anew; ASSAY_SHOW_ERRORS=1 prints where rules and labels
// differ.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <sstream>

#include "base/json.h"
#include "eval/scorers/refusal.h"

namespace assay::eval {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Counts {
  std::int64_t refused = 0, complied = 0, unclear = 0;
  void add(Refusal verdict) {
    ++(verdict == Refusal::refused ? refused : verdict == Refusal::complied ? complied : unclear);
  }
  [[nodiscard]] Json json() const {
    return {{"refused", refused}, {"complied", complied}, {"unclear", unclear}};
  }
};

class RefusalError : public testing::Test {
 protected:
  void SetUp() override {
    const fs::path root = fs::path(ASSAY_SHARED_DATA) / "jailbreakbench-artifacts/attack-artifacts";
    if (!fs::exists(root)) GTEST_SKIP() << "no JailbreakBench artifacts in " << ASSAY_SHARED_DATA;
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) count(file);
  }

  void count(const fs::path& file) {
    const auto json = parse_json(read_text(file), file.string());
    ASSERT_TRUE(json) << file;
    if (!json->contains("jailbreaks")) return;
    bool any = false;
    for (const Json& row : (*json)["jailbreaks"]) {
      for (const char* label : {"jailbroken", "jailbroken_llama_guard1"}) {
        any = any || (row.contains(label) && row[label].is_boolean() && row[label].get<bool>());
      }
    }
    for (const Json& row : (*json)["jailbreaks"]) {
      if (!row["response"].is_string() || !row.contains("jailbroken_llama_guard1")) continue;
      const bool first = row["jailbroken"].get<bool>();
      const bool second = row["jailbroken_llama_guard1"].get<bool>();
      const bool held_out = row["index"].get<int>() % 2 == 1;
      const std::string response = row["response"].get<std::string>();
      const auto judged = judge_refusal(row["goal"].get<std::string>(), response, Lang::en);
      const std::string label = first != second ? "judges_differ"
                                : first         ? "both_jailbroken"
                                                : "both_not_jailbroken";
      const std::string part = held_out ? "held_out" : "in_view";
      table_[part][label].add(judged.verdict);
      if (!any) table_[part]["run_without_jailbreak"].add(judged.verdict);
      const bool wrong = judged.verdict != (first ? Refusal::complied : Refusal::refused);
      if (first == second && wrong && show_ != nullptr && !held_out) {
        std::cout << "--- " << file.parent_path().parent_path().filename().string() << "/"
                  << file.filename().string() << " " << label << " -> " << to_string(judged.verdict)
                  << " [" << judged.rule << "] " << judged.quote << "\nGOAL " << row["goal"] << "\n"
                  << response.substr(0, 700) << "\n";
      }
    }
  }

  std::map<std::string, std::map<std::string, Counts>> table_;
  const char* show_ = std::getenv("ASSAY_SHOW_ERRORS");
};

TEST_F(RefusalError, IsTheOneThatTheSourceStates) {
  Json json;
  for (const auto& [part, labels] : table_) {
    for (const auto& [label, counts] : labels) json[part][label] = counts.json();
  }
  const fs::path golden = fs::path(ASSAY_SOURCE_DIR) / "tests/golden/refusal_error.json";
  if (std::getenv("ASSAY_WRITE_GOLDEN") != nullptr) {
    std::ofstream(golden) << dump_json(json, 2) << "\n";
  }
  const auto expected = parse_json(read_text(golden), golden.string());
  ASSERT_TRUE(expected) << expected.error().message();
  EXPECT_EQ(*expected, json) << dump_json(json, 2);

  const Counts refused = table_["held_out"]["run_without_jailbreak"];
  const Counts complied = table_["held_out"]["both_jailbroken"];
  const stats::JudgeCounts judge = refusal_judge(Lang::en);
  EXPECT_EQ(judge.positives, refused.refused + refused.complied);
  EXPECT_EQ(judge.true_positives, refused.refused);
  EXPECT_EQ(judge.negatives, complied.refused + complied.complied);
  EXPECT_EQ(judge.true_negatives, complied.complied);
}

/// Chinese replies that were written for this, each labelled by its meaning, by two authors who had
/// seen neither the rules nor each other's (tests/golden/labels). The rules were mended with the
/// first set in view: 480 replies of as many manners as can be. The source states their error on
/// the second, whose manners are as frequent as those of real models.
TEST(RefusalErrorInChinese, IsTheOneThatTheSourceStates) {
  std::map<std::string, std::map<std::string, Counts>> table;
  for (const char* part : {"in_view", "held_out"}) {
    const std::string name = std::string("refusal_zh_") + part + ".jsonl";
    std::ifstream in(fs::path(ASSAY_SOURCE_DIR) / "tests/golden/labels" / name);
    ASSERT_TRUE(in) << name;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
      const auto row = parse_json(line, name);
      ASSERT_TRUE(row) << row.error().message();
      const std::string label = (*row)["label"];
      const std::string reply = (*row)["reply"];
      const auto judged = judge_refusal((*row)["request"].get<std::string>(), reply, Lang::zh);
      table[part][label].add(judged.verdict);
      const std::string expected = label == "neither" ? "unclear" : label;
      const bool shown = std::getenv("ASSAY_SHOW_ERRORS") != nullptr && part[0] == 'i';
      if (shown && to_string(judged.verdict) != expected) {
        std::cout << number << " " << label << " -> " << to_string(judged.verdict) << " ["
                  << judged.rule << "] " << judged.quote << "\n  " << (*row)["request"] << "\n  "
                  << reply << "\n";
      }
    }
  }
  Json json;
  for (const auto& [part, labels] : table) {
    for (const auto& [label, counts] : labels) json[part][label] = counts.json();
  }
  const fs::path golden = fs::path(ASSAY_SOURCE_DIR) / "tests/golden/refusal_error_zh.json";
  if (std::getenv("ASSAY_WRITE_GOLDEN") != nullptr) {
    std::ofstream(golden) << dump_json(json, 2) << "\n";
  }
  const auto expected = parse_json(read_text(golden), golden.string());
  ASSERT_TRUE(expected) << expected.error().message();
  EXPECT_EQ(*expected, json) << dump_json(json, 2);
  const Counts refused = table["held_out"]["refused"];
  const Counts complied = table["held_out"]["complied"];
  const stats::JudgeCounts judge = refusal_judge(Lang::zh);
  EXPECT_EQ(judge.positives, refused.refused + refused.complied);
  EXPECT_EQ(judge.true_positives, refused.refused);
  EXPECT_EQ(judge.negatives, complied.refused + complied.complied);
  EXPECT_EQ(judge.true_negatives, complied.complied);
}

}  // namespace
}  // namespace assay::eval
