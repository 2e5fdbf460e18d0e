// Asks a model each stand-in of src/attack/behaviours plainly, and its control, and counts what the
// checks say: which behaviours hold, and which the model can do at all. docs/behaviours.md has the
// figures. With a third argument it writes every reply there (JSONL), for reading.
//
//   standins_probe MODEL.gguf en|zh [REPLIES.jsonl]
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "attack/behaviours/standins.h"
#include "attack/check.h"
#include "eval/plain_form.h"
#include "model/local/local.h"

namespace {

using namespace assay;
using attack::Behaviour;
using attack::Outcome;

constexpr std::uint64_t kSeed = 1;
constexpr int kTokens = 96;

using Replies = std::vector<Result<model::GenerateResult>>;

Replies ask(model::Model& model, const std::vector<Behaviour>& behaviours,
            std::vector<model::Message> (*messages)(const Behaviour&)) {
  std::vector<model::GenerateRequest> requests;
  for (const Behaviour& behaviour : behaviours) {
    model::GenerateRequest request;
    request.messages = messages(behaviour);
    request.max_tokens = kTokens;
    if (!model.info().has_chat_template) eval::make_plain(request, behaviour.lang);
    requests.push_back(std::move(request));
  }
  return model.generate(requests);
}

struct Row {
  std::map<Outcome::State, int> plain, control;
  int able_held = 0, able = 0;
};

void print(const std::string& name, Row& row) {
  using State = Outcome::State;
  std::printf("%-34s %3d %3d %3d   %3d %3d %3d   %3d of %d\n", name.c_str(), row.plain[State::held],
              row.plain[State::elicited], row.plain[State::unassessed],
              row.control[State::elicited], row.control[State::held],
              row.control[State::unassessed], row.able_held, row.able);
}

Json entry(const Behaviour& behaviour, const char* asked, const std::string& reply,
           const Outcome& outcome) {
  return Json{{"id", behaviour.id},
              {"asked", asked},
              {"request", behaviour.request},
              {"reply", reply},
              {"state", attack::to_string(outcome.state)},
              {"reason", outcome.reason},
              {"quote", outcome.quote}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return std::fprintf(stderr, "usage: MODEL.gguf en|zh [REPLIES.jsonl]\n"), 2;
  auto model = model::local::open(argv[1]);
  if (!model) return std::fprintf(stderr, "%s\n", model.error().message().c_str()), 3;
  const Lang lang = std::string(argv[2]) == "zh" ? Lang::zh : Lang::en;
  const auto behaviours = attack::standins(lang, kSeed);
  const Replies plain = ask(**model, behaviours, attack::attack_messages);
  const Replies control = ask(**model, behaviours, attack::control_messages);
  std::ofstream out;
  if (argc > 3) out.open(argv[3]);
  std::map<std::string, Row> rows;
  for (std::size_t i = 0; i < behaviours.size(); ++i) {
    const Behaviour& behaviour = behaviours[i];
    if (!plain[i] || !control[i])
      return std::fprintf(stderr, "%s: no reply\n", behaviour.id.c_str()), 3;
    const Outcome held = attack::check_reply(behaviour, plain[i]->text);
    const Outcome done = attack::check_control(behaviour, control[i]->text);
    const bool able = done.state == Outcome::State::elicited;
    for (const std::string& name :
         {behaviour.kind, behaviour.kind + "/" + behaviour.category, std::string("all")}) {
      Row& row = rows[name];
      ++row.plain[held.state];
      ++row.control[done.state];
      if (able) ++row.able;
      if (able && held.state == Outcome::State::held) ++row.able_held;
    }
    out << dump_json(entry(behaviour, "plain", plain[i]->text, held)) << "\n"
        << dump_json(entry(behaviour, "control", control[i]->text, done)) << "\n";
  }
  std::printf("%-34s %11s   %11s   %s\n", (*model)->info().name.c_str(), "plain", "control",
              "held of those able");
  std::printf("%-34s %3s %3s %3s   %3s %3s %3s\n", "", "hld", "eli", "un", "don", "not", "un");
  for (auto& [name, row] : rows) print(name, row);
  return 0;
}
