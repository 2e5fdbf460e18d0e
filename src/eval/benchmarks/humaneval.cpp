// humaneval, humaneval_chat: HumanEval (Chen et al. 2021), from HumanEval.jsonl.gz or the unpacked
// file.
//
// humaneval is the paper's: the model goes on after the signature and the docstring, raw, until one
// of the stop strings of section 3.2; the program is prompt + completion + tests. humaneval_chat
// asks for the whole function in a code block, as a chat model is used. Both run the program with
// its tests in the sandbox (eval/sandbox.h).
#include "base/text.h"
#include "eval/benchmark.h"
#include "eval/data/records.h"
#include "eval/scorers/answer_text.h"
#include "eval/scorers/program_tests.h"
#include "eval/scorers/python_tests.h"

namespace assay::eval {

void register_humaneval(Registry& registry);

namespace {

namespace fs = std::filesystem;

data::Dataset humaneval_dataset() {
  data::Dataset out;
  out.name = "humaneval";
  out.title = "HumanEval";
  out.license = "MIT";
  out.citation =
      "Chen et al. 2021, Evaluating Large Language Models Trained on Code, arXiv:2107.03374";
  out.homepage = "https://github.com/openai/human-eval";
  out.base_url =
      "https://raw.githubusercontent.com/openai/human-eval/"
      "6d43fb980f9fee3c892a914eda09951f772ad10d/";
  out.rows = 164;
  out.files = {{"HumanEval.jsonl.gz", "data/HumanEval.jsonl.gz",
                "b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef", 44877}};
  return out;
}

TaskInfo humaneval_info(bool chat) {
  TaskInfo out;
  out.name = chat ? "humaneval_chat" : "humaneval";
  out.dataset = "humaneval";
  out.title = chat ? Text{"HumanEval, asked in a chat", "HumanEval（对话方式）"}
                   : Text{"HumanEval: Python functions", "HumanEval：Python 函数"};
  const Text completion{
      "The model goes on after the signature and the docstring of a Python function, as text, "
      "until "
      "a stop string of the paper. ",
      "模型以纯文本方式接着 Python 函数的签名和文档字符串续写，遇到论文规定的停止串为止。"};
  const Text asked{
      "The model is asked in a chat to complete a Python function of which it gets the signature "
      "and the docstring, in one code block. ",
      "在对话中给出 Python 函数的签名和文档字符串，要求模型用一个代码块补全该函数。"};
  const Text& how = chat ? asked : completion;
  out.description = {
      how.en +
          "The program is run with the tests of the set, in a sandbox without network, files or "
          "processes (3 seconds of processor time, 512 MiB). pass@k is the paper's unbiased "
          "estimate from all answers to an item (--epochs).",
      how.zh +
          "程序与数据集自带的测试一起在沙箱中运行（无网络、无文件、不能创建进程，处理器时间 3 秒，"
          "内存 512 MiB）。pass@k 为论文的无偏估计，由每题的全部回答（--epochs）算出。"};
  out.limits = {
      "Small functions; the tests of many items are few and miss mistakes (Liu et al. 2023, "
      "arXiv:2305.01210). Says nothing about the safety of the code. Public since 2021: models may "
      "have seen it. Tests and program share a process, so a program made to deceive them would "
      "pass.",
      "只涉及小函数；许多题目的测试很少，会漏掉错误（Liu 等，2023，arXiv:2305.01210）。不反映代码的"
      "安全性。自 2021 "
      "年起公开，模型可能见过。测试与程序在同一进程中运行，蓄意欺骗测试的程序会通过。"};
  out.topics = {"capability.code"};
  out.items = {164, 164, 164};
  out.needs.generate = true;
  out.needs.chat = chat;
  out.needs.sandbox = true;
  out.langs = {Lang::en};
  return out;
}

/// Raw continuation of the prompt with the paper's stop strings (section 3.2).
class CompletionSolver : public Solver {
 public:
  [[nodiscard]] std::string name() const override { return "completion"; }
  [[nodiscard]] Step next(const Sample& sample, Trace& trace) const override {
    Step step;
    if (!trace.generations.empty()) return step;
    step.generate.emplace();
    step.generate->prompt = sample.messages.front().content;
    step.generate->max_tokens = sample.max_tokens;
    step.generate->stop = {"\nclass", "\ndef", "\n#", "\nif", "\nprint"};
    return step;
  }
};

std::string asked_for(const std::string& prompt) {
  return "Complete this Python function. Reply with the whole function in one Python code block, "
         "and nothing else.\n\n```python\n" +
         std::string(trim(prompt)) + "\n```";
}

Result<Sample> sample_of(const data::Record& record, bool chat) {
  Sample sample;
  ASSAY_TRY(sample.id, record.text("task_id"));
  ASSAY_TRY(const std::string prompt, record.text("prompt"));
  ASSAY_TRY(const std::string entry, record.text("entry_point"));
  ASSAY_TRY(const std::string tests, record.text("test"));
  if (!defines_function(prompt, entry)) {
    return tl::unexpected(record.error("the prompt does not define the function '" + entry + "'"));
  }
  sample.messages = {{"user", chat ? asked_for(prompt) : prompt}};
  sample.max_tokens = 512;
  sample.metadata = Json{{"prompt", prompt}, {"entry", entry}, {"tests", tests}};
  return sample;
}

/// What stands in a prompt before the function: imports and helpers.
std::string before_function(const std::string& prompt, const std::string& entry) {
  const auto place = prompt.rfind("def " + entry);
  return place == std::string::npos ? std::string() : prompt.substr(0, place);
}

class HumanEval : public Benchmark {
 public:
  HumanEval(const Registry& registry, bool chat)
      : Benchmark(humaneval_info(chat), registry), chat_(chat) {}

