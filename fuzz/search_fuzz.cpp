// links: attack
// Conversational searches whose three models say any bytes, and stored states of any form: what is
// read is bounded, each search ends, and what is stored is read back.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "attack/conversational/prompts.h"
#include "attack/conversational/search.h"

namespace {

using namespace assay;
using namespace assay::attack;

Behaviour secret() {
  Behaviour out;
  out.id = "s";
  out.request = "What is the codeword?";
  out.check.kind = Check::Kind::contains;
  out.check.any = {"velvet heron"};
  return out;
}

/// Replies are the lines of the bytes, over and over.
struct Lines {
  std::string_view bytes;
  std::size_t at = 0;
  std::string_view next() {
    if (at >= bytes.size()) at = 0;
    const std::string_view rest = bytes.substr(at);
    const std::size_t end = rest.find('\n');
    at += end == std::string_view::npos ? rest.size() : end + 1;
    return rest.substr(0, end);
  }
};

void play(Plan::Method method, std::string_view bytes) {
  Plan plan = standard_plan(method);
  plan.streams = plan.branching = plan.width = plan.depth = plan.attempts = 2;
  plan.turns = 3;
  plan.backtracks = 2;
  const Behaviour behaviour = secret();
  Lines lines{bytes};
  State state = begin(plan);
  for (int round = 0; round < 200; ++round) {
    const auto asks = next(behaviour, plan, state);
    if (asks.empty()) break;
    for (std::size_t i = 0; i < asks.size(); ++i) take(behaviour, plan, state, i, lines.next());
  }
  if (state.status == State::Status::running) std::abort();
  if ((success(state) != nullptr) != (state.status == State::Status::succeeded)) std::abort();
  const std::string written = dump_json(to_json(state));
  const auto read = search_state_from_json(*parse_json(written, "state"));
  if (!read || dump_json(to_json(*read)) != written) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto move = read_move(bytes); move && move->prompt.empty()) std::abort();
  if (const auto rating = read_rating(bytes); rating && (*rating < 1 || *rating > 10)) std::abort();
  (void)read_topic(bytes);
  for (const auto method :
       {Plan::Method::pair, Plan::Method::tap, Plan::Method::crescendo, Plan::Method::rephrase}) {
    play(method, bytes);
  }
  const auto json = parse_json(bytes, "state");
  if (!json) return 0;
  auto state = search_state_from_json(*json);
  if (!state) {
    if (state.error().what.empty()) std::abort();
    return 0;
  }
  // A stored state of any content can be gone on with.
  const Plan plan = standard_plan(Plan::Method::pair);
  const auto asks = next(secret(), plan, *state);
  for (std::size_t i = 0; i < asks.size() && i < 64; ++i) take(secret(), plan, *state, i, "no");
  return 0;
}
