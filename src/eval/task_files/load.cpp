#include "eval/task_files/load.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/digest.h"
#include "base/text.h"
#include "eval/data/moonshot_file.h"
#include "eval/data/text_file.h"
#include "eval/task_files/harness.h"
#include "eval/task_files/mapping.h"
#include "eval/task_files/yaml.h"

namespace assay::eval::task_files {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostAnswers = 5;  ///< different targets of a set that offers them all

/// A number that changes with the items and their scorer: a run is only resumed with the same.
int version_of(const FileTaskSpec& spec) {
  Sha256 hash;
  for (const Sample& sample : spec.samples) hash.update(dump_json(to_json(sample)));
  if (!spec.scorer.empty()) hash.update(spec.scorer + dump_json(spec.scorer_options));
  const std::string hex = hash.hex().substr(0, 7);
  int out = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), out, 16);
  return out + 1;
}

std::string as_name(std::string_view text) {
  std::string out;
  for (const char c : lower_ascii(text)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    out += plain ? c : '_';
  }
  return out.empty() ? "task" : out;
}

/// The different first targets, sorted; empty where there are too many to be choices.
std::vector<std::string> few_answers(const data::MoonshotFile& content) {
  std::set<std::string> out;
  for (const auto& example : content.examples) {
    out.insert(example.targets.front());
    if (out.size() > kMostAnswers) return {};
  }
  return {out.begin(), out.end()};
}

/// Lettered options: by letter. A few different answers ("TRUE", "FALSE"): these as choices. Else a
/// generated answer that must hold the target.
FileTaskSpec moonshot_spec(const data::MoonshotFile& content, const fs::path& file) {
  FileTaskSpec spec;
  spec.info.name = file.stem().string();
  if (!content.name.empty()) spec.info.title = {content.name, content.name};
  spec.info.license = content.license.empty() ? "not stated" : content.license;
  spec.info.citation = content.reference;
  spec.info.topics = {"capability.knowledge"};
  const bool lettered = std::all_of(content.examples.begin(), content.examples.end(),
                                    [](const auto& e) { return data::as_choice(e).has_value(); });
  const auto answers = few_answers(content);
  const bool offered = !lettered && answers.size() > 1;
  spec.scoring = lettered || offered ? Scoring::choice : Scoring::answer;
  spec.rule.contains = true;
  spec.rule.ignore_case = true;
  for (const auto& example : content.examples) {
    Sample sample;
    sample.id = std::to_string(spec.samples.size());
    sample.cluster = sample.id;
    if (lettered) {
      data::ask_by_letter(*data::as_choice(example), "Answer:", sample);
    } else if (offered) {
      sample.context = example.input + "\nAnswer:";
      for (const std::string& answer : answers) {
        sample.choices.push_back(std::string(" ").append(answer));
        if (answer == example.targets.front()) {
          sample.target_index = static_cast<int>(sample.choices.size()) - 1;
        }
      }
    } else {
      sample.messages.push_back({"user", example.input});
      sample.targets = example.targets;
    }
    spec.samples.push_back(std::move(sample));
  }
  return spec;
}

Result<FileTaskSpec> read_spec(const fs::path& file) {
  const std::string ending = lower_ascii(file.extension().string());
  const std::string where = file.string();
  ASSAY_TRY(const std::string text, data::read_text(file));
  const bool yaml = ending == ".yaml" || ending == ".yml";
  if (!yaml && ending != ".json") {
    return fail(ErrorKind::usage, "a task file ends in .yaml, .yml or .json", where,
                "Write a mapping that names the data; see the user guide, Public benchmarks");
  }
  ASSAY_TRY(const Json json, yaml ? parse_yaml(text, where) : parse_json(text, where));
  if (is_mapping(json)) return read_mapping(json, file);
  if (yaml && is_harness_task(json)) return read_harness_task(json, file);
  if (!yaml && json.is_object() && json.contains("examples")) {
    ASSAY_TRY(const auto content, data::parse_moonshot(text, where));
    return moonshot_spec(content, file);
  }
  return fail(ErrorKind::format, "the file describes no task", where,
              "A mapping has `data` and `prompt`; a task of lm-evaluation-harness doc_to_text");
}

}  // namespace

Result<std::unique_ptr<Task>> load(const fs::path& file) {
  ASSAY_TRY(FileTaskSpec spec, read_spec(file));
  if (spec.samples.empty()) {
    return fail(ErrorKind::format, "the task has no items", file.string());
  }
  std::set<std::string_view> ids;
  for (const Sample& sample : spec.samples) {
    if (ids.insert(sample.id).second) continue;
    return fail(ErrorKind::format, "two items have the id " + sample.id, file.string(),
                "Name another field as `id`, or none");
  }
  spec.info.name = as_name(spec.info.name);
  spec.info.version = version_of(spec);
  return make_file_task(std::move(spec), file.string());
}

}  // namespace assay::eval::task_files
