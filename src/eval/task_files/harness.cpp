#include "eval/task_files/harness.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "eval/data/text_file.h"
#include "eval/task_files/harness_data.h"
#include "model/local/text_template.h"

namespace assay::eval::task_files {
namespace {

using model::local::TextTemplate;

constexpr std::array<std::string_view, 27> kRead = {"task",
                                                    "include",
                                                    "dataset_path",
                                                    "dataset_name",
                                                    "dataset_kwargs",
                                                    "test_split",
                                                    "validation_split",
                                                    "training_split",
                                                    "fewshot_split",
                                                    "num_fewshot",
                                                    "fewshot_config",
                                                    "description",
                                                    "doc_to_text",
                                                    "doc_to_target",
                                                    "doc_to_choice",
                                                    "target_delimiter",
                                                    "fewshot_delimiter",
                                                    "output_type",
                                                    "generation_kwargs",
                                                    "filter_list",
                                                    "metric_list",
                                                    "metadata",
                                                    "tag",
                                                    "group",
                                                    "task_alias",
                                                    "should_decontaminate",
                                                    "doc_to_decontamination_query"};

Error unsupported(std::string what, const std::string& where, std::string next) {
  return {ErrorKind::unsupported, std::move(what), where, std::move(next)};
}

Error bad(std::string what, const std::string& where) {
  return {ErrorKind::format, std::move(what), where, "Compare with the harness's task guide"};
}

std::string text_or(const Json& json, const char* key, std::string otherwise) {
  const auto place = json.find(key);
  return place != json.end() && place->is_string() ? place->get<std::string>() : otherwise;
}

/// doc_to_*: the name of a field, a template, or a constant.
class Getter {
 public:
  static Result<Getter> make(const Json& json, const char* key, const std::string& where) {
    Getter out;
    out.where_ = where + ", " + key;
    const auto place = json.find(key);
    if (place == json.end() || place->is_null()) {
      return tl::unexpected(bad(std::string("there is no ") + key, where));
    }
    out.raw_ = *place;
    if (place->is_string()) {
      ASSAY_TRY(auto parsed, TextTemplate::parse(place->get<std::string>(), out.where_));
      out.template_.push_back(std::move(parsed));
    }
    return out;
  }

  /// The value for a record.
  [[nodiscard]] Result<Json> of(const data::Record& record) const {
    if (template_.empty()) return raw_;
    const auto field = record.fields().find(raw_.get<std::string>());
    if (field != record.fields().end()) return *field;
    auto value = template_.front().value(record.fields());
    if (value) return value;
    Error error = value.error();
    error.where = record.place() + ", " + error.where;
    return tl::unexpected(std::move(error));
  }

  [[nodiscard]] Result<std::string> text(const data::Record& record) const {
    if (template_.empty()) return raw_.is_string() ? raw_.get<std::string>() : dump_json(raw_);
    const auto field = record.fields().find(raw_.get<std::string>());
    if (field != record.fields().end()) {
      return field->is_string() ? field->get<std::string>() : field->dump();
    }
    auto text = template_.front().render(record.fields());
    if (text) return text;
    Error error = text.error();
    error.where = record.place() + ", " + error.where;
    return tl::unexpected(std::move(error));
  }

 private:
  Json raw_;
  std::string where_;
  std::vector<TextTemplate> template_;  ///< one or none
};

Result<std::vector<std::string>> choice_list(const Json& value, const data::Record& record) {
  std::vector<std::string> out;
  if (!value.is_array()) return tl::unexpected(record.error("doc_to_choice gives no list"));
  for (const Json& item : value)
    out.push_back(item.is_string() ? item.get<std::string>() : dump_json(item));
  if (out.size() < 2) return tl::unexpected(record.error("an item needs two or more choices"));
  return out;
}

/// An index, digits that are one, or the text of a choice.
Result<int> target_place(const Json& value, const std::vector<std::string>& choices,
                         const data::Record& record) {
  Json found = value;
  if (value.is_string()) {
    const auto same = std::find(choices.begin(), choices.end(), value.get<std::string>());
    if (same != choices.end()) return static_cast<int>(same - choices.begin());
  }
  const data::Record one(Json{{"doc_to_target", std::move(found)}}, record.place());
  return one.index("doc_to_target", choices.size());
}

class Builder {
 public:
  Builder(const Json& json, std::string where) : json_(json), where_(std::move(where)) {}

