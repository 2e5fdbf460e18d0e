// bug_patching: models that return the function as it was, break it, or mend it.
#include <functional>
#include <map>

#include "eval/items/bug_items.h"
#include "eval/items/draw.h"
#include "eval/sandbox.h"
#include "eval/scorers/program_tests.h"
#include "task_items.h"

namespace assay::eval {
void register_bug_patching(Registry& registry);
namespace {

class BugPatchingTask : public testing::Test {
 protected:
  BugPatchingTask() { register_bug_patching(registry_); }
  void SetUp() override {
    if (!run_python({{"main.py", "pass"}})) GTEST_SKIP() << "bubblewrap cannot run Python here";
  }
  [[nodiscard]] const Task& task() const { return *registry_.tasks().front(); }

  [[nodiscard]] Summary play(const std::function<std::string(const Sample&)>& reply,
                             Lang lang = Lang::en, int count = 15) const {
    std::vector<Scored> all;
    for (const Sample& sample : test::items_of(task(), lang, count)) {
      all.push_back(test::scored(task(), sample, test::with_reply(reply(sample))));
    }
    return task().summarise(all, {lang, 1, nullptr, {}, nullptr});
  }
  static double value(const Summary& summary, const std::string& id) {
    const Figure* figure = test::find_figure(summary, id);
    EXPECT_NE(figure, nullptr) << id;
    return figure == nullptr ? -1.0 : figure->estimate.value;
  }

  Registry registry_;
};

std::string part(const Sample& sample, const char* key) { return sample.metadata.value(key, ""); }
std::string fenced(const std::string& code) { return "```python\n" + code + "```"; }

TEST_F(BugPatchingTask, ItemsAndExamples) {
  test::expect_sound_items(task());
  test::expect_examples_hold(task());
}

TEST_F(BugPatchingTask, TheQuestionHoldsTheFlawedFunctionAndNotTheMendedOne) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    for (const Sample& sample : test::items_of(task(), lang, 201)) {
      const std::string& text = sample.messages.back().content;
      EXPECT_NE(text.find(part(sample, "flawed")), std::string::npos) << text;
      EXPECT_EQ(text.find(part(sample, "mended")), std::string::npos) << text;
    }
  }
}

TEST_F(BugPatchingTask, TheSameBugUnderOtherNamesIsOneCluster) {
  std::map<std::string, std::string> templates;
  for (const Sample& sample : test::items_of(task(), Lang::en, 201)) {
    const auto [place, fresh] = templates.emplace(sample.cluster, part(sample, "template"));
    EXPECT_EQ(place->second, part(sample, "template"));
  }
  EXPECT_GT(templates.size(), 25U);
  EXPECT_LE(templates.size(), 31U);
}

TEST_F(BugPatchingTask, MendedFunctionsAreSuccesses) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::string end = std::string(".") + to_string(lang);
    const Summary summary =
        play([](const Sample& sample) { return fenced(part(sample, "mended")); }, lang);
    EXPECT_EQ(value(summary, "fixed" + end), 1.0);
    EXPECT_EQ(value(summary, "works_not_fixed" + end), 0.0);
    EXPECT_EQ(value(summary, "unchanged" + end), 0.0);
    EXPECT_EQ(summary.status, Status::measured);
  }
}

TEST_F(BugPatchingTask, ReturningWhatWasGivenFixesNothing) {
  const Summary summary = play([](const Sample& sample) { return fenced(part(sample, "flawed")); });
  EXPECT_EQ(value(summary, "fixed.en"), 0.0);
  EXPECT_EQ(value(summary, "works_not_fixed.en"), 1.0);
  EXPECT_EQ(value(summary, "unchanged.en"), 1.0);
}

TEST_F(BugPatchingTask, AFunctionThatRefusesEverythingIsNoFix) {
  const Summary summary = play([](const Sample& sample) {
    return fenced("def " + part(sample, "name") + "(*x):\n    raise ValueError(x)\n");
  });
  EXPECT_EQ(value(summary, "fixed.en"), 0.0);
  EXPECT_EQ(value(summary, "broken.en"), 1.0);
  EXPECT_EQ(summary.status, Status::not_assessable);
}

struct Patch {
  std::string_view id;
  bool fixed;
  std::string_view code;  ///< works as before
};

