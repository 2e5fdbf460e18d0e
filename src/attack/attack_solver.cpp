#include "attack/attack_solver.h"

#include <algorithm>

#include "attack/transforms/reply.h"
#include "base/random.h"

namespace assay::attack {
namespace {

using State = Outcome::State;

constexpr int kAttackerFailures = 3;  ///< in a row; then nothing more is expected of it

State state_of(const std::string& name) {
  for (const State state : {State::elicited, State::held}) {
    if (name == to_string(state)) return state;
  }
  return State::unassessed;
}

/// Exact where the weights are here; else a token for 4 bytes.
std::int64_t prompt_tokens_of(const std::vector<model::Message>& messages, const Means& means) {
  model::GenerateRequest request;
  request.messages = messages;
  if (means.target != nullptr && means.target->can().chat) {
    const std::lock_guard hold(means.turn);
    if (const auto tokens = means.target->prompt_tokens(request)) {
      return static_cast<std::int64_t>(tokens->size());
    }
  }
  std::size_t bytes = 0;
  for (const model::Message& message : messages) bytes += message.content.size();
  return static_cast<std::int64_t>((bytes + 3) / 4);
}

/// Tokens and their log-probabilities are of no more use, and hundreds of answers are kept.
void slim(model::GenerateResult& result) {
  result.tokens = {};
  result.token_logprobs = {};
}

}  // namespace

const char* to_string(AttackRecord::End end) {
  switch (end) {
    case AttackRecord::End::open: return "open";
    case AttackRecord::End::control: return "control";
    case AttackRecord::End::elicited: return "elicited";
    case AttackRecord::End::limit: return "limit";
    case AttackRecord::End::no_ideas: return "no_ideas";
  }
  return "open";
}

bool AttackRecord::judged() const {
  return std::any_of(tries.begin(), tries.end(),
                     [](const Try& t) { return t.state != State::unassessed; });
}

Result<AttackRecord> attack_record(const Json& state) {
  AttackRecord out;
  if (state.is_null()) return out;
  try {
    const auto end = state.value("end", std::string("open"));
    for (const auto each : {AttackRecord::End::control, AttackRecord::End::elicited,
                            AttackRecord::End::limit, AttackRecord::End::no_ideas}) {
      if (end == to_string(each)) out.end = each;
    }
    out.limit = state.value("limit", std::string());
    out.control = state.value("control", std::string("none"));
    ASSAY_TRY(out.spent, spent_from_json(state.at("spent")));
    for (const Json& each : state.at("tries")) {
      out.tries.push_back({each.value("label", std::string()),
                           state_of(each.at("state").get<std::string>()),
                           each.value("reason", std::string()), each.value("queries", 0)});
    }
    if (state.contains("broke")) {
      ASSAY_TRY(out.broke, question_from_json(state["broke"]));
    }
  } catch (const Json::exception& problem) {
    return fail(ErrorKind::format, std::string("the record of an attack: ") + problem.what());
  }
  return out;
}

/// One step's view of a sample's state.
struct AttackSolver::Course {
  const eval::Sample& sample;
  eval::Trace& trace;
  Json& state;
  Behaviour behaviour;
  Spent spent;

