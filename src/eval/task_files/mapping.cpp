#include "eval/task_files/mapping.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "eval/data/choice_question.h"
#include "eval/topics.h"
#include "model/local/text_template.h"

namespace assay::eval::task_files {
namespace {

namespace fs = std::filesystem;
using model::local::TextTemplate;

constexpr std::array<std::string_view, 27> kKeys = {
    "task",     "data",       "format",      "separator",
    "list",     "prompt",     "choices",     "target",
    "id",       "cluster",    "group",       "lang",
    "score",    "max_tokens", "ignore_case", "ignore_punctuation",
    "pattern",  "title",      "description", "license",
    "citation", "topics",     "fields",      "scorer_options",
    "judge",    "rubric",     "calibration"};

Error bad(std::string what, const std::string& where, std::string next = {}) {
  return {ErrorKind::format, std::move(what), where, std::move(next)};
}

/// A key of the mapping as text; empty where it is absent.
Result<std::string> text_of(const Json& json, const std::string& where, const char* key) {
  const auto place = json.find(key);
  if (place == json.end() || place->is_null()) return std::string();
  if (place->is_string()) return place->get<std::string>();
  return tl::unexpected(bad(std::string("'") + key + "' must be a text", where));
}

Result<bool> flag_of(const Json& json, const std::string& where, const char* key) {
  const auto place = json.find(key);
  if (place == json.end()) return false;
  if (place->is_boolean()) return place->get<bool>();
  return tl::unexpected(bad(std::string("'") + key + "' must be true or false", where));
}

/// A scalar field as text: numbers too, as ids often are.
Result<std::string> field_text(const data::Record& record, const std::string& key) {
  const Json* value = record.find(key);
  if (value != nullptr && (value->is_number() || value->is_boolean())) return value->dump();
  return record.text(key);
}

/// A list of names; empty where the key is absent.
Result<std::vector<std::string>> names_of(const Json& json, const std::string& where,
                                          const char* key) {
  std::vector<std::string> out;
  const auto place = json.find(key);
  if (place == json.end() || place->is_null()) return out;
  for (const Json& name : place->is_array() ? *place : Json::array({*place})) {
    if (!name.is_string()) {
      return tl::unexpected(bad(std::string("'") + key + "' must be a list of fields", where));
    }
    out.push_back(name.get<std::string>());
  }
  return out;
}

/// Only a scorer that judges an answer by itself needs none.
bool needs_target(const Json& json) {
  const auto score = json.find("score");
  if (score == json.end() || !score->is_string()) return true;
  if (*score == "judge") return false;
  const auto known = find_scorer(score->get<std::string>());
  return !known || (*known)->target;
}

class Mapper {
 public:
  static Result<Mapper> make(const Json& json, const std::string& where) {
    Mapper out;
    out.where_ = where;
    ASSAY_TRY(const std::string prompt, text_of(json, where, "prompt"));
    const bool templated = prompt.find("{{") != std::string::npos;
    ASSAY_TRY(auto parsed,
              TextTemplate::parse(templated ? prompt : "{{" + prompt + "}}", where + ", prompt"));
    out.prompt_.push_back(std::move(parsed));
    if (!templated) out.prompt_field_ = prompt;
    ASSAY_TRY(out.target_, text_of(json, where, "target"));
    ASSAY_TRY(out.id_, text_of(json, where, "id"));
    ASSAY_TRY(out.cluster_, text_of(json, where, "cluster"));
    ASSAY_TRY(out.group_, text_of(json, where, "group"));
    ASSAY_TRY(const std::string lang, text_of(json, where, "lang"));
    if (lang != "" && lang != "en" && lang != "zh") {
      return tl::unexpected(bad("'lang' must be en or zh", where));
    }
    out.lang_ = lang == "zh" ? Lang::zh : Lang::en;
    ASSAY_CHECK(out.read_choices(json));
    ASSAY_CHECK(out.read_max_tokens(json));
    ASSAY_TRY(out.fields_, names_of(json, where, "fields"));
    if (prompt.empty() || (out.target_.empty() && needs_target(json))) {
      return tl::unexpected(bad("'prompt' and 'target' must name fields", where));
    }
    return out;
  }

