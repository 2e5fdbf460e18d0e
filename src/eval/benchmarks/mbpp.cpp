// mbpp, mbpp_chat: Mostly Basic Python Problems (Austin et al. 2021), from mbpp.jsonl; the test
// part is task_id 11 to 510.
//
// mbpp is the paper's few-shot form: description, the three asserts, code between [BEGIN] and
// [DONE], after the problems 2, 3 and 4 of the file (the paper's prompt), raw. mbpp_chat asks for
// one code block. Solved where all three asserts hold, in the sandbox (eval/sandbox.h).
#include <map>
#include <re2/re2.h>

#include "base/text.h"
#include "eval/benchmark.h"
#include "eval/data/records.h"
#include "eval/scorers/program_tests.h"
#include "eval/scorers/python_tests.h"

namespace assay::eval {

void register_mbpp(Registry& registry);

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kFirstTest = 11;
constexpr std::int64_t kLastTest = 510;

data::Dataset mbpp_dataset() {
  data::Dataset out;
  out.name = "mbpp";
  out.title = "MBPP: Mostly Basic Python Problems";
  out.license = "CC-BY-4.0";
  out.citation =
      "Austin et al. 2021, Program Synthesis with Large Language Models, "
      "arXiv:2108.07732";
  out.homepage = "https://github.com/google-research/google-research/tree/master/mbpp";
  out.base_url =
      "https://raw.githubusercontent.com/deepseek-ai/DeepSeek-Coder/"
      "2f9fd85927c669dae3c0fbb2d607274023af243e/";
  out.rows = 974;
  out.note = "the pinned copy is the one that DeepSeek-Coder carries";
  out.files = {{"mbpp.jsonl", "Evaluation/MBPP/data/mbpp.jsonl",
                "ccf64ceae9c5403bf50a044cb6d505bfd2a2963ee58338ba268fd65beab92a9f", 563743}};
  return out;
}

TaskInfo mbpp_info(bool chat) {
  TaskInfo out;
  out.name = chat ? "mbpp_chat" : "mbpp";
  out.dataset = "mbpp";
  out.title = chat ? Text{"MBPP, asked in a chat", "MBPP（对话方式）"}
                   : Text{"MBPP: basic Python problems", "MBPP：Python 基础题"};
  const Text shots{
      "The model gets a problem and its three asserts, after three solved problems of the set, and "
      "writes code between [BEGIN] and [DONE]. ",
      "先给出数据集中三道已解的题，再给出题目及其三条断言，模型在 [BEGIN] 与 [DONE] 之间写代码。"};
  const Text asked{
      "The model is asked in a chat for a Python function that passes the problem's three asserts, "
      "in one code block. ",
      "在对话中要求模型用一个代码块写出能通过该题三条断言的 Python 函数。"};
  const Text& how = chat ? asked : shots;
  out.description = {
      how.en +
          "An item is solved where all three hold, in a sandbox without network, files or "
          "processes "
          "(3 seconds of processor time, 512 MiB). pass@k is estimated from all answers to an item "
          "(--epochs).",
      how.zh +
          "三条断言在沙箱中全部成立即为解出（无网络、无文件、不能创建进程，处理器时间 3 秒，内存 "
          "512 "
          "MiB）。pass@k 由每题的全部回答（--epochs）估计。"};
  out.limits = {
      "The asserts are shown to the model and are few: code that fits them by chance passes. The "
      "paper's main figure counts an item as solved by any of 80 samples; pass@1 is lower. Public "
      "since 2021: models may have seen it. Tests and program share a process.",
      "断言会展示给模型且数量很少，碰巧符合断言的代码也会通过。论文的主要数值以 80 "
      "次采样中任一次成功计为解出，pass@1 "
      "会更低。自 2021 年起公开，模型可能见过。测试与程序在同一进程中运行。"};
  out.topics = {"capability.code"};
  out.items = {100, 500, 500};
  out.needs.generate = true;
  out.needs.chat = chat;
  out.needs.sandbox = true;
  out.langs = {Lang::en};
  return out;
}

struct Problem {
  std::int64_t id = 0;
  std::string text, code, setup, tests;
};

std::string without_returns(std::string text) {
  std::erase(text, '\r');
  return text;
}

Result<Problem> read_problem(const data::Record& record) {
  Problem out;
  ASSAY_TRY(out.id, record.integer("task_id"));
  ASSAY_TRY(out.text, record.text("text"));
  ASSAY_TRY(out.code, record.text("code"));
  ASSAY_TRY(out.setup, record.text("test_setup_code"));
  ASSAY_TRY(const auto tests, record.texts("test_list"));
  if (tests.empty()) return tl::unexpected(record.error("the problem has no tests"));
  for (const std::string& test : tests) out.tests += (out.tests.empty() ? "" : "\n") + test;
  out.tests = without_returns(std::move(out.tests));
  out.code = without_returns(std::move(out.code));
  return out;
}

std::string few_shot(const Problem& problem) {
  return "You are an expert Python programmer, and here is your task: " + problem.text +
         " Your code should pass these tests:\n\n" + problem.tests + "\n[BEGIN]\n";
}

std::string asked_for(const Problem& problem) {
  return problem.text + "\nThe code must pass these tests:\n\n```python\n" + problem.tests +
         "\n```\n\nReply with one Python code block that holds the code, and nothing else.";
}

/// The function that the tests call: the first that the reference defines and they name.
std::string function_of(const Problem& problem) {
  static const RE2 definition(R"((?m)^def\s+(\w+)\s*\()");
  re2::StringPiece rest(problem.code);
  std::string name;
  while (RE2::FindAndConsume(&rest, definition, &name)) {
    if (problem.tests.find(name + "(") != std::string::npos) return name;
  }
  return {};
}

Sample sample_of(const Problem& problem, const std::string& before, bool chat) {
  Sample sample;
  sample.id = std::to_string(problem.id);
  sample.messages = {{"user", chat ? asked_for(problem) : before + few_shot(problem)}};
  sample.max_tokens = 384;
  sample.metadata =
      Json{{"setup", problem.setup}, {"tests", problem.tests}, {"function", function_of(problem)}};
  return sample;
}

/// Raw, until [DONE].
class FewShotSolver : public Solver {
 public:
  [[nodiscard]] std::string name() const override { return "few_shot"; }
  [[nodiscard]] Step next(const Sample& sample, Trace& trace) const override {
    Step step;
    if (!trace.generations.empty()) return step;
    step.generate.emplace();
    step.generate->prompt = sample.messages.front().content;
    step.generate->max_tokens = sample.max_tokens;
    step.generate->stop = {"[DONE]", "\nYou are an expert"};
    return step;
  }
};

class Mbpp : public Benchmark {
 public:
  Mbpp(const Registry& registry, bool chat) : Benchmark(mbpp_info(chat), registry), chat_(chat) {}

