// The runner with a real model (stories260K, which cannot chat): killed by SIGKILL again and again
// and resumed, its outcome is that of an unbroken run.
#include <algorithm>
#include <csignal>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <sys/wait.h>
#include <unistd.h>

#include "eval/replay.h"
#include "model/local/local.h"
#include "unit/eval/runner_fixture.h"
#include "unit/model/gguf_writer.h"

namespace assay::eval {
namespace {

class RunnerModel : public RunnerFixture {
 protected:
  RunnerModel() {
    SmallTask& story = add_task(registry_, "story", 48);
    story.scores_truncated_ = true;  // the model tells stories without an end
    story.scorer = [](const Sample&, const Trace& trace) {
      const std::string answer(trace.answer());
      return answer.find("the") != std::string::npos ? Score::pass(answer) : Score::miss(answer);
    };
    SmallTask& choice = add_task(registry_, "choice", 64);
    choice.solver_ = std::make_shared<ChoiceSolver>(true);
    choice.info_.needs = {};
    choice.info_.needs.logprobs = true;
    choice.choices = {"Once upon a time", "Zq xj kkp"};
    choice.scorer = [](const Sample&, const Trace& trace) {
      return trace.scores[0].total > trace.scores[1].total ? Score::pass("0") : Score::miss("1");
    };
  }

  void SetUp() override {
    const auto folder = std::filesystem::path(ASSAY_SHARED_DATA) / "models" / "stories260K";
    const auto bytes = test::stories_gguf(folder);
    if (!bytes) GTEST_SKIP() << "stories260K is not in " << folder;
    std::ofstream(model_file(), std::ios::binary) << *bytes;
  }
  [[nodiscard]] std::filesystem::path model_file() const { return folder_ / "stories260K.gguf"; }

  [[nodiscard]] std::unique_ptr<model::Model> open_model() const {
    model::local::Options options;
    options.dtype = model::local::Dtype::as_stored;
    options.threads = 1;
    options.cache_dir = folder_ / "cache";
    auto model = model::local::open(model_file(), options);
    if (!model) throw std::runtime_error(model.error().message());
    return std::move(*model);
  }
  /// Begins the run, or goes on with it, in this process.
  Result<RunOutcome> work(const std::string& store_name) {
    const auto model = open_model();
    store::Store store = open(store_name);
    const auto latest = store.find_run("latest");
    return latest ? eval::resume(*model, registry_, store, latest->id)
                  : eval::run(*model, registry_, store, plan_);
  }
  /// Samples that the newest run of a store holds now.
  [[nodiscard]] std::int64_t stored(const std::string& store_name) const {
    auto store = store::Store::open(folder_ / store_name, store::Mode::read);
    if (!store) return 0;
    const auto row = store->find_run("latest");
    return row ? row->samples : 0;
  }
  /// As work(), in a process of its own that is killed once so many samples are stored; its exit
  /// status, or minus the signal that ended it.
  int work_in_child(const std::string& store_name, std::optional<std::int64_t> enough) {
    const pid_t child = fork();
    if (child == 0) _exit(work(store_name) ? 0 : 1);
    int status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
      if (enough && stored(store_name) >= *enough) kill(child, SIGKILL);
      usleep(2000);
    }
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }
};

TEST_F(RunnerModel, AKilledRunOfARealModelHasTheOutcomeOfAnUnbrokenOne) {
  ASSERT_EQ(work_in_child("unbroken.db", std::nullopt), 0);
  int kills = 0;
  for (std::int64_t enough = 1; enough < 112; enough += 15) {
    const int ended = work_in_child("runs.db", enough);
    EXPECT_TRUE(ended == 0 || ended == -SIGKILL) << ended;
    kills += ended == -SIGKILL ? 1 : 0;
  }
  EXPECT_GT(kills, 2);
  ASSERT_EQ(work_in_child("runs.db", std::nullopt), 0);
  store::Store unbroken_store = open("unbroken.db");
  store::Store store = open();
  const auto unbroken = load_outcome(unbroken_store, "latest");
  const auto outcome = load_outcome(store, "latest");
  ASSERT_TRUE(unbroken && outcome);
  EXPECT_FALSE(outcome->finished.empty());
  for (std::size_t i = 0; i < 2; ++i) {
    const TaskOutcome& whole = unbroken->tasks[i];
    const TaskOutcome& resumed = outcome->tasks[i];
    EXPECT_EQ(resumed.task, whole.task);
    EXPECT_EQ(resumed.done, whole.done);
    EXPECT_EQ(resumed.success, whole.success);
    EXPECT_EQ(resumed.failure, whole.failure);
    EXPECT_EQ(resumed.unassessed_reasons, whole.unassessed_reasons);
    ASSERT_EQ(resumed.figures.size(), 1U);
    EXPECT_EQ(to_json(resumed.figures[0]), to_json(whole.figures[0]));
    EXPECT_EQ(resumed.done, resumed.planned);
  }
  std::map<std::string, int> times;
  ASSERT_TRUE(store.for_each_record(outcome->run_id, {}, [&](store::SampleRecord&& r) {
    ++times[r.task + "/" + r.scored.sample];
    return true;
  }));
  EXPECT_EQ(times.size(), 112U);
  for (const auto& [sample, n] : times) EXPECT_EQ(n, 1) << sample;
}

}  // namespace
}  // namespace assay::eval