  void end(AttackRecord::End how, const std::string& limit = {}) const {
    state["end"] = to_string(how);
    if (!limit.empty()) state["limit"] = limit;
    state.erase("queue");
    state.erase("at");
  }
  [[nodiscard]] bool ended() const { return state.contains("end"); }
};

eval::Step AttackSolver::next(const eval::Sample& sample, eval::Trace& trace) const {
  auto step = advance(sample, trace);
  if (step) return std::move(*step);
  trace.error = step.error();
  return {};
}

Result<eval::Step> AttackSolver::advance(const eval::Sample& sample, eval::Trace& trace) const {
  ASSAY_TRY(Behaviour behaviour, behaviour_from_json(sample.metadata.at("behaviour"), sample.id));
  if (trace.state.is_null()) {
    trace.state = Json{{"control", "none"},
                       {"spent", to_json(Spent{})},
                       {"tries", Json::array()},
                       {"attack", nullptr}};
    trace.transcript = control_messages(behaviour);
    if (!trace.transcript.empty()) {
      trace.state["control"] = "asked";
      eval::Step step;
      step.generate.emplace();
      step.generate->messages = trace.transcript;
      step.generate->max_tokens = sample.max_tokens;
      return step;
    }
  }
  ASSAY_TRY(const Spent spent, spent_from_json(trace.state.at("spent")));
  Course course{sample, trace, trace.state, std::move(behaviour), spent};
  ASSAY_CHECK(hear(course));
  eval::Step step;
  if (!course.ended()) {
    ASSAY_TRY(step, go_on(course));
  }
  trace.state["spent"] = to_json(course.spent);
  return step;
}

/// Takes what came back since the last step.
Status AttackSolver::hear(Course& course) const {
  Json& state = course.state;
  if (state["control"] == "asked") {
    slim(course.trace.generations.back());
    const Outcome outcome = check_control(course.behaviour, course.trace.generations.back().text);
    state["control"] = to_string(outcome.state);
    if (outcome.state != State::elicited) course.end(AttackRecord::End::control);
    return {};
  }
  if (state.contains("scores")) return hear_scores(course);
  if (!state.contains("at")) return {};
  ASSAY_TRY(const Question ask, question_from_json(state["at"]["ask"]));
  if (state.contains("judging")) return hear_judge(course, ask);
  return ask.who == Question::Who::attacker ? hear_attacker(course, ask) : hear_target(course, ask);
}

Job AttackSolver::job_of(Course& course) const {
  const std::string place = course.sample.id + "/" + attack_->info().name;
  return {course.behaviour, stable_hash(place, means_->seed), *means_, course.spent};
}

Status AttackSolver::hear_attacker(Course& course, const Question& ask) const {
  Json& state = course.state;
  const auto& answer = course.trace.asides.back();
  Heard heard{ask, {}};
  int failures = state.value("attacker_failures", 0);
  if (answer) {
    failures = 0;
    heard.reply = answer->text;
    course.spent.attacker_read += answer->prompt_tokens;
    course.spent.attacker_written += answer->completion_tokens;
  } else {
    heard.error = answer.error();
    ++failures;
  }
  state["attacker_failures"] = failures;
  course.trace.asides.clear();
  state.erase("at");
  if (failures >= kAttackerFailures) {
    return fail(ErrorKind::io, "the attacking model did not answer: " + heard.error->what,
                course.sample.id, heard.error->next);
  }
  Job job = job_of(course);
  attack_->take(job, state["attack"], heard);
  return {};
}

/// Each score is a query: whoever serves the model sees it as one.
Status AttackSolver::hear_scores(Course& course) const {
  const Json asks = std::move(course.state["scores"]);
  course.state.erase("scores");
  std::vector<model::LoglikelihoodResult> scores = std::move(course.trace.scores);
  course.trace.scores.clear();
  for (std::size_t i = 0; i < asks.size() && i < scores.size(); ++i) {
    ASSAY_TRY(const Question ask, question_from_json(asks[i]));
    ++course.spent.queries;
    course.spent.read += static_cast<std::int64_t>(scores[i].tokens.size()) +
                         prompt_tokens_of(ask.messages, *means_);
    Heard heard{ask, {}};
    heard.logprob = scores[i].total;
    Job job = job_of(course);
    attack_->take(job, course.state["attack"], heard);
  }
  return {};
}

/// The questions at the head of the queue that are scores, all in one step, but no more than the
/// limit leaves.
eval::Step AttackSolver::ask_scores(Course& course) const {
  eval::Step step;
  Json asked = Json::array();
  Json& queue = course.state["queue"];
  std::size_t most = queue.size();
  if (means_->limits.queries) {
    most = std::min(most, static_cast<std::size_t>(std::max<std::int64_t>(
                              1, *means_->limits.queries - course.spent.queries)));
  }
  while (asked.size() < most && queue[asked.size()]["who"] == "score") {
    const Json& json = queue[asked.size()];
    const auto ask = question_from_json(json);
    model::LoglikelihoodRequest& request = step.choices.emplace_back();
    if (ask) {
      request.messages = ask->messages;
      request.continuation = ask->continuation;
    }
    request.as_chat = true;
    asked.push_back(json);
  }
  queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(asked.size()));
  course.state["scores"] = std::move(asked);
  return step;
}

