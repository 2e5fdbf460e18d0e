// The first pass over a log, and its figures at a glance.
#include <algorithm>

#include "eval/scorers/answer_text.h"
#include "eval/topics.h"
#include "logs/import.h"
#include "logs/prepare.h"
#include "logs/values.h"

namespace assay::logs {
namespace {

constexpr std::int64_t kLookedAt = 200;
constexpr std::size_t kMostScorers = 200;  ///< a score may be a dictionary with a key for anything

bool is_chinese(const LogSample& sample) {
  std::string text = sample.sample.context;
  for (const model::Message& message : sample.sample.messages) text += message.content;
  return eval::han_share(clipped(text, 20'000)) > 0.3;
}

Json direction_scales(const Recorded& recorded) { return to_json(recorded)["scales"]; }

}  // namespace

void Survey::add(const LogSample& sample) {
  ++samples;
  if (looked_at < kLookedAt) {
    ++looked_at;
    if (is_chinese(sample)) ++chinese;
  }
  for (const LoggedScore& score : sample.scores) {
    auto found = scales.find(score.scorer);
    if (found == scales.end()) {
      if (scales.size() >= kMostScorers) continue;
      found = scales.emplace(score.scorer, Scale{}).first;
      scorers.push_back(score.scorer);
    }
    if (!score.value) continue;
    Scale& scale = found->second;
    const double value = *score.value;
    scale.low = scale.numbers == 0 ? value : std::min(scale.low, value);
    scale.high = scale.numbers == 0 ? value : std::max(scale.high, value);
    scale.verdicts = scale.verdicts && (value == 0.0 || value == 1.0);
    ++scale.numbers;
  }
}

Result<std::map<std::string, Survey>> survey(LogReader& reader, const CancelToken* cancel) {
  std::map<std::string, Survey> out;
  ASSAY_CHECK(reader.for_each_summary([&](LogSample&& sample) -> Status {
    out[sample.task].add(sample);
    if (cancel != nullptr && cancel->requested()) {
      return fail(ErrorKind::cancelled, "stopped", "", "Run this again");
    }
    return {};
  }));
  return out;
}

Result<Recorded> recorded_of(const LogInfo& info, const LogTask& task, const Survey& found,
                             const ImportOptions& options) {
  Recorded out;
  out.name = task.name;
  out.tool = info.tool;
  out.tool_version = info.tool_version;
  out.version = task.version;
  out.dataset = task.dataset;
  out.threshold = options.threshold;
  out.reported = task.reported;
  out.scales = found.scales;
  out.scorers = found.scorers;
  if (out.scorers.empty()) out.scorers = task.scorers;
  out.topics = options.topic.empty() ? topics_of(task.name, info.tool)
                                     : std::vector<std::string>{options.topic};
  const bool known = out.topics.front() != kUnknownTopic;
  for (auto& [name, scale] : out.scales) {
    if (!known) break;  // more of what is not known need not be better
    const std::string base = name.substr(0, name.find_first_of(",/"));
    const auto direction = task.directions.find(base);
    if (info.format == "garak") scale.direction = eval::Direction::higher_better;
    if (direction != task.directions.end()) scale.direction = direction->second;
  }
  out.primary = out.scorers.empty() ? "" : out.scorers.front();
  if (!options.scorer.empty()) {
    if (std::find(out.scorers.begin(), out.scorers.end(), options.scorer) == out.scorers.end()) {
      std::string names;
      for (const std::string& name : out.scorers) names += (names.empty() ? "" : ", ") + name;
      return fail(ErrorKind::usage, "the log has no scorer named '" + options.scorer + "'",
                  task.name, "It has: " + (names.empty() ? "none" : names));
    }
    out.primary = options.scorer;
  }
  if (!options.topic.empty() &&
      !(eval::is_topic_or_area(options.topic) && options.topic.find('.') != std::string::npos)) {
    return fail(ErrorKind::usage, "no topic named '" + options.topic + "'", "",
                "`assay tasks` lists the topics");
  }
  return out;
}

Result<Json> log_summary(const std::filesystem::path& path, const ImportOptions& options) {
  ASSAY_TRY(const std::unique_ptr<LogReader> reader, open_log(path));
  std::map<std::string, Survey> found;
  std::map<std::string, std::vector<eval::Scored>> scored;
  std::map<std::string, std::map<std::string, std::int64_t>> reasons;
  std::vector<LogSample> light;
  ASSAY_CHECK(reader->for_each_summary([&](LogSample&& sample) -> Status {
    found[sample.task].add(sample);
    if (!sample.unassessed.empty()) ++reasons[sample.task][sample.unassessed];
    sample.trace = {};
    sample.sample.metadata = nullptr;
    sample.sample.messages.clear();
    for (LoggedScore& score : sample.scores) {
      score.raw = nullptr;
      score.answer.clear();
      score.explanation.clear();
    }
    light.push_back(std::move(sample));
    return {};
  }));
  const LogInfo& info = reader->info();
  Json tasks = Json::array();
  for (const LogTask& task : info.tasks) {
    ASSAY_TRY(const Recorded recorded, recorded_of(info, task, found[task.name], options));
    std::vector<eval::Scored>& mine = scored[task.name];
    for (const LogSample& sample : light) {
      if (sample.task != task.name) continue;
      mine.push_back({sample.sample.id, sample.sample.cluster, "", sample.epoch,
                      recorded_score(sample, recorded), nullptr});
    }
    eval::SummaryContext context;
    context.seed = options.seed;
    Json figures = Json::array();
    for (const eval::Figure& figure : RecordedTask(recorded).summarise(mine, context).figures) {
      figures.push_back(eval::to_json(figure));
    }
    tasks.push_back(Json{{"task", task.name},
                         {"version", task.version},
                         {"dataset", task.dataset},
                         {"planned", task.planned},
                         {"samples", found[task.name].samples},
                         {"unassessed", reasons[task.name]},
                         {"scales", direction_scales(recorded)},
                         {"figures", std::move(figures)},
                         {"reported", task.reported}});
  }
  return Json{{"format", info.format}, {"tool", info.tool},         {"version", info.tool_version},
              {"model", info.model},   {"created", info.created},   {"finished", info.finished},
              {"status", info.status}, {"tasks", std::move(tasks)}, {"notes", info.notes}};
}

}  // namespace assay::logs
