#include "eval/data/moonshot_file.h"

#include "base/text.h"
#include "eval/data/records.h"
#include "eval/data/text_file.h"

namespace assay::eval::data {
namespace {

std::string text_or_empty(const Json& json, const char* key) {
  const auto place = json.find(key);
  return place != json.end() && place->is_string() ? place->get<std::string>() : std::string();
}

Result<std::vector<std::string>> targets_of(const Record& record) {
  const Json* target = record.find("target");
  if (target != nullptr && target->is_number()) return std::vector<std::string>{target->dump()};
  if (target == nullptr || !target->is_array()) {
    ASSAY_TRY(std::string text, record.text("target"));
    return std::vector<std::string>{std::move(text)};
  }
  ASSAY_TRY(std::vector<std::string> out, record.texts("target"));
  if (out.empty()) return tl::unexpected(record.error("the list of targets is empty"));
  return out;
}

}  // namespace

Result<MoonshotFile> parse_moonshot(std::string_view text, std::string_view file) {
  ASSAY_TRY(const Json json, parse_json(text, file));
  const bool form = json.is_object() && json.contains("examples");
  if (!form || !json["examples"].is_array() || json["examples"].empty()) {
    return fail(ErrorKind::format, "there is no list of examples", std::string(file),
                "The form is {\"name\": .., \"examples\": [{\"input\": .., \"target\": ..}]}");
  }
  MoonshotFile out;
  out.name = text_or_empty(json, "name");
  out.description = text_or_empty(json, "description");
  out.license = text_or_empty(json, "license");
  out.reference = text_or_empty(json, "reference");
  for (const Json& item : json["examples"]) {
    const Record record(item,
                        std::string(file) + ", example " + std::to_string(out.examples.size() + 1));
    MoonshotExample example;
    ASSAY_TRY(example.input, record.text("input"));
    ASSAY_TRY(example.targets, targets_of(record));
    example.place = record.place();
    out.examples.push_back(std::move(example));
  }
  return out;
}

Result<MoonshotFile> read_moonshot(const std::filesystem::path& file) {
  ASSAY_TRY(const std::string text, read_text(file));
  return parse_moonshot(text, file.string());
}

std::optional<ChoiceQuestion> as_choice(const MoonshotExample& example) {
  std::optional<ChoiceQuestion> question = parse_lettered(example.input);
  if (!question) return std::nullopt;
  for (const std::string& target : example.targets) {
    const std::string_view wanted = trim(target);
    for (std::size_t i = 0; i < question->options.size(); ++i) {
      const std::string labelled = question->label(i) + ". " + question->options[i];
      if (wanted != question->options[i] && wanted != labelled &&
          question->labelled(wanted) != static_cast<int>(i)) {
        continue;
      }
      question->right = static_cast<int>(i);
      return question;
    }
  }
  return std::nullopt;
}

}  // namespace assay::eval::data
