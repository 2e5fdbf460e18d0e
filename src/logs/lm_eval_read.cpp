// lm-evaluation-harness: results_{time}.json and, beside it, samples_{task}_{time}.jsonl with a
// line for each document and filter. The lines of the first filter make the samples; the values of
// the other filters are joined to them by doc_id, in a first pass that keeps numbers only.
#include <algorithm>
#include <charconv>
#include <map>

#include "logs/json_parts.h"
#include "logs/values.h"

namespace assay::logs {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSamples = "samples_";
constexpr std::string_view kResults = "results_";

tl::unexpected<Error> no_log(const fs::path& file, const std::string& why) {
  return fail(ErrorKind::format, "this is not a log of lm-evaluation-harness: " + why,
              file.string(), "Give results_*.json with the samples_*.jsonl beside it");
}

/// "samples_gsm8k_2026-11-24T18-28-47.047110.jsonl" -> the task and the time.
std::pair<std::string, std::string> parts_of(const fs::path& file) {
  const std::string stem = file.stem().string();
  if (stem.starts_with(kResults)) return {"", stem.substr(kResults.size())};
  const std::size_t start = stem.starts_with(kSamples) ? kSamples.size() : 0;
  const std::size_t last = stem.rfind('_');
  if (last == std::string::npos || last < start) return {stem, ""};
  return {stem.substr(start, last - start), stem.substr(last + 1)};
}

struct SampleFile {
  fs::path path;
  MappedFile bytes;
  std::size_t task = 0;
};

class LmEval : public LogReader {
 public:
  static Result<std::unique_ptr<LogReader>> open(const fs::path& file);
  [[nodiscard]] const LogInfo& info() const override { return info_; }
  Status for_each(const Use& use) override;

 private:
  void read_results(const Json& results);
  Status add_samples(const fs::path& path, const std::string& task, const Json& results);
  LogTask task_of(const std::string& name, const Json& results) const;
  Status read_file(const SampleFile& file, const Use& use);

