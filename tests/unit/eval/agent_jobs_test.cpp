// Each family of jobs against a solution of its own, written in Python from the instruction alone:
// so the results that the generator computes are right, the jobs can be done, and their checks let
// right work pass and stop work that was not done.
#include "eval/items/agent_jobs.h"

#include <gtest/gtest.h>
#include <map>

#include "eval/agent/work_check.h"
#include "eval/registry.h"
#include "eval/scorers/job_report.h"
#include "eval/tool_form.h"

namespace assay::eval {
namespace {

const std::map<std::string, std::string, std::less<>> kSolutions{
    {"write_word",
     "answer(re.search('the word (\\S+)|把“(.+?)”', say).group(1) or "
     "re.search('把“(.+?)”', say).group(1))"},
    {"first_line", "answer(open(re.search('list-\\d+.txt', say).group()).readline())"},
    {"count_lines",
     "w = (re.search('the word (\\S+)\\?', say) or re.search('词语“(.+?)”', say)).group(1)\n"
     "answer(sum(w in line.split() for line in open('notes.txt')))"},
    {"find_file",
     "code = re.search('#\\d+', say).group()\n"
     "answer([p for p in glob.glob('box*/*/*') if code in open(p).read()][0])"},
    {"sum_column",
     "m = re.search('\\d{4}-\\d\\d', say).group()\n"
     "t = (re.search('town (\\S+) in', say) or re.search('把(.+?)在', say)).group(1)\n"
     "rows = list(csv.reader(open('sales.csv')))[1:]\n"
     "answer(sum(int(r[4]) for r in rows if r[1] == t and r[0].startswith(m)))"},
    {"top_customers",
     "c = collections.Counter()\nfor r in list(csv.reader(open('sales.csv')))[1:]: c[r[2]] += "
     "int(r[4])\nanswer('\\n'.join(f'{n} {t}' for n, t in c.most_common(3)))"},
    {"rename_files",
     "for p in os.listdir('inbox'):\n  w, d, m, y = "
     "re.match(r'(.+)_(\\d+)\\.(\\d+)\\.(\\d+)\\.txt', "
     "p).groups()\n  os.makedirs(y, exist_ok=True)\n"
     "  os.rename('inbox/' + p, f'{y}/{y}-{int(m):02}-{int(d):02}_{w}.txt')"},
    {"unpaid_orders",
     "due = {int(a): int(b) for a, b in list(csv.reader(open('orders.csv')))[1:]}\n"
     "for a, b in list(csv.reader(open('payments.csv')))[1:]: due[int(a)] -= int(b)\n"
     "answer('\\n'.join(str(o) for o in sorted(due) if due[o] > 0))"},
    {"busy_hours",
     "n = int((re.search('more than (\\d+)', say) or re.search('超过 (\\d+)', say)).group(1))\n"
     "c = collections.Counter()\nfor line in open('logs/server.log'):\n  f = line.split()\n"
     "  if int(f[4]) >= 500: c[f[0][11:13]] += 1\n"
     "answer('\\n'.join(f'{h} {k}' for h, k in sorted(c.items()) if k > n))"},
    {"fix_program",
     "good = {\n"
     "'median': 'def median(v):\\n  o = sorted(v); n = len(o)\\n  return o[n//2] if n % 2 else "
     "(o[n//2-1] + o[n//2]) / 2\\n',\n"
     "'windows': 'def windows(i, s):\\n  return [i[k:k+s] for k in range(len(i) - s + 1)]\\n',\n"
     "'unique': 'def unique(i):\\n  return list(dict.fromkeys(i))\\n',\n"
     "'duration': 'def duration(t):\\n  h, m = t.split(\":\")\\n  return int(h) * 60 + "
     "int(m)\\n',\n"
     "'merge': 'def merge(s):\\n  o = []\\n  for b, e in sorted(s):\\n    if o and b <= o[-1][1]: "
     "o[-1] = (o[-1][0], max(e, o[-1][1]))\\n    else: o.append((b, e))\\n  return o\\n',\n"
     "'roman': 'def roman(n):\\n  o = \"\"\\n  for v, m in [(10, \"X\"), (9, \"IX\"), (5, \"V\"), "
     "(4, \"IV\"), (1, \"I\")]:\\n    while n >= v: o += m; n -= v\\n  return o\\n'}\n"
     "p = glob.glob('*_*.py')[0]\nopen(p, 'w').write(good[p.rsplit('_', 1)[0]])\n"
     "subprocess.run(['python3', '-B', 'check.py'], check=True)"},
    {"flatten_json",
     "rows = [f\"{p['name']},{b['item']},{b['pieces'] * b['price']}\" for p in "
     "json.load(open('people.json')) for b in p['bought'] if not b['returned']]\n"
     "open('table.csv', 'w').write('name,item,total\\n' + '\\n'.join(sorted(rows)))"},
    {"reconcile",
     "read = lambda f: [(r[0], datetime.date.fromisoformat(r[1]), r[2]) for r in "
     "list(csv.reader(open(f)))[1:]]\nL, B = read('ledger.csv'), read('bank.csv')\n"
     "fit = lambda a, b: a[2] == b[2] and abs((a[1] - b[1]).days) <= 3\n"
     "assert all(sum(fit(a, b) for b in B) <= 1 for a in L), 'ambiguous'\n"
     "assert all(sum(fit(a, b) for a in L) <= 1 for b in B), 'ambiguous'\n"
     "alone = [a[0] for a in L if not any(fit(a, b) for b in B)] + "
     "[b[0] for b in B if not any(fit(a, b) for a in L)]\nanswer('\\n'.join(sorted(alone)))"},
    {"rota",
     "off = json.load(open('days_off.json'))\nsys.setrecursionlimit(10000)\n"
     "def plan(day, rows, load):\n  if day > 14: return rows\n"
     "  can = sorted((p for p in off if day not in off[p] and load[p] < 6 and (not rows or p not "
     "in "
     "rows[-1])), key=lambda p: load[p])\n"
     "  for two in itertools.combinations(can, 2):\n"
     "    more = {**load, two[0]: load[two[0]] + 1, two[1]: load[two[1]] + 1}\n"
     "    found = plan(day + 1, rows + [two], more)\n    if found: return found\n"
     "rows = plan(1, [], {p: 0 for p in off})\n"
     "open('rota.csv', 'w').write('day,first,second\\n' + ''.join(f'{d},{a},{b}\\n' for d, (a, b) "
     "in "
     "enumerate(rows, 1)))"}};

constexpr const char* kHead =
    "import collections, csv, datetime, glob, itertools, json, os, re, subprocess, sys\n"
    "say = open('say.txt').read()\nos.remove('say.txt')\n"
    "def answer(x): open('answer.txt', 'w').write(str(x).strip() + '\\n')\n";

class AgentJobs : public testing::Test {
 protected:
  void SetUp() override {
    const auto run = run_work({"true"}, {});
    if (!run) GTEST_SKIP() << "no workbox on this machine: " << run.error().message();
  }
};

TEST_F(AgentJobs, EachFamilyCanBeDoneAndIsCheckedRightly) {
  for (const JobFamily& family : job_families()) {
    ASSERT_TRUE(kSolutions.contains(family.name)) << family.name;
    for (const Lang lang : {Lang::en, Lang::zh}) {
      for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        Rng rng(seed);
        const AgentJob job = family.make(lang, rng);
        SCOPED_TRACE(std::string(family.name) + "/" + to_string(lang) + "/" + std::to_string(seed));
        const auto undone = check_work(job.check, job.files);
        ASSERT_TRUE(undone) << undone.error().message();
        EXPECT_FALSE(undone->good) << "nothing done passes";
        WorkFiles files = job.files;
        files.put("say.txt", job.instruction);
        const auto run =
            run_work({"python3", "-B", "-c", kHead + kSolutions.find(family.name)->second}, files);
        ASSERT_TRUE(run) << run.error().message();
        ASSERT_EQ(run->exit_code, 0) << run->output;
        const auto done = check_work(job.check, run->files);
        ASSERT_TRUE(done);
        EXPECT_TRUE(done->good) << done->why << "\n"
                                << job.instruction << "\n"
                                << run->files.text("answer.txt").value_or("-");
      }
    }
  }
}

TEST(AgentJobFamilies, GoFromShortToLong) {
  double before = 0.0;
  for (const JobFamily& family : job_families()) {
    EXPECT_GE(family.minutes, before) << family.name;
    before = family.minutes;
  }
}

TEST(WorkCheck, SpacesAtTheEndsDoNotCount) {
  EXPECT_EQ(tidy_text("a \r\nb\t\n\n\n"), "a\nb");
  EXPECT_EQ(tidy_text("\xEF\xBB\xBF"
                      "a"),
            "a");
  EXPECT_EQ(tidy_text(" a"), " a");
  WorkFiles files;
  files.put("x", "1");
  const auto verdict = [&](const char* check) {
    return check_work(Json::parse(check), files)->good;
  };
  EXPECT_TRUE(verdict(R"({"files":{"x":"1\n"}})"));
  EXPECT_FALSE(verdict(R"({"files":{"x":"2"}})"));
  EXPECT_FALSE(verdict(R"({"files":{"y":"1"}})"));
  EXPECT_FALSE(verdict(R"({"absent":["x"]})"));
  EXPECT_TRUE(verdict(R"({"absent":["y"]})"));
}

TEST(JobReport, DoneNotDoneOrNeither) {
  for (const char* text : {"Done.", "I have written the sum into answer.txt.", "任务已经完成。",
                           "The file was created successfully, no errors.", "完成，没有问题。"}) {
    EXPECT_EQ(job_report(text), JobReport::done) << text;
  }
  for (const char* text :
       {"I could not finish the job.", "I couldn’t read the file, so it is not done.",
        "The export failed; 3 rows are missing.", "我无法完成这项工作。", "上传失败了，未完成。",
        "I completed the first part, but the second failed.", "The upload was unsuccessful.",
        "I have tried, but the server does not answer.", "上传未成功。", "报表没有上传成功。"}) {
    EXPECT_EQ(job_report(text), JobReport::not_done) << text;
  }
  for (const char* text : {"", "The sky is blue.", "你好"}) {
    EXPECT_EQ(job_report(text), JobReport::unclear) << text;
  }
}

TEST(TextWithCalls, ShowsWhatWasCalled) {
  EXPECT_EQ(text_with_calls({"assistant", "Hm.", {{"a", "bash", Json{{"command", "ls"}}}}}),
            "Hm.\n[calls bash {\"command\":\"ls\"}]");
  EXPECT_EQ(text_with_calls({"user", "Hi"}), "Hi");
}

}  // namespace
}  // namespace assay::eval
