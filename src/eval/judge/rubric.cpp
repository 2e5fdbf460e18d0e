#include "eval/judge/rubric.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/text.h"
#include "eval/data/text_file.h"
#include "eval/json_fields.h"
#include "eval/task_files/yaml.h"

namespace assay::eval {
namespace {

constexpr std::size_t kMostLabels = 16;
constexpr std::size_t kMostExamples = 64;
constexpr std::size_t kLongestLabel = 64;

tl::unexpected<Error> bad(std::string what, const std::string& where) {
  return fail(ErrorKind::format, std::move(what), where, "See docs/judges.md, Rubrics");
}

/// The keys of one mapping; each reader notes what is wrong, the first time.
class Reader {
 public:
  Reader(const Json& json, std::string where) : json_(json), where_(std::move(where)) {
    if (!json.is_object()) note("it must be a mapping");
  }
  void known(std::span<const std::string_view> keys) {
    if (!json_.is_object()) return;
    for (const auto& [key, value] : json_.items()) {
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      const auto near = near_names(key, {keys.begin(), keys.end()});
      note(std::string("there is no key '") + key + "'" +
           (near.empty() ? "" : std::string("; did you mean ") + near.front() + "?"));
    }
  }
  std::string text(const char* key, bool required) {
    const Json* value = find(key);
    if (value != nullptr && value->is_string()) return std::string(trim(value->get<std::string>()));
    if (value != nullptr || required) note(std::string("'") + key + "' must be a text");
    return {};
  }
  bool flag(const char* key, bool otherwise) {
    const Json* value = find(key);
    if (value == nullptr) return otherwise;
    if (!value->is_boolean()) note(std::string("'") + key + "' must be true or false");
    return value->is_boolean() && value->get<bool>();
  }
  const Json& list(const char* key) {
    static const Json none = Json::array();
    const Json* value = find(key);
    if (value == nullptr) return none;
    if (value->is_array()) return *value;
    note(std::string("'") + key + "' must be a list");
    return none;
  }
  [[nodiscard]] bool has(const char* key) const { return json_.is_object() && json_.contains(key); }
  void note(const std::string& what) {
    if (status_) status_ = bad(what, where_);
  }
  [[nodiscard]] const assay::Status& status() const { return status_; }

