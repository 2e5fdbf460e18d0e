#include "attack/attack.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "base/suggestion.h"
#include "eval/message_json.h"

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

Result<std::vector<model::Message>> random_form(const Means& means, const Behaviour& behaviour,
                                                Rng& rng) {
  ASSAY_TRY(const Transform* augment, means.transforms.find("best_of_n"));
  Prompt prompt;
  prompt.messages = attack_messages(behaviour);
  if (auto changed = augment->apply(prompt, behaviour.lang, rng)) prompt = std::move(*changed);
  return std::move(prompt.messages);
}

Json to_json(const Question& ask) {
  Json out{{"who", name_of(ask.who)}, {"messages", eval::messages_json(ask.messages)}};
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
  eval::Fields fields(json, "question of an attack");
  const auto text = [&](const char* key) {
    return fields.has(key) ? fields.text(key) : std::string();
  };
  Question out;
  const std::string name = fields.text("who");
  for (const auto who : {Question::Who::attacker, Question::Who::score, Question::Who::made}) {
    if (name == name_of(who)) out.who = who;
  }
  out.messages = eval::read_list<model::Message>(fields, "messages", eval::read_message);
  out.continuation = text("continuation");
  out.prefill = text("prefill");
  if (fields.has("later_turns")) out.later_turns = fields.texts("later_turns");
  out.reply_code = text("reply_code");
  out.label = text("label");
  if (fields.has("schema")) out.schema = fields.any("schema");
  if (fields.has("max_tokens")) out.max_tokens = fields.small("max_tokens");
  if (fields.has("temperature")) out.temperature = fields.number("temperature", 0.0);
  if (fields.has("seed")) out.seed = fields.natural("seed");
  if (fields.has("read")) out.read = fields.integer("read");
  if (fields.has("written")) out.written = fields.integer("written");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
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
  return fail(ErrorKind::not_found, "no attack named '" + std::string(name) + "'", "",
              suggestion(name, names, "`assay attack --list` lists them"));
}

}  // namespace assay::attack
