#include "eval/judge/labels.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "eval/json_fields.h"

namespace assay::eval {
namespace {

constexpr std::size_t kMostPeople = 64;

/// Text of an optional field; numbers too, as CSV has them.
Result<std::string> optional_text(const data::Record& record, const char* key) {
  const Json* value = record.find(key);
  if (value == nullptr || value->is_null()) return std::string();
  return record.text(key);
}

Result<std::optional<Verdict>> read_label(const data::Record& record, const Json& value,
                                          const Rubric* rubric) {
  std::string name;
  if (value.is_null()) return std::optional<Verdict>();
  if (value.is_string()) name = std::string(trim(value.get<std::string>()));
  if (value.is_boolean()) name.assign(1, value.get<bool>() ? '1' : '0');
  if (value.is_number()) name = dump_json(value);
  if (name.empty() && value.is_string()) return std::optional<Verdict>();
  if (rubric != nullptr) {
    if (const auto found = rubric->find(name)) return std::optional(rubric->labels[*found].verdict);
  }
  const std::string lower = lower_ascii(name);
  if (lower == "success" || lower == "1" || lower == "true") return std::optional(Verdict::success);
  if (lower == "failure" || lower == "0" || lower == "false") {
    return std::optional(Verdict::failure);
  }
  if (lower == "unassessed") return std::optional(Verdict::unassessed);
  std::string names = "success, failure";
  if (rubric != nullptr) {
    for (const RubricLabel& label : rubric->labels) names += std::string(", ") + label.name;
  }
  return tl::unexpected(
      record.error(dump_json(value) + " is no label", std::string("Labels are: ") + names));
}

/// The fields that hold labels, by name: the same people in each record.
std::set<std::string> label_fields(const std::vector<data::Record>& records) {
  std::set<std::string> out;
  for (const data::Record& record : records) {
    for (const auto& [key, value] : record.fields().items()) {
      if (key == "label" || key == "labels" || key.starts_with("label_")) out.insert(key);
    }
  }
  return out;
}

Result<std::vector<std::optional<Verdict>>> labels_of(const data::Record& record,
                                                      const std::string& field,
                                                      const Rubric* rubric) {
  std::vector<std::optional<Verdict>> out;
  const Json* value = record.find(field);
  if (value == nullptr) return out;
  for (const Json& each : value->is_array() ? *value : Json::array({*value})) {
    ASSAY_TRY(out.emplace_back(), read_label(record, each, rubric));
    if (out.size() > kMostPeople) return tl::unexpected(record.error("at most 64 labels"));
  }
  return out;
}

Result<LabelledAnswer> read_answer(const data::Record& record, const Rubric* rubric,
                                   const std::map<std::string, std::size_t>& fields,
                                   std::size_t people) {
  LabelledAnswer out;
  ASSAY_TRY(out.item.prompt, optional_text(record, "prompt"));
  ASSAY_TRY(out.item.answer, record.text("answer"));
  ASSAY_TRY(out.item.reference, optional_text(record, "reference"));
  ASSAY_TRY(out.topic, optional_text(record, "topic"));
  ASSAY_TRY(const std::string lang, optional_text(record, "lang"));
  if (!lang.empty()) {
    const auto known = parse_lang(lang);
    if (!known) return tl::unexpected(record.error(std::string("'") + lang + "' is not en or zh"));
    out.item.lang = *known;
  }
  out.labels.resize(people);
  for (const auto& [field, first] : fields) {
    ASSAY_TRY(const auto labels, labels_of(record, field, rubric));
    std::copy(labels.begin(), labels.end(),
              out.labels.begin() + static_cast<std::ptrdiff_t>(first));
  }
  return out;
}

}  // namespace

Verdict LabelledAnswer::consensus() const {
  std::map<Verdict, std::size_t> votes;
  std::size_t all = 0;
  for (const auto& label : labels) {
    if (!label) continue;
    ++votes[*label];
    ++all;
  }
  for (const auto& [verdict, count] : votes) {
    if (2 * count > all) return verdict;
  }
  return Verdict::unassessed;
}

Result<std::vector<LabelledAnswer>> parse_labels(const std::vector<data::Record>& records,
                                                 const Rubric* rubric) {
  std::vector<LabelledAnswer> out;
  std::map<std::string, std::size_t> fields;  // name -> place of its first person
  std::size_t people = 0;
  for (const std::string& field : label_fields(records)) {
    std::size_t most = 0;
    for (const data::Record& record : records) {
      const Json* value = record.find(field);
      if (value != nullptr) most = std::max(most, value->is_array() ? value->size() : 1);
    }
    fields[field] = people;
    people += most;
  }
  if (people > kMostPeople && !records.empty()) {
    return tl::unexpected(records.front().error("labels of more than 64 people"));
  }
  for (const data::Record& record : records) {
    ASSAY_TRY(out.emplace_back(), read_answer(record, rubric, fields, people));
    const auto& labels = out.back().labels;
    if (std::none_of(labels.begin(), labels.end(), [](const auto& l) { return l.has_value(); })) {
      return tl::unexpected(record.error("there is no label", "Name the field `label`"));
    }
  }
  return out;
}

Result<std::vector<LabelledAnswer>> read_labels(const std::filesystem::path& file,
                                                const Rubric* rubric) {
  const std::string ending = lower_ascii(file.extension().string());
  Result<std::vector<data::Record>> records =
      fail(ErrorKind::usage, "labels are in a .jsonl, .csv or .tsv file", file.string());
  if (ending == ".jsonl" || ending == ".ndjson") records = data::read_jsonl(file);
  if (ending == ".csv") records = data::read_csv(file);
  if (ending == ".tsv") records = data::read_csv(file, '\t');
  if (!records) return tl::unexpected(records.error());
  ASSAY_TRY(auto out, parse_labels(*records, rubric));
  if (out.empty()) return fail(ErrorKind::format, "the file has no labels", file.string());
  return out;
}

}  // namespace assay::eval
