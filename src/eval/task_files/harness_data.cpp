#include "eval/task_files/harness_data.h"

#include "base/text.h"
#include "eval/data/text_file.h"
#include "eval/task_files/yaml.h"

namespace assay::eval::task_files {
namespace {

namespace fs = std::filesystem;

constexpr int kMostIncludes = 16;

Error bad(std::string what, const fs::path& file, std::string next = {}) {
  return {ErrorKind::format, std::move(what), file.string(), std::move(next)};
}

std::string text_or(const Json& json, const char* key, const char* otherwise = "") {
  const auto place = json.find(key);
  return place != json.end() && place->is_string() ? place->get<std::string>() : otherwise;
}

Result<std::vector<data::Record>> read_one(const std::string& kind, const fs::path& file) {
  if (kind == "csv") return data::read_csv(file);
  ASSAY_TRY(const std::string text, data::read_text(file));
  if (trim(text).starts_with('[')) return data::parse_json_array(text, file.string());
  return data::parse_jsonl(text, file.string());
}

/// The file or files that `data_files` names for a split; a list or a text is of split "train".
Result<std::vector<std::string>> files_of(const Json& files, const std::string& split,
                                          const fs::path& file) {
  Json found = files;
  if (files.is_object()) {
    if (!files.contains(split)) {
      return tl::unexpected(bad("data_files has no split '" + split + "'", file));
    }
    found = files[split];
  } else if (split != "train") {
    return tl::unexpected(
        bad("data_files names no splits, so its only one is 'train', not '" + split + "'", file,
            "Write data_files as a mapping from split to file"));
  }
  std::vector<std::string> out;
  for (const Json& one : found.is_array() ? found : Json::array({found})) {
    if (!one.is_string()) return tl::unexpected(bad("data_files names no file", file));
    out.push_back(one.get<std::string>());
  }
  return out;
}

Result<std::vector<data::Record>> read_split(const Json& description, const std::string& split,
                                             const fs::path& file) {
  const std::string kind = text_or(description, "dataset_path");
  const auto kwargs = description.find("dataset_kwargs");
  const bool local = kwargs != description.end() && kwargs->is_object() &&
                     kwargs->contains("data_files") && (kind == "json" || kind == "csv");
  if (!local) {
    return fail(ErrorKind::unsupported, "the data set '" + kind + "' is on the hub", file.string(),
                "Bring its rows into a file, and write dataset_path: json (or csv) and "
                "dataset_kwargs: {data_files: {" +
                    split + ": FILE}}");
  }
  ASSAY_TRY(const auto names, files_of((*kwargs)["data_files"], split, file));
  std::vector<data::Record> out;
  for (const std::string& name : names) {
    const fs::path path = fs::path(name).is_absolute() ? fs::path(name) : file.parent_path() / name;
    ASSAY_TRY(auto records, read_one(kind, path));
    std::move(records.begin(), records.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace

Result<Json> with_includes(const Json& description, const fs::path& file, int depth) {
  if (!description.contains("include")) return description;
  const std::string name = text_or(description, "include");
  if (name.empty()) return tl::unexpected(bad("'include' must name one file", file));
  if (depth >= kMostIncludes) {
    return fail(ErrorKind::limit, "the files include each other too often", file.string(),
                "Look for a file that includes itself");
  }
  const fs::path path = fs::path(name).is_absolute() ? fs::path(name) : file.parent_path() / name;
  ASSAY_TRY(const std::string text, data::read_text(path));
  ASSAY_TRY(const Json below, parse_yaml(text, path.string()));
  ASSAY_TRY(Json out, with_includes(below, path, depth + 1));
  for (const auto& [key, value] : description.items()) {
    if (key != "include") out[key] = value;
  }
  out.erase("include");
  return out;
}

Result<HarnessData> read_harness_data(const Json& description, const fs::path& file) {
  std::string split = text_or(description, "test_split");
  if (split.empty()) split = text_or(description, "validation_split");
  if (split.empty()) split = text_or(description, "training_split", "train");
  HarnessData out;
  ASSAY_TRY(out.items, read_split(description, split, file));
  const auto wanted = description.find("num_fewshot");
  if (wanted == description.end() || !wanted->is_number_integer() || *wanted <= 0) return out;
  const auto config = description.find("fewshot_config");
  const bool first_n = config != description.end() && config->is_object() &&
                       text_or(*config, "sampler") == "first_n";
  if (!first_n) {
    return fail(ErrorKind::unsupported, "examples in the harness's random order are not read",
                file.string(), "Write fewshot_config: {sampler: first_n}, or num_fewshot: 0");
  }
  std::string from = text_or(description, "fewshot_split");
  if (from.empty()) from = text_or(description, "training_split");
  if (from.empty() || from == split) {
    return tl::unexpected(
        bad("examples must come from another split than the items", file, "Write fewshot_split"));
  }
  ASSAY_TRY(out.shots, read_split(description, from, file));
  return out;
}

}  // namespace assay::eval::task_files
