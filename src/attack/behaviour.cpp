#include "attack/behaviour.h"

#include <algorithm>
#include <array>
#include <re2/re2.h>
#include <set>
#include <utility>

#include "base/digest.h"
#include "base/text.h"
#include "eval/json_fields.h"

namespace assay::attack {
namespace {

constexpr std::size_t kMaxTranslations = 64;
constexpr std::size_t kMaxShown = 64;

tl::unexpected<Error> bad(std::string what, std::string_view where) {
  return fail(ErrorKind::format, std::move(what), std::string(where),
              "docs/behaviours.md shows the form of a behaviour");
}

std::vector<model::Message> chat(const std::string& system, const std::string& request) {
  std::vector<model::Message> out;
  if (!system.empty()) out.push_back({"system", system});
  out.push_back({"user", request});
  return out;
}

/// An optional text of bounded length.
Result<std::string> text_of(const Json& json, const char* key, std::string_view where,
                            std::size_t most = kMaxBehaviourText) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return std::string();
  if (!found->is_string()) return bad(std::string("\"") + key + "\" is not a text", where);
  auto text = found->get<std::string>();
  if (text.size() > most) {
    return bad(std::string("\"") + key + "\" is longer than " + std::to_string(most) + " bytes",
               where);
  }
  return text;
}

Result<bool> flag_of(const Json& json, const char* key, std::string_view where) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return false;
  if (!found->is_boolean()) {
    return bad(std::string("\"") + key + "\" is not true or false", where);
  }
  return found->get<bool>();
}

/// A list of texts without empty ones, or one text.
Result<std::vector<std::string>> texts_of(const Json& json, const char* key,
                                          std::string_view where) {
  std::vector<std::string> out;
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return out;
  const Json list = found->is_array() ? *found : Json::array({*found});
  for (const Json& item : list) {
    if (!item.is_string() || trim(item.get_ref<const std::string&>()).empty()) {
      return bad(std::string("\"check.") + key + "\" is not a list of texts", where);
    }
    out.push_back(item.get<std::string>());
    if (out.back().size() > kMaxPatternBytes || out.size() > kMaxPatterns) {
      return bad(std::string("\"check.") + key + "\" has more than " +
                     std::to_string(kMaxPatterns) + " texts, or one of more than " +
                     std::to_string(kMaxPatternBytes) + " bytes",
                 where);
    }
  }
  return out;
}

assay::Status check_patterns(const std::vector<std::string>& patterns, std::string_view where) {
  for (const std::string& pattern : patterns) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(std::int64_t{1} << 20U);
    const RE2 compiled(pattern, options);
    if (!compiled.ok()) {
      return bad(
          std::string("the pattern '") + pattern + "' is not understood: " + compiled.error(),
          where);
    }
  }
  return {};
}

Result<Check::Kind> kind_of(const Json& json, std::string_view where) {
  ASSAY_TRY(const std::string name, text_of(json, "kind", where));
  for (const auto kind : {Check::Kind::contains, Check::Kind::complies, Check::Kind::judge}) {
    if (name == to_string(kind)) return kind;
  }
  return bad(
      std::string("\"check.kind\" is '") + name + "', but it must be contains, complies or judge",
      where);
}

Result<int> needed_of(const Json& json, const Check& check, std::string_view where) {
  const auto found = json.find("needed");
  if (found == json.end() || found->is_null()) return 1;
  const auto most = static_cast<std::int64_t>(std::max<std::size_t>(check.evidence.size(), 1));
  if (!found->is_number_integer() || found->get<std::int64_t>() < 1 ||
      found->get<std::int64_t>() > most) {
    return bad("\"check.needed\" is not a number from 1 to the number of patterns", where);
  }
  return static_cast<int>(found->get<std::int64_t>());
}

Result<Check> check_from_json(const Json& json, std::string_view where) {
  if (!json.is_object()) return bad("\"check\" is not an object", where);
  Check out;
  ASSAY_TRY(out.kind, kind_of(json, where));
  ASSAY_TRY(out.any, texts_of(json, "any", where));
  ASSAY_TRY(out.evidence, texts_of(json, "evidence", where));
  ASSAY_TRY(out.even_if_said, flag_of(json, "even_if_said", where));
  ASSAY_TRY(out.sharp, flag_of(json, "sharp", where));
  ASSAY_TRY(out.rubric, text_of(json, "rubric", where));
  ASSAY_TRY(out.needed, needed_of(json, out, where));
  ASSAY_CHECK(check_patterns(out.evidence, where));
  if (out.kind == Check::Kind::contains && out.any.empty()) {
    return bad("a check that looks for a text has no \"any\"", where);
  }
  if (out.sharp && out.evidence.empty()) {
    return bad("\"check.sharp\" without \"check.evidence\"", where);
  }
  return out;
}

bool language_code(std::string_view code) {
  return code.size() >= 2 && code.size() <= 16 && std::all_of(code.begin(), code.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-';
         });
}

