#include "eval/scorers/program_tests.h"

#include <algorithm>
#include <map>
#include <re2/re2.h>

#include "base/random.h"
#include "base/text.h"
#include "eval/reducers.h"
#include "eval/sandbox.h"
#include "eval/scorers/python_tests.h"

namespace assay::eval {
namespace {

/// Runs both texts in one scope, and at the end writes the word of this run, which tells that the
/// tests were reached and passed. What the program itself prints goes nowhere.
constexpr const char* kHarness = R"py(import json, os, sys
results = os.dup(1)
os.dup2(os.open('/dev/null', os.O_WRONLY), 1)
os.dup2(1, 2)
def texts():
    with open('/job/texts.json') as f:
        return json.load(f)
def say(what):
    os.write(results, json.dumps(what).encode())
    os._exit(0)
job = texts()
scope = {'__name__': 'answer'}
for part in ('program', 'tests'):
    try:
        exec(compile(job[part], part, 'exec'), scope)
    except BaseException as e:
        say({'part': part, 'raised': type(e).__name__})
say({'passed': job['word']})
)py";

SandboxLimits limits() {
  SandboxLimits out;
  out.cpu_seconds = 3;
  out.wall = std::chrono::seconds(15);
  out.memory_bytes = 512LL << 20;
  return out;
}

std::string failure_of(const Json& result) {
  if (!result.is_object()) return "ends before its tests";
  const std::string part = result.value("part", "");
  const std::string raised = result.value("raised", "");
  if (raised.empty()) return "ends before its tests";
  if (part == "program") return "does not load: " + raised;
  return raised == "AssertionError" ? "gives a wrong result" : "its tests raise " + raised;
}

std::int64_t most_answers(const std::vector<Scored>& scored) {
  std::map<std::string_view, std::int64_t> counts;
  std::int64_t most = 0;
  for (const Scored& one : scored) most = std::max(most, ++counts[one.sample_id]);
  return most;
}

}  // namespace

Score run_tests(const std::string& program, const std::string& tests, const std::string& shown) {
  const std::string word = std::to_string(stable_hash(program, stable_hash(tests)));
  const Json job = {{"program", program}, {"tests", tests}, {"word", word}};
  const auto run = run_python({{"main.py", kHarness}, {"texts.json", dump_json(job)}}, limits());
  if (const auto bad = ended_badly(run, shown)) return *bad;
  const auto result = parse_json(run->output, "result of the tests");
  const Json nothing;
  const Json& said = result ? *result : nothing;
  if (said.is_object() && said.value("passed", "") == word) {
    return Score::pass(shown, "all tests pass");
  }
  return Score::miss(shown, failure_of(said));
}

Score run_tests(const std::string& program, const std::string& tests, const std::string& shown,
                const Trace& trace) {
  Score score = run_tests(program, tests, shown);
  const bool cut =
      !trace.generations.empty() && trace.generations.back().finish == model::FinishReason::length;
  if (cut && score.verdict == Verdict::failure) return Score::unassessed("answer cut off", shown);
  return score;
}

bool defines_function(std::string_view code, std::string_view name) {
  const std::string pattern = std::string("(?m)^def\\s+") +
                              RE2::QuoteMeta(re2::StringPiece(name.data(), name.size())) +
                              "\\s*\\(";
  return RE2::PartialMatch(re2::StringPiece(code.data(), code.size()), pattern);
}

Summary pass_figures(const std::vector<Scored>& scored, const SummaryContext& context) {
  Summary summary;
  const std::int64_t most = most_answers(scored);
  for (const int k : {1, 10, 100}) {
    if (k > 1 && most < k) continue;
    Figure figure = pass_at_k_figure(scored, k, context);
    const std::string number = std::to_string(k);
    figure.id = std::string("pass.").append(number) + "." + to_string(context.lang);
    figure.label = {std::string("Items solved, pass@").append(number),
                    std::string("解出题目的比例，pass@").append(number)};
    figure.estimate.ceiling = 1.0;
    figure.primary = k == 1;
    if (k == 1) {
      figure.note = {"Greedy where there is one answer an item; with --epochs, sampled.",
                     "每题一个回答时为贪心解码；使用 --epochs 时为采样。"};
    }
    summary.figures.push_back(std::move(figure));
  }
  return summary;
}

}  // namespace assay::eval