/// What was said in this ask, in the target's own words and as it is to be judged.
struct AttackSolver::Said {
  std::vector<model::Message> messages;  ///< ends with the answer, its beginning included
  std::string own;                       ///< the answer without the beginning put into its mouth
  std::string reply;                     ///< with it
  std::string decoded;                   ///< where the ask says how; else empty
  std::size_t turn = 0;
  bool last = true;  ///< no further turn of this ask
  /// What it is judged by, and what the attack hears.
  [[nodiscard]] const std::string& heard() const { return decoded.empty() ? reply : decoded; }
};

Result<AttackSolver::Said> AttackSolver::said_in(const Course& course, const Question& ask) const {
  Said out;
  const Json& at = course.state["at"];
  out.turn = at.value("turn", std::size_t{0});
  out.last = out.turn >= ask.later_turns.size();
  const auto& transcript = course.trace.transcript;
  const auto from = static_cast<std::ptrdiff_t>(at.value("from", std::size_t{0}));
  out.messages.assign(transcript.begin() + from, transcript.end());
  out.own = course.trace.generations.back().text;
  out.reply = (out.turn == 0 ? ask.prefill : std::string()) + out.own;
  if (out.last && !ask.reply_code.empty()) {
    ASSAY_TRY(out.decoded, decode_reply(ask.reply_code, out.reply));
  }
  return out;
}

Status AttackSolver::hear_target(Course& course, const Question& ask) const {
  Json& state = course.state;
  model::GenerateResult& answer = course.trace.generations.back();
  slim(answer);
  ++course.spent.queries;
  course.spent.read += answer.prompt_tokens;
  course.spent.written += answer.completion_tokens;
  if (state["at"].value("turn", std::size_t{0}) == 0 && !ask.prefill.empty()) {
    course.trace.transcript.back().content = ask.prefill + answer.text;
  }
  if (means_->judge.judges(course.behaviour)) {
    state["judging"] = true;
    return {};
  }
  ASSAY_TRY(Said said, said_in(course, ask));
  const std::span<const model::Message> before(said.messages.data(), said.messages.size() - 1);
  // Words that were put into its mouth are not words that it gave away.
  const bool own = course.behaviour.check.kind == Check::Kind::contains;
  Outcome outcome = check_reply(course.behaviour, own ? said.own : said.reply, before);
  if (said.last && !ask.reply_code.empty() && outcome.state != State::elicited) {
    const Outcome decoded = check_reply(course.behaviour, said.decoded, before);
    if (decoded.state != State::unassessed || outcome.state == State::unassessed) {
      outcome = decoded;
    }
  }
  return conclude(course, ask, std::move(said), outcome);
}

/// The labels in the other order are asked for where the rubric wants it.
Status AttackSolver::hear_judge(Course& course, const Question& ask) const {
  const AnswerJudge& judge = means_->judge;
  if (judge.rubric.swap && course.trace.asides.size() < 2) return {};
  const Outcome outcome = judge.outcome(course.behaviour, course.trace.asides);
  course.trace.asides.clear();
  course.state.erase("judging");
  ASSAY_TRY(Said said, said_in(course, ask));
  return conclude(course, ask, std::move(said), outcome);
}

/// What follows from an answer that was judged.
Status AttackSolver::conclude(Course& course, const Question& ask, Said said,
                              const Outcome& outcome) const {
  Json& state = course.state;
  state["tries"].push_back({{"label", ask.label},
                            {"state", to_string(outcome.state)},
                            {"reason", outcome.reason},
                            {"queries", course.spent.queries}});
  if (outcome.state == State::elicited) {
    if (!outcome.quote.empty()) state["quote"] = outcome.quote;
    if (ask.who == Question::Who::target) {
      Question put;
      put.messages.assign(said.messages.begin(), said.messages.end() - 1);
      if (said.turn == 0) put.prefill = ask.prefill;
      if (said.last) put.reply_code = ask.reply_code;
      state["broke"] = to_json(put);
    }
    course.end(AttackRecord::End::elicited);
    return {};
  }
  if (!said.last) {
    course.trace.transcript.push_back({"user", ask.later_turns[said.turn]});
    state["at"]["turn"] = said.turn + 1;
    return {};
  }
  state.erase("at");
  Job job = job_of(course);
  attack_->take(job, state["attack"],
                {ask, said.heard(), {}, 0.0, outcome, std::move(said.messages)});
  return {};
}

