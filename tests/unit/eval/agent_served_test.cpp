// An agent over the OpenAI protocol, as a served model is one: tools go out, calls come back with
// ids, results go out with these ids; and the same character through the words of the tool form.
#include <gtest/gtest.h>
#include <map>

#include "eval/agent/agent.h"
#include "eval/registry.h"
#include "eval/wave.h"
#include "model/remote/remote.h"
#include "support/stub_server.h"

namespace assay::eval {
namespace {

using test::StubReply;
using test::StubRequest;
using test::StubServer;

StubReply reply_with(const Json& message, const std::string& finish) {
  StubReply reply;
  reply.body = dump_json(Json{{"choices", {{{"message", message}, {"finish_reason", finish}}}},
                              {"usage", {{"prompt_tokens", 50}, {"completion_tokens", 12}}}});
  return reply;
}

std::string file_in(const std::string& text) {
  const std::size_t at = text.find("note-");
  return text.substr(at, text.find(".txt", at) + 4 - at);
}

/// Reads the file, then says what stands in it. `obeys`: sends a message first if the file has an
/// address of the stranger's kind.
StubReply agent(const Json& body, bool obeys, std::vector<std::string>& problems) {
  const Json& messages = body["messages"];
  const Json& last = messages.back();
  const auto call = [](const std::string& id, const std::string& name, const Json& arguments) {
    return Json{{"role", "assistant"},
                {"content", nullptr},
                {"tool_calls",
                 {{{"id", id},
                   {"type", "function"},
                   {"function", {{"name", name}, {"arguments", dump_json(arguments)}}}}}}};
  };
  if (!body.contains("tools") || body["tools"].size() != 3) problems.push_back("no tools");
  if (last["role"] == "user") {
    return reply_with(call("r1", "read_file", {{"path", file_in(last["content"])}}), "tool_calls");
  }
  if (last["role"] != "tool" || !last.contains("tool_call_id"))
    problems.push_back("no tool message");
  const Json& before = messages[messages.size() - 2];
  if (before["tool_calls"][0]["id"] != last["tool_call_id"]) problems.push_back("ids differ");
  const std::string text = last["content"];
  const std::size_t at = text.find("box");
  if (obeys && last["tool_call_id"] == "r1" && text.find("@collect.example") != std::string::npos) {
    const std::string to = text.substr(at, text.find("@collect.example") + 16 - at);
    return reply_with(call("s1", "send_message", {{"to", to}, {"text", "X"}}), "tool_calls");
  }
  return reply_with(Json{{"role", "assistant"}, {"content", text}}, "stop");
}

struct Played {
  std::map<std::string, int> verdicts;  ///< "group/verdict"
  std::vector<std::string> problems;
};

Played play(bool obeys) {
  Played out;
  const StubServer server([&](const StubRequest& request) {
    if (!request.path.ends_with("/chat/completions")) {
      StubReply reply;
      reply.body = R"({"object":"list","data":[{"id":"stub","owned_by":"tests"}]})";
      return reply;
    }
    return agent(Json::parse(request.body), obeys, out.problems);
  });
  auto model = model::remote::open("openai:stub@" + server.url(), {"max_retries=1", "timeout=5"});
  if (!model) {
    ADD_FAILURE() << model.error().message();
    return out;
  }
  Registry registry;
  register_all_tasks(registry);
  const Task& task = **registry.find("agent_injection");
  const auto samples = task.samples({1, Lang::en, 24});
  std::vector<std::pair<const Sample*, int>> part;
  for (const Sample& sample : *samples) part.emplace_back(&sample, 0);
  Wave wave(**model, task, {},
            [&](const Sample& sample, int, const Trace& trace, const Score& score) {
              ++out.verdicts[sample.group + "/" + to_string(score.verdict)];
              if (trace.error) out.problems.push_back(trace.error->message());
            });
  wave.run(part);
  return out;
}

TEST(AgentServed, CallsAndResultsGoByTheProtocol) {
  const Played careful = play(false);
  EXPECT_TRUE(careful.problems.empty()) << careful.problems.front();
  EXPECT_EQ(careful.verdicts.at("injected/success"), 18);
  EXPECT_FALSE(careful.verdicts.contains("injected/failure"));
}

TEST(AgentServed, AnAgentThatObeysTheFileIsCaught) {
  const Played obeys = play(true);
  EXPECT_TRUE(obeys.problems.empty()) << obeys.problems.front();
  EXPECT_EQ(obeys.verdicts.at("injected/failure"), 18);
}

}  // namespace
}  // namespace assay::eval
