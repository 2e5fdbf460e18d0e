#include "eval/agent/agent.h"

#include <gtest/gtest.h>

#include "eval/tool_form.h"

namespace assay::eval {
namespace {

Sample sample_with(Json metadata) {
  Sample sample;
  sample.id = "en-1";
  sample.messages = {{"user", "Do it."}};
  sample.metadata = std::move(metadata);
  return sample;
}

/// Plays the replies (tool form) through the solver; the step that it wants after them.
Step play(const AgentSolver& solver, const Sample& sample, const std::vector<std::string>& replies,
          Trace& trace) {
  trace.transcript = sample.messages;
  Step step = solver.next(sample, trace);
  for (const std::string& reply : replies) {
    if (!step.generate) break;
    model::GenerateResult result;
    result.text = reply;
    result.completion_tokens = 10;
    read_tool_text(result);
    trace.transcript.push_back({"assistant", result.text, result.tool_calls});
    trace.generations.push_back(result);
    step = solver.next(sample, trace);
  }
  return step;
}

class AgentInBox : public testing::Test {
 protected:
  void SetUp() override {
    const auto run = run_work({"true"}, {});
    if (!run) GTEST_SKIP() << "no workbox on this machine: " << run.error().message();
  }
};

TEST_F(AgentInBox, WorksUntilItAnswers) {
  const AgentSolver solver({bash_tool(), python_tool()}, {});
  const Sample sample = sample_with(Json{{"files", {{"a.txt", "1\n2\n"}}}});
  Trace trace;
  const Step end = play(solver, sample,
                        {call_text("bash", {{"command", "wc -l < a.txt > n; cat n"}}),
                         call_text("python", {{"code", "print(open('n').read().strip() * 2)"}}),
                         call_text("bash", {{"command", "exit 3"}}), "There are 2 lines."},
                        trace);
  EXPECT_TRUE(end.done());
  EXPECT_FALSE(trace.error.has_value());
  const auto state = agent_state(trace.state);
  ASSERT_TRUE(state) << state.error().message();
  EXPECT_EQ(state->end, AgentEnd::answer);
  EXPECT_EQ(state->files.text("n"), "2\n");
  ASSERT_EQ(state->steps.size(), 3U);
  EXPECT_EQ(state->steps[0].result, "2\n");
  EXPECT_EQ(state->steps[1].result, "22\n");
  EXPECT_EQ(state->steps[1].turn, 1);
  EXPECT_EQ(state->steps[2].result, "[exit status 3]");
  EXPECT_TRUE(state->steps[2].failed);
  EXPECT_EQ(trace.transcript[2].role, "tool");
  EXPECT_EQ(trace.transcript[2].tool_call_id, "call-0");
  EXPECT_EQ(trace.answer(), "There are 2 lines.");
  EXPECT_EQ(to_json(*state), trace.state);
}

TEST_F(AgentInBox, TheLimitsOfTurnsAndTokensEndIt) {
  AgentLimits limits;
  limits.turns = 2;
  const std::vector<std::string> busy(9, call_text("bash", {{"command", "true"}}));
  Trace trace;
  EXPECT_TRUE(
      play(AgentSolver({bash_tool()}, limits), sample_with(Json::object()), busy, trace).done());
  EXPECT_EQ(trace.state["end"], "turns");
  EXPECT_EQ(trace.generations.size(), 2U);
  limits.turns = 9;
  limits.tokens = 25;
  Trace spent;
  EXPECT_TRUE(
      play(AgentSolver({bash_tool()}, limits), sample_with(Json::object()), busy, spent).done());
  EXPECT_EQ(spent.state["end"], "tokens");
  EXPECT_EQ(spent.generations.size(), 3U);
}

TEST(Agent, WrongCallsAreToldAndDoNotEndIt) {
  Tool note{"note",
            {"Notes.", "记录。"},
            text_parameters({{"text", "what"}}),
            [](const Json& arguments, AgentState& state) -> Result<ToolResult> {
              state.facts["notes"].push_back(arguments["text"]);
              return ToolResult{"noted"};
            }};
  Tool other = note;
  other.name = "other";
  const AgentSolver solver({note, other}, {});
  const Sample sample = sample_with(Json{{"tools", {"note"}}, {"facts", {{"day", 1}}}});
  Trace trace;
  const Step step =
      play(solver, sample,
           {call_text("other", {{"text", "x"}}), call_text("note", {{"words", "x"}}),
            call_text("note", {{"text", 5}}), "Action: note\nAction Input: just words"},
           trace);
  ASSERT_TRUE(step.generate.has_value());
  ASSERT_EQ(step.generate->tools.size(), 1U) << "only what the sample names";
  EXPECT_EQ(step.generate->tools[0]["function"]["name"], "note");
  const auto state = agent_state(trace.state);
  ASSERT_TRUE(state);
  ASSERT_EQ(state->steps.size(), 4U);
  EXPECT_EQ(state->steps[0].result, "Error: there is no tool 'other'. Tools: note.");
  EXPECT_EQ(state->steps[0].tool, "");
  EXPECT_EQ(state->steps[1].result, "Error: the argument 'text' is missing.");
  EXPECT_TRUE(state->steps[2].failed);
  EXPECT_EQ(state->steps[3].result, "noted");
  EXPECT_EQ(state->facts, (Json{{"day", 1}, {"notes", {"just words"}}}));
  EXPECT_TRUE(state->called("note"));
  EXPECT_FALSE(state->called("other"));
}

TEST(Agent, ManyCallsOfOneTurnStopAtTheLimit) {
  int runs = 0;
  const Tool count{"count",
                   {"Counts.", "计数。"},
                   text_parameters({}),
                   [&runs](const Json&, AgentState&) -> Result<ToolResult> {
                     ++runs;
                     return ToolResult{"ok"};
                   }};
  AgentLimits limits;
  limits.calls = 3;
  const AgentSolver solver({count}, limits);
  const Sample sample = sample_with(Json::object());
  Trace trace;
  trace.transcript = sample.messages;
  ASSERT_TRUE(solver.next(sample, trace).generate.has_value());
  model::GenerateResult result;
  for (int i = 0; i < 5; ++i)
    result.tool_calls.push_back({std::to_string(i), "count", Json::object()});
  trace.generations.push_back(result);
  EXPECT_TRUE(solver.next(sample, trace).done());
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(trace.state["end"], "turns");
  EXPECT_EQ(trace.transcript.size(), 1U + 5U) << "each call has its answer, as servers demand";
}

TEST(Agent, AToolThatCannotRunLeavesTheSampleUnassessed) {
  const Tool broken{"broken",
                    {"-", "-"},
                    text_parameters({}),
                    [](const Json&, AgentState&) -> Result<ToolResult> {
                      return fail(ErrorKind::unsupported, "no sandbox");
                    }};
  const AgentSolver solver({broken}, {});
  Trace trace;
  EXPECT_TRUE(
      play(solver, sample_with(Json::object()), {call_text("broken", Json::object())}, trace)
          .done());
  ASSERT_TRUE(trace.error.has_value());
  EXPECT_EQ(trace.error->what, "no sandbox");
}

TEST(Agent, AStateThatIsNoneIsAnError) {
  for (const char* bad :
       {R"({})", R"({"files":{"../x":"a"},"facts":{},"steps":[],"end":"open","read":0})",
        R"({"files":{},"facts":{},"steps":[],"end":"gone","read":0})",
        R"({"files":{},"facts":{},"steps":[{}],"end":"open","read":0})", "7"}) {
    EXPECT_FALSE(agent_state(Json::parse(bad))) << bad;
  }
  EXPECT_TRUE(agent_state(Json()));
}

}  // namespace
}  // namespace assay::eval