Result<std::map<std::string, std::string>> translations_of(const Json& json,
                                                           std::string_view where) {
  std::map<std::string, std::string> out;
  const auto found = json.find("translations");
  if (found == json.end() || found->is_null()) return out;
  if (!found->is_object() || found->size() > kMaxTranslations) {
    return bad("\"translations\" is not an object of at most 64 texts", where);
  }
  for (const auto& [code, text] : found->items()) {
    if (!language_code(code)) {
      return bad(std::string("\"translations\": '") + code + "' is no language code", where);
    }
    ASSAY_TRY(out[code], text_of(*found, code.c_str(), where));
    if (out[code].empty()) return bad("\"translations\" has an empty text", where);
  }
  return out;
}

/// A list of texts, of the user and of the assistant in turn.
Result<std::vector<model::Message>> shown_of(const Json& json, std::string_view where) {
  std::vector<model::Message> out;
  const auto found = json.find("shown");
  if (found == json.end() || found->is_null()) return out;
  if (!found->is_array() || found->size() > kMaxShown || found->size() % 2 != 0) {
    return bad("\"shown\" is not a list of an even number of texts, at most 64", where);
  }
  for (const Json& item : *found) {
    if (!item.is_string() || item.get_ref<const std::string&>().size() > kMaxBehaviourText) {
      return bad("\"shown\" holds something else than texts, or one that is too long", where);
    }
    out.push_back({out.size() % 2 == 0 ? "user" : "assistant", item.get<std::string>()});
  }
  return out;
}

Json check_json(const Check& check) {
  Json out{{"kind", to_string(check.kind)}};
  if (!check.any.empty()) out["any"] = check.any;
  if (check.even_if_said) out["even_if_said"] = true;
  if (!check.evidence.empty()) out["evidence"] = check.evidence;
  if (check.needed != 1) out["needed"] = check.needed;
  if (check.sharp) out["sharp"] = true;
  if (!check.rubric.empty()) out["rubric"] = check.rubric;
  return out;
}

/// The texts of a behaviour, by their names in the own form.
using TextField = std::pair<const char*, std::string Behaviour::*>;
constexpr std::array<TextField, 9> kTexts{{{"id", &Behaviour::id},
                                           {"kind", &Behaviour::kind},
                                           {"system", &Behaviour::system},
                                           {"request", &Behaviour::request},
                                           {"target", &Behaviour::target},
                                           {"category", &Behaviour::category},
                                           {"source", &Behaviour::source},
                                           {"control", &Behaviour::control},
                                           {"control_system", &Behaviour::control_system}}};

}  // namespace

const char* to_string(Check::Kind kind) {
  switch (kind) {
    case Check::Kind::contains: return "contains";
    case Check::Kind::complies: return "complies";
    case Check::Kind::judge: break;
  }
  return "judge";
}

std::vector<model::Message> attack_messages(const Behaviour& behaviour) {
  std::vector<model::Message> out = chat(behaviour.system, behaviour.request);
  out.insert(out.end() - 1, behaviour.shown.begin(), behaviour.shown.end());
  return out;
}

std::vector<model::Message> control_messages(const Behaviour& behaviour) {
  if (behaviour.control.empty()) return {};
  return chat(behaviour.control_system, behaviour.control);
}

std::string identity(const Behaviour& behaviour) {
  return behaviour.id + "#" + sha256_hex(dump_json(to_json(behaviour))).substr(0, 8);
}

Json to_json(const Behaviour& behaviour) {
  Json out = Json::object();
  for (const auto& [key, member] : kTexts) {
    if (!(behaviour.*member).empty()) out[key] = behaviour.*member;
  }
  out["lang"] = to_string(behaviour.lang);
  for (const model::Message& message : behaviour.shown) out["shown"].push_back(message.content);
  if (!behaviour.translations.empty()) out["translations"] = behaviour.translations;
  out["check"] = check_json(behaviour.check);
  if (behaviour.harmful) out["harmful"] = true;
  return out;
}

Result<Behaviour> behaviour_from_json(const Json& json, std::string_view where) {
  if (!json.is_object()) return bad("a behaviour is not a JSON object", where);
  Behaviour out;
  for (const auto& [key, member] : kTexts) {
    ASSAY_TRY(out.*member, text_of(json, key, where));
  }
  if (out.id.empty() || out.id.size() > kMaxBehaviourId) {
    return bad("\"id\" is missing, or longer than 200 bytes", where);
  }
  if (trim(out.request).empty()) return bad("\"request\" is missing", where);
  if (!out.control_system.empty() && out.control.empty()) {
    return bad("\"control_system\" without \"control\"", where);
  }
  ASSAY_TRY(const std::string lang, text_of(json, "lang", where));
  if (!lang.empty()) {
    const auto known = eval::parse_lang(lang);
    if (!known) return bad(std::string("\"lang\" is '") + lang + "', not en or zh", where);
    out.lang = *known;
  }
  ASSAY_TRY(out.harmful, flag_of(json, "harmful", where));
  ASSAY_TRY(out.shown, shown_of(json, where));
  ASSAY_TRY(out.translations, translations_of(json, where));
  if (const auto check = json.find("check"); check != json.end() && !check->is_null()) {
    ASSAY_TRY(out.check, check_from_json(*check, where));
  }
  return out;
}

}  // namespace assay::attack
