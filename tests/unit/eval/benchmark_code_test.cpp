// GSM8K, HumanEval and MBPP: the references of the real sets pass, hostile programs do not, packed
// files are read, and bad ones are refused with their place.
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iostream>
#include <memory>

#include "eval/data/records.h"
#include "eval/registry.h"
#include "eval/sandbox.h"
#include "eval/scorers/program_tests.h"
#include "support/scratch_folder.h"

namespace assay::eval {
void register_gsm8k(Registry& registry);
void register_humaneval(Registry& registry);
void register_mbpp(Registry& registry);

namespace {

namespace fs = std::filesystem;

#define NEEDS_SANDBOX() \
  if (!run_python({{"main.py", "pass"}})) GTEST_SKIP() << "bubblewrap cannot run Python here"
#define NEEDS_DATA(folder)                                       \
  if (!fs::is_directory(fs::path(ASSAY_SHARED_DATA) / (folder))) \
  GTEST_SKIP() << "no " << (folder) << " in " << ASSAY_SHARED_DATA

/// The tasks with the data of a folder that holds one for each set.
std::unique_ptr<Registry> tasks_with(const fs::path& root) {
  data::DataFolders folders;
  EXPECT_TRUE(folders.add(root.string()));
  auto out = std::make_unique<Registry>(std::move(folders));
  register_gsm8k(*out);
  register_humaneval(*out);
  register_mbpp(*out);
  return out;
}

class Folder {
 public:
  explicit Folder(std::string set) : set_(std::move(set)) { fs::create_directories(root_ / set_); }
  void write(const std::string& name, const std::string& bytes) const {
    root_.write(fs::path(set_) / name, bytes);
  }
  [[nodiscard]] const fs::path& root() const { return root_.path(); }

 private:
  test::ScratchFolder root_;
  std::string set_;
};

std::vector<Sample> all_of(const Registry& registry, const char* task) {
  const Task& one = **registry.find(task);
  auto samples = one.samples({1, Lang::en, one.info().items.full});
  EXPECT_TRUE(samples) << samples.error().message();
  return samples.value_or(std::vector<Sample>{});
}

Trace answered(const std::string& text) {
  Trace trace;
  trace.generations.emplace_back().text = text;
  return trace;
}

TEST(HumanEvalData, ReferencesPassInBothForms) {
  NEEDS_SANDBOX();
  NEEDS_DATA("humaneval");
  const auto registry = tasks_with(ASSAY_SHARED_DATA);
  const auto records =
      data::read_jsonl(fs::path(ASSAY_SHARED_DATA) / "humaneval" / "HumanEval.jsonl.gz");
  ASSERT_TRUE(records) << records.error().message();
  const auto raw = all_of(*registry, "humaneval");
  const auto chat = all_of(*registry, "humaneval_chat");
  ASSERT_EQ(raw.size(), 164U);
  ASSERT_EQ(records->size(), 164U);
  for (std::size_t i = 0; i < raw.size(); i += 3) {
    const std::string prompt = *(*records)[i].text("prompt");
    const std::string body = *(*records)[i].text("canonical_solution");
    const Score done = (*registry->find("humaneval"))->score(raw[i], answered(body));
    EXPECT_EQ(done.verdict, Verdict::success) << raw[i].id << ": " << done.explanation;
    const Score asked = (*registry->find("humaneval_chat"))
                            ->score(chat[i], answered("```python\n" + prompt + body + "```"));
    EXPECT_EQ(asked.verdict, Verdict::success) << raw[i].id << ": " << asked.explanation;
    const Score empty = (*registry->find("humaneval"))->score(raw[i], answered("    pass"));
    EXPECT_EQ(empty.verdict, Verdict::failure) << raw[i].id;
  }
}

TEST(MbppData, ReferencesPass) {
  NEEDS_SANDBOX();
  NEEDS_DATA("mbpp");
  const auto registry = tasks_with(ASSAY_SHARED_DATA);
  const auto records = data::read_jsonl(fs::path(ASSAY_SHARED_DATA) / "mbpp" / "mbpp.jsonl");
  ASSERT_TRUE(records) << records.error().message();
  const auto samples = all_of(*registry, "mbpp");
  ASSERT_EQ(samples.size(), 500U);
  for (std::size_t i = 0; i < samples.size(); i += 4) {  // 367, whose set-up needs its code, too
    const std::string code = *(*records)[i + 10].text("code");
    const Score score = (*registry->find("mbpp"))->score(samples[i], answered(code));
    EXPECT_EQ(score.verdict, Verdict::success) << samples[i].id << ": " << score.explanation;
  }
}

TEST(Gsm8kData, ReferencesAreRight) {
  NEEDS_DATA("gsm8k");
  const auto registry = tasks_with(ASSAY_SHARED_DATA);
  const auto records = data::read_jsonl(fs::path(ASSAY_SHARED_DATA) / "gsm8k" / "test.jsonl");
  ASSERT_TRUE(records) << records.error().message();
  const auto samples = all_of(*registry, "gsm8k");
  ASSERT_EQ(samples.size(), 1319U);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const Score score =
        (*registry->find("gsm8k"))->score(samples[i], answered(*(*records)[i].text("answer")));
    EXPECT_EQ(score.verdict, Verdict::success) << samples[i].id << ": " << score.explanation;
  }
}

/// The published answers of the paper's four models: our verdict is the paper's, answer by answer.
/// (They mark the number by "A:" where the references have "####".)
TEST(Gsm8kData, PublishedAnswersAreJudgedAsInThePaper) {
  NEEDS_DATA("gsm8k");
  const auto registry = tasks_with(ASSAY_SHARED_DATA);
  const auto records =
      data::read_jsonl(fs::path(ASSAY_SHARED_DATA) / "gsm8k" / "example_model_solutions.jsonl");
  ASSERT_TRUE(records) << records.error().message();
  const auto samples = all_of(*registry, "gsm8k");
  ASSERT_EQ(samples.size(), records->size());
  int different = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    for (const char* model :
         {"6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification"}) {
      std::string text = *(*records)[i].text(std::string(model) + "/solution");
      const auto mark = text.rfind("\nA:");
      if (mark != std::string::npos) text.replace(mark, 3, "\n####");
      const bool right = (*records)[i].find(std::string(model) + "/is_correct")->get<bool>();
      const Score score = (*registry->find("gsm8k"))->score(samples[i], answered(text));
      if (right == (score.verdict == Verdict::success)) continue;
      ++different;
      std::cout << samples[i].id << " " << model << ": " << text << "\n";
    }
  }
  EXPECT_EQ(different, 0);
}

