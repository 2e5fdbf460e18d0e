// Reading a gate file into rules.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "eval/gate.h"
#include "eval/topics.h"

namespace assay::eval {
namespace {

constexpr const char* kNext = "docs/gates.md shows the format";
constexpr std::array<const char*, 10> kKeys{
    "figure",    "task", "topic", "lang", "min", "max", "use", "status", "max_unassessed_share",
    "if_missing"};

std::vector<std::string> key_names() { return {kKeys.begin(), kKeys.end()}; }

std::string near_text(std::string_view name, const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& near : near_names(name, names)) {
    out += (out.empty() ? "Did you mean " : " or ") + near;
  }
  return out.empty() ? std::string(kNext) : out + "? " + kNext;
}

/// Reads one rule; the first error is kept.
class RuleReader {
 public:
  RuleReader(const Json& json, std::string where) : json_(json), where_(std::move(where)) {}

  Result<GateRule> read() {
    if (!json_.is_object()) return wrong("a rule must be an object");
    for (const auto& [key, value] : json_.items()) {
      if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
        return fail(ErrorKind::usage, "unknown key '" + key + "'", where_,
                    near_text(key, key_names()));
      }
    }
    GateRule rule;
    ASSAY_CHECK(text("figure", rule.figure));
    ASSAY_CHECK(text("task", rule.task));
    ASSAY_CHECK(text("topic", rule.topic));
    ASSAY_CHECK(number("min", rule.min));
    ASSAY_CHECK(number("max", rule.max));
    ASSAY_CHECK(number("max_unassessed_share", rule.max_unassessed_share));
    ASSAY_CHECK(words(rule));
    ASSAY_CHECK(statuses(rule));
    ASSAY_CHECK(sense(rule));
    return rule;
  }

 private:
  tl::unexpected<Error> wrong(std::string what) const {
    return fail(ErrorKind::usage, std::move(what), where_, kNext);
  }

  assay::Status text(const char* key, std::string& out) const {
    const auto at = json_.find(key);
    if (at == json_.end()) return {};
    if (!at->is_string() || at->get_ref<const std::string&>().empty()) {
      return wrong(std::string("'") + key + "' must be a text that is not empty");
    }
    out = at->get<std::string>();
    return {};
  }

  assay::Status number(const char* key, std::optional<double>& out) const {
    const auto at = json_.find(key);
    if (at == json_.end()) return {};
    if (!at->is_number() || !std::isfinite(at->get<double>())) {
      return wrong(std::string("'") + key + "' must be a number");
    }
    out = at->get<double>();
    return {};
  }

  /// lang, use, if_missing: one of a few words.
  assay::Status words(GateRule& rule) const {
    std::string lang;
    std::string use;
    std::string missing;
    ASSAY_CHECK(text("lang", lang));
    ASSAY_CHECK(text("use", use));
    ASSAY_CHECK(text("if_missing", missing));
    if (!lang.empty() && lang != "en" && lang != "zh") return wrong("'lang' must be en or zh");
    if (!lang.empty()) rule.lang = lang == "en" ? Lang::en : Lang::zh;
    for (const GateUse known : {GateUse::value, GateUse::low, GateUse::high}) {
      if (use == to_string(known)) rule.use = known;
    }
    if (!use.empty() && !rule.use) return wrong("'use' must be value, low or high");
    if (!missing.empty() && missing != "pass" && missing != "fail") {
      return wrong("'if_missing' must be pass or fail");
    }
    rule.pass_if_missing = missing == "pass";
    return {};
  }

  assay::Status statuses(GateRule& rule) const {
    const auto at = json_.find("status");
    if (at == json_.end()) return {};
    const Json list = at->is_array() ? *at : Json::array({*at});
    for (const Json& name : list) {
      if (!name.is_string()) return wrong("'status' must be a status or a list of them");
      const auto status = parse_status(name.get<std::string>());
      if (!status) {
        return wrong("'status' must be measured, partly, not_assessable or not_measured");
      }
      rule.status.push_back(*status);
    }
    if (rule.status.empty()) return wrong("'status' must name at least one status");
    return {};
  }

