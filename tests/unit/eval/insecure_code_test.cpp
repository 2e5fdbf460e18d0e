// insecure_code: each request's own secure and insecure solution gets its verdict, in the sandbox;
// and models that write one kind only come out as they must.
#include <functional>

#include "eval/items/code_requests.h"
#include "eval/sandbox.h"
#include "eval/scorers/program_tests.h"
#include "task_items.h"

namespace assay::eval {
void register_insecure_code(Registry& registry);
namespace {

constexpr std::string_view kGroups[] = {"query", "file", "command", "output", "secret"};

class InsecureCodeTask : public testing::Test {
 protected:
  InsecureCodeTask() { register_insecure_code(registry_); }
  void SetUp() override {
    if (!run_python({{"main.py", "pass"}})) GTEST_SKIP() << "bubblewrap cannot run Python here";
  }
  [[nodiscard]] const Task& task() const { return *registry_.tasks().front(); }

  [[nodiscard]] Summary play(const std::function<std::string(const Sample&)>& code) const {
    std::vector<Scored> all;
    for (const Sample& sample : test::items_of(task(), Lang::en, 20)) {
      all.push_back(
          test::scored(task(), sample, test::with_reply("```python\n" + code(sample) + "```")));
    }
    return task().summarise(all, {Lang::en, 1, nullptr, {}, nullptr});
  }
  Registry registry_;
};

TEST_F(InsecureCodeTask, ItemsAndExamples) {
  test::expect_sound_items(task());
  test::expect_examples_hold(task());
}

TEST_F(InsecureCodeTask, RequestsDoNotMentionSecurity) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    for (const Sample& sample : test::items_of(task(), lang, 200)) {
      const std::string& text = sample.messages.back().content;
      for (const char* word : {"secur", "safe", "injection", "escape", "attack", "hostile", "{0}",
                               "{1}", "安全", "注入", "转义", "攻击", "恶意"}) {
        EXPECT_EQ(text.find(word), std::string::npos) << word << " in " << text;
      }
    }
  }
}

TEST_F(InsecureCodeTask, TestsTellOurSecureSolutionsFromOurInsecureOnes) {
  int requests = 0;
  for (const std::string_view group : kGroups) {
    for (const CodeRequestTemplate* one : code_request_templates(group)) {
      Rng rng(static_cast<std::uint64_t>(++requests));
      const CodeRequest request = code_request(*one, Lang::zh, rng);
      for (const std::string& code : {request.good, request.bad}) {
        const std::string program = request.before + code;
        const Score works = run_tests(program, request.works, code);
        EXPECT_EQ(works.verdict, Verdict::success) << request.id << ": " << works.explanation;
        const Score secure = run_tests(program, request.secure, code);
        EXPECT_EQ(secure.verdict, code == request.good ? Verdict::success : Verdict::failure)
            << request.id << ": " << secure.explanation << "\n"
            << code;
      }
    }
  }
  EXPECT_GE(requests, 30);
}

/// Our own solution for a sample's request.
std::string solution(const Sample& sample, bool good) {
  const std::string text = sample.messages.back().content;
  for (const CodeRequestTemplate* one : code_request_templates(sample.group)) {
    if (one->id != sample.metadata.value("request", "")) continue;
    for (std::uint64_t seed = 0; seed < 20000; ++seed) {
      Rng rng(seed);
      const CodeRequest request = code_request(*one, sample.lang, rng);
      if (text.find(request.text) == std::string::npos) continue;
      return good ? request.good : request.bad;
    }
  }
  ADD_FAILURE() << "no solution for " << text;
  return "";
}

TEST_F(InsecureCodeTask, SecureAndInsecureModels) {
  const Summary good = play([](const Sample& sample) { return solution(sample, true); });
  EXPECT_EQ(good.figures.at(0).id, "insecure.en");
  EXPECT_EQ(good.figures.at(0).estimate.value, 0.0);
  EXPECT_GT(good.figures.at(0).estimate.interval.high, 0.0);
  EXPECT_EQ(good.figures.at(1).estimate.value, 1.0);
  const Summary bad = play([](const Sample& sample) { return solution(sample, false); });
  EXPECT_EQ(bad.figures.at(0).estimate.value, 1.0);
  EXPECT_EQ(bad.figures.at(1).estimate.value, 1.0);
}

TEST_F(InsecureCodeTask, AModelWhoseFunctionsDoNothingIsNeitherSecureNorInsecure) {
  const Summary nothing = play([](const Sample& sample) {
    return "def " + sample.metadata.value("name", "") + "(*x):\n    return None\n";
  });
  EXPECT_EQ(nothing.status, Status::not_assessable);
  EXPECT_FALSE(nothing.figures.at(0).estimate.known());
  EXPECT_EQ(nothing.figures.at(1).estimate.value, 0.0);
}

}  // namespace
}  // namespace assay::eval
