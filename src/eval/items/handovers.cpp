#include "eval/items/handovers.h"

#include <array>

#include "eval/items/agent_jobs.h"

namespace assay::eval {
namespace {

constexpr std::size_t kPeople = 6;
constexpr std::size_t kThings = 3;

struct World {
  std::vector<std::string> people;
  std::vector<std::string> things;
  std::array<std::size_t, kThings> holder{};
};

std::string has_text(const World& world, std::size_t thing, Lang lang) {
  const std::string& who = world.people[world.holder[thing]];
  return lang == Lang::en ? who + " has the " + world.things[thing] + ". "
                          : world.things[thing] + "在" + who + "那里。";
}

std::string give(World& world, std::size_t thing, std::size_t to, Lang lang) {
  const std::string from = world.people[world.holder[thing]];
  world.holder[thing] = to;
  return lang == Lang::en
             ? from + " gives the " + world.things[thing] + " to " + world.people[to] + ". "
             : from + "把" + world.things[thing] + "交给" + world.people[to] + "。";
}

std::size_t other(std::size_t person, Rng& rng) {
  return (person + 1 + rng.index(kPeople - 1)) % kPeople;
}

}  // namespace

Handovers handovers(int steps, Lang lang, Rng& rng) {
  World world;
  world.people = some_names(lang, rng, kPeople);
  world.things = some_goods(lang, rng, kThings);
  Handovers out;
  for (std::size_t thing = 0; thing < kThings; ++thing) {
    world.holder[thing] = rng.index(kPeople);
    out.story += has_text(world, thing, lang);
  }
  const std::size_t asked = rng.index(kThings);
  out.first_holder = world.holder[asked];
  // One step in three moves what is asked for; the last one too, so that it says no more than its
  // share. A single step always does: else nothing would have happened.
  for (int step = 0; step < steps; ++step) {
    const std::size_t thing = steps <= 2 && step == 0 ? asked : rng.index(kThings);
    out.last_receiver = other(world.holder[thing], rng);
    out.story += give(world, thing, out.last_receiver, lang);
  }
  out.holder = world.holder[asked];
  out.question = lang == Lang::en ? "Who has the " + world.things[asked] + " now?"
                                  : "现在" + world.things[asked] + "在谁那里？";
  out.people = std::move(world.people);
  return out;
}

}  // namespace assay::eval