 private:
  [[nodiscard]] const Json* find(const char* key) const {
    if (!json_.is_object()) return nullptr;
    const auto place = json_.find(key);
    return place == json_.end() || place->is_null() ? nullptr : &*place;
  }
  const Json& json_;
  std::string where_;
  assay::Status status_;
};

/// What a grammar and a report can hold: one line of UTF-8 without quotes and backslashes.
bool fit_for_label(const std::string& name) {
  return !name.empty() && name.size() <= kLongestLabel && is_utf8(name) &&
         std::none_of(name.begin(), name.end(), [](char c) {
           return c == '"' || c == '\\' || (static_cast<unsigned char>(c) < 0x20);
         });
}

Result<RubricLabel> read_label(const Json& json, const std::string& where) {
  constexpr std::array<std::string_view, 3> keys = {"label", "verdict", "means"};
  Reader reader(json, where);
  reader.known(keys);
  RubricLabel out;
  out.name = reader.text("label", true);
  out.means = reader.text("means", false);
  const std::string verdict = reader.text("verdict", true);
  ASSAY_CHECK(reader.status());
  const auto known = parse_verdict(verdict);
  if (!known) return bad("'verdict' is success, failure or unassessed", where);
  out.verdict = *known;
  if (!fit_for_label(out.name)) {
    return bad("a label is one line of at most 64 bytes without quotes", where);
  }
  return out;
}

assay::Status read_labels(Reader& reader, const std::string& where, Rubric& out) {
  for (const Json& each : reader.list("labels")) {
    const std::string place = where + ", label " + std::to_string(out.labels.size() + 1);
    ASSAY_TRY(RubricLabel label, read_label(each, place));
    if (out.find(label.name))
      return bad(std::string("the label '") + label.name + "' is there twice", place);
    out.labels.push_back(std::move(label));
    if (out.labels.size() > kMostLabels) return bad("a rubric has at most 16 labels", where);
  }
  if (out.pairwise) {
    if (!out.labels.empty()) return bad("a pairwise rubric has no labels of its own", where);
    out.labels = {{"better", Verdict::success, ""},
                  {"worse", Verdict::failure, ""},
                  {"tie", Verdict::unassessed, ""}};
  }
  for (const Verdict verdict : {Verdict::success, Verdict::failure}) {
    const auto is = [&](const RubricLabel& label) { return label.verdict == verdict; };
    if (std::any_of(out.labels.begin(), out.labels.end(), is)) continue;
    return bad(std::string("no label means ") + to_string(verdict), where);
  }
  return {};
}

assay::Status read_examples(Reader& reader, const std::string& where, Rubric& out) {
  constexpr std::array<std::string_view, 4> keys = {"prompt", "answer", "reference", "label"};
  for (const Json& each : reader.list("examples")) {
    const std::string place = where + ", example " + std::to_string(out.examples.size() + 1);
    Reader one(each, place);
    one.known(keys);
    RubricExample example;
    example.prompt = one.text("prompt", false);
    example.answer = one.text("answer", true);
    example.reference = one.text("reference", out.pairwise);
    const std::string label = one.text("label", true);
    ASSAY_CHECK(one.status());
    const auto found = out.find(label);
    if (!found) return bad(std::string("'") + label + "' is no label of the rubric", place);
    example.label = *found;
    out.examples.push_back(std::move(example));
    if (out.examples.size() > kMostExamples) return bad("at most 64 examples", where);
  }
  return {};
}

std::string digest_of(const Rubric& r) {
  Json labels = Json::array();
  for (const RubricLabel& l : r.labels) labels.push_back({l.name, to_string(l.verdict), l.means});
  Json examples = Json::array();
  for (const RubricExample& e : r.examples) {
    examples.push_back({e.prompt, e.answer, e.reference, e.label});
  }
  Json langs = Json::array();
  for (const Lang lang : r.langs) langs.push_back(to_string(lang));
  return sha256_hex(
      dump_json(Json{{"form", 1},
                     {"question", r.question},
                     {"instructions", r.instructions},
                     {"labels", labels},
                     {"examples", examples},
                     {"languages", langs},
                     {"flags", {r.reference, r.pairwise, r.swap, r.reasons, r.all}}}));
}

}  // namespace

std::optional<std::size_t> Rubric::find(std::string_view label) const {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i].name == label) return i;
  }
  return std::nullopt;
}

bool Rubric::has(Lang lang) const {
  return std::find(langs.begin(), langs.end(), lang) != langs.end();
}

Result<Rubric> parse_rubric(const Json& json, const std::string& where) {
  constexpr std::array<std::string_view, 11> keys = {
      "rubric",    "question", "instructions", "labels",  "examples", "languages",
      "reference", "pairwise", "swap",         "reasons", "combine"};
  Reader reader(json, where);
  reader.known(keys);
  Rubric out;
  out.name = reader.text("rubric", true);
  out.question = reader.text("question", true);
  out.instructions = reader.text("instructions", false);
  out.pairwise = reader.flag("pairwise", false);
  out.reference = reader.flag("reference", false) || out.pairwise;
  out.swap = reader.flag("swap", true);
  out.reasons = reader.flag("reasons", false);
  const std::string combine = reader.text("combine", false);
  out.all = combine == "all";
  if (!combine.empty() && combine != "all" && combine != "majority") {
    reader.note("'combine' is majority or all");
  }
  if (reader.has("languages")) out.langs.clear();
  for (const Json& each : reader.list("languages")) {
    const auto lang = parse_lang(each.is_string() ? each.get<std::string>() : "");
    if (!lang) return bad("'languages' are en and zh", where);
    if (!out.has(*lang)) out.langs.push_back(*lang);
  }
  if (out.langs.empty()) reader.note("a rubric is for at least one language");
  ASSAY_CHECK(reader.status());
  if (out.question.empty() || out.name.empty()) return bad("its name or question is empty", where);
  ASSAY_CHECK(read_labels(reader, where, out));
  ASSAY_CHECK(read_examples(reader, where, out));
  ASSAY_CHECK(reader.status());
  out.digest = digest_of(out);
  return out;
}

Result<Rubric> read_rubric(const std::filesystem::path& file) {
  const std::string where = file.string();
  const std::string ending = lower_ascii(file.extension().string());
  ASSAY_TRY(const std::string text, data::read_text(file));
  const bool yaml = ending == ".yaml" || ending == ".yml";
  ASSAY_TRY(const Json json, yaml ? task_files::parse_yaml(text, where) : parse_json(text, where));
  return parse_rubric(json, where);
}

}  // namespace assay::eval
