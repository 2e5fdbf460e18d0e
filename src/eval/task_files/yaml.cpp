#include "eval/task_files/yaml.h"

#include <charconv>
#include <yaml-cpp/yaml.h>

#include "eval/data/text_file.h"

namespace assay::eval::task_files {
namespace {

constexpr int kMostNodes = 100'000;
constexpr int kMostDepth = 64;

std::string place_of(const YAML::Node& node, std::string_view file) {
  const YAML::Mark mark = node.Mark();
  return mark.line < 0 ? std::string(file) : data::at_line(file, mark.line + 1);
}

/// A plain scalar by YAML's core schema; a quoted one is always text.
Json scalar(const std::string& text, bool plain) {
  if (!plain) return text;
  if (text.empty() || text == "~" || text == "null" || text == "Null") return nullptr;
  if (text == "true" || text == "True") return true;
  if (text == "false" || text == "False") return false;
  const char* end = text.data() + text.size();
  std::int64_t whole = 0;
  if (const auto read = std::from_chars(text.data(), end, whole);
      read.ec == std::errc() && read.ptr == end) {
    return whole;
  }
  double number = 0.0;
  if (const auto read = std::from_chars(text.data(), end, number);
      read.ec == std::errc() && read.ptr == end) {
    return number;
  }
  return text;
}

class Converter {
 public:
  explicit Converter(std::string_view file) : file_(file) {}

  Result<Json> convert(const YAML::Node& node, int depth) {
    if (++nodes_ > kMostNodes || depth > kMostDepth) {
      return fail(ErrorKind::limit, "the file has too many values, or nests them too deeply",
                  place_of(node, file_), "Write it more simply");
    }
    const std::string& tag = node.Tag();
    if (tag == "!function") {
      return fail(ErrorKind::unsupported,
                  "!function names Python code, which Assay does not run: " + node.Scalar(),
                  place_of(node, file_),
                  "Write it as a template, or use the harness itself for this task");
    }
    if (!tag.empty() && tag != "?" && tag != "!" && !tag.starts_with("tag:yaml.org,2002:")) {
      return fail(ErrorKind::unsupported, "the tag " + tag + " is not read", place_of(node, file_),
                  "Leave it out");
    }
    switch (node.Type()) {
      case YAML::NodeType::Scalar: return scalar(node.Scalar(), tag == "?" || tag.empty());
      case YAML::NodeType::Sequence: return list(node, depth);
      case YAML::NodeType::Map: return mapping(node, depth);
      default: return Json(nullptr);
    }
  }

 private:
  Result<Json> list(const YAML::Node& node, int depth) {
    Json out = Json::array();
    for (const YAML::Node& item : node) {
      ASSAY_TRY(Json value, convert(item, depth + 1));
      out.push_back(std::move(value));
    }
    return out;
  }

  Result<Json> mapping(const YAML::Node& node, int depth) {
    Json out = Json::object();
    for (const auto& item : node) {
      if (!item.first.IsScalar()) {
        return fail(ErrorKind::format, "a key is not a text", place_of(item.first, file_));
      }
      const std::string& key = item.first.Scalar();
      if (out.contains(key)) {
        return fail(ErrorKind::format, "the key '" + key + "' stands here twice",
                    place_of(item.first, file_), "Keep one of them");
      }
      ASSAY_TRY(out[key], convert(item.second, depth + 1));
    }
    return out;
  }

  std::string_view file_;
  int nodes_ = 0;
};

}  // namespace

Result<Json> parse_yaml(std::string_view text, std::string_view file) {
  ASSAY_TRY(const std::string clean, data::clean_text(std::string(text), file));
  try {
    const YAML::Node node = YAML::Load(clean);
    ASSAY_TRY(Json json, Converter(file).convert(node, 0));
    if (json.is_object()) return json;
    return fail(ErrorKind::format, "the file is not a mapping of keys to values", std::string(file),
                "A task file begins with e.g. `task: NAME`");
  } catch (const YAML::Exception& problem) {
    const int line = problem.mark.line;
    return fail(ErrorKind::format, "it is not YAML: " + problem.msg,
                line < 0 ? std::string(file) : data::at_line(file, line + 1),
                "Check indentation and quotes");
  }
}

}  // namespace assay::eval::task_files