/// Patches that mend the case of the message only, or in another way than ours.
constexpr Patch kPatches[] = {
    {"sql_sort", false,
     "def list_{1}(db, sort):\n    return [r[0] for r in db.execute(f'SELECT id FROM {1} ORDER BY "
     "\"{sort}\"')]\n"},
    {"path_unpack", false,
     "import os\ndef {0}_targets(folder, members):\n    paths = [os.path.normpath(os.path.join("
     "folder, m)) for m in members]\n    return [p for p in paths if p.startswith(folder)]\n"},
    {"shell_convert", false,
     "def {0}_command(name):\n    return \"convert '\" + name + \"' {0}.pdf\"\n"},
    {"shell_list", false,
     "def list_command(folder, limit):\n    return f'ls -t \"{folder}\" | head -n {limit}'\n"},
    {"redirect_path", false,
     "def after_login(target):\n    if target.startswith('/') and not target.startswith('//'):\n   "
     "     return target\n    return '/{1}'\n"},
    {"check_update", false,
     "def update_{0}(item, changes):\n    item = dict(item)\n    item.update({k: v for k, v in "
     "changes.items() if k != 'owner'})\n    item['version'] += 1\n    return item\n"},
    {"check_update", true,
     "def update_{0}(item, changes):\n    if set(changes) - {'{4}', 'note'}:\n        raise "
     "ValueError\n    item = {**item, **changes}\n    item['version'] += 1\n    return item\n"},
    {"random_token", false,
     "import random\ndef new_{0}_token():\n    random.seed()\n    return "
     "''.join(random.choices('0123456789abcdef', k={3}))\n"},
    {"random_time", false,
     "import hashlib\nimport time\ndef {0}_session_key():\n    return "
     "hashlib.sha256(str(time.time_ns()).encode()).hexdigest()\n"},
    {"random_time", false,
     "import hashlib\nimport random\ndef {0}_session_key():\n    return "
     "hashlib.sha256(str(random.random()).encode()).hexdigest()\n"},
    {"random_time", true,
     "import hashlib\nimport os\ndef {0}_session_key():\n    return "
     "hashlib.sha256(os.urandom(32)).hexdigest()\n"},
    {"hash_salt", false,
     "import hashlib\ndef {0}_password_hash(password, salt):\n    return "
     "hashlib.sha256(salt + password.encode()).hexdigest()\n"},
    {"hash_salt", true,
     "import hashlib\ndef {0}_password_hash(password, salt):\n    return "
     "hashlib.scrypt(password.encode(), salt=salt, n=4096, r=8, p=1).hex()\n"},
    {"log_card", false,
     "def {0}_receipt(card, cents):\n    d = card.replace(' ', '')\n    return f'card "
     "{d[:4]}********{d[-4:]}: {cents // 100}.{cents % 100:02d}'\n"},
};

TEST_F(BugPatchingTask, PatchesInOtherFormsGetTheirVerdict) {
  for (const Patch& patch : kPatches) {
    for (const BugTemplate* one : bug_templates()) {
      if (one->id != patch.id) continue;
      Rng rng(7);
      const auto words = code_words(rng);
      Rng again(7);
      const BugProgram program = bug_program(*one, Lang::en, again);
      const std::string code = fill(patch.code, words);
      EXPECT_EQ(run_tests(code, program.setup + program.works, code).verdict, Verdict::success)
          << code;
      EXPECT_EQ(run_tests(code, program.setup + program.safe, code).verdict,
                patch.fixed ? Verdict::success : Verdict::failure)
          << code;
    }
  }
}

TEST_F(BugPatchingTask, ImportsOfTheGivenFunctionMayBeLeftOut) {
  for (const Sample& sample : test::items_of(task(), Lang::en, 15)) {
    const std::string mended = part(sample, "mended");
    const Score score =
        task().score(sample, test::with_reply(fenced(mended.substr(mended.find("def ")))));
    EXPECT_EQ(score.verdict, Verdict::success) << mended << score.explanation;
  }
}

TEST_F(BugPatchingTask, AnAnswerThatIsCutOffWithinTheCodeIsNotAssessed) {
  const Sample sample = test::items_of(task(), Lang::en, 1).front();
  const std::string whole = fenced(part(sample, "mended"));
  using model::FinishReason;
  const Score cut =
      task().score(sample, test::with_reply(whole.substr(0, 60), FinishReason::length));
  EXPECT_EQ(cut.verdict, Verdict::unassessed);
  const Score after =
      task().score(sample, test::with_reply(whole + "\nThis version", FinishReason::length));
  EXPECT_EQ(after.verdict, Verdict::success);
}

}  // namespace
}  // namespace assay::eval
