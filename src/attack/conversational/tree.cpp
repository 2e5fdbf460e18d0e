#include "attack/conversational/tree.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/random.h"

namespace assay::attack {
namespace {

using Wants = Line::Wants;

bool waits(const Line& line) {
  return line.wants == Wants::attacker || line.wants == Wants::topic ||
         line.wants == Wants::target || line.wants == Wants::score;
}

/// Best score first; equals in an order that the seed decides.
void rank(std::vector<Line>& lines, std::uint64_t seed) {
  const auto key = [seed](const Line& line) {
    const int score = line.turns.empty() ? 0 : line.turns.back().score;
    return std::pair(-score, stable_hash(std::to_string(line.id), seed));
  };
  std::stable_sort(lines.begin(), lines.end(),
                   [&](const Line& a, const Line& b) { return key(a) < key(b); });
}

void keep_best(const Plan& plan, State& state, std::vector<Line>& lines) {
  rank(lines, plan.seed);
  const auto width = static_cast<std::size_t>(plan.width);
  if (lines.size() <= width) return;
  state.pruned += static_cast<int>(lines.size() - width);
  lines.resize(width);
}

/// Children of each leaf, after the leaves, which stay in case all children are pruned.
void branch(const Plan& plan, State& state) {
  const std::size_t leaves = state.lines.size();
  for (int b = 0; b < plan.branching; ++b) {
    for (std::size_t i = 0; i < leaves; ++i) {
      Line child = state.lines[i];
      child.parent = child.id;
      child.id = state.next_id++;
      child.level = state.depth + 1;
      child.wants = Wants::attacker;
      child.unread = 0;
      const auto keep = static_cast<std::size_t>(plan.keep_last);
      if (child.turns.size() > keep) {
        child.turns.erase(child.turns.begin(),
                          child.turns.end() - static_cast<std::ptrdiff_t>(keep));
      }
      state.lines.push_back(std::move(child));
    }
  }
}

/// Takes the children out of the lines; the leaves stay.
std::vector<Line> children_of(State& state) {
  std::vector<Line> out;
  std::vector<Line> leaves;
  for (Line& line : state.lines) {
    (line.level > state.depth ? out : leaves).push_back(std::move(line));
  }
  state.lines = std::move(leaves);
  return out;
}

void append(std::vector<Line>& lines, std::vector<Line> more) {
  std::move(more.begin(), more.end(), std::back_inserter(lines));
}

/// The children that are on topic go on to the target. False: there is none.
bool admit(const Plan& plan, State& state, std::vector<Line>& children) {
  std::erase_if(children, [](const Line& line) { return !line.ended.empty(); });
  const auto ready = [](const Line& line) { return line.wants == Wants::ready; };
  if (std::none_of(children.begin(), children.end(), ready)) return false;
  if (plan.width_first) keep_best(plan, state, children);
  for (Line& line : children) line.wants = Wants::target;
  append(state.lines, std::move(children));
  return true;
}

/// A depth is over: its answered nodes are the new leaves, or, where there are none, the old ones
/// are once more.
void descend(const Plan& plan, State& state, std::vector<Line> answered) {
  ++state.depth;
  if (answered.empty()) {
    for (Line& leaf : state.lines) leaf.level = state.depth;
    return;
  }
  keep_best(plan, state, answered);
  state.lines = std::move(answered);
}

}  // namespace

void grow(const Plan& plan, State& state) {
  if (std::any_of(state.lines.begin(), state.lines.end(), waits)) return;
  std::vector<Line> children = children_of(state);
  if (!children.empty()) {
    if (admit(plan, state, children)) return;
    descend(plan, state, std::move(children));
  }
  if (state.depth < plan.depth) branch(plan, state);
}

}  // namespace assay::attack