  Result<FileTaskSpec> build(const std::vector<data::Record>& records,
                             const std::vector<data::Record>& shots) {
    ASSAY_CHECK(check_keys());
    ASSAY_CHECK(read_type());
    ASSAY_CHECK(read_filters());
    ASSAY_CHECK(read_metrics());
    ASSAY_TRY(auto text, Getter::make(json_, "doc_to_text", where_));
    ASSAY_TRY(auto target, Getter::make(json_, "doc_to_target", where_));
    std::optional<Getter> choice;
    if (spec_.scoring == Scoring::choice) {
      ASSAY_TRY(choice, Getter::make(json_, "doc_to_choice", where_));
    }
    delimiter_ = text_or(json_, "target_delimiter", " ");
    ASSAY_TRY(const std::string before, introduction(text, target, choice, shots));
    for (const data::Record& record : records) {
      ASSAY_TRY(Sample sample, sample_of(text, target, choice, record));
      if (spec_.scoring != Scoring::rolling) sample.context.insert(0, before);
      sample.id = std::to_string(spec_.samples.size());
      sample.cluster = sample.id;
      spec_.samples.push_back(std::move(sample));
    }
    spec_.info.name = text_or(json_, "task", "harness_task");
    spec_.info.topics = {"capability.knowledge"};
    spec_.info.license = "not stated";
    return std::move(spec_);
  }

 private:
  assay::Status check_keys() const {
    for (const auto& [key, value] : json_.items()) {
      if (std::find(kRead.begin(), kRead.end(), key) != kRead.end()) continue;
      return tl::unexpected(unsupported("the key '" + key + "' is not among those that Assay reads",
                                        where_,
                                        "Leave it out if the figures do not depend on it, or use "
                                        "the harness itself"));
    }
    return {};
  }

  assay::Status read_type() {
    const std::string type = text_or(json_, "output_type", "generate_until");
    spec_.rule.raw = true;
    if (type == "multiple_choice") {
      spec_.scoring = Scoring::choice;
    } else if (type == "loglikelihood") {
      spec_.scoring = Scoring::greedy;
    } else if (type == "loglikelihood_rolling") {
      spec_.scoring = Scoring::rolling;
    } else if (type == "generate_until") {
      spec_.scoring = Scoring::answer;
      return read_generation();
    } else {
      return tl::unexpected(unsupported("the output_type '" + type + "' is not read", where_,
                                        "It may be multiple_choice, loglikelihood, "
                                        "loglikelihood_rolling or generate_until"));
    }
    return {};
  }

  assay::Status read_generation() {
    spec_.rule.stop = {text_or(json_, "fewshot_delimiter", "\n\n")};
    const auto place = json_.find("generation_kwargs");
    if (place == json_.end()) return {};
    if (!place->is_object()) return tl::unexpected(bad("generation_kwargs is no mapping", where_));
    for (const auto& [key, value] : place->items()) {
      const bool off =
          value.is_boolean() ? !value.get<bool>() : value.is_number() && value.get<double>() == 0.0;
      if (key == "until") {
        spec_.rule.stop.clear();
        for (const Json& stop : value.is_array() ? value : Json::array({value})) {
          if (stop.is_string()) spec_.rule.stop.push_back(stop.get<std::string>());
        }
      } else if (key == "max_gen_toks" && value.is_number_integer() && value >= 1 &&
                 value <= 100'000) {
        max_tokens_ = value.get<int>();
      } else if ((key != "do_sample" && key != "temperature") || !off) {
        return tl::unexpected(
            unsupported("generation_kwargs." + key + ": " + dump_json(value) + " is not read",
                        where_, "Only greedy answers are: until, max_gen_toks"));
      }
    }
    return {};
  }

  assay::Status read_filters() {
    const auto list = json_.find("filter_list");
    if (list == json_.end() || list->is_null()) return {};
    if (!list->is_array() || list->size() != 1 || !(*list)[0].is_object() ||
        !(*list)[0].contains("filter") || !(*list)[0]["filter"].is_array()) {
      return tl::unexpected(unsupported("filter_list must have one list of filters", where_,
                                        "Keep the one whose figure is wanted"));
    }
    for (const Json& filter : (*list)[0]["filter"]) {
      const std::string name = filter.is_object() ? text_or(filter, "function", "") : "";
      if (name == "regex") {
        spec_.rule.pattern = text_or(filter, "regex_pattern", "#### (\\-?[0-9\\.\\,]+)");
        const auto which = filter.find("group_select");
        if (which != filter.end() && *which == -1) spec_.rule.pattern_match = -1;
      } else if (name == "lowercase" || name == "uppercase") {
        spec_.rule.ignore_case = true;
      } else if (name == "remove_whitespace") {
        spec_.rule.strip = true;
      } else if (name != "take_first") {
        return tl::unexpected(unsupported("the filter '" + name + "' is not read", where_,
                                          "It may be regex, lowercase, uppercase, "
                                          "remove_whitespace or take_first"));
      }
    }
    return {};
  }

  /// "metric: assay:number" with the scorer's options beside it.
  assay::Status read_scorer(const std::string& name, const Json& metric) {
    if (spec_.scoring != Scoring::answer) {
      return tl::unexpected(bad(std::string("assay:") + name + " is for generate_until", where_));
    }
    spec_.scorer = name;
    spec_.scorer_options = metric;
    for (const char* key : {"metric", "aggregation", "higher_is_better"}) {
      spec_.scorer_options.erase(key);
    }
    const auto made = make_scorer(name, spec_.scorer_options, where_);
    return made ? assay::Status() : tl::unexpected(made.error());
  }

