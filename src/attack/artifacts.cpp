#include "attack/artifacts.h"

#include <algorithm>
#include <utility>

#include "eval/data/text_file.h"

namespace assay::attack {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kMaxFiles = 10000;

/// One object of the document, with its place for errors.
class Fields {
 public:
  Fields(const Json& object, std::string place) : object_(object), place_(std::move(place)) {}

  [[nodiscard]] tl::unexpected<Error> bad(const std::string& key, const std::string& want) const {
    return fail(ErrorKind::format, "\"" + key + "\" is not " + want, place_,
                "Check that this is an artifact file of JailbreakBench");
  }
  [[nodiscard]] const Json* find(const char* key) const {
    const auto it = object_.find(key);
    return it == object_.end() || it->is_null() ? nullptr : &*it;
  }
  [[nodiscard]] Result<std::optional<std::string>> text(const char* key) const {
    const Json* value = find(key);
    if (value == nullptr) return std::optional<std::string>{};
    if (!value->is_string()) return bad(key, "a text");
    return std::optional<std::string>(value->get<std::string>());
  }
  [[nodiscard]] Result<std::string> needed(const char* key) const {
    ASSAY_TRY(auto value, text(key));
    if (!value || value->empty()) return bad(key, "there");
    return std::move(*value);
  }
  /// A count: not negative and at most 2^53, so that it is exact as a double.
  [[nodiscard]] Result<std::optional<std::int64_t>> count(const char* key) const {
    const Json* value = find(key);
    if (value == nullptr) return std::optional<std::int64_t>{};
    constexpr std::uint64_t most = std::uint64_t{1} << 53U;
    if (!value->is_number_unsigned() || value->get<std::uint64_t>() > most) {
      return bad(key, "a count");
    }
    return std::optional<std::int64_t>(value->get<std::int64_t>());
  }
  [[nodiscard]] Result<std::optional<bool>> flag(const char* key) const {
    const Json* value = find(key);
    if (value == nullptr) return std::optional<bool>{};
    if (!value->is_boolean()) return bad(key, "true or false");
    return std::optional<bool>(value->get<bool>());
  }

 private:
  const Json& object_;
  std::string place_;
};

Result<ArtifactAttempt> parse_attempt(const Json& item, const std::string& place) {
  if (!item.is_object()) {
    return fail(ErrorKind::format, "an attempt is not an object", place,
                "Check that this is an artifact file of JailbreakBench");
  }
  const Fields fields(item, place);
  ArtifactAttempt out;
  ASSAY_TRY(const auto index, fields.count("index"));
  out.index = index.value_or(0);
  ASSAY_TRY(out.behavior, fields.needed("behavior"));
  ASSAY_TRY(const auto goal, fields.text("goal"));
  ASSAY_TRY(const auto category, fields.text("category"));
  out.goal = goal.value_or("");
  out.category = category.value_or("");
  ASSAY_TRY(out.prompt, fields.text("prompt"));
  ASSAY_TRY(out.response, fields.text("response"));
  ASSAY_TRY(out.number_of_queries, fields.count("number_of_queries"));
  ASSAY_TRY(out.queries_to_jailbreak, fields.count("queries_to_jailbreak"));
  ASSAY_TRY(out.prompt_tokens, fields.count("prompt_tokens"));
  ASSAY_TRY(out.response_tokens, fields.count("response_tokens"));
  ASSAY_TRY(out.jailbroken, fields.flag("jailbroken"));
  for (const auto& [key, value] : item.items()) {
    if (!key.starts_with("jailbroken_") || value.is_null()) continue;
    if (!value.is_boolean()) return fields.bad(key, "true or false");
    out.labels[key.substr(std::string_view("jailbroken_").size())] = value.get<bool>();
  }
  if (out.queries_to_jailbreak && out.number_of_queries &&
      *out.queries_to_jailbreak > *out.number_of_queries) {
    return fields.bad("queries_to_jailbreak", "at most number_of_queries");
  }
  return out;
}

Result<Artifact> from_document(const Json& document, const std::string& file) {
  const auto other = [&](const char* what) {
    return fail(ErrorKind::format, what, file,
                "Give files of {\"parameters\": ..., \"jailbreaks\": [...]}");
  };
  if (!document.is_object()) return other("not an artifact: no object");
  const auto list = document.find("jailbreaks");
  if (list == document.end() || !list->is_array()) return other("not an artifact: no jailbreaks");
  const auto head = document.find("parameters");
  if (head == document.end() || !head->is_object()) return other("not an artifact: no parameters");
  if (list->empty()) return other("an artifact without attempts");
  const Fields fields(*head, file + ", parameters");
  Artifact out;
  out.file = file;
  ASSAY_TRY(out.method, fields.needed("method"));
  ASSAY_TRY(out.model, fields.needed("model"));
  ASSAY_TRY(const auto type, fields.text("attack_type"));
  out.attack_type = type.value_or("");
  ASSAY_TRY(out.total_number_of_queries, fields.count("total_number_of_queries"));
  if (const Json* rate = fields.find("attack_success_rate")) {
    if (!rate->is_number()) return fields.bad("attack_success_rate", "a number");
    out.attack_success_rate = rate->get<double>();
  }
  if (const Json* own = fields.find("method_parameters")) out.method_parameters = *own;
  out.attempts.reserve(list->size());
  for (const Json& item : *list) {
    const std::string place = file + ", item " + std::to_string(out.attempts.size() + 1);
    ASSAY_TRY(auto attempt, parse_attempt(item, place));
    out.attempts.push_back(std::move(attempt));
  }
  return out;
}

/// The .json files below a folder, sorted.
Result<std::vector<fs::path>> json_files(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code error;
  fs::recursive_directory_iterator it(folder, error);
  for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    std::error_code ignored;
    if (it->path().extension() != ".json" || !it->is_regular_file(ignored)) continue;
    out.push_back(it->path());
    if (out.size() > kMaxFiles) {
      return fail(ErrorKind::limit, "more than 10,000 JSON files", folder.string(),
                  "Give a folder of artifacts only");
    }
  }
  if (error) return fail(ErrorKind::io, "cannot list it: " + error.message(), folder.string());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

Result<Artifact> parse_artifact(std::string_view text, std::string_view file) {
  ASSAY_TRY(const std::string clean, eval::data::clean_text(std::string(text), file));
  ASSAY_TRY(const Json document, parse_json(clean, file));
  return from_document(document, std::string(file));
}

Result<ArtifactSet> read_artifacts(std::span<const std::filesystem::path> places) {
  ArtifactSet out;
  for (const fs::path& place : places) {
    std::error_code error;
    const bool folder = fs::is_directory(place, error);
    std::vector<fs::path> files{place};
    if (folder) {
      ASSAY_TRY(files, json_files(place));
    }
    for (const fs::path& file : files) {
      ASSAY_TRY(const std::string text, eval::data::read_text(file));
      ASSAY_TRY(const Json document, parse_json(text, file.string()));
      if (folder && !(document.is_object() && document.contains("jailbreaks"))) {
        out.other_files.push_back(file.string());
        continue;
      }
      ASSAY_TRY(auto artifact, from_document(document, file.string()));
      out.artifacts.push_back(std::move(artifact));
    }
  }
  if (out.artifacts.empty()) {
    return fail(ErrorKind::not_found, "no artifact among the files",
                places.empty() ? std::string() : places.front().string(),
                "Give files of {\"parameters\": ..., \"jailbreaks\": [...]}, or their folder");
  }
  return out;
}

}  // namespace assay::attack