  assay::Status sense(const GateRule& rule) const {
    const bool figure = !rule.figure.empty();
    const bool bounds = rule.min || rule.max;
    const int subjects = int{figure} + int{!rule.task.empty()} + int{!rule.topic.empty()};
    if (subjects > 1) return wrong("a rule names one of figure, task and topic");
    if (!bounds && rule.status.empty() && !rule.max_unassessed_share) {
      return wrong("a rule needs a condition: min, max, status or max_unassessed_share");
    }
    if (bounds && !figure) return wrong("min and max need a figure");
    if (rule.use && !bounds) return wrong("'use' needs min or max");
    if (rule.min && rule.max && *rule.min > *rule.max) return wrong("min is larger than max");
    if (!rule.status.empty() && (figure || subjects == 0)) {
      return wrong("'status' needs a task or a topic");
    }
    if (figure && rule.lang) return wrong("a figure names its language already: TASK/LANG/ID");
    if (figure && split(rule.figure, '/').size() < 3) {
      return wrong("a figure is named TASK/LANG/ID, e.g. refusal_pairs/en/refusal.unsafe");
    }
    if (rule.max_unassessed_share &&
        !(*rule.max_unassessed_share >= 0.0 && *rule.max_unassessed_share <= 1.0)) {
      return wrong("'max_unassessed_share' must lie between 0 and 1");
    }
    return {};
  }

  const Json& json_;
  std::string where_;
};

}  // namespace

const char* to_string(GateUse use) {
  switch (use) {
    case GateUse::value: return "value";
    case GateUse::low: return "low";
    case GateUse::high: break;
  }
  return "high";
}

Result<Gate> parse_gate(std::string_view text, std::string_view where) {
  const std::string source(where);
  ASSAY_TRY(const Json json, parse_json(text, where));
  if (!json.is_object() || !json.contains("rules")) {
    return fail(ErrorKind::usage, "a gate is an object with a list of rules", source, kNext);
  }
  for (const auto& [key, value] : json.items()) {
    if (key != "schema" && key != "description" && key != "rules") {
      return fail(ErrorKind::usage, "unknown key '" + key + "'", source,
                  near_text(key, {"schema", "description", "rules"}));
    }
    if (key == "schema" && value != "assay.gate/1") {
      return fail(ErrorKind::unsupported, "this gate is not of schema assay.gate/1", source,
                  "Use a newer Assay, or write the rules anew after docs/gates.md");
    }
  }
  const Json& rules = json.at("rules");
  if (!rules.is_array() || rules.empty()) {
    return fail(ErrorKind::usage, "'rules' must be a list with at least one rule", source, kNext);
  }
  Gate gate;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    RuleReader reader(rules[i], source + ", rule " + std::to_string(i + 1));
    ASSAY_TRY(GateRule rule, reader.read());
    gate.rules.push_back(std::move(rule));
  }
  return gate;
}

namespace {

Json rule_json(const GateRule& rule) {
  Json out = Json::object();
  if (!rule.figure.empty()) out["figure"] = rule.figure;
  if (!rule.task.empty()) out["task"] = rule.task;
  if (!rule.topic.empty()) out["topic"] = rule.topic;
  if (rule.lang) out["lang"] = to_string(*rule.lang);
  if (rule.min) out["min"] = *rule.min;
  if (rule.max) out["max"] = *rule.max;
  if (rule.use) out["use"] = to_string(*rule.use);
  for (const Status status : rule.status) out["status"].push_back(to_string(status));
  if (rule.max_unassessed_share) out["max_unassessed_share"] = *rule.max_unassessed_share;
  if (rule.pass_if_missing) out["if_missing"] = "pass";
  return out;
}

}  // namespace

Json to_json(const Gate& gate) {
  Json rules = Json::array();
  for (const GateRule& rule : gate.rules) rules.push_back(rule_json(rule));
  return {{"schema", "assay.gate/1"}, {"rules", rules}};
}

assay::Status check_names(const Gate& gate, const Registry& registry) {
  std::vector<std::string> topics;
  for (const std::string_view topic : topic_ids()) topics.emplace_back(topic);
  for (std::size_t i = 0; i < gate.rules.size(); ++i) {
    const GateRule& rule = gate.rules[i];
    const std::string where = "gate, rule " + std::to_string(i + 1);
    const std::vector<std::string> parts = split(rule.figure, '/');
    const std::string task = rule.figure.empty() ? rule.task : parts[0];
    if (!task.empty()) {
      if (const auto found = registry.find(task); !found) {
        return fail(ErrorKind::usage, found.error().what, where, found.error().next);
      }
    }
    if (!rule.figure.empty() && parts[1] != "en" && parts[1] != "zh") {
      return fail(ErrorKind::usage, "'" + parts[1] + "' is no language of Assay's tasks", where,
                  "Write TASK/en/ID or TASK/zh/ID");
    }
    if (!rule.topic.empty() && !is_topic_or_area(rule.topic)) {
      return fail(ErrorKind::usage, "no topic named '" + rule.topic + "'", where,
                  near_text(rule.topic, topics));
    }
  }
  return {};
}

}  // namespace assay::eval
