#include "eval/plain_form.h"

#include <gtest/gtest.h>

namespace assay::eval {
namespace {

TEST(PlainForm, OneQuestionIsAQuestionWithAnAnswer) {
  EXPECT_EQ(plain_text({{"user", "Who?"}}, Lang::en), "Question: Who?\nAnswer:");
  EXPECT_EQ(plain_text({{"user", "谁？"}}, Lang::zh), "问题：谁？\n答案：");
  EXPECT_EQ(plain_text({{"system", "Be brief."}, {"user", "Who?"}}, Lang::en),
            "Be brief.\n\nQuestion: Who?\nAnswer:");
}

TEST(PlainForm, SeveralTurnsAreADialogue) {
  const std::vector<model::Message> turns{{"user", "Hi"}, {"assistant", "Hello"}, {"user", "Who?"}};
  EXPECT_EQ(plain_text(turns, Lang::en), "User: Hi\nAssistant: Hello\nUser: Who?\nAssistant:");
  EXPECT_EQ(plain_text(turns, Lang::zh), "用户：Hi\n助手：Hello\n用户：Who?\n助手：");
}

TEST(PlainForm, GenerationsStopBeforeTheNextTurn) {
  model::GenerateRequest request;
  request.messages = {{"user", "Who?"}};
  request.stop = {"\nUser:"};
  make_plain(request, Lang::en);
  EXPECT_TRUE(request.messages.empty());
  EXPECT_EQ(request.prompt, "Question: Who?\nAnswer:");
  EXPECT_EQ(request.stop, (std::vector<std::string>{"\nUser:", "\nQuestion:"}));
  model::GenerateRequest raw;
  raw.prompt = "Once";
  make_plain(raw, Lang::en);
  EXPECT_EQ(raw.prompt, "Once");
  EXPECT_TRUE(raw.stop.empty());
}

TEST(PlainForm, ChoicesKeepTheSpaceAfterTheMark) {
  model::LoglikelihoodRequest request;
  request.as_chat = true;
  request.messages = {{"user", "Who?"}};
  request.continuation = "Me";
  make_plain(request, Lang::en);
  EXPECT_FALSE(request.as_chat);
  EXPECT_EQ(request.context, "Question: Who?\nAnswer:");
  EXPECT_EQ(request.continuation, " Me");
  model::LoglikelihoodRequest raw;
  raw.context = "It is";
  raw.continuation = " so";
  make_plain(raw, Lang::en);
  EXPECT_EQ(raw.context, "It is");
}

}  // namespace
}  // namespace assay::eval
