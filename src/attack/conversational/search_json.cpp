// Constants, names and the stored form of search.h.
#include <algorithm>
#include <array>
#include <utility>

#include "attack/conversational/search.h"
#include "eval/json_fields.h"

namespace assay::attack {
namespace {

constexpr int kMost = 1000;
constexpr std::size_t kMostLines = 2000000;  ///< of a state that is read: width x branching + width

constexpr std::array<std::pair<Line::Wants, const char*>, 6> kWants{
    {{Line::Wants::attacker, "attacker"},
     {Line::Wants::topic, "topic"},
     {Line::Wants::ready, "ready"},
     {Line::Wants::target, "target"},
     {Line::Wants::score, "score"},
     {Line::Wants::nothing, "nothing"}}};

const char* name_of(Line::Wants wants) {
  for (const auto& [value, name] : kWants) {
    if (value == wants) return name;
  }
  return "nothing";
}

Json turn_json(const Turn& turn) {
  return Json{{"prompt", turn.prompt}, {"thought", turn.thought}, {"reply", turn.reply},
              {"score", turn.score},   {"refused", turn.refused}, {"outcome", turn.outcome}};
}

Result<Turn> turn_from(const Json& json) {
  eval::Fields fields(json, "turn");
  Turn out;
  out.prompt = fields.text("prompt");
  out.thought = fields.text("thought");
  out.reply = fields.text("reply");
  out.score = fields.small("score");
  out.refused = fields.flag("refused");
  out.outcome = fields.text("outcome");
  ASSAY_CHECK(fields.status());
  return out;
}

Json line_json(const Line& line) {
  Json turns = Json::array();
  for (const Turn& turn : line.turns) turns.push_back(turn_json(turn));
  return Json{{"id", line.id},
              {"parent", line.parent},
              {"level", line.level},
              {"turns", std::move(turns)},
              {"open", turn_json(line.open)},
              {"wants", name_of(line.wants)},
              {"unread", line.unread},
              {"ended", line.ended}};
}

Result<Line> line_from(const Json& json) {
  eval::Fields fields(json, "line");
  Line out;
  out.id = fields.small("id");
  out.parent = fields.small("parent");
  out.level = fields.small("level");
  out.turns = eval::read_list<Turn>(fields, "turns", turn_from);
  if (auto open = turn_from(fields.object("open"))) {
    out.open = std::move(*open);
  } else {
    fields.note(open.error());
  }
  out.unread = fields.small("unread");
  out.ended = fields.text("ended");
  const std::string wants = fields.text("wants");
  const auto* const found = std::find_if(kWants.begin(), kWants.end(),
                                         [&](const auto& one) { return wants == one.second; });
  ASSAY_CHECK(fields.status());
  if (found == kWants.end()) {
    return fail(ErrorKind::format, std::string("a line waits for '") + wants + "'", "line.wants",
                "check that the data were written by this version of assay");
  }
  out.wants = found->first;
  return out;
}

using Counter = std::pair<const char*, int State::*>;
constexpr std::array<Counter, 9> kCounters{{{"depth", &State::depth},
                                            {"next_id", &State::next_id},
                                            {"winner", &State::winner},
                                            {"target_queries", &State::target_queries},
                                            {"attacker_queries", &State::attacker_queries},
                                            {"judge_queries", &State::judge_queries},
                                            {"unreadable", &State::unreadable},
                                            {"refusals", &State::refusals},
                                            {"pruned", &State::pruned}}};

}  // namespace

const char* to_string(Plan::Method method) {
  switch (method) {
    case Plan::Method::pair: return "pair";
    case Plan::Method::tap: return "tap";
    case Plan::Method::crescendo: return "crescendo";
    case Plan::Method::rephrase: break;
  }
  return "rephrase";
}

const char* to_string(State::Status status) {
  switch (status) {
    case State::Status::running: return "running";
    case State::Status::succeeded: return "succeeded";
    case State::Status::exhausted: break;
  }
  return "exhausted";
}

Plan standard_plan(Plan::Method method) {
  Plan out;
  out.method = method;
  switch (method) {
    case Plan::Method::pair: break;
    case Plan::Method::tap:
      out.depth = 10;
      out.keep_last = 3;
      break;
    case Plan::Method::crescendo:
    case Plan::Method::rephrase:
      // The attacker needs the whole conversation, struck answers too.
      out.keep_last = 20;
      out.rated = false;
      break;
  }
  return out;
}

assay::Status check_plan(const Plan& plan) {
  const std::array<std::pair<const char*, int>, 12> counts{
      {{"streams", plan.streams},
       {"depth", plan.depth},
       {"branching", plan.branching},
       {"width", plan.width},
       {"turns", plan.turns},
       {"backtracks", plan.backtracks},
       {"attempts", plan.attempts},
       {"keep_last", plan.keep_last},
       {"together", plan.together + 1},  // 0 is allowed
       {"attacker_tokens", std::min(plan.attacker_tokens, kMost)},
       {"target_tokens", std::min(plan.target_tokens, kMost)},
       {"judge_tokens", std::min(plan.judge_tokens, kMost)}}};
  for (const auto& [name, value] : counts) {
    if (value >= 1 && value <= kMost) continue;
    return fail(ErrorKind::usage, std::string(name) + " is out of range", to_string(plan.method),
                "Give a number from 1 to 1000");
  }
  for (const double temperature : {plan.attacker_temperature, plan.target_temperature}) {
    if (temperature >= 0.0 && temperature <= 2.0) continue;
    return fail(ErrorKind::usage, "a temperature is out of range", to_string(plan.method),
                "Give one from 0 to 2");
  }
  return {};
}

Json to_json(const State& state) {
  Json out{{"status", to_string(state.status)}};
  for (const auto& [key, member] : kCounters) out[key] = state.*member;
  out["asked"] = state.asked;
  out["lines"] = Json::array();
  for (const Line& line : state.lines) out["lines"].push_back(line_json(line));
  return out;
}

Result<State> search_state_from_json(const Json& json) {
  eval::Fields fields(json, "search state");
  State out;
  for (const auto& [key, member] : kCounters) out.*member = fields.small(key);
  out.lines = eval::read_list<Line>(fields, "lines", line_from);
  for (const Json& id : fields.array("asked")) {
    if (id.is_number_integer()) out.asked.push_back(id.get<int>());
  }
  const std::string status = fields.text("status");
  ASSAY_CHECK(fields.status());
  for (const auto known :
       {State::Status::running, State::Status::succeeded, State::Status::exhausted}) {
    out.status = known;
    if (status == to_string(known)) break;
  }
  if (status != to_string(out.status) || out.lines.size() > kMostLines) {
    return fail(ErrorKind::format, "a search state has no valid status, or too many lines",
                "search state", "check that the data were written by this version of assay");
  }
  return out;
}

}  // namespace assay::attack
