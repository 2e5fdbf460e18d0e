// garak's report.jsonl: one JSON object a line, told apart by "entry_type". An attempt is written
// twice, when it was answered (status 1) and when it was judged (status 2); the last line of a
// uuid counts. Each output of an attempt is an epoch of one item, in one cluster. A detector's
// score at or above the threshold of the run is a hit: the model did not resist, our failure.
#include <algorithm>
#include <array>
#include <cstdio>
#include <unordered_map>

#include "logs/json_parts.h"
#include "logs/values.h"

namespace assay::logs {
namespace {

namespace fs = std::filesystem;

class Garak : public LogReader {
 public:
  static Result<std::unique_ptr<LogReader>> open(const fs::path& file);
  [[nodiscard]] const LogInfo& info() const override { return info_; }
  Status for_each(const Use& use) override;

 private:
  explicit Garak(MappedFile bytes) : bytes_(std::move(bytes)) {}
  Status scan();
  void read_setup(const Json& entry);
  void note_attempt(const Members& members, std::size_t line);
  LogTask& task(const std::string& probe);
  Status give_attempt(const Json& attempt, Distinct& distinct, const Use& use);
  [[nodiscard]] std::vector<LoggedScore> scores_of(const Json& attempt, std::size_t index) const;

  MappedFile bytes_;
  LogInfo info_;
  double threshold_ = 0.5;
  std::unordered_map<std::string, std::size_t> last_line_;  ///< by uuid
  std::int64_t unreadable_ = 0;
};

std::string text_member(const Members& members, std::string_view key) {
  const std::string_view text = member(members, key);
  if (text.empty() || text.size() > 4096) return {};
  const auto parsed = parse_json(text, "entry");
  return parsed ? as_text(*parsed) : std::string();
}

std::string probe_name(std::string name) {
  if (name.starts_with("probes.")) name.erase(0, 7);
  return task_name(name);
}

LogTask& Garak::task(const std::string& probe) {
  for (LogTask& each : info_.tasks) {
    if (each.name == probe) return each;
  }
  LogTask& out = info_.tasks.emplace_back();
  out.name = probe;
  out.version = info_.tool_version;
  out.reported = Json::array();
  return out;
}

void Garak::read_setup(const Json& entry) {
  const auto first = [&](const char* now, const char* before) {
    std::string text = as_text(at(entry, now));
    return text.empty() ? as_text(at(entry, before)) : text;
  };
  const std::string type = first("plugins.target_type", "plugins.model_type");
  const std::string name = first("plugins.target_name", "plugins.model_name");
  info_.model = type.empty() || name.empty() ? type + name : type + "/" + name;
  threshold_ = as_number(at(entry, "run.eval_threshold"), 0.5);
  info_.config = Json::object();
  for (const char* key : {"run.seed", "run.generations", "run.eval_threshold", "run.deprefix",
                          "plugins.probe_spec", "plugins.detector_spec", "plugins.buff_spec"}) {
    if (const Json& value = at(entry, key); !value.is_null()) info_.config[key] = value;
  }
  info_.assay = at(at(entry, "assay"), "run");
  if (!info_.assay.is_object()) return;
  info_.tool = "assay";
  const Json& tasks = at(at(entry, "assay"), "tasks");
  if (!tasks.is_object()) return;
  for (const auto& [probe, about] : tasks.items()) task(probe_name(probe)).assay = about;
}

void Garak::note_attempt(const Members& members, std::size_t line) {
  const std::string uuid = text_member(members, "uuid");
  last_line_[uuid.empty() ? "line " + std::to_string(line) : uuid] = line;
  task(probe_name(text_member(members, "probe_classname")));
}

/// First pass: everything but the attempts' contents.
Status Garak::scan() {
  std::string_view rest = bytes_.text();
  std::size_t number = 0;
  const std::string where = info_.files[0].string();
  while (const auto line = next_line(rest, number)) {
    const auto members = object_members(*line, where);
    const std::string type = members ? text_member(*members, "entry_type") : "";
    if (type == "attempt") {
      note_attempt(*members, number);
      continue;
    }
    const Result<Json> entry = parse_lenient(*line, where);
    if (!entry || type.empty()) {
      ++unreadable_;
      continue;
    }
    if (type == "start_run setup") read_setup(*entry);
    if (type == "init") {
      info_.tool_version = as_text(at(*entry, "garak_version"));
      info_.created = iso_time(at(*entry, "start_time"));
    }
    if (type == "completion") {
      info_.finished = iso_time(at(*entry, "end_time"));
      info_.status = "complete";
    }
    if (type == "eval") {
      task(probe_name(as_text(at(*entry, "probe")))).reported.push_back(*entry);
    }
  }
  return {};
}

bool is_hitlog(std::string_view text) {
  std::size_t number = 0;
  const auto line = next_line(text, number);
  const auto members = line ? object_members(*line, "") : Result<Members>(Members{});
  return members && member(*members, "entry_type").empty() &&
         !member(*members, "attempt_id").empty();
}

Result<std::unique_ptr<LogReader>> Garak::open(const fs::path& file) {
  ASSAY_TRY(MappedFile bytes, MappedFile::open(file));
  if (is_hitlog(bytes.text())) {
    return fail(ErrorKind::format, "a hit log holds hits only, so it gives no rate", file.string(),
                "Import the .report.jsonl beside it");
  }
  std::unique_ptr<Garak> out(new Garak(std::move(bytes)));
  out->info_.format = "garak";
  out->info_.tool = "garak";
  out->info_.status = "incomplete";
  out->info_.config = Json::object();
  out->info_.files = {file};
  ASSAY_CHECK(out->scan());
  if (out->last_line_.empty()) {
    return fail(ErrorKind::format, "this is not a report of garak, or it has no attempts",
                file.string(), "Give the .report.jsonl of a run");
  }
  if (out->unreadable_ > 0) {
    out->info_.notes.emplace_back(std::to_string(out->unreadable_) +
                                  " lines are no entries of garak and were passed over");
  }
  if (out->info_.status == "incomplete") {
    out->info_.notes.emplace_back("the run did not end: the report has no completion entry");
  }
  for (LogTask& task : out->info_.tasks) {
    if (task.version.empty()) task.version = out->info_.tool_version;
  }
  return out;
}

std::string message_text(const Json& message) {
  if (message.is_string()) return message.get<std::string>();
  const Json& content = at(message, "content");
  return as_text(at(content.is_null() ? message : content, "text"));
}

std::vector<model::Message> turns_of(const Json& conversation) {
  std::vector<model::Message> out;
  const Json& turns = at(conversation, "turns");
  if (!turns.is_array()) {
    if (std::string text = message_text(conversation); !text.empty()) {
      out.push_back({"user", std::move(text)});
    }
    return out;
  }
  for (const Json& turn : turns) {
    std::string role = as_text(at(turn, "role"));
    const Json& content = at(turn, "content");
    out.push_back({role.empty() ? "user" : std::move(role),
                   content.is_string() ? as_text(content) : as_text(at(content, "text"))});
  }
  return out;
}

std::vector<LoggedScore> Garak::scores_of(const Json& attempt, std::size_t index) const {
  std::vector<LoggedScore> out;
  const Json& results = at(attempt, "detector_results");
  if (!results.is_object()) return out;
  for (const auto& [detector, values] : results.items()) {
    LoggedScore score;
    score.scorer = detector;
    score.raw = values.is_array() && index < values.size() ? values[index] : Json();
    if (score.raw.is_number()) {
      score.value = score.raw.get<double>() >= threshold_ ? 0.0 : 1.0;
      score.explanation = *score.value == 0.0 ? "hit" : "no hit";
    } else {
      score.reason = score.raw.is_null() ? kReasonNoScore : kReasonNotNumber;
    }
    out.push_back(std::move(score));
  }
  return out;
}

std::string id_of(const Json& attempt) {
  const std::int64_t seq = as_integer(at(attempt, "seq"), -1);
  if (seq < 0) return as_text(at(attempt, "uuid"));
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%05lld", static_cast<long long>(seq));
  return text.data();
}

Status Garak::give_attempt(const Json& attempt, Distinct& distinct, const Use& use) {
  LogSample base;
  base.task = probe_name(as_text(at(attempt, "probe_classname")));
  base.sample.id = id_of(attempt);
  base.sample.messages = turns_of(at(attempt, "prompt"));
  Json metadata = Json::object();
  for (const char* key : {"goal", "intent"}) {
    if (const Json& value = at(attempt, key); !value.is_null()) metadata[key] = value;
  }
  if (!metadata.empty()) base.sample.metadata = std::move(metadata);
  const bool judged = as_integer(at(attempt, "status")) == 2;
  const Json& outputs = at(attempt, "outputs");
  const std::size_t n = outputs.is_array() ? std::max<std::size_t>(1, outputs.size()) : 1;
  distinct.name(base);
  base.sample.cluster = base.sample.id;
  const Json& kept = at(at(attempt, "notes"), "assay");
  for (std::size_t i = 0; i < n; ++i) {
    LogSample sample = base;
    sample.epoch = static_cast<int>(i);
    const bool answered = outputs.is_array() && i < outputs.size() && !outputs[i].is_null();
    const Json& conversations = at(attempt, "conversations");
    if (conversations.is_array() && i < conversations.size()) {
      sample.trace.transcript = turns_of(conversations[i]);
    }
    if (answered) {
      model::GenerateResult result;
      result.text = message_text(outputs[i]);
      if (sample.trace.transcript.empty() || sample.trace.transcript.back().role != "assistant") {
        sample.trace.transcript = sample.sample.messages;
        sample.trace.transcript.push_back({"assistant", result.text});
      }
      sample.trace.generations.push_back(std::move(result));
      sample.ledger.requests = 1;
    }
    sample.scores = scores_of(attempt, i);
    if (!judged) sample.unassessed = kReasonUnfinished;
    if (judged && !answered) sample.unassessed = kReasonError;
    if (!answered) sample.detail = "the generator gave no output";
    if (kept.is_array() && i < kept.size()) take_own(kept[i], sample);
    ASSAY_CHECK(use(std::move(sample)));
  }
  return {};
}

Status Garak::for_each(const Use& use) {
  std::string_view rest = bytes_.text();
  std::size_t number = 0;
  Distinct distinct(info_.notes);
  const std::string where = info_.files[0].string();
  while (const auto line = next_line(rest, number)) {
    const auto members = object_members(*line, where);
    if (!members || text_member(*members, "entry_type") != "attempt") continue;
    const std::string uuid = text_member(*members, "uuid");
    const auto last = last_line_.find(uuid.empty() ? "line " + std::to_string(number) : uuid);
    if (last == last_line_.end() || last->second != number) continue;
    const Result<Json> attempt = parse_lenient(*line, where + ":" + std::to_string(number));
    if (attempt) {
      ASSAY_CHECK(give_attempt(*attempt, distinct, use));
      continue;
    }
    LogSample lost;
    lost.task = probe_name(text_member(*members, "probe_classname"));
    lost.sample.id = "line " + std::to_string(number);
    lost.sample.cluster = lost.sample.id;
    lost.unassessed = kReasonUnreadable;
    lost.detail = attempt.error().what;
    ASSAY_CHECK(use(std::move(lost)));
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<LogReader>> open_garak(const fs::path& file) { return Garak::open(file); }

}  // namespace assay::logs
