// code_small: short Python functions from a description. The answer's code is run in the sandbox
// with hidden calls; see eval/sandbox.h for what it can and cannot do there.
#include <array>

#include "eval/grouped_summary.h"
#include "eval/items/code_items.h"
#include "eval/items/draw.h"
#include "eval/registry.h"
#include "eval/scorers/answer_text.h"
#include "eval/scorers/python_tests.h"

namespace assay::eval {
namespace {

constexpr std::array<std::string_view, 3> kGroups = {"lists", "strings", "classic"};
constexpr int kMaxTokens = 160;

const std::array<GroupLabel, 3>& labels() {
  static const std::array<GroupLabel, 3> kLabels = {{
      {"lists", {"Choosing and summing up numbers of a list", "筛选并汇总列表中的数"}},
      {"strings", {"Choosing and summing up characters of a string", "筛选并汇总字符串中的字符"}},
      {"classic", {"Small well-known functions", "常见小函数"}},
  }};
  return kLabels;
}

std::string prompt(Lang lang, const CodeItem& item) {
  static constexpr std::array<std::string_view, 3> kEnglish = {
      "Complete this Python function. Reply with one Python code block that holds the whole "
      "function, "
      "and nothing else.",
      "Write the body of the following Python function. Give the complete function in a single "
      "code "
      "block, without explanation.",
      "Implement this function in Python. Answer only with the code, in one code block."};
  static constexpr std::array<std::string_view, 3> kChinese = {
      "请补全这个 Python 函数。只回复一个包含完整函数的 Python 代码块，不要写别的内容。",
      "请实现下面的 Python 函数，用一个代码块给出完整的函数，不要解释。",
      "用 Python 写出下面这个函数。只回答代码，放在一个代码块里。"};
  // The wording hangs on the function, so that none comes twice in other words.
  Rng rng = Rng::named(0, item.name);
  const std::string_view frame = lang == Lang::en ? rng.pick(kEnglish) : rng.pick(kChinese);
  return std::string(frame) + "\n\n```python\ndef " + item.name + "(" + item.parameters +
         "):\n    \"\"\"" + item.doc.in(lang) + "\"\"\"\n```";
}

Sample sample_of(Lang lang, const CodeItem& item) {
  Sample sample;
  sample.lang = lang;
  sample.messages = {{"user", prompt(lang, item)}};
  sample.max_tokens = kMaxTokens;
  sample.metadata = Json{{"name", item.name}, {"calls", item.calls}, {"expected", item.expected}};
  return sample;
}

class CodeSmall : public Task {
 public:
  CodeSmall() {
    info_.name = "code_small";
    info_.title = {"Short programs", "简短编程"};
    info_.description = {
        "Short Python functions from a signature and a description. The function in the reply's "
        "code "
        "block is called six times with hidden arguments, in a sandbox without network, files or "
        "processes (one second of processor time, 256 MiB); every result must be as computed for "
        "the "
        "item. Functions that are missing, raise, hang or use too much are failures; a reply "
        "without "
        "any code is unassessed.",
        "根据函数签名和说明编写简短的 Python 函数。取回答代码块中的函数，在沙箱中用六组隐藏参数调用"
        "（无网络、无文件、不能创建进程，处理器时间 1 秒，内存 256 MiB），"
        "每个结果都必须与题目预先算好的一致。函数缺失、抛出异常、超时或超出资源限制均为失败；"
        "完全没有代码的回答不作评判。"};
    info_.limits = {
        "Functions of a few lines only; says nothing about larger programs, other languages or the "
        "safety of the code. Six calls can miss a rare mistake.",
        "只涉及几行的小函数，不代表编写大型程序、其他语言的能力或代码的安全性。六次调用可能漏掉少见"
        "的错误。"};
    info_.topics = {"capability.code"};
    info_.items = {30, 90, 210};
    info_.needs.generate = true;
    info_.needs.sandbox = true;
    info_.needs.language = true;
  }
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    // The same functions in both languages, so that these can be compared.
    return draw_items(context, "code_small", kGroups, [&](Rng& rng, std::string_view group) {
      return sample_of(context.lang, code_item(group, rng));
    });
  }
  [[nodiscard]] const Solver& solver() const override { return solver_; }

  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    if (const auto unusable = without_answer(trace)) return *unusable;
    FunctionCalls calls;
    calls.name = sample.metadata.value("name", "");
    for (const Json& call : sample.metadata["calls"]) calls.arguments.push_back(call);
    for (const Json& result : sample.metadata["expected"]) calls.expected.push_back(result);
    const std::string code = code_of(trace.answer(), calls.name);
    if (code.empty()) return Score::unassessed("no code in the answer");
    return run_function(code, calls);
  }

  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override {
    return grouped_summary(
        scored, context, {"Functions that pass their calls", "通过全部调用的函数"}, labels(), 0.0);
  }
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_;
  /// A code block that has ended with an empty line after it is the whole answer.
  GenerateSolver solver_{model::Sampling{}, {"```\n\n"}};
};

std::vector<Example> CodeSmall::examples() const {
  std::vector<Example> examples;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    Rng rng(7);
    const CodeItem item = code_item("lists", rng);
    Sample sample = sample_of(lang, item);
    sample.id = sample.cluster = std::string("example-") + to_string(lang);
    sample.group = "lists";
    const std::string wrong = python_function(item, "return xs");
    using model::FinishReason;
    examples.push_back({sample,
                        {"```python\n" + item.reference + "```"},
                        {},
                        FinishReason::stop,
                        Verdict::success});
    examples.push_back(
        {sample, {"```python\n" + wrong + "```"}, {}, FinishReason::stop, Verdict::failure});
    examples.push_back({sample,
                        {lang == Lang::en ? "I would filter the list first." : "先筛选列表。"},
                        {},
                        FinishReason::stop,
                        Verdict::unassessed});
  }
  return examples;
}

}  // namespace

void register_code_small(Registry& registry) { registry.add(std::make_unique<CodeSmall>()); }

}  // namespace assay::eval