  LogInfo info_;
  std::vector<SampleFile> files_;
};

void LmEval::read_results(const Json& results) {
  const Json& config = at(results, "config");
  info_.format = "lm-eval";
  info_.tool = "lm-eval";
  info_.tool_version = as_text(at(results, "lm_eval_version"));
  info_.created = iso_time(at(results, "date"));
  info_.finished = info_.created;
  info_.status = results.is_object() ? "success" : "";
  info_.model = as_text(at(results, "model_name"));
  if (info_.model.empty()) info_.model = as_text(at(config, "model"));
  info_.config = config.is_object() ? config : Json::object();
  for (const char* key : {"git_hash", "transformers_version", "model_source", "n-shot",
                          "chat_template_sha", "system_instruction_sha"}) {
    if (const Json& value = at(results, key); !value.is_null()) info_.config[key] = value;
  }
  info_.assay = at(at(results, "assay"), "run");
  if (info_.assay.is_object()) {
    info_.tool = "assay";
    info_.tool_version = as_text(at(info_.assay, "assay"));
  }
}

LogTask LmEval::task_of(const std::string& name, const Json& results) const {
  LogTask out;
  out.name = task_name(name);
  out.version = as_text(at(at(results, "versions"), name));
  out.dataset = as_text(at(at(at(results, "configs"), name), "dataset_path"));
  const Json& samples = at(at(results, "n-samples"), name);
  out.planned = std::max<std::int64_t>(0, as_integer(at(samples, "effective")));
  const Json& better = at(at(results, "higher_is_better"), name);
  if (better.is_object()) {
    for (const auto& [metric, value] : better.items()) {
      if (!value.is_boolean()) continue;
      out.directions[metric] =
          value.get<bool>() ? eval::Direction::higher_better : eval::Direction::lower_better;
    }
  }
  out.reported = at(at(results, "results"), name);
  out.assay = at(at(at(results, "assay"), "tasks"), name);
  return out;
}

Status LmEval::add_samples(const fs::path& path, const std::string& task, const Json& results) {
  ASSAY_TRY(MappedFile bytes, MappedFile::open(path));
  info_.files.push_back(path);
  files_.push_back({path, std::move(bytes), info_.tasks.size()});
  info_.tasks.push_back(task_of(task, results));
  return {};
}

Result<std::unique_ptr<LogReader>> LmEval::open(const fs::path& file) {
  std::unique_ptr<LmEval> out(new LmEval());
  const auto [task, time] = parts_of(file);
  const bool one_task = file.filename().string().starts_with(kSamples);
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const fs::path results_file = one_task ? folder / (std::string(kResults) + time + ".json") : file;
  Json results;
  std::error_code code;
  if (!one_task || fs::is_regular_file(results_file, code)) {
    ASSAY_TRY(const MappedFile bytes, MappedFile::open(results_file));
    ASSAY_TRY(results, parse_lenient(bytes.text(), results_file.string()));
    if (!at(results, "results").is_object()) return no_log(results_file, "it has no \"results\"");
    out->info_.files.push_back(results_file);
  } else {
    out->info_.notes.emplace_back("results_" + time +
                                  ".json is not there: model and versions are "
                                  "unknown");
  }
  out->read_results(results);
  if (one_task) {
    ASSAY_CHECK(out->add_samples(file, task, results));
    return out;
  }
  for (const auto& [name, value] : at(results, "results").items()) {
    const fs::path samples = folder / (std::string(kSamples) + name + "_" + time + ".jsonl");
    if (fs::is_regular_file(samples, code)) ASSAY_CHECK(out->add_samples(samples, name, results));
  }
  if (out->files_.empty()) {
    return fail(ErrorKind::format, "the results have no samples beside them", file.string(),
                "Evaluate with --log_samples, and keep samples_*.jsonl in the same folder");
  }
  return out;
}

/// The metrics of a line as scores; a list (the parts of an aggregate, as of a perplexity) has no
/// value of its own.
std::vector<LoggedScore> scores_of(const Json& line) {
  std::vector<LoggedScore> out;
  const std::string filter = as_text(at(line, "filter"));
  const Json& metrics = at(line, "metrics");
  if (!metrics.is_array()) return out;
  for (const Json& metric : metrics) {
    const std::string name = as_text(metric);
    const Json& value = at(line, name);
    const std::string scorer = name + "," + (filter.empty() ? "none" : filter);
    LoggedScore score;
    if (value.is_structured()) {
      score = {scorer, std::nullopt, kReasonNotNumber, "", "", value};
    } else {
      score = logged_scores(scorer, value).front();
    }
    out.push_back(std::move(score));
  }
  return out;
}

double number_of(const Json& json, double otherwise) {
  if (json.is_number()) return json.get<double>();
  if (!json.is_string()) return otherwise;
  const auto& text = json.get_ref<const std::string&>();
  double out = otherwise;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? out : otherwise;
}

/// The first response to each request; `resps` is [request][repeat].
const Json& first_response(const Json& line, std::size_t request) {
  static const Json none;
  const Json& all = at(line, "resps");
  if (!all.is_array() || request >= all.size()) return none;
  const Json& repeats = all[request];
  return repeats.is_array() && !repeats.empty() ? repeats.front() : repeats;
}

void read_prompt(const Json& prompt, LogSample& out) {
  std::string text = as_text(prompt);
  if (prompt.is_array() && prompt.size() == 1) text = as_text(prompt.front());
  if (text.starts_with("[{")) {  // a chat as JSON
    const auto chat = parse_json(text, "arguments");
    if (chat && chat->is_array()) {
      for (const Json& message : *chat) {
        out.sample.messages.push_back(
            {as_text(at(message, "role")), content_text(at(message, "content"))});
      }
      return;
    }
  }
  out.sample.messages = {{"user", std::move(text)}};
}

void read_requests(const Json& line, LogSample& out) {
  const Json& arguments = at(line, "arguments");
  const std::size_t requests = arguments.is_structured() ? arguments.size() : 0;
  const auto argument = [&](std::size_t request, const char* name) -> const Json& {
    return at(at(arguments, "gen_args_" + std::to_string(request)), name);
  };
  const bool choice = requests > 0 && argument(0, "arg_1").is_string();
  if (!choice) {
    read_prompt(argument(0, "arg_0"), out);
    model::GenerateResult result;
    result.text = as_text(first_response(line, 0));
    out.trace.transcript = out.sample.messages;
    out.trace.transcript.push_back({"assistant", result.text});
    out.trace.generations.push_back(std::move(result));
    out.ledger.requests = 1;
    return;
  }
  out.sample.context = as_text(argument(0, "arg_0"));
  for (std::size_t i = 0; i < requests; ++i) {
    out.sample.choices.push_back(as_text(argument(i, "arg_1")));
    const Json& response = first_response(line, i);
    model::LoglikelihoodResult result;
    const bool pair = response.is_array() && response.size() >= 2;
    result.total = number_of(pair ? response[0] : response, 0.0);
    result.greedy = pair && (response[1] == true || response[1] == "True");
    out.trace.scores.push_back(std::move(result));
  }
  out.ledger.requests = static_cast<std::int64_t>(requests);
  const std::int64_t target = as_integer(Json(number_of(at(line, "target"), -1.0)), -1);
  if (target >= 0 && target < static_cast<std::int64_t>(requests)) {
    out.sample.target_index = static_cast<int>(target);
  }
}

LogSample sample_of(const Json& line) {
  LogSample out;
  out.sample.id = as_text(at(line, "doc_id"));
  read_requests(line, out);
  if (const std::string target = as_text(at(line, "target")); !target.empty()) {
    out.sample.targets = {target};
  }
  if (const Json& doc = at(line, "doc"); !doc.is_null()) out.sample.metadata = Json{{"doc", doc}};
  out.scores = scores_of(line);
  const Json& filtered = at(line, "filtered_resps");
  if (!out.trace.generations.empty() && filtered.is_array() && !filtered.empty()) {
    for (LoggedScore& score : out.scores) score.answer = as_text(filtered.front());
  }
  const std::string id = out.sample.id;
  if (!take_own(at(line, "assay"), out)) out.sample.cluster = id;
  return out;
}

/// Numbers of the filters after the first, by document.
using Joined = std::map<std::string, std::vector<LoggedScore>>;

Status LmEval::read_file(const SampleFile& file, const Use& use) {
  std::string first;
  Joined joined;
  for (const bool join : {true, false}) {
    std::string_view rest = file.bytes.text();
    std::size_t number = 0;
    Distinct distinct(info_.notes);
    while (const auto text = next_line(rest, number)) {
      const std::string where = file.path.string() + ":" + std::to_string(number);
      Result<Json> line = parse_lenient(*text, where);
      const bool readable = line && line->is_object() && !as_text(at(*line, "doc_id")).empty();
      if (!readable) {
        if (join) continue;
        LogSample lost;
        lost.sample.id = "line " + std::to_string(number);
        lost.sample.cluster = lost.sample.id;
        lost.unassessed = kReasonUnreadable;
        lost.detail = line ? "no doc_id" : line.error().what;
        lost.task = info_.tasks[file.task].name;
        ASSAY_CHECK(use(std::move(lost)));
        continue;
      }
      const std::string filter = as_text(at(*line, "filter"));
      if (join && number > 0 && first.empty()) first = filter.empty() ? "none" : filter;
      const bool other = (filter.empty() ? "none" : filter) != first;
      if (join && other) {
        for (LoggedScore& score : scores_of(*line)) {
          score.raw = nullptr;
          joined[as_text(at(*line, "doc_id"))].push_back(std::move(score));
        }
      }
      if (join || other) continue;
      LogSample sample = sample_of(*line);
      const auto more = joined.find(as_text(at(*line, "doc_id")));
      if (more != joined.end()) {
        sample.scores.insert(sample.scores.end(), more->second.begin(), more->second.end());
      }
      sample.task = info_.tasks[file.task].name;
      distinct.name(sample);
      ASSAY_CHECK(use(std::move(sample)));
    }
  }
  return {};
}

Status LmEval::for_each(const Use& use) {
  for (const SampleFile& file : files_) ASSAY_CHECK(read_file(file, use));
  return {};
}

}  // namespace

Result<std::unique_ptr<LogReader>> open_lm_eval(const fs::path& file) { return LmEval::open(file); }

}  // namespace assay::logs
