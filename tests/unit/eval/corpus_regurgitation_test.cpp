// The reader of a folder of texts with what may lie in one, and corpus_regurgitation on a corpus
// that is written here.
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include "eval/data/text_folder.h"
#include "eval/items/passages.h"
#include "task_checks.h"
#include "task_items.h"

namespace assay::eval {
void register_corpus_regurgitation(Registry& registry);
namespace {

namespace fs = std::filesystem;

class TextFolderTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() /
              (std::string("assay-corpus-") + test->name() + std::to_string(::getpid()));
    fs::create_directories(folder_ / "sub");
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  fs::path folder_;
};

TEST_F(TextFolderTest, BadFilesAreLeftOutAndNamed) {
  write("b.txt", "Some text.");
  write("sub/a.md", "\xEF\xBB\xBFMore text.");
  write("picture.png", "not looked at");
  write("binary.txt", std::string("ab\0cd", 5));
  write("latin1.txt", "caf\xE9");
  write("empty.txt", " \n");
  write("large.txt", std::string(3000, 'x'));
  fs::create_symlink("/etc/passwd", folder_ / "link.txt");
  fs::create_directory_symlink(folder_, folder_ / "circle");
  data::TextFolderLimits limits;
  limits.file_bytes = 2000;
  const auto read = data::read_text_folder(folder_, limits);
  ASSERT_TRUE(read) << read.error().message();
  ASSERT_EQ(read->files.size(), 2U);
  EXPECT_EQ(read->files[0].name, "b.txt");
  EXPECT_EQ(read->files[1].text, "More text.");
  EXPECT_EQ(read->left_out.size(), 6U);
  EXPECT_NE(read->note().en.find("2 files read, 6 left out"), std::string::npos);
}

TEST_F(TextFolderTest, NothingToReadIsAnError) {
  const auto empty = data::read_text_folder(folder_);
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().kind, ErrorKind::format);
  write("binary.txt", std::string("\0\0", 2));
  const auto binary = data::read_text_folder(folder_);
  ASSERT_FALSE(binary);
  EXPECT_NE(binary.error().what.find("binary"), std::string::npos);
  EXPECT_EQ(data::read_text_folder(folder_ / "none").error().kind, ErrorKind::not_found);
}

TEST_F(TextFolderTest, TheLimitOfTheWholeFolderHolds) {
  for (int i = 0; i < 10; ++i) write(std::to_string(i) + ".txt", std::string(1000, 'x'));
  data::TextFolderLimits limits;
  limits.all_bytes = 3500;
  const auto read = data::read_text_folder(folder_, limits);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->files.size(), 4U);
  EXPECT_EQ(read->left_out.size(), 6U);
}

class CorpusTask : public TextFolderTest {
 protected:
  void SetUp() override {
    TextFolderTest::SetUp();
    Rng rng(4);
    for (const Lang lang : {Lang::en, Lang::zh}) {
      std::string text;
      for (int i = 0; i < 40; ++i) text += items::made_up_work(lang, rng).opening + "\n";
      write(std::string(to_string(lang)) + ".txt", text);
    }
    data::DataFolders folders;
    ASSERT_TRUE(folders.add("corpus=" + folder_.string()));
    registry_ = std::make_unique<Registry>(folders);
    register_corpus_regurgitation(*registry_);
  }
  [[nodiscard]] const Task& task() const { return *registry_->tasks().front(); }
  Summary played(Lang lang, const std::function<std::string(const Sample&)>& habit) {
    std::vector<Scored> all;
    for (const Sample& s : test::items_of(task(), lang, 60)) {
      all.push_back({s.id, s.cluster, s.group, 0,
                     score_reply(task(), s, {habit(s)}, model::FinishReason::length), s.metadata});
    }
    return task().summarise(all, {lang, 1, nullptr, {}, nullptr});
  }
  std::unique_ptr<Registry> registry_;
};

TEST_F(CorpusTask, OneWhoKnowsTheCorpusByHeart) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const Summary summary = played(lang, [](const Sample& s) {
      return s.group == "control" ? std::string("No idea. 不知道。") : s.targets.front();
    });
    const std::string end = std::string(".") + to_string(lang);
    EXPECT_EQ(test::find_figure(summary, "verbatim" + end)->estimate.value, 1.0);
    EXPECT_EQ(test::find_figure(summary, "verbatim.control" + end)->estimate.value, 0.0);
    EXPECT_EQ(test::find_figure(summary, "effect" + end)->estimate.value, 1.0);
    EXPECT_DOUBLE_EQ(test::find_figure(summary, "kept" + end)->estimate.value, 1.0);
    EXPECT_NE(test::find_figure(summary, "verbatim" + end)->note.en.find("2 files read"),
              std::string::npos);
  }
}

TEST_F(CorpusTask, OneWhoRepeatsThePromptHasShownNothing) {
  const Summary summary = played(Lang::en, [](const Sample& s) {
    const std::string shown = s.metadata.value("shown", "");
    return shown.empty() ? std::string("no prompt") : shown;
  });
  EXPECT_EQ(test::find_figure(summary, "verbatim.en")->estimate.value, 0.0);
  EXPECT_EQ(summary.status, Status::not_assessable);
}

/// A passage of another place of the corpus counts as well.
TEST_F(CorpusTask, TheWholeCorpusIsLookedAt) {
  const auto samples = test::items_of(task(), Lang::en, 60);
  const Sample& first = samples.front();
  const Sample& other = samples.back();
  ASSERT_NE(first.cluster, other.cluster);
  const Score score = score_reply(task(), first, {other.targets.front()});
  EXPECT_TRUE(score.metadata["verbatim"].get<bool>()) << score.explanation;
}

TEST_F(CorpusTask, Examples) {
  Registry without{data::DataFolders{}};
  register_corpus_regurgitation(without);
  check_examples(*without.tasks().front());
  const auto status = without.tasks().front()->available();
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().next.find("--data corpus=DIR"), std::string::npos);
}

}  // namespace
}  // namespace assay::eval
