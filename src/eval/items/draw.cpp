#include "eval/items/draw.h"

#include <set>

namespace assay::eval {
namespace {

constexpr int kAttempts = 200;

}  // namespace

std::string visible_text(const Sample& sample) {
  std::string text;
  for (const auto& message : sample.messages)
    text += message.role + "\x1f" + message.content + "\n";
  for (const auto& turn : sample.turns) text += "\x1e" + turn + "\n";
  text += "\x1d" + sample.context;
  for (const auto& choice : sample.choices) text += "\x1c" + choice;
  for (const char* world : {"files", "facts"}) {  // what an agent sees with its tools
    if (sample.metadata.contains(world))
      text.append("\x1b").append(dump_json(sample.metadata[world]));
  }
  return text;
}

std::string item_id(Lang lang, std::size_t place) {
  std::string digits = std::to_string(place);
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  return std::string(to_string(lang)) + "-" + digits;
}

std::vector<Sample> draw_items(const TaskContext& context, std::string_view task,
                               std::span<const std::string_view> groups, const MakeItem& make) {
  std::vector<Sample> samples;
  std::set<std::string> seen;
  std::set<std::string_view> open(groups.begin(), groups.end());
  const auto wanted = static_cast<std::size_t>(context.count < 0 ? 0 : context.count);
  for (std::size_t place = 0; samples.size() < wanted && !open.empty(); ++place) {
    const std::string_view group = groups[place % groups.size()];
    if (!open.contains(group)) continue;
    bool found = false;
    for (int attempt = 0; attempt < kAttempts && !found; ++attempt) {
      Rng rng = Rng::named(context.seed, std::string(task) + "/" + to_string(context.lang) + "/" +
                                             std::string(group) + "/" + std::to_string(place) +
                                             "/" + std::to_string(attempt));
      Sample sample = make(rng, group);
      if (!seen.insert(visible_text(sample)).second) continue;
      sample.id = item_id(context.lang, place);
      sample.cluster = sample.id;
      sample.lang = context.lang;
      sample.group = group;
      samples.push_back(std::move(sample));
      found = true;
    }
    if (!found) open.erase(group);
  }
  return samples;
}

std::vector<Sample> shuffled_items(std::vector<Sample> items, const TaskContext& context,
                                   std::string_view task) {
  Rng rng = Rng::named(context.seed,
                       std::string(task) + "/order/" + std::string(to_string(context.lang)));
  rng.shuffle(items);
  const auto wanted = static_cast<std::size_t>(context.count < 0 ? 0 : context.count);
  if (items.size() > wanted) items.resize(wanted);
  return items;
}

std::string fill(std::string_view pattern, std::span<const std::string> arguments) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool slot = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                      pattern[i + 1] >= '0' && pattern[i + 1] <= '9';
    const auto number = slot ? static_cast<std::size_t>(pattern[i + 1] - '0') : arguments.size();
    if (number < arguments.size()) {
      text += arguments[number];
      i += 2;
    } else {
      text += pattern[i];
    }
  }
  return text;
}

}  // namespace assay::eval
