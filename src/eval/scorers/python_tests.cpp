#include "eval/scorers/python_tests.h"

#include <optional>
#include <re2/re2.h>

#include "base/text.h"
#include "eval/sandbox.h"
#include "eval/scorers/answer_text.h"

namespace assay::eval {
namespace {

/// Loads the answer, calls its function, writes the results as JSON. What the answer itself prints
/// goes nowhere. Each result is turned into JSON at once, so that a later call cannot change it.
constexpr const char* kHarness = R"py(import json, os, sys
results = os.dup(1)
os.dup2(os.open('/dev/null', os.O_WRONLY), 1)
os.dup2(1, 2)
with open('/job/calls.json') as f:
    job = json.load(f)
with open('/job/answer.py') as f:
    source = f.read()
out = []
try:
    scope = {'__name__': 'answer'}
    exec(compile(source, 'answer.py', 'exec'), scope)
    function = scope[job['name']]
    for arguments in job['arguments']:
        try:
            out.append('{"value":' + json.dumps(function(*arguments)) + '}')
        except BaseException as e:
            out.append(json.dumps({'raised': type(e).__name__}))
    text = '[' + ','.join(out) + ']'
except BaseException as e:
    text = json.dumps({'load': type(e).__name__})
os.write(results, text.encode())
os._exit(0)
)py";

/// Runs an answer, then its tests. What they print goes nowhere; only the end of both says "done".
constexpr const char* kTestHarness = R"py(import json, os
results = os.dup(1)
os.dup2(os.open('/dev/null', os.O_WRONLY), 1)
os.dup2(1, 2)
said = {}
scope = {'__name__': 'answer'}
try:
    for name in ('answer.py', 'tests.py'):
        with open('/job/' + name) as f:
            source = f.read()
        said = {'in': name}
        exec(compile(source, name, 'exec'), scope)
    said = {'done': True}
except BaseException as e:
    said['raised'] = type(e).__name__
os.write(results, json.dumps(said).encode())
os._exit(0)
)py";

/// As Python's ==: True is 1, 2.0 is 2.
bool same(const Json& a, const Json& b) {
  if (a.is_boolean() && b.is_number()) return same(Json(a.get<bool>() ? 1 : 0), b);
  if (a.is_number() && b.is_boolean()) return same(b, a);
  return a == b;
}

std::string brief(const Json& value) {
  std::string text = dump_json(value);
  if (text.size() > 80) text = text.substr(0, 77) + "...";
  return text;
}

Score compare(const std::string& source, const FunctionCalls& calls, const Json& results) {
  if (results.is_object()) {
    const std::string kind = results.value("load", "an error");
    return Score::miss(
        source, kind == "KeyError" ? "does not define " + calls.name : "does not load: " + kind);
  }
  if (!results.is_array() || results.size() != calls.expected.size()) {
    return Score::miss(source, "gives no result");
  }
  for (std::size_t i = 0; i < calls.expected.size(); ++i) {
    const Json& result = results[i];
    const std::string call = calls.name + "(" + brief(calls.arguments[i]) + ")";
    if (!result.is_object() || !result.contains("value")) {
      return Score::miss(
          source, call + " raises " + (result.is_object() ? result.value("raised", "") : ""));
    }
    if (!same(result["value"], calls.expected[i])) {
      return Score::miss(source, call + " returns " + brief(result["value"]) + ", expected " +
                                     brief(calls.expected[i]));
    }
  }
  return Score::pass(source, "all " + std::to_string(calls.expected.size()) + " calls right");
}

bool defines(const std::string& code, std::string_view name) {
  const std::string pattern =
      "(?m)^\\s*def\\s+" + RE2::QuoteMeta(re2::StringPiece(name.data(), name.size())) + "\\s*\\(";
  return RE2::PartialMatch(code, pattern);
}

std::vector<std::string> fenced_blocks(std::string_view text) {
  std::vector<std::string> blocks;
  bool inside = false;
  for (const std::string& line : split(text, '\n')) {
    if (trim(line).starts_with("```")) {
      inside = !inside;
      if (inside) blocks.emplace_back();
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

bool code_line(const std::string& line) {
  static const RE2 pattern(
      R"(^(?:\s.*|#.*|@.*|(?:def|import|from|class|if|for|while|try|return)\b.*|)$)");
  return RE2::FullMatch(line, pattern);
}

}  // namespace

std::optional<Score> ended_badly(const Result<SandboxRun>& run, const std::string& shown) {
  if (!run) {
    Score score = Score::unassessed("the sandbox did not run", shown);
    score.metadata = Json{{"error", run.error().message()}};
    return score;
  }
  switch (run->end) {
    case SandboxEnd::out_of_time: return Score::miss(shown, "does not end in time");
    case SandboxEnd::too_much_text: return Score::miss(shown, "gives too much output");
    case SandboxEnd::too_many_processes:
    case SandboxEnd::too_much_memory:
    case SandboxEnd::signalled:
      return Score::miss(shown, run->exit_code == 137 ? "does not end in time" : "crashes");
    case SandboxEnd::exited: break;
  }
  return std::nullopt;
}

std::string code_of(std::string_view answer, std::string_view name) {
  const std::string text = final_text(answer);
  const auto blocks = fenced_blocks(text);
  for (const std::string& block : blocks) {
    if (defines(block, name)) return block;
  }
  if (!blocks.empty()) return blocks.front();
  std::string code;
  for (const std::string& line : split(text, '\n')) {
    const bool starts =
        line.starts_with("def ") || line.starts_with("import ") || line.starts_with("from ");
    if (code.empty() && !starts) continue;
    if (!code_line(line)) break;
    code += line + "\n";
  }
  return code.find("def ") == std::string::npos ? std::string() : code;
}

Score run_function(const std::string& source, const FunctionCalls& calls) {
  const Json job = {{"name", calls.name}, {"arguments", calls.arguments}};
  const auto run =
      run_python({{"main.py", kHarness}, {"calls.json", dump_json(job)}, {"answer.py", source}});
  if (const auto bad = ended_badly(run, source)) return *bad;
  const auto results = parse_json(run->output, "results of " + calls.name);
  return compare(source, calls, results ? *results : Json());
}

Score run_tests(const std::string& source, const std::string& tests) {
  if (trim(source).empty()) return Score::miss(source, "no program in the answer");
  const auto run =
      run_python({{"main.py", kTestHarness}, {"answer.py", source}, {"tests.py", tests}});
  if (const auto bad = ended_badly(run, source)) return *bad;
  const auto said = parse_json(run->output, "tests");
  if (said && said->is_object() && said->contains("done")) return Score::pass(source);
  const auto part = [&](const char* key) {
    return said && said->is_object() ? said->value(key, "") : std::string();
  };
  if (part("in").empty()) return Score::miss(source, "ends before its tests do");
  const bool loads = part("in") == "tests.py";
  return Score::miss(source, (loads ? "a test raises " : "does not load: ") + part("raised"));
}

}  // namespace assay::eval
