#include "rich_run.h"

#include <limits>

namespace assay::report::test {
namespace {

using eval::Direction;
using eval::ShownExample;
using eval::Status;
using eval::TaskOutcome;
using eval::Verdict;

model::Ledger ledger(std::int64_t requests, double seconds, double joules) {
  model::Ledger out;
  out.requests = requests;
  out.prompt_tokens = requests * 60;
  out.computed_tokens = requests * 21;
  out.completion_tokens = requests * 9;
  out.flops = 2.5e8 * static_cast<double>(out.computed_tokens);
  out.seconds = seconds;
  out.joules = joules;
  return out;
}

TaskOutcome task(std::string name, Lang lang, Status status, Text reason, std::int64_t planned) {
  TaskOutcome out;
  out.task = std::move(name);
  out.lang = lang;
  out.status = status;
  out.reason = std::move(reason);
  out.planned = planned;
  return out;
}

void counts(TaskOutcome& out, std::int64_t success, std::int64_t failure, std::int64_t unassessed) {
  out.success = success;
  out.failure = failure;
  out.unassessed = unassessed;
  out.done = success + failure + unassessed;
  out.ledger =
      ledger(out.done, 0.25 * static_cast<double>(out.done), 3.5 * static_cast<double>(out.done));
}

ShownExample example(std::string id, Lang lang, Verdict verdict, std::string question,
                     std::string answer, std::string why) {
  ShownExample out;
  out.sample_id = std::move(id);
  out.lang = lang;
  out.verdict = verdict;
  out.transcript = {{"user", std::move(question)}, {"assistant", answer}};
  out.answer = std::move(answer);
  out.explanation = std::move(why);
  return out;
}

TaskOutcome arithmetic_en() {
  TaskOutcome out = task("arithmetic", Lang::en, Status::measured, {}, 40);
  counts(out, 9, 31, 0);
  out.figures.push_back(figure("accuracy.en", {"Right answers", "答对比例"},
                               rate(0.225, 0.108, 0.385, 40), Direction::higher_better));
  out.examples.push_back(
      example("en-0001", Lang::en, Verdict::success, "What is 2 + 3?", "5", "5 = 5"));
  out.examples.push_back(
      example("en-0002", Lang::en, Verdict::failure, "What is 17 + 26?", "33", "33 is not 43"));
  return out;
}

TaskOutcome arithmetic_zh() {
  TaskOutcome out = task(
      "arithmetic", Lang::zh, Status::not_assessable,
      {"the model did not pass the ability floor in Chinese.", "模型未达到中文能力下限。"}, 40);
  return out;
}

TaskOutcome facts(Lang lang) {
  const bool en = lang == Lang::en;
  TaskOutcome out =
      task("facts", lang, en ? Status::measured : Status::partly,
           en ? Text{} : Text{"the budget of time was used up", "时间预算已用完"}, 100);
  counts(out, en ? 41 : 8, en ? 58 : 22, en ? 1 : 3);
  out.unassessed_reasons = {{"answer cut off by the token limit", en ? 1 : 2}};
  if (!en) out.unassessed_reasons["a reason of nobody's table"] = 1;
  stats::Estimate e = en ? rate(0.4141, 0.3221, 0.5126, 99) : rate(0.26666, 0.1228, 0.4589, 30);
  e.method = en ? "wilson" : "clopper-pearson";
  e.chance = 0.25;
  e.ceiling = 1.0;
  e.minimum_detectable = en ? 0.1337 : 0.2514;
  e.unassessed = out.unassessed;
  e.worst_case = en ? stats::Interval{0.41, 0.42} : stats::Interval{0.2424, 0.3333};
  out.figures.push_back(
      figure("accuracy", {"Right answers", "答对比例"}, e, Direction::higher_better));
  return out;
}

TaskOutcome refusals() {
  TaskOutcome out = task("refusal_pairs", Lang::en, Status::measured, {}, 94);
  counts(out, 62, 25, 7);
  out.unassessed_reasons = {{"unclear", 4}, {"empty answer", 3}};
  stats::Estimate unsafe = rate(0.625, 0.4580, 0.7727, 40);
  unsafe.unassessed = 7;
  unsafe.worst_case = stats::Interval{0.5319, 0.6809};
  out.figures.push_back(figure("refusal.unsafe.en", {"Refuses unsafe requests", "拒绝不安全请求"},
                               unsafe, Direction::higher_better));
  stats::Estimate safe = rate(0.0, 0.0, 0.0755, 47);
  out.figures.push_back(figure("refusal.safe.en", {"Refuses safe requests", "拒绝安全请求"}, safe,
                               Direction::lower_better));
  stats::Estimate cyber = rate(0.9, 0.5549, 0.9975, 10);
  eval::Figure area =
      figure("refusal.unsafe.cyber.en", {"Refuses unsafe requests: cyber", "拒绝不安全请求：网络"},
             cyber, Direction::higher_better, false);
  area.group = "misuse.cyber";
  out.figures.push_back(area);
  ShownExample shown = example("en-u-07", Lang::en, Verdict::failure, "[an unsafe request]",
                               "SENSITIVE-ANSWER " + hostile(), "complied");
  shown.sensitive = true;
  out.examples.push_back(shown);
  return out;
}

TaskOutcome injection() {
  TaskOutcome out = task("injection", Lang::en, Status::measured, {}, 300);
  counts(out, 300, 0, 0);
  stats::Estimate e = rate(0.0, 0.0, 0.012221, 300);
  out.figures.push_back(figure("followed", {"Follows hidden instructions", "听从隐藏指令"}, e,
                               Direction::lower_better));
  stats::Estimate upper = rate(0.0, 0.0, 0.0099361, 300);
  upper.sides = stats::Sides::upper;
  out.figures.push_back(figure("followed.bound", {"Follows hidden instructions", "听从隐藏指令"},
                               upper, Direction::lower_better, false));
  return out;
}

TaskOutcome bias() {
  TaskOutcome out = task("minimal_pairs_bias", Lang::en, Status::measured, {}, 400);
  counts(out, 236, 164, 0);
  stats::Estimate e = rate(0.59, 0.5312, 0.6471, 400);
  e.method = "korn-graubard";
  e.clusters = 200;
  e.chance = 0.5;
  e.assumptions = {"clusters are independent draws from the population of such items"};
  out.figures.push_back(figure("stereotype", {"Prefers the stereotype", "偏好刻板印象的说法"}, e,
                               Direction::lower_better));
  stats::Estimate gap = rate(0.041, -0.022, 0.104, 200);
  gap.unit = "difference of proportions";
  gap.method = "mover-clustered";
  eval::Figure gender = figure("gap.gender", {"Difference between women and men", "女性与男性之差"},
                               gap, Direction::lower_better, false);
  gender.group = "gender";
  gender.note = {"Two groups only.", "只比较两组。"};
  out.figures.push_back(gender);
  stats::Estimate share = rate(0.71, 0.52, 0.83, 400);
  share.unit = "share of variance";
  share.method = "variance-components";
  out.variance.push_back({"item", share});
  share.value = 0.29;
  share.interval = {0.17, 0.48};
  out.variance.push_back({"wording+sampling", share});
  return out;
}

TaskOutcome energy() {
  TaskOutcome out = task("energy", Lang::en, Status::measured, {}, 12);
  counts(out, 12, 0, 0);
  stats::Estimate e = rate(14.237, 11.02, 18.41, 12);
  e.unit = "tokens/J";
  e.method = "cluster-bca";
  e.modelled = true;
  out.figures.push_back(
      figure("efficiency", {"Tokens for each joule", "每焦耳词元数"}, e, Direction::higher_better));
  out.figures.push_back(
      figure("none", {"Joules by counter", "计数器读出的能耗"},
             stats::no_estimate("no observations", {0.0, std::numeric_limits<double>::infinity()}),
             Direction::neutral, false));
  return out;
}

TaskOutcome strange() {
  TaskOutcome out = task("strange", Lang::zh, Status::measured, {}, 2);
  counts(out, 1, 1, 0);
  out.figures.push_back(
      figure("h", {hostile(), hostile()}, rate(0.5, 0.0126, 0.9874, 2), Direction::neutral));
  out.examples.push_back(
      example("zh-0001", Lang::zh, Verdict::failure, hostile(), hostile(), hostile()));
  out.examples.push_back(example("zh-0002", Lang::zh, Verdict::unassessed, "很长的问题",
                                 std::string(9000, 'x') + "END", "too long to read"));
  return out;
}

}  // namespace

std::string hostile() {
  return "</script><script>alert(1)</script> | a`b``c```d \u202Eevil\u202C\u2028\u2029 \r\n# not a "
         "heading\n"
         "*bold* _it_ [x](javascript:alert(1)) <!-- & \"q\" 'q' \\ \x07 \xff {0} "
         "__ASSAY_REPORT_JSON__";
}

void add_task(eval::Registry& registry, std::string name, Text title,
              std::vector<std::string> topics, bool sensitive) {
  eval::TaskInfo info;
  info.name = std::move(name);
  info.title = std::move(title);
  info.description = {"What was asked in " + info.title.en + ".", info.title.zh + "问了什么。"};
  info.limits = {"What " + info.title.en + " does not say.", info.title.zh + "没有说明什么。"};
  info.topics = std::move(topics);
  info.citation = "Nobody 2024";
  info.sensitive = sensitive;
  registry.add(std::make_unique<Described>(std::move(info)));
}

stats::Estimate rate(double value, double low, double high, std::int64_t n) {
  stats::Estimate out;
  out.value = value;
  out.interval = {low, high};
  out.method = "clopper-pearson";
  out.unit = "proportion";
  out.n = n;
  out.clusters = n;
  return out;
}

eval::Figure figure(std::string id, Text label, stats::Estimate estimate, eval::Direction direction,
                    bool primary) {
  eval::Figure out;
  out.id = std::move(id);
  out.label = std::move(label);
  out.estimate = std::move(estimate);
  out.direction = direction;
  out.primary = primary;
  return out;
}

void fill_registry(eval::Registry& registry) {
  add_task(registry, "arithmetic", {"Arithmetic", "算术"}, {"capability.reasoning"});
  add_task(registry, "facts", {"Stable facts", "稳定事实"},
           {"capability.knowledge", "malfunction.reliability"});
  add_task(registry, "refusal_pairs",
           {"Unsafe requests and their safe twins", "不安全请求及其安全对照"},
           {"mitigation.safety_training", "misuse.scam", "misuse.cyber"}, true);
  add_task(registry, "injection", {"Hidden instructions", "隐藏指令"}, {"malfunction.control"});
  add_task(registry, "minimal_pairs_bias",
           {"Stereotypes in pairs of sentences", "句对中的刻板印象"}, {"malfunction.bias"});
  add_task(registry, "energy", {"Energy", "能耗"}, {"systemic.environment"});
  add_task(registry, "code_small", {"Short programs", "小程序"}, {"capability.code"});
  add_task(registry, "secrets", {"Keeps a secret", "保守秘密"},
           {"systemic.privacy", "malfunction.control"});
  add_task(registry, "strange", {hostile(), hostile()}, {"capability.language", "no.topic"});
}

eval::RunOutcome rich_run() {
  eval::RunOutcome out;
  out.run_id = "20261124-0001";
  out.created = "2026-11-24T10:00:00Z";
  out.finished = "2026-11-24T10:05:41Z";
  out.profile = "quick";
  out.seed = 7;
  out.langs = {Lang::en, Lang::zh};
  out.config_digest = std::string(64, 'c');
  out.plan = Json{{"topics", {"misuse", "malfunction"}},
                  {"tasks", Json::array()},
                  {"epochs", 2},
                  {"reducer", "pass_at_k"},
                  {"reducer_k", 2},
                  {"max_items", 50},
                  {"max_tokens", nullptr}};
  out.model.id = "models/my model.gguf";
  out.model.name = "Example 135M <Instruct>";
  out.model.architecture = "llama";
  out.model.parameters = 134515008;
  out.model.context_length = 2048;
  out.model.vocabulary = 49152;
  out.model.tokenizer = "gpt2";
  out.model.has_chat_template = true;
  out.model.license = "apache-2.0";
  out.model.weights_dtype = "Q4_1";
  out.model.scored_dtype = "BF16";
  out.model.dtype_max_logprob_delta = 0.0213;
  out.model.digest = std::string(64, 'a');
  out.model.template_digest = std::string(64, 'b');
  out.model.file_bytes = 98000000;
  out.model.engine = "llama.cpp b7000";
  out.machine = Json{{"cpu", "Example CPU"}, {"cores", 2}, {"memory", 25769803776}};
  out.versions = Json{{"assay", "0.1.0"}, {"llama.cpp", "0.3.36"}};
  out.tasks = {arithmetic_zh(),
               arithmetic_en(),
               facts(Lang::zh),
               facts(Lang::en),
               refusals(),
               injection(),
               bias(),
               energy(),
               strange(),
               task("code_small", Lang::en, Status::not_measured,
                    {"the budget of time was used up", "时间预算已用完"}, 30),
               task("vanished", Lang::en, Status::not_measured, {}, 5)};
  for (const TaskOutcome& each : out.tasks) out.ledger += each.ledger;
  return out;
}

}  // namespace assay::report::test
