// Tools through a template of our own, in the form that Hermes and Qwen models use.
#include <gtest/gtest.h>

#include "fixture.h"
#include "llama.h"
#include "model/local/chat_template.h"

namespace assay::test {
namespace {

using namespace model;
using namespace model::local;

constexpr const char* kToolTemplate =
    "{%- if tools %}<|im_start|>system\nTools:\n<tools>"
    "{%- for tool in tools %}\n{{ tool | tojson }}{%- endfor %}\n</tools>\nFor each call return "
    "JSON within tags:\n<tool_call>\n{\"name\": <name>, \"arguments\": <arguments>}\n</tool_call>"
    "<|im_end|>\n{%- endif %}"
    "{%- for m in messages %}"
    "{%- if m.role == 'tool' %}<|im_start|>user\n<tool_response>\n{{ m.content }}\n"
    "</tool_response><|im_end|>\n"
    "{%- elif m.role == 'assistant' and m.tool_calls %}<|im_start|>assistant\n{{ m.content }}"
    "{%- for call in m.tool_calls %}\n<tool_call>\n{\"name\": \"{{ call.function.name }}\", "
    "\"arguments\": {{ call.function.arguments | tojson }}}\n</tool_call>{%- endfor %}<|im_end|>\n"
    "{%- else %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{%- endif %}{%- endfor %}"
    "{%- if add_generation_prompt %}<|im_start|>assistant\n{%- endif %}";

constexpr const char* kPlainTemplate =
    "{%- for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{%- endfor %}"
    "{%- if add_generation_prompt %}<|im_start|>assistant\n{%- endif %}";

const Json kTools = Json::parse(R"([{"type":"function","function":{"name":"bash",
    "description":"Runs a command.","parameters":{"type":"object",
    "properties":{"command":{"type":"string"}},"required":["command"]}}}])");

class ToolCalls : public testing::Test {
 protected:
  /// The vocabulary of stories260K with this template.
  llama_model* load(const char* chat_template) {
    const auto bytes = stories_gguf(std::filesystem::path(ASSAY_SHARED_DATA) / "models/stories260K",
                                    chat_template);
    if (!bytes) return nullptr;
    write_file(folder_ / "tools.gguf", *bytes);
    llama_model_params params = llama_model_default_params();
    params.vocab_only = true;
    model_ = llama_model_load_from_file((folder_ / "tools.gguf").c_str(), params);
    return model_;
  }
  void TearDown() override { llama_model_free(model_); }

  ScratchFolder folder_;
  llama_model* model_ = nullptr;
};

TEST_F(ToolCalls, ATemplateWithToolsWritesThemAndReadsTheCalls) {
  if (load(kToolTemplate) == nullptr) GTEST_SKIP() << "no stories260K in ASSAY_SHARED_DATA";
  const ChatTemplate chat(model_);
  EXPECT_TRUE(chat.takes_tools());
  const std::vector<Message> messages{
      {"user", "Count."},
      {"assistant", "I look.", {{"c0", "bash", Json{{"command", "ls"}}}}},
      {"tool", "a.txt", {}, "c0"}};
  const auto prompt = chat.apply(messages, kTools);
  ASSERT_TRUE(prompt.has_value()) << prompt.error().message();
  EXPECT_NE(prompt->text.find("Runs a command."), std::string::npos);
  EXPECT_NE(prompt->text.find("<tool_response>\na.txt"), std::string::npos);
  EXPECT_NE(prompt->text.find("\"command\": \"ls\""), std::string::npos) << prompt->text;
  ASSERT_NE(prompt->tools, nullptr);
  GenerateResult result;
  result.text =
      "I count.\n<tool_call>\n{\"name\": \"bash\", \"arguments\": {\"command\": \"wc -l a.txt\"}}\n"
      "</tool_call>";
  take_tool_calls(*prompt->tools, result);
  ASSERT_EQ(result.tool_calls.size(), 1U);
  EXPECT_EQ(result.tool_calls[0].name, "bash");
  EXPECT_EQ(result.tool_calls[0].arguments, (Json{{"command", "wc -l a.txt"}}));
  EXPECT_FALSE(result.tool_calls[0].id.empty());
  EXPECT_EQ(result.text.find("tool_call"), std::string::npos) << result.text;
  for (const char* text : {"There is one file.", "<tool_call>\n{\"name\": \"ba", ""}) {
    GenerateResult none;
    none.text = text;
    take_tool_calls(*prompt->tools, none);
    EXPECT_TRUE(none.tool_calls.empty()) << text;
    EXPECT_EQ(none.text, text);
  }
}

TEST_F(ToolCalls, ATemplateWithoutToolsSaysSo) {
  if (load(kPlainTemplate) == nullptr) GTEST_SKIP() << "no stories260K in ASSAY_SHARED_DATA";
  EXPECT_FALSE(ChatTemplate(model_).takes_tools());
}

}  // namespace
}  // namespace assay::test