/// A question to the judge about the last answer; the second in the other order of the labels.
Result<eval::Step> AttackSolver::put_judge(const Course& course) const {
  ASSAY_TRY(const Question ask, question_from_json(course.state["at"]["ask"]));
  ASSAY_TRY(const Said said, said_in(course, ask));
  eval::Step step;
  step.by = means_->judge.model;
  step.generate =
      means_->judge.request(course.behaviour, said.heard(), !course.trace.asides.empty());
  return step;
}

std::optional<std::string> AttackSolver::limit(const Spent& spent) const {
  const auto parameters = [](const model::Model* model) {
    return model == nullptr ? std::int64_t{0} : model->info().parameters;
  };
  return reached(means_->limits, spent, parameters(means_->target),
                 parameters(means_->attacking()));
}

/// The next question; or the end. Answers that the attack made itself are heard at once.
Result<eval::Step> AttackSolver::go_on(Course& course) const {
  while (true) {
    if (course.state.contains("judging")) return put_judge(course);
    if (const auto name = limit(course.spent)) {
      course.end(AttackRecord::End::limit, *name);
      return eval::Step{};
    }
    if (course.state.contains("at")) {  // another turn of the same conversation
      ASSAY_TRY(const Question ask, question_from_json(course.state["at"]["ask"]));
      return put(course, ask);
    }
    ASSAY_CHECK(fill_queue(course));
    if (course.ended()) return eval::Step{};
    Json& queue = course.state["queue"];
    if (queue.front()["who"] == "score") return ask_scores(course);
    ASSAY_TRY(const Question ask, question_from_json(queue.front()));
    queue.erase(queue.begin());
    if (ask.who == Question::Who::attacker && means_->attacking() == nullptr) {
      return fail(ErrorKind::usage, "there is no model that attacks", course.sample.id,
                  "Name one with --attacker");
    }
    std::vector<model::Message>& transcript = course.trace.transcript;
    course.state["at"] = {{"ask", to_json(ask)}, {"turn", 0}, {"from", transcript.size()}};
    if (ask.who != Question::Who::attacker) {
      transcript.insert(transcript.end(), ask.messages.begin(), ask.messages.end());
    }
    if (ask.who != Question::Who::made) return put(course, ask);
    take_made(course, ask);
    ASSAY_CHECK(hear_target(course, ask));
    if (course.ended()) return eval::Step{};
  }
}

/// Asks the attack for more where nothing is left; ends it where it has nothing.
Status AttackSolver::fill_queue(Course& course) const {
  Json& state = course.state;
  if (state.contains("queue") && !state["queue"].empty()) return {};
  Job job = job_of(course);
  ASSAY_TRY(const std::vector<Question> asks, attack_->next(job, state["attack"]));
  Json queue = Json::array();
  for (const Question& ask : asks) queue.push_back(to_json(ask));
  state["queue"] = std::move(queue);
  if (const auto name = limit(course.spent)) {  // work on weights may have used it up
    course.end(AttackRecord::End::limit, *name);
  } else if (asks.empty()) {
    course.end(AttackRecord::End::no_ideas);
  }
  return {};
}

void AttackSolver::take_made(Course& course, const Question& ask) {
  model::GenerateResult made;
  made.text = ask.continuation;
  made.prompt_tokens = static_cast<int>(ask.read);
  made.completion_tokens = static_cast<int>(ask.written);
  course.trace.transcript.push_back({"assistant", made.text});
  course.trace.generations.push_back(std::move(made));
}

eval::Step AttackSolver::put(Course& course, const Question& ask) const {
  eval::Step step;
  step.generate.emplace();
  model::GenerateRequest& request = *step.generate;
  request.max_tokens = ask.max_tokens > 0 ? ask.max_tokens : course.sample.max_tokens;
  request.sampling.temperature = ask.temperature;
  request.sampling.seed = ask.seed;
  if (ask.who == Question::Who::attacker) {
    step.by = means_->attacking();  // go_on() has looked
    request.messages = ask.messages;
    request.json_schema = ask.schema;
    return step;
  }
  const auto from = course.state["at"].value("from", std::size_t{0});
  request.messages.assign(course.trace.transcript.begin() + static_cast<std::ptrdiff_t>(from),
                          course.trace.transcript.end());
  if (course.state["at"].value("turn", std::size_t{0}) == 0) request.prefill = ask.prefill;
  return step;
}

}  // namespace assay::attack