TEST(RunTests, HostileProgramsDoNotPass) {
  NEEDS_SANDBOX();
  const std::string tests = "assert f(2) == 4\n";
  const auto verdict = [&](const std::string& program) {
    return run_tests(program, tests, "").verdict;
  };
  EXPECT_EQ(verdict("def f(x): return 2 * x"), Verdict::success);
  for (const char* bad : {
           "def f(x): return x",
           "def f(x:",
           "import os\nos._exit(0)",
           "raise SystemExit(0)",
           "def f(x):\n    import os\n    os._exit(0)",
           "def f(x):\n    while True: pass",
           "def f(x):\n    return [0] * 10**10",
           "def f(x): return f(x)",
           "print('{\"passed\": \"1\"}')\nimport os\nos._exit(0)",
           "import os\nos.write(1, b'{\"passed\": \"\"}')\nos._exit(0)",
       }) {
    EXPECT_EQ(verdict(bad), Verdict::failure) << bad;
  }
}

TEST(RunTests, PassAtKFollowsThePaper) {
  std::vector<Scored> scored;
  for (int item = 0; item < 30; ++item) {
    for (int epoch = 0; epoch < 10; ++epoch) {
      Scored& one = scored.emplace_back();
      one.sample_id = one.cluster = std::to_string(100 + item);
      one.epoch = epoch;
      one.score = epoch < item % 3 ? Score::pass("") : Score::miss("");
    }
  }
  const Summary summary = pass_figures(scored, {});
  ASSERT_EQ(summary.figures.size(), 2U);
  EXPECT_EQ(summary.figures[0].id, "pass.1.en");
  EXPECT_NEAR(summary.figures[0].estimate.value, 0.1, 1e-9);
  EXPECT_EQ(summary.figures[1].id, "pass.10.en");
  EXPECT_NEAR(summary.figures[1].estimate.value, 2.0 / 3.0, 1e-9);
}

TEST(CodeBenchmarks, BadFilesAreRefusedWithTheirPlace) {
  const auto error_of = [](const char* set, const char* task, const char* name,
                           const std::string& bytes) {
    const Folder folder(set);
    folder.write(name, bytes);
    const auto registry = tasks_with(folder.root());
    const auto status = (*registry->find(task))->available();
    EXPECT_FALSE(status) << bytes;
    return status ? std::string() : status.error().message();
  };
  using ::testing::HasSubstr;
  EXPECT_THAT(error_of("gsm8k", "gsm8k", "test.jsonl", "{\"question\":\"a\",\"answer\":\"b\"}\n"),
              HasSubstr("test.jsonl, line 1"));
  EXPECT_THAT(error_of("gsm8k", "gsm8k", "test.jsonl", "{\"question\":7,\"answer\":\"#### 1\"}"),
              HasSubstr("'question' is not a text"));
  EXPECT_THAT(error_of("humaneval", "humaneval", "HumanEval.jsonl.gz", "not packed"),
              HasSubstr("HumanEval.jsonl.gz"));
  EXPECT_THAT(error_of("humaneval", "humaneval", "HumanEval.jsonl.gz",
                       std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab", 11)),
              HasSubstr("HumanEval.jsonl.gz"));
  const std::string item =
      R"({"task_id":"x","prompt":"def g():\n","entry_point":"f","test":"","canonical_solution":""})";
  EXPECT_THAT(error_of("humaneval", "humaneval_chat", "HumanEval.jsonl.gz", item + "\n"),
              HasSubstr("HumanEval.jsonl.gz"));
  const std::string problem =
      R"({"task_id":11,"text":"t","code":"c","test_setup_code":"","test_list":["assert 1"]})";
  EXPECT_THAT(error_of("mbpp", "mbpp", "mbpp.jsonl", problem + "\n" + problem + "\n"),
              HasSubstr("mbpp.jsonl, line 2"));
  EXPECT_THAT(error_of("mbpp", "mbpp", "mbpp.jsonl", problem.substr(0, 40)),
              HasSubstr("mbpp.jsonl, line 1"));
}

}  // namespace
}  // namespace assay::eval