  assay::Status read_metrics() {
    const auto list = json_.find("metric_list");
    if (list == json_.end() || !list->is_array()) return {};
    for (const Json& metric : *list) {
      const std::string name = metric.is_object() ? text_or(metric, "metric", "") : "";
      if (name.starts_with("assay:")) {
        ASSAY_CHECK(read_scorer(name.substr(6), metric));
        continue;
      }
      constexpr std::array<std::string_view, 8> known = {
          "acc",           "acc_norm",        "exact_match",
          "perplexity",    "word_perplexity", "byte_perplexity",
          "bits_per_byte", "acc_bytes"};
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        return tl::unexpected(unsupported("the metric '" + name + "' is not computed", where_,
                                          "Keep acc, acc_norm, exact_match or bits_per_byte"));
      }
      const auto on = [&](const char* key) {
        const auto place = metric.find(key);
        return place != metric.end() && place->is_boolean() && place->get<bool>();
      };
      if (on("ignore_case")) spec_.rule.ignore_case = true;
      if (on("ignore_punctuation")) spec_.rule.ignore_punctuation = true;
    }
    return {};
  }

  /// Description and examples, each with its answer.
  Result<std::string> introduction(const Getter& text, const Getter& target,
                                   const std::optional<Getter>& choice,
                                   const std::vector<data::Record>& shots) const {
    std::string out = text_or(json_, "description", "");
    const auto wanted = json_.find("num_fewshot");
    if (wanted == json_.end() || !wanted->is_number_integer() || *wanted <= 0) return out;
    const auto count = wanted->get<std::size_t>();
    if (shots.size() < count) {
      return tl::unexpected(bad("there are fewer examples than num_fewshot", where_));
    }
    const std::string between = text_or(json_, "fewshot_delimiter", "\n\n");
    for (std::size_t i = 0; i < count; ++i) {
      ASSAY_TRY(const Sample one, sample_of(text, target, choice, shots[i]));
      const bool listed = spec_.scoring == Scoring::choice;
      const std::string answer = listed ? one.choices[static_cast<std::size_t>(one.target_index)]
                                 : spec_.scoring == Scoring::greedy
                                     ? one.choices.front()
                                     : delimiter_ + one.targets.front();
      out.append(one.context).append(answer).append(between);
    }
    return out;
  }

  [[nodiscard]] Result<Sample> sample_of(const Getter& text, const Getter& target,
                                         const std::optional<Getter>& choice,
                                         const data::Record& record) const {
    Sample sample;
    sample.max_tokens = max_tokens_;
    ASSAY_TRY(sample.context, text.text(record));
    if (spec_.scoring == Scoring::choice) {
      ASSAY_TRY(const Json listed, choice->of(record));
      ASSAY_TRY(const auto choices, choice_list(listed, record));
      for (const std::string& one : choices) sample.choices.push_back(delimiter_ + one);
      ASSAY_TRY(const Json place, target.of(record));
      ASSAY_TRY(sample.target_index, target_place(place, choices, record));
      return sample;
    }
    ASSAY_TRY(const Json answer, target.of(record));
    std::vector<std::string> answers;
    for (const Json& one : answer.is_array() ? answer : Json::array({answer})) {
      answers.push_back(one.is_string() ? one.get<std::string>() : dump_json(one));
    }
    if (answers.empty()) return tl::unexpected(record.error("doc_to_target gives no answer"));
    if (spec_.scoring == Scoring::answer) {
      sample.targets = answers;
    } else if (spec_.scoring == Scoring::greedy) {
      sample.choices = {delimiter_ + answers.front()};
    } else {
      sample.context.clear();
      sample.choices = {answers.front()};
    }
    return sample;
  }

  const Json& json_;
  std::string where_;
  FileTaskSpec spec_;
  std::string delimiter_;
  int max_tokens_ = 256;
};

}  // namespace

bool is_harness_task(const Json& description) {
  return description.is_object() &&
         (description.contains("doc_to_text") || description.contains("include"));
}

Result<FileTaskSpec> harness_task(const Json& description, const std::string& where,
                                  const std::vector<data::Record>& records,
                                  const std::vector<data::Record>& shots) {
  return Builder(description, where).build(records, shots);
}

Result<FileTaskSpec> read_harness_task(const Json& description, const std::filesystem::path& file) {
  ASSAY_TRY(const Json whole, with_includes(description, file, 0));
  ASSAY_TRY(const HarnessData data, read_harness_data(whole, file));
  return harness_task(whole, file.string(), data.items, data.shots);
}

}  // namespace assay::eval::task_files
