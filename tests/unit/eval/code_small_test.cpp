// code_small: the computed results against Python's own, reading code out of answers, hostile
// answers.
#include <gtest/gtest.h>

#include "eval/items/code_items.h"
#include "eval/sandbox.h"
#include "eval/scorers/python_tests.h"

namespace assay::eval {
namespace {

bool sandbox_works() { return run_python({{"main.py", "print(1)"}}).has_value(); }
#define NEEDS_SANDBOX() \
  if (!sandbox_works()) GTEST_SKIP() << "bubblewrap cannot run Python on this machine"

TEST(CodeItems, ResultsAgreeWithTheReferenceSolutionsInPython) {
  NEEDS_SANDBOX();
  Json jobs = Json::array();
  for (int i = 0; i < 600; ++i) {
    Rng rng(static_cast<std::uint64_t>(i));
    const CodeItem item = code_item(i % 3 == 0 ? "lists" : i % 3 == 1 ? "strings" : "classic", rng);
    jobs.push_back(Json{{"name", item.name},
                        {"source", item.reference},
                        {"calls", item.calls},
                        {"expected", item.expected}});
  }
  const char* program = R"py(import json
for job in json.load(open('/job/jobs.json')):
    scope = {}
    exec(job['source'], scope)
    for call, want in zip(job['calls'], job['expected']):
        got = scope[job['name']](*call)
        if json.dumps(got) != json.dumps(want):
            print(job['name'], call, got, want)
print('all compared')
)py";
  SandboxLimits limits;
  limits.cpu_seconds = 10;
  const auto run = run_python({{"main.py", program}, {"jobs.json", dump_json(jobs)}}, limits);
  ASSERT_TRUE(run) << run.error().message();
  EXPECT_EQ(run->output, "all compared\n") << run->errors;
}

TEST(CodeOf, FindsTheFunction) {
  const std::string f = "def f(x):\n    return x\n";
  EXPECT_EQ(code_of("```python\n" + f + "```", "f"), f);
  EXPECT_EQ(code_of("Here:\n```\n" + f + "```\nIt returns x.", "f"), f);
  EXPECT_EQ(code_of("```python\n" + f, "f"), f);
  EXPECT_EQ(code_of("```\nf(3)\n```\nand\n```python\n" + f + "```", "f"), f);
  EXPECT_EQ(code_of("Sure!\n" + f + "\nThis function returns x.", "f"), f + "\n");
  EXPECT_EQ(code_of("import math\n" + f, "f"), "import math\n" + f);
  EXPECT_EQ(code_of("I would return x.", "f"), "");
  EXPECT_EQ(
      code_of("<think>```python\ndef f(x): return 0\n```</think>```python\n" + f + "```", "f"), f);
}

FunctionCalls twice() { return {"f", {Json::array({1}), Json::array({5})}, {Json(2), Json(10)}}; }

TEST(RunFunction, JudgesResults) {
  NEEDS_SANDBOX();
  EXPECT_EQ(run_function("def f(x):\n    return 2 * x\n", twice()).verdict, Verdict::success);
  EXPECT_EQ(run_function("def f(x):\n    return 2.0 * x\n", twice()).verdict, Verdict::success);
  EXPECT_EQ(run_function("def f(x):\n    print(x)\n    return 2 * x\n", twice()).verdict,
            Verdict::success);
  const Score wrong = run_function("def f(x):\n    return x + 1\n", twice());
  EXPECT_EQ(wrong.verdict, Verdict::failure);
  EXPECT_EQ(wrong.explanation, "f([5]) returns 6, expected 10");
  const FunctionCalls truth{"f", {Json::array()}, {Json(true)}};
  EXPECT_EQ(run_function("def f():\n    return 1\n", truth).verdict, Verdict::success);
  const FunctionCalls pair{"f", {Json::array()}, {Json::array({1, 2})}};
  EXPECT_EQ(run_function("def f():\n    return 1, 2\n", pair).verdict, Verdict::success);
}

TEST(RunFunction, HostileOrBrokenCodeIsAFailure) {
  NEEDS_SANDBOX();
  for (const char* source :
       {"", "def g(x):\n    return 2 * x\n", "def f(x)\n    return 2 * x\n",
        "def f(x):\n    raise SystemExit\n", "def f(x):\n    import os\n    os._exit(0)\n",
        "import os\nos.kill(os.getpid(), 9)\n", "def f(x):\n    return f(x)\n",
        "def f(x):\n    return 'x' * 10**9\n", "def f(x):\n    return 'x' * 10**6\n",
        "def f(x):\n    return object()\n", "def f(x):\n    return float('nan')\n",
        "import os\ndef f(x):\n    while True: os.fork()\n",
        "def f(x):\n    return open('/etc/passwd').read()\n",
        "print('[{\"value\":2},{\"value\":10}]')\nimport sys; sys.exit()\n",
        "import os\nos.write(1, b'[{\"value\":2},{\"value\":10}]')\nos._exit(0)\n",
        "import json\njson.dumps = lambda v: '2'\ndef f(x):\n    return 0\n"}) {
    EXPECT_EQ(run_function(source, twice()).verdict, Verdict::failure) << source;
  }
}

}  // namespace
}  // namespace assay::eval
