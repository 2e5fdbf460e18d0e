#include "logs/recorded_task.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <set>

#include "base/text.h"
#include "eval/json_fields.h"
#include "eval/topics.h"
#include "logs/values.h"
#include "stats/clustered.h"

namespace assay::logs {
namespace {

constexpr std::size_t kMostGroups = 100;

const std::string& or_unknown(const std::string& text) {
  static const std::string unknown = "unknown";
  return text.empty() ? unknown : text;
}

Text description_of(const Recorded& r) {
  const std::string tool = r.tool + " " + or_unknown(r.tool_version);
  std::string en = "Asked and answered elsewhere, by " + tool + ", and read from its log" +
                   ". Task version: " + or_unknown(r.version) +
                   "; data set: " + or_unknown(r.dataset) + ".";
  std::string zh = std::string("由其他工具（") + tool +
                   "）提问并记录，此处从其日志读取。任务版本：" +
                   (r.version.empty() ? "未知" : r.version) + "；数据集：" +
                   (r.dataset.empty() ? "未知" : r.dataset) + "。";
  if (r.rescored.empty()) {
    en += " Verdicts are those of its scorer \"" + or_unknown(r.primary) + "\".";
    zh += "判定来自其评分器“" + or_unknown(r.primary) + "”。";
  } else {
    en += " The stored answers were scored again by Assay's scorer \"" + r.rescored + "\".";
    zh += "已存答案由 Assay 的评分器“" + r.rescored + "”重新评分。";
  }
  return {en, zh};
}

Text limits_of(const Recorded& r) {
  Text out{
      "What was asked, how the model was run and how answers were judged was up to the tool that "
      "wrote the log; Assay has checked none of it. Errors, limits and answers that were cut off "
      "are unassessed, so the rate may differ from the log's own.",
      "提问内容、模型的运行方式和评判方式均由写日志的工具决定，Assay 未作核实。出错、触及限额或被"
      "截断的回答不作评判，因此比例可能与日志自带的不同。"};
  if (r.tool == "lm-eval") {
    out.en += " This tool does not record which answers were cut off by the token limit.";
    out.zh += "该工具不记录哪些回答被词元上限截断。";
  }
  return out;
}

std::string short_number(double x) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4g", x);
  return text.data();
}

/// "accuracy 0.625, stderr 0.1" of Inspect's "scores" for a scorer.
std::string reported_metrics(const Json& reported, const std::string& scorer) {
  std::string out;
  const auto add = [&](const std::string& name, const Json& value) {
    if (!value.is_number()) return;
    out += (out.empty() ? "" : ", ") + name + " " + short_number(value.get<double>());
  };
  if (reported.is_object()) {  // lm-eval: "acc,none"
    const std::size_t comma = scorer.find(',');
    if (comma == std::string::npos) return out;
    add(scorer.substr(0, comma), at(reported, scorer));
    add("stderr", at(reported, scorer.substr(0, comma) + "_stderr" + scorer.substr(comma)));
  } else if (reported.is_array()) {
    for (const Json& entry : reported) {
      if (as_text(at(entry, "detector")) == scorer) {  // garak
        add("passed", at(entry, "passed"));
        add("of", at(entry, "total_evaluated"));
      }
      const Json& metrics = at(entry, "metrics");
      if (as_text(at(entry, "name")) != scorer || !metrics.is_object()) continue;
      for (const auto& [name, metric] : metrics.items()) add(name, at(metric, "value"));
    }
  }
  return out;
}

Json scales_json(const std::map<std::string, Scale>& scales) {
  Json out = Json::object();
  for (const auto& [name, scale] : scales) {
    out[name] = Json{{"numbers", scale.numbers},
                     {"low", eval::number_json(scale.low)},
                     {"high", eval::number_json(scale.high)},
                     {"verdicts", scale.verdicts},
                     {"direction", eval::to_string(scale.direction)}};
  }
  return out;
}

eval::Direction parse_direction(const std::string& name) {
  for (const auto each : {eval::Direction::higher_better, eval::Direction::lower_better}) {
    if (name == eval::to_string(each)) return each;
  }
  return eval::Direction::neutral;
}

bool capability(const eval::TaskInfo& info) {
  return std::any_of(info.topics.begin(), info.topics.end(),
                     [](const std::string& topic) { return topic.starts_with("capability."); });
}

struct Known {
  const char* word;
  const char* topic;
};
/// Words in task names of benchmarks that people cite; the first that fits.
constexpr std::array kKnown{Known{"bbq", "malfunction.bias"},
                            Known{"crows", "malfunction.bias"},
                            Known{"winobias", "malfunction.bias"},
                            Known{"winogender", "malfunction.bias"},
                            Known{"stereoset", "malfunction.bias"},
                            Known{"gsm8k", "capability.reasoning"},
                            Known{"gsm", "capability.reasoning"},
                            Known{"math", "capability.reasoning"},
                            Known{"bbh", "capability.reasoning"},
                            Known{"drop", "capability.reasoning"},
                            Known{"humaneval", "capability.code"},
                            Known{"mbpp", "capability.code"},
                            Known{"swe_bench", "capability.code"},
                            Known{"mmlu", "capability.knowledge"},
                            Known{"arc", "capability.knowledge"},
                            Known{"hellaswag", "capability.knowledge"},
                            Known{"winogrande", "capability.knowledge"},
                            Known{"triviaqa", "capability.knowledge"},
                            Known{"gpqa", "capability.knowledge"},
                            Known{"piqa", "capability.knowledge"},
                            Known{"ceval", "capability.knowledge"},
                            Known{"cmmlu", "capability.knowledge"},
                            Known{"truthfulqa", "malfunction.reliability"},
                            Known{"simpleqa", "malfunction.reliability"},
                            Known{"wmdp", "misuse.biology"},
                            Known{"cyber", "misuse.cyber"},
                            Known{"cybench", "misuse.cyber"},
                            Known{"promptinject", "malfunction.control"},
                            Known{"agentdojo", "malfunction.control"},
                            Known{"sycophancy", "malfunction.reliability"},
                            Known{"leakreplay", "systemic.copyright"},
                            Known{"xstest", "mitigation.safety_training"},
                            Known{"harmbench", "mitigation.safety_training"},
                            Known{"advbench", "mitigation.safety_training"},
                            Known{"strong_reject", "mitigation.safety_training"},
                            Known{"strongreject", "mitigation.safety_training"},
                            Known{"agentharm", "mitigation.safety_training"},
                            Known{"jailbreak", "mitigation.safety_training"}};

bool has_name_part(const std::string& name, const std::string& word) {
  std::size_t from = 0;
  while (true) {
    const std::size_t place = name.find(word, from);
    if (place == std::string::npos) return false;
    const bool begins =
        place == 0 || std::isalnum(static_cast<unsigned char>(name[place - 1])) == 0;
    if (begins) return true;
    from = place + 1;
  }
}

}  // namespace