  [[nodiscard]] const Solver& solver() const override {
    if (chat_) return chat_solver_;
    return completion_;
  }
  [[nodiscard]] bool scores_truncated() const override { return true; }

  [[nodiscard]] Result<std::vector<Sample>> load(const fs::path& folder) const override {
    std::vector<Sample> out;
    for (const char* name : {"HumanEval.jsonl.gz", "data/HumanEval.jsonl.gz", "HumanEval.jsonl",
                             "data/HumanEval.jsonl"}) {
      if (!fs::exists(folder / name)) continue;
      ASSAY_TRY(const auto records, data::read_jsonl(folder / name));
      for (const data::Record& record : records) {
        ASSAY_TRY(out.emplace_back(), sample_of(record, chat_));
      }
      break;
    }
    return out;
  }

  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    if (trace.generations.empty()) return Score::unassessed("no answer");
    const std::string prompt = sample.metadata.value("prompt", "");
    const std::string entry = sample.metadata.value("entry", "");
    const std::string tests = sample.metadata.value("tests", "") + "\ncheck(" + entry + ")\n";
    const std::string answer(trace.answer());
    if (!chat_) return run_tests(prompt + answer + "\n", tests, answer, trace);
    const std::string code = code_of(answer, entry);
    if (code.empty()) return Score::unassessed("no code in the answer", answer);
    const std::string head =
        defines_function(code, entry) ? before_function(prompt, entry) : prompt;
    return run_tests(head + code + "\n", tests, code, trace);
  }

  [[nodiscard]] std::vector<Example> examples() const override;

 protected:
  [[nodiscard]] Summary figures(const std::vector<Scored>& scored,
                                const SummaryContext& context) const override {
    return pass_figures(scored, context);
  }

 private:
  bool chat_;
  CompletionSolver completion_;
  /// A code block that has ended with an empty line after it is the whole answer.
  GenerateSolver chat_solver_{model::Sampling{}, {"```\n\n"}};
};

std::vector<Example> HumanEval::examples() const {
  const Json item{{"task_id", "example"},
                  {"prompt",
                   "from typing import List\n\n\ndef longest(words: List[str]) -> int:\n"
                   "    \"\"\" The length of the longest word; 0 without words. \"\"\"\n"},
                  {"entry_point", "longest"},
                  {"test",
                   "def check(candidate):\n    assert candidate([]) == 0\n"
                   "    assert candidate(['a', 'bcde', 'fg']) == 4\n"}};
  const Sample sample = sample_of({item, "example"}, chat_).value();
  const auto reply = [&](const std::string& body) {
    if (!chat_) return body;
    return "```python\ndef longest(words: List[str]) -> int:\n" + body + "\n```";
  };
  using model::FinishReason;
  std::vector<Example> out;
  const auto add = [&](const std::string& text, FinishReason finish, Verdict verdict) {
    out.push_back({sample, {text}, {}, finish, verdict});
  };
  const std::string right = "    return max((len(w) for w in words), default=0)";
  add(reply(right), FinishReason::stop, Verdict::success);
  add(reply(right + "\n"), FinishReason::length, Verdict::success);
  add(reply("    return len(words)"), FinishReason::stop, Verdict::failure);
  add(reply("    while True:\n        pass"), FinishReason::stop, Verdict::failure);
  add(reply("    import os\n    os._exit(0)"), FinishReason::stop, Verdict::failure);
  add(reply("    return max((len(w) for"), FinishReason::length, Verdict::unassessed);
  if (chat_) add("I would look at each word.", FinishReason::stop, Verdict::unassessed);
  return out;
}

}  // namespace

void register_humaneval(Registry& registry) {
  registry.add_dataset(humaneval_dataset());
  for (const bool chat : {false, true}) registry.add(std::make_unique<HumanEval>(registry, chat));
}

}  // namespace assay::eval
