// The bank of planted bugs: each flawed function works and fails its security test, each mended one
// passes both; in Python itself, in the sandbox.
#include "eval/items/bug_items.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "base/json.h"
#include "eval/sandbox.h"

namespace assay::eval {
namespace {

TEST(BugItems, EachTemplateHasOneWeakLineAndTwoVersions) {
  std::set<std::string_view> ids;
  for (const BugTemplate* one : bug_templates()) {
    EXPECT_TRUE(ids.insert(one->id).second) << one->id;
    EXPECT_EQ(bug_class(one->weakness).key, one->weakness) << one->id;
    for (const Lang lang : {Lang::en, Lang::zh}) {
      Rng rng(3);
      const BugProgram program = bug_program(*one, lang, rng);
      EXPECT_NE(program.flawed(), program.mended()) << one->id;
      const auto weak = std::count_if(program.lines.begin(), program.lines.end(),
                                      [](const BugLine& line) { return line.weak; });
      EXPECT_EQ(weak, 1) << one->id;
      for (const char* slot : {"{0}", "{1}", "{2}", "{3}", "{4}", "{5}", "{6}"}) {
        EXPECT_EQ(program.flawed().find(slot), std::string::npos) << program.flawed();
        EXPECT_EQ(program.message.find(slot), std::string::npos) << program.message;
      }
    }
  }
}

TEST(BugItems, EachClassHasABug) {
  for (const BugClass& one : bug_classes()) {
    const auto all = bug_templates();
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const BugTemplate* t) {
      return t->weakness == one.key;
    })) << one.key;
  }
}

TEST(BugItems, TestsTellFlawedFromMended) {
  if (!run_python({{"main.py", "pass"}})) GTEST_SKIP() << "bubblewrap cannot run Python here";
  Json jobs = Json::array();
  for (const BugTemplate* one : bug_templates()) {
    if (one->name.empty()) continue;
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
      Rng rng(seed);
      const BugProgram program = bug_program(*one, seed == 2 ? Lang::zh : Lang::en, rng);
      EXPECT_FALSE(program.message.empty()) << one->id;
      EXPECT_NE(program.flawed().find("def " + program.name + "("), std::string::npos) << one->id;
      jobs.push_back({{"id", program.id},
                      {"flawed", program.flawed()},
                      {"mended", program.mended()},
                      {"works", program.setup + program.works},
                      {"safe", program.setup + program.safe}});
    }
  }
  EXPECT_GE(jobs.size(), 90U);
  const char* program = R"py(import json
def passes(*parts):
    scope = {'__name__': 'answer'}
    try:
        for part in parts:
            exec(part, scope)
        return True
    except Exception:
        return False
import time
real = time.time
for job in json.load(open('/job/jobs.json')):
    got = [passes(job[v], job[t]) for v in ('flawed', 'mended') for t in ('works', 'safe')]
    time.time = real
    if got != [True, False, True, True]:
        print(job['id'], got)
print('all compared')
)py";
  SandboxLimits limits;
  limits.cpu_seconds = 20;
  limits.wall = std::chrono::seconds(60);
  const auto run = run_python({{"main.py", program}, {"jobs.json", dump_json(jobs)}}, limits);
  ASSERT_TRUE(run) << run.error().message();
  EXPECT_EQ(run->output, "all compared\n") << run->errors;
}

}  // namespace
}  // namespace assay::eval