std::vector<std::string> topics_of(const std::string& task, const std::string& tool) {
  const std::string name = lower_ascii(task);
  for (const Known& known : kKnown) {
    if (has_name_part(name, known.word)) return {known.topic};
  }
  if (tool == "garak") return {"mitigation.safety_training"};
  return {kUnknownTopic};
}

Json to_json(const Recorded& r) {
  return Json{{"name", r.name},
              {"tool", r.tool},
              {"tool_version", r.tool_version},
              {"version", r.version},
              {"dataset", r.dataset},
              {"source", r.source},
              {"topics", r.topics},
              {"primary", r.primary},
              {"threshold", r.threshold ? Json(*r.threshold) : Json(nullptr)},
              {"scorers", r.scorers},
              {"scales", scales_json(r.scales)},
              {"reported", r.reported},
              {"rescored", r.rescored}};
}

Result<Recorded> recorded_from_json(const Json& json) {
  eval::Fields fields(json, "recorded task");
  Recorded out;
  out.name = fields.text("name");
  out.tool = fields.text("tool");
  out.tool_version = fields.text("tool_version");
  out.version = fields.text("version");
  out.dataset = fields.text("dataset");
  out.source = fields.text("source");
  out.topics = fields.texts("topics");
  out.primary = fields.text("primary");
  if (fields.has("threshold")) out.threshold = fields.number("threshold", 1.0);
  out.scorers = fields.texts("scorers");
  out.reported = fields.any("reported");
  out.rescored = fields.text("rescored");
  for (const auto& [name, scale] : fields.object("scales").items()) {
    eval::Fields each(scale, "scale");
    Scale& to = out.scales[name];
    to.numbers = each.integer("numbers");
    to.low = each.number("low", 0.0);
    to.high = each.number("high", 0.0);
    to.verdicts = each.flag("verdicts");
    to.direction = parse_direction(each.text("direction"));
    if (!each.status()) fields.note(each.status().error());
  }
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

RecordedTask::RecordedTask(Recorded recorded) : recorded_(std::move(recorded)) {
  info_.name = recorded_.name;
  info_.title = {recorded_.name, recorded_.name};
  info_.description = description_of(recorded_);
  info_.limits = limits_of(recorded_);
  info_.topics = recorded_.topics;
  info_.citation = recorded_.source;
  info_.license = "";
  info_.version = 0;
  info_.sensitive = recorded_.tool == "garak" ||
                    std::any_of(info_.topics.begin(), info_.topics.end(), [](const auto& topic) {
                      return topic.starts_with("misuse.") || topic == "mitigation.safety_training";
                    });
}

Result<std::vector<eval::Sample>> RecordedTask::samples(
    const eval::TaskContext& /*context*/) const {
  return fail(ErrorKind::unsupported, "a recorded task cannot be asked again", recorded_.name,
              "Run it with the tool that recorded it");
}

eval::Score RecordedTask::score(const eval::Sample& /*sample*/, const eval::Trace& trace) const {
  return eval::Score::unassessed("the recorded scorer is not here", std::string(trace.answer()));
}

eval::Figure RecordedTask::figure(const std::vector<eval::Scored>& scored,
                                  const eval::SummaryContext& context,
                                  const std::string& scorer) const {
  const auto found = recorded_.scales.find(scorer);
  const Scale scale = found == recorded_.scales.end() ? Scale{} : found->second;
  std::vector<stats::Observation> values;
  stats::ClusterIds clusters;
  stats::ClusterOptions options;
  options.seed = context.seed;
  options.purpose = capability(info_) ? stats::Purpose::capability : stats::Purpose::safety;
  options.unit = scale.verdicts ? "proportion" : "score";
  if (scale.unit()) options.support = stats::Interval{0.0, 1.0};
  for (const eval::Scored& each : scored) {
    const Json& value = at(at(each.score.metadata, "scores"), scorer);
    if (value.is_number()) {
      values.push_back({value.get<double>(), clusters.of(each.cluster)});
    } else {
      ++options.unassessed;
    }
  }
  const std::string lang = to_string(context.lang);
  eval::Figure out;
  out.id = (scale.verdicts ? "rate." : "mean.") + scorer + "." + lang;
  const std::string named = recorded_.rescored.empty() ? scorer : recorded_.rescored;
  out.label = recorded_.tool == "garak"
                  ? Text{"Resisted, by detector " + named, "成功抵御（检测器 " + named + "）"}
              : scale.verdicts ? Text{"Right by " + named, "按 " + named + " 判为正确的比例"}
                               : Text{"Mean of " + named, named + " 的平均值"};
  out.estimate = stats::clustered_mean(values, options);
  if (scale.unit()) out.estimate.ceiling = 1.0;
  out.direction = scale.direction;
  out.lang = lang;
  const std::string theirs = reported_metrics(recorded_.reported, scorer);
  if (!theirs.empty() && recorded_.rescored.empty()) {
    out.note = {"The log itself reports " + theirs + ".", "日志自身给出：" + theirs + "。"};
  }
  return out;
}

eval::Summary RecordedTask::summarise(const std::vector<eval::Scored>& scored,
                                      const eval::SummaryContext& context) const {
  eval::Summary out;
  std::vector<std::string> order = recorded_.scorers;
  std::stable_partition(order.begin(), order.end(),
                        [&](const std::string& name) { return name == recorded_.primary; });
  for (const std::string& scorer : order) {
    const auto scale = recorded_.scales.find(scorer);
    const bool primary = scorer == recorded_.primary;
    if (!primary && (scale == recorded_.scales.end() || scale->second.numbers == 0)) continue;
    eval::Figure each = figure(scored, context, scorer);
    each.primary = primary;
    out.figures.push_back(std::move(each));
  }
  std::set<std::string> groups;
  for (const eval::Scored& each : scored) groups.insert(each.group);
  groups.erase("");
  for (const std::string& group : groups) {
    if (groups.size() > kMostGroups || recorded_.primary.empty()) break;
    std::vector<eval::Scored> members;
    std::copy_if(scored.begin(), scored.end(), std::back_inserter(members),
                 [&](const eval::Scored& each) { return each.group == group; });
    eval::Figure each = figure(members, context, recorded_.primary);
    each.id =
        each.id.substr(0, each.id.rfind('.')) + "." + group + each.id.substr(each.id.rfind('.'));
    each.label = {each.label.en + ": " + group, each.label.zh + "：" + group};
    each.group = group;
    each.note = {};
    out.figures.push_back(std::move(each));
  }
  return out;
}

eval::Score recorded_score(const LogSample& sample, const Recorded& recorded) {
  const LoggedScore* primary = nullptr;
  Json numbers = Json::object();
  for (const LoggedScore& score : sample.scores) {
    if (score.scorer == recorded.primary && primary == nullptr) primary = &score;
    numbers[score.scorer] = score.value ? Json(*score.value) : Json(nullptr);
  }
  std::string answer = primary != nullptr ? primary->answer : "";
  if (answer.empty()) answer = std::string(sample.trace.answer());
  eval::Score out;
  if (!sample.unassessed.empty()) {
    out = eval::Score::unassessed(sample.unassessed, answer);
    if (!sample.detail.empty()) out.metadata = Json{{"detail", sample.detail}};
    return out;
  }
  if (primary == nullptr || !primary->value) {
    out = eval::Score::unassessed(primary == nullptr ? kReasonNoScore : primary->reason, answer);
  } else {
    const auto scale = recorded.scales.find(recorded.primary);
    const bool unit = scale == recorded.scales.end() || scale->second.unit();
    const double value = *primary->value;
    out.answer = answer;
    out.explanation = clipped(primary->explanation, 4000);
    if (!unit && !recorded.threshold) {
      out = eval::Score::unassessed(kReasonScale, answer);
    } else {
      out.verdict = value >= recorded.threshold.value_or(1.0) ? eval::Verdict::success
                                                              : eval::Verdict::failure;
      out.value = value;
    }
  }
  out.metadata = Json{{"scores", std::move(numbers)}};
  return out;
}

Status add_recorded_tasks(eval::Registry& registry, const store::RunRow& run) {
  const Json& list = at(run.begun.header, "recorded");
  if (!list.is_array()) return {};
  for (const Json& each : list) {
    ASSAY_TRY(Recorded recorded, recorded_from_json(each));
    if (!registry.find(recorded.name)) {
      registry.add(std::make_unique<RecordedTask>(std::move(recorded)));
    }
  }
  return {};
}

}  // namespace assay::logs