  [[nodiscard]] bool has_choices() const { return !choices_.empty(); }

  Result<Sample> map(const data::Record& record, std::size_t place) const {
    Sample sample;
    sample.lang = lang_;
    sample.max_tokens = max_tokens_;
    sample.id = std::to_string(place);
    if (!id_.empty()) {
      ASSAY_TRY(sample.id, field_text(record, id_));
    }
    if (!cluster_.empty()) {
      ASSAY_TRY(sample.cluster, field_text(record, cluster_));
    }
    if (sample.cluster.empty()) sample.cluster = sample.id;
    if (!group_.empty()) {
      ASSAY_TRY(sample.group, field_text(record, group_));
    }
    ASSAY_TRY(const std::string prompt, prompt_of(record));
    for (const std::string& field : fields_) {
      const Json* value = record.find(field);
      if (value == nullptr)
        return tl::unexpected(record.error(std::string("there is no field ") + field));
      sample.metadata[field] = *value;
    }
    if (!has_choices()) {
      sample.messages.push_back({"user", prompt});
      if (!target_.empty()) {
        ASSAY_TRY(sample.targets, targets_of(record));
      }
      return sample;
    }
    sample.context = prompt;
    ASSAY_TRY(const auto choices, choices_of(record));
    for (const std::string& choice : choices) {
      sample.choices.push_back(std::string(" ").append(choice));
    }
    ASSAY_TRY(sample.target_index, target_index(record, choices));
    return sample;
  }

 private:
  assay::Status read_choices(const Json& json) {
    const auto place = json.find("choices");
    if (place == json.end() || place->is_null()) return {};
    one_list_ = place->is_string();
    if (one_list_) {
      choices_.push_back(place->get<std::string>());
      return {};
    }
    const bool texts = place->is_array() && !place->empty() &&
                       std::all_of(place->begin(), place->end(),
                                   [](const Json& item) { return item.is_string(); });
    if (!texts) {
      return tl::unexpected(bad("'choices' must be a field, or a list of fields", where_));
    }
    for (const Json& item : *place) choices_.push_back(item.get<std::string>());
    return {};
  }

  assay::Status read_max_tokens(const Json& json) {
    const auto place = json.find("max_tokens");
    if (place == json.end()) return {};
    if (place->is_number_integer() && *place >= 1 && *place <= 100'000) {
      max_tokens_ = place->get<int>();
      return {};
    }
    return tl::unexpected(bad("'max_tokens' must be a whole number from 1 to 100000", where_));
  }

  [[nodiscard]] Result<std::string> prompt_of(const data::Record& record) const {
    if (!prompt_field_.empty()) return record.text(prompt_field_);
    auto filled = prompt_.front().render(record.fields());
    if (filled) return filled;
    Error error = filled.error();
    error.where = record.place() + ", " + error.where;
    return tl::unexpected(std::move(error));
  }

  [[nodiscard]] Result<std::vector<std::string>> choices_of(const data::Record& record) const {
    std::vector<std::string> out;
    if (one_list_) {
      ASSAY_TRY(out, record.texts(choices_.front()));
    } else {
      for (const std::string& field : choices_) {
        ASSAY_TRY(out.emplace_back(), field_text(record, field));
      }
    }
    if (out.size() < 2) return tl::unexpected(record.error("an item needs two or more choices"));
    return out;
  }