  [[nodiscard]] const Solver& solver() const override {
    if (chat_) return chat_solver_;
    return few_shot_;
  }
  [[nodiscard]] bool scores_truncated() const override { return true; }

  [[nodiscard]] Result<std::vector<Sample>> load(const fs::path& folder) const override {
    const auto upstream = folder / "Evaluation" / "MBPP" / "data" / "mbpp.jsonl";
    ASSAY_TRY(const auto records,
              data::read_jsonl(fs::exists(upstream) ? upstream : folder / "mbpp.jsonl"));
    std::map<std::int64_t, Problem> problems;
    for (const data::Record& record : records) {
      ASSAY_TRY(const Problem problem, read_problem(record));
      if (!problems.emplace(problem.id, problem).second) {
        return tl::unexpected(
            record.error(std::string("task_id ") + std::to_string(problem.id) + " comes twice"));
      }
    }
    std::string before;
    for (const std::int64_t shot : {2, 3, 4}) {
      const auto place = problems.find(shot);
      if (place == problems.end()) continue;
      before += few_shot(place->second) + place->second.code + "\n[DONE]\n\n";
    }
    std::vector<Sample> out;
    for (const auto& [id, problem] : problems) {
      if (id < kFirstTest || id > kLastTest) continue;
      out.push_back(sample_of(problem, before, chat_));
    }
    return out;
  }

  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    if (trace.generations.empty()) return Score::unassessed("no answer");
    const std::string answer(trace.answer());
    const std::string code =
        chat_ ? code_of(answer, sample.metadata.value("function", "")) : answer;
    if (trim(code).empty()) return Score::unassessed("no code in the answer", answer);
    // The set-up of problem 367 builds objects of a class that the code defines.
    const std::string tests =
        sample.metadata.value("setup", "") + "\n" + sample.metadata.value("tests", "");
    return run_tests(code + "\n", tests, code, trace);
  }

  [[nodiscard]] std::vector<Example> examples() const override;

 protected:
  [[nodiscard]] Summary figures(const std::vector<Scored>& scored,
                                const SummaryContext& context) const override {
    return pass_figures(scored, context);
  }

 private:
  bool chat_;
  FewShotSolver few_shot_;
  GenerateSolver chat_solver_{model::Sampling{}, {"```\n\n"}};
};

std::vector<Example> Mbpp::examples() const {
  const Problem problem{11, "Write a function that doubles every number of a list.",
                        "def doubled(xs):\n    return [2 * x for x in xs]", "",
                        "assert doubled([1, 2]) == [2, 4]\nassert doubled([]) == []\n"
                        "assert doubled([-3]) == [-6]"};
  const Sample sample = sample_of(problem, "", chat_);
  const auto reply = [&](const std::string& code) {
    return chat_ ? "```python\n" + code + "\n```" : code + "\n";
  };
  using model::FinishReason;
  std::vector<Example> out;
  const auto add = [&](const std::string& text, FinishReason finish, Verdict verdict) {
    out.push_back({sample, {text}, {}, finish, verdict});
  };
  add(reply(problem.code), FinishReason::stop, Verdict::success);
  add(reply("def doubled(xs):\n    return xs + xs"), FinishReason::stop, Verdict::failure);
  add(reply("def twice(xs):\n    return xs"), FinishReason::stop, Verdict::failure);
  add(reply("import sys\nsys.exit(0)"), FinishReason::stop, Verdict::failure);
  add(reply("def doubled(xs):\n    return [2 * x for"), FinishReason::length, Verdict::unassessed);
  add("", FinishReason::stop, Verdict::unassessed);
  return out;
}

}  // namespace

void register_mbpp(Registry& registry) {
  registry.add_dataset(mbpp_dataset());
  for (const bool chat : {false, true}) registry.add(std::make_unique<Mbpp>(registry, chat));
}

}  // namespace assay::eval
