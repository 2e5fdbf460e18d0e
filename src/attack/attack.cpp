#include "attack/attack.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "base/text.h"

namespace assay::attack {

const char* to_string(AttackFamily family) {
  switch (family) {
    case AttackFamily::plain: return "plain";
    case AttackFamily::templates: return "templates";
    case AttackFamily::sampling: return "sampling";
    case AttackFamily::conversational: return "conversational";
    case AttackFamily::optimised: return "optimised";
    case AttackFamily::indirect: return "indirect";
  }
  return "plain";
}

namespace {

const char* name_of(Question::Who who) {
  switch (who) {
    case Question::Who::target: return "target";
    case Question::Who::attacker: return "attacker";
    case Question::Who::score: return "score";
    case Question::Who::made: return "made";
  }
  return "target";
}

}  // namespace

Json to_json(const Question& ask) {
  Json messages = Json::array();
  for (const model::Message& message : ask.messages) {
    messages.push_back({{"role", message.role}, {"content", message.content}});
  }
  Json out{{"who", name_of(ask.who)}, {"messages", std::move(messages)}};
  if (!ask.continuation.empty()) out["continuation"] = ask.continuation;
  if (!ask.prefill.empty()) out["prefill"] = ask.prefill;
  if (!ask.later_turns.empty()) out["later_turns"] = ask.later_turns;
  if (!ask.reply_code.empty()) out["reply_code"] = ask.reply_code;
  if (!ask.label.empty()) out["label"] = ask.label;
  if (!ask.schema.is_null()) out["schema"] = ask.schema;
  if (ask.max_tokens > 0) out["max_tokens"] = ask.max_tokens;
  if (ask.temperature > 0.0) out["temperature"] = ask.temperature;
  if (ask.seed != 0) out["seed"] = ask.seed;
  if (ask.read + ask.written > 0) {
    out["read"] = ask.read;
    out["written"] = ask.written;
  }
  return out;
}

Result<Question> question_from_json(const Json& json) {
  try {
    Question out;
    const auto name = json.at("who").get<std::string>();
    for (const auto who : {Question::Who::attacker, Question::Who::score, Question::Who::made}) {
      if (name == name_of(who)) out.who = who;
    }
    out.continuation = json.value("continuation", std::string());
    for (const Json& message : json.at("messages")) {
      out.messages.push_back(
          {message.at("role").get<std::string>(), message.at("content").get<std::string>()});
    }
    out.prefill = json.value("prefill", std::string());
    if (json.contains("later_turns")) {
      out.later_turns = json["later_turns"].get<std::vector<std::string>>();
    }
    out.reply_code = json.value("reply_code", std::string());
    out.label = json.value("label", std::string());
    if (json.contains("schema")) out.schema = json["schema"];
    out.max_tokens = json.value("max_tokens", 0);
    out.temperature = json.value("temperature", 0.0);
    out.seed = json.value("seed", std::uint64_t{0});
    out.read = json.value("read", std::int64_t{0});
    out.written = json.value("written", std::int64_t{0});
    return out;
  } catch (const Json::exception& problem) {
    return fail(ErrorKind::format, std::string("a question of an attack: ") + problem.what());
  }
}

Status Attack::available(const Means& /*means*/) const { return {}; }

void Attack::take(Job& /*job*/, Json& /*state*/, const Heard& /*heard*/) const {}

void Attacks::add(std::shared_ptr<const Attack> attack) {
  const auto key = [](const std::shared_ptr<const Attack>& a) {
    return std::tuple(static_cast<int>(a->info().family), a->info().name);
  };
  for (const auto& known : attacks_) {
    if (known->info().name == attack->info().name) {
      throw std::logic_error("two attacks are named " + attack->info().name);
    }
  }
  const auto place =
      std::lower_bound(attacks_.begin(), attacks_.end(), attack,
                       [&](const auto& a, const auto& b) { return key(a) < key(b); });
  attacks_.insert(place, std::move(attack));
}

Result<const Attack*> Attacks::find(std::string_view name) const {
  std::vector<std::string> names;
  for (const auto& attack : attacks_) {
    if (attack->info().name == name) return attack.get();
    names.push_back(attack->info().name);
  }
  std::string next;
  for (const std::string& near : near_names(name, names)) {
    next.append(next.empty() ? "Did you mean " : ", ").append(near);
  }
  next.append(next.empty() ? "" : "? ").append("`assay attack --list` lists them");
  return fail(ErrorKind::not_found, "no attack named '" + std::string(name) + "'", "", next);
}

}  // namespace assay::attack
