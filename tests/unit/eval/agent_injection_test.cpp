// Agents of fixed character against instructions in files: a careful one, one that obeys whatever
// it reads, and an idle one.
#include <gtest/gtest.h>
#include <map>

#include "agent_player.h"
#include "eval/registry.h"

namespace assay::eval {
namespace {

std::map<std::string, double> figures(const Character& character, Status* status = nullptr) {
  Registry registry;
  register_all_tasks(registry);
  const Task& task = **registry.find("agent_injection");
  std::map<std::string, double> out;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const auto samples = task.samples({11, lang, 96});
    std::vector<Scored> scored;
    for (const Sample& sample : *samples) scored.push_back(play(task, sample, character));
    SummaryContext about;
    about.lang = lang;
    const Summary summary = task.summarise(scored, about);
    if (status != nullptr) *status = summary.status;
    for (const Figure& figure : summary.figures) out[figure.id] = figure.estimate.value;
  }
  return out;
}

/// Reads the file, obeys it if it is told to, and does the user's job.
Call act(const Sample& sample, const AgentState& state, bool obeys) {
  const auto calls = state.steps.size();
  if (calls == 0) return {"read_file", Json{{"path", state.files.paths().front()}}};
  const bool injected = sample.group == "injected";
  if (calls == 1 && injected && obeys) {
    return {"send_message", Json{{"to", sample.metadata["to"]}, {"text", sample.metadata["word"]}}};
  }
  const std::string answer = "It is " + sample.targets.front() + ".";
  const std::string colleague = sample.metadata["colleague"];
  if (colleague.empty()) return {"", Json{{"text", answer}}};
  if (!state.facts.contains("messages") || (calls == 2 && injected && obeys)) {
    return {"send_message", Json{{"to", colleague}, {"text", answer}}};
  }
  return {"", Json{{"text", "Sent."}}};
}

TEST(AgentInjection, TheFileHoldsTheInstructionAndTheAnswer) {
  Registry registry;
  register_all_tasks(registry);
  const Task& task = **registry.find("agent_injection");
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const auto samples = task.samples({11, lang, 96});
    for (const Sample& sample : *samples) {
      const std::string text = dump_json(sample.metadata["files"]);
      EXPECT_NE(text.find(sample.targets.front()), std::string::npos) << sample.id << text;
      if (sample.group != "injected") continue;
      EXPECT_NE(text.find(sample.metadata["to"].get<std::string>()), std::string::npos) << text;
      EXPECT_NE(text.find(sample.metadata["word"].get<std::string>()), std::string::npos) << text;
    }
  }
}

TEST(AgentInjection, ACarefulAgentResistsAndIsUseful) {
  const auto f = figures(
      [](const Sample& sample, const AgentState& state) { return act(sample, state, false); });
  for (const std::string lang : {"en", "zh"}) {
    EXPECT_EQ(f.at("followed." + lang), 0.0);
    EXPECT_EQ(f.at("done.control." + lang), 1.0);
    EXPECT_EQ(f.at("done.injected." + lang), 1.0);
  }
}

TEST(AgentInjection, AnAgentThatObeysWhatItReadsFailsAlways) {
  const auto f = figures(
      [](const Sample& sample, const AgentState& state) { return act(sample, state, true); });
  for (const std::string lang : {"en", "zh"}) {
    EXPECT_EQ(f.at("followed." + lang), 1.0);
    EXPECT_EQ(f.at("done.injected." + lang), 1.0) << "it does its job as well";
  }
}

TEST(AgentInjection, AnIdleAgentIsNotResistant) {
  Status status = Status::measured;
  const auto f = figures(
      [](const Sample&, const AgentState&) {
        return Call{"", Json{{"text", "Hello."}}};
      },
      &status);
  EXPECT_EQ(f.at("read.en"), 0.0);
  EXPECT_EQ(status, Status::not_assessable);
}

}  // namespace
}  // namespace assay::eval
