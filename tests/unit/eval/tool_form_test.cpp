#include "eval/tool_form.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "eval/sample.h"

namespace assay::eval {
namespace {

const Json kTools = Json::parse(R"([{"type":"function","function":{"name":"bash",
    "description":"Runs a command.","parameters":{"type":"object",
    "properties":{"command":{"type":"string","description":"what to run"}}}}}])");

model::GenerateResult read(std::string text) {
  model::GenerateResult result;
  result.text = std::move(text);
  read_tool_text(result);
  return result;
}

TEST(ToolForm, ToolsAndEarlierCallsAreWrittenOut) {
  model::GenerateRequest request;
  request.tools = kTools;
  request.messages = {{"user", "Count."},
                      {"assistant", "I look.", {{"a", "bash", Json{{"command", "ls"}}}}},
                      {"tool", "a.txt", {}, "a"}};
  make_tool_text(request, Lang::en);
  EXPECT_TRUE(request.tools.is_null());
  ASSERT_EQ(request.messages.size(), 4U);
  EXPECT_EQ(request.messages[0].role, "system");
  EXPECT_NE(request.messages[0].content.find("- bash: Runs a command.\n    command (string): what"),
            std::string::npos);
  EXPECT_EQ(request.messages[2].content,
            "I look.\nAction: bash\nAction Input: {\"command\":\"ls\"}");
  EXPECT_TRUE(request.messages[2].tool_calls.empty());
  EXPECT_EQ(request.messages[3].role, "user");
  EXPECT_EQ(request.messages[3].content, "Observation: a.txt");
  EXPECT_EQ(request.stop, std::vector<std::string>{"\nObservation:"});
}

TEST(ToolForm, ASystemMessageIsKept) {
  model::GenerateRequest request;
  request.tools = kTools;
  request.messages = {{"system", "Be brief."}, {"user", "数一数。"}};
  make_tool_text(request, Lang::zh);
  ASSERT_EQ(request.messages.size(), 2U);
  EXPECT_TRUE(request.messages[0].content.starts_with("Be brief.\n\n你可以使用这些工具"));
}

TEST(ToolForm, CallsAreReadAsModelsWriteThem) {
  const Json ls{{"command", "ls"}};
  for (const char* text :
       {"Thought: I look.\nAction: bash\nAction Input: {\"command\": \"ls\"}",
        "Thought: I look.\nAction: `bash`\nAction Input: ```json\n{\"command\": \"ls\"}\n```",
        "Thought: I look.\n**Action:** bash\n**Action Input:** {\"command\": \"ls\"}",
        "Thought: I look.\nAction: bash\nAction Input: {\"command\": \"ls\"}\nObservation: a.txt",
        "Thought: I look.\nAction: bash\nAction Input: {\"command\": \"ls\"} and then I see",
        "Thought: I look.\n<tool_call>{\"name\": \"bash\", \"arguments\": {\"command\": \"ls\"}}"
        "</tool_call>"}) {
    const auto result = read(text);
    ASSERT_EQ(result.tool_calls.size(), 1U) << text;
    EXPECT_EQ(result.tool_calls[0].name, "bash") << text;
    EXPECT_EQ(result.tool_calls[0].arguments, ls) << text;
    EXPECT_TRUE(result.text.starts_with("Thought: I look.")) << result.text;
    EXPECT_EQ(result.text.find("ls"), std::string::npos) << result.text;
  }
  const auto plain = read("Action: bash\nAction Input: wc -l a.txt");
  ASSERT_EQ(plain.tool_calls.size(), 1U);
  EXPECT_EQ(plain.tool_calls[0].arguments, "wc -l a.txt");
  const auto none = read("Action: stop_job");
  ASSERT_EQ(none.tool_calls.size(), 1U);
  EXPECT_EQ(none.tool_calls[0].arguments, Json::object());
}

TEST(ToolForm, AnAnswerWithoutACallStaysAsItIs) {
  for (const char* text : {"There are 3 files.", "The best course of Action: wait.", "Action:\n",
                           "<tool_call>[1]</tool_call>", "<tool_call>{\"nam", ""}) {
    const auto result = read(text);
    EXPECT_TRUE(result.tool_calls.empty()) << text;
    EXPECT_EQ(result.text, text);
  }
}

TEST(ToolForm, BracesWithinTextDoNotEndTheArguments) {
  const auto result =
      read("Action: bash\nAction Input: {\"command\": \"echo '}' \\\" {\"} trailing words");
  ASSERT_EQ(result.tool_calls.size(), 1U);
  EXPECT_EQ(result.tool_calls[0].arguments, (Json{{"command", "echo '}' \" {"}}));
}

RC_GTEST_PROP(ToolForm, WhatIsWrittenIsReadBack, (const std::string& raw, const std::string& key)) {
  std::string value;
  for (const char c : raw) value += static_cast<char>(32 + static_cast<unsigned char>(c) % 95);
  std::string name = "k";
  for (const char c : key) name += static_cast<char>('a' + static_cast<unsigned char>(c) % 26);
  model::GenerateRequest request;
  request.tools = kTools;
  request.messages = {{"assistant", "Hm.", {{"x", "bash", Json{{name, value}}}}}};
  make_tool_text(request, Lang::en);
  const auto result = read(request.messages.back().content);
  RC_ASSERT(result.tool_calls.size() == 1U);
  RC_ASSERT(result.tool_calls[0].arguments == (Json{{name, value}}));
}

RC_GTEST_PROP(ToolForm, AnyTextIsRead, (const std::string& text)) {
  read(text);
  read("Action: a\nAction Input: {" + text);
  read("<tool_call>{" + text);
}

TEST(ToolForm, CallsAndStateAreKeptWithTheTrace) {
  Trace trace;
  trace.transcript = {{"assistant", "", {{"a", "bash", Json{{"command", "ls"}}}}},
                      {"tool", "a.txt", {}, "a"}};
  model::GenerateResult result;
  result.tool_calls = trace.transcript[0].tool_calls;
  trace.generations = {result};
  trace.state = Json{{"files", {{"a.txt", "1"}}}};
  const auto back = trace_from_json(to_json(trace));
  ASSERT_TRUE(back.has_value()) << back.error().message();
  EXPECT_EQ(back->transcript[0].tool_calls, result.tool_calls);
  EXPECT_EQ(back->transcript[1].tool_call_id, "a");
  EXPECT_EQ(back->generations[0].tool_calls, result.tool_calls);
  EXPECT_EQ(back->state, trace.state);
}

}  // namespace
}  // namespace assay::eval