  [[nodiscard]] Result<int> target_index(const data::Record& record,
                                         const std::vector<std::string>& choices) const {
    ASSAY_TRY(const std::string target, field_text(record, target_));
    const auto same = std::find(choices.begin(), choices.end(), target);
    if (same != choices.end()) return static_cast<int>(same - choices.begin());
    data::ChoiceQuestion question;
    question.options = choices;
    if (const auto index = question.labelled(target)) return *index;
    const auto field = std::find(choices_.begin(), choices_.end(), target);
    if (!one_list_ && field != choices_.end()) return static_cast<int>(field - choices_.begin());
    return record.index(target_, choices.size());
  }

  [[nodiscard]] Result<std::vector<std::string>> targets_of(const data::Record& record) const {
    const Json* value = record.find(target_);
    if (value != nullptr && value->is_array()) return record.texts(target_);
    ASSAY_TRY(std::string one, field_text(record, target_));
    return std::vector<std::string>{std::move(one)};
  }

  std::string where_, prompt_field_, target_, id_, cluster_, group_;
  std::vector<TextTemplate> prompt_;  ///< one
  std::vector<std::string> choices_;  ///< fields
  std::vector<std::string> fields_;   ///< of the sample's metadata
  bool one_list_ = false;
  Lang lang_ = Lang::en;
  int max_tokens_ = 128;
};

Result<std::vector<data::Record>> read_data(const Json& json, const fs::path& file) {
  const std::string where = file.string();
  ASSAY_TRY(const std::string name, text_of(json, where, "data"));
  ASSAY_TRY(std::string format, text_of(json, where, "format"));
  ASSAY_TRY(const std::string separator, text_of(json, where, "separator"));
  ASSAY_TRY(const std::string list, text_of(json, where, "list"));
  const fs::path data = fs::path(name).is_absolute() ? fs::path(name) : file.parent_path() / name;
  if (format.empty()) format = lower_ascii(data.extension().string());
  if (format.starts_with('.')) format.erase(0, 1);
  if (separator.size() > 1) {
    return tl::unexpected(bad("'separator' must be one character", where));
  }
  if (format == "jsonl" || format == "ndjson") return data::read_jsonl(data);
  if (format == "json") return data::read_json_array(data, list);
  if (format == "csv") return data::read_csv(data, separator.empty() ? ',' : separator[0]);
  if (format == "tsv") return data::read_csv(data, '\t');
  return tl::unexpected(bad(std::string("'") + format + "' is no format of data", where,
                            "Use format: jsonl, json, csv or tsv"));
}

Result<std::vector<std::string>> topics_of(const Json& json, const std::string& where) {
  const auto place = json.find("topics");
  std::vector<std::string> out;
  if (place == json.end()) return std::vector<std::string>{"capability.knowledge"};
  for (const Json& topic : place->is_array() ? *place : Json::array({*place})) {
    const bool known = topic.is_string() &&
                       std::count(topic_ids().begin(), topic_ids().end(), topic.get<std::string>());
    if (!known) {
      return tl::unexpected(bad(dump_json(topic) + " is no topic", where,
                                "`assay tasks` shows the topics of its tasks"));
    }
    out.push_back(topic.get<std::string>());
  }
  return out;
}

assay::Status describe(const Json& json, const std::string& where, TaskInfo& info) {
  ASSAY_TRY(info.name, text_of(json, where, "task"));
  ASSAY_TRY(const std::string title, text_of(json, where, "title"));
  ASSAY_TRY(const std::string description, text_of(json, where, "description"));
  ASSAY_TRY(info.license, text_of(json, where, "license"));
  ASSAY_TRY(info.citation, text_of(json, where, "citation"));
  ASSAY_TRY(info.topics, topics_of(json, where));
  if (!title.empty()) info.title = {title, title};
  if (!description.empty()) info.description = {description, description};
  if (info.license.empty()) info.license = "not stated";
  return {};
}

/// The judge that a mapping names; its files stand beside the mapping's.
Result<JudgeWish> judge_of(const Json& json, const fs::path& file) {
  const std::string where = file.string();
  const auto beside = [&](const std::string& name) {
    return fs::path(name).is_absolute() ? name : (file.parent_path() / name).string();
  };
  JudgeWish out;
  ASSAY_TRY(out.judges, names_of(json, where, "judge"));
  ASSAY_TRY(out.rubric, text_of(json, where, "rubric"));
  if (!out.rubric.empty()) out.rubric = beside(out.rubric);
  ASSAY_TRY(const auto calibrations, names_of(json, where, "calibration"));
  for (const std::string& name : calibrations) out.calibrations.push_back(beside(name));
  return out;
}

/// "exact" and "contains" are the rule's, with its own options; all else is a scorer by name.
Result<Scoring> scoring_of(const Json& json, const std::string& where, FileTaskSpec& spec) {
  ASSAY_TRY(const std::string score, text_of(json, where, "score"));
  const bool choices = json.contains("choices");
  if (choices && (score.empty() || score == "choice")) return Scoring::choice;
  if (choices) {
    return tl::unexpected(bad("'score: " + score + "' does not fit an item with choices", where,
                              "With choices: choice; without: how an answer is scored"));
  }
  const bool by_rule = score.empty() || score == "exact" || score == "contains";
  if (by_rule && json.contains("scorer_options")) {
    return tl::unexpected(bad("'scorer_options' belong to a scorer by name", where));
  }
  for (const char* key : {"judge", "rubric", "calibration"}) {
    if (score == "judge" || !json.contains(key)) continue;
    return tl::unexpected(bad(std::string("'") + key + "' goes with 'score: judge'", where));
  }
  spec.rule.contains = score == "contains";
  if (by_rule) return Scoring::answer;
  if (score == "judge") {
    ASSAY_TRY(spec.judge, judge_of(json, where));
    return Scoring::answer;
  }
  if (const auto known = find_scorer(score); !known) {
    return tl::unexpected(bad(std::string("'") + score + "' is no score", where,
                              known.error().next + ", contains or judge"));
  }
  spec.scorer = score;
  if (const auto options = json.find("scorer_options"); options != json.end()) {
    spec.scorer_options = *options;
  }
  return Scoring::answer;
}

}  // namespace

bool is_mapping(const Json& description) {
  return description.is_object() && description.contains("data") && description.contains("prompt");
}

Result<std::vector<Sample>> map_records(const Json& description, const std::string& where,
                                        const std::vector<data::Record>& records) {
  for (const auto& [key, value] : description.items()) {
    if (std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end()) continue;
    const std::vector<std::string> known(kKeys.begin(), kKeys.end());
    const auto near = near_names(key, known);
    return tl::unexpected(bad("a mapping has no key '" + key + "'", where,
                              near.empty() ? "See the user guide, Public benchmarks"
                                           : "Did you mean " + near.front() + "?"));
  }
  ASSAY_TRY(const Mapper mapper, Mapper::make(description, where));
  std::vector<Sample> out;
  for (const data::Record& record : records) {
    ASSAY_TRY(out.emplace_back(), mapper.map(record, out.size()));
  }
  return out;
}

Result<FileTaskSpec> read_mapping(const Json& description, const fs::path& file) {
  FileTaskSpec spec;
  const std::string where = file.string();
  ASSAY_CHECK(describe(description, where, spec.info));
  if (spec.info.name.empty()) spec.info.name = file.stem().string();
  ASSAY_TRY(spec.scoring, scoring_of(description, where, spec));
  ASSAY_TRY(spec.rule.ignore_case, flag_of(description, where, "ignore_case"));
  ASSAY_TRY(spec.rule.ignore_punctuation, flag_of(description, where, "ignore_punctuation"));
  ASSAY_TRY(spec.rule.pattern, text_of(description, where, "pattern"));
  ASSAY_TRY(const auto records, read_data(description, file));
  ASSAY_TRY(spec.samples, map_records(description, where, records));
  return spec;
}

}  // namespace assay::eval::task_files
