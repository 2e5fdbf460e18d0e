// The served model against servers of our own making; llama-server is in remote_llama_test.cpp.
#include <fstream>
#include <gtest/gtest.h>
#include <mutex>
#include <numeric>
#include <set>

#include "fixture.h"
#include "model/remote/remote.h"
#include "support/stub_server.h"

namespace assay::model::remote {
namespace {

using test::StubReply;
using test::StubRequest;
using test::StubServer;

constexpr const char* models =
    R"({"object":"list","data":[{"id":"stub","owned_by":"OWNER","max_model_len":100}]})";

std::string model_list(const std::string& owner) {
  std::string text = models;
  return text.replace(text.find("OWNER"), 5, owner);
}

std::string chat_reply(const std::string& text, const std::string& finish = "stop") {
  return dump_json(
      Json{{"choices", {{{"message", {{"content", text}}}, {"finish_reason", finish}}}},
           {"usage", {{"prompt_tokens", 10}, {"completion_tokens", 5}}}});
}

/// Answers "<question>!".
StubReply echo_chat(const StubRequest& request) {
  StubReply reply;
  if (request.path.ends_with("/models")) {
    reply.body = model_list("tests");
  } else if (request.path.ends_with("/chat/completions")) {
    const Json body = Json::parse(request.body);
    reply.body = chat_reply(body["messages"].back()["content"].get<std::string>() + "!");
  } else {
    reply.status = 404;
  }
  return reply;
}

std::unique_ptr<Model> opened(const StubServer& server, std::vector<std::string> arguments = {}) {
  arguments.insert(arguments.begin(), {"max_retries=1", "timeout=5"});
  auto model = open("openai:stub@" + server.url(), arguments);
  if (!model) ADD_FAILURE() << model.error().message();
  return model ? std::move(*model) : nullptr;
}

std::vector<GenerateRequest> questions(std::size_t count) {
  std::vector<GenerateRequest> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    out[i].messages = {{"user", "question " + std::to_string(i)}};
  }
  return out;
}

TEST(RemoteEngine, AnswersInPlaceAndCounts) {
  const StubServer server(echo_chat);
  const auto model = opened(server);
  ASSERT_NE(model, nullptr);
  EXPECT_EQ(model->info().name, "stub");
  EXPECT_EQ(model->info().served_at, server.url());
  EXPECT_EQ(model->info().digest.size(), 64U);
  EXPECT_TRUE(model->can().generate && model->can().chat);
  EXPECT_FALSE(model->can().logprobs);
  std::set<std::size_t> told;
  const auto results = model->generate(questions(50), [&](std::size_t i, const auto& result) {
    EXPECT_TRUE(told.insert(i).second);
    EXPECT_TRUE(result.has_value());
  });
  ASSERT_EQ(results.size(), 50U);
  EXPECT_EQ(told.size(), 50U);
  EXPECT_EQ(results[17]->text, "question 17!");
  EXPECT_EQ(model->ledger().prompt_tokens, 500);
  EXPECT_EQ(model->ledger().completion_tokens, 250);
  EXPECT_FALSE(model->halted().has_value());
  GenerateRequest raw;
  raw.prompt = "Once";
  EXPECT_EQ(model->generate(std::span(&raw, 1))[0].error().kind, ErrorKind::unsupported);
  EXPECT_EQ(model->tokenize("x").error().kind, ErrorKind::unsupported);
  const LoglikelihoodRequest scored{"a", "b", {}, false};
  EXPECT_EQ(model->loglikelihood(std::span(&scored, 1))[0].error().kind, ErrorKind::unsupported);
}

TEST(RemoteEngine, SystemPromptsToolsSeedsAndSchemasReachTheServer) {
  std::mutex lock;
  Json seen;
  const StubServer server([&](const StubRequest& request) {
    StubReply reply = echo_chat(request);
    if (!request.path.ends_with("/chat/completions")) return reply;
    const std::scoped_lock guard(lock);
    seen = Json::parse(request.body);
    const bool tools = seen.contains("tools");
    const bool schema = seen.contains("response_format");
    if (tools) {
      reply.body = R"({"choices":[{"message":{"content":null,"tool_calls":[{"type":"function",
          "function":{"name":"weather","arguments":"{\"city\":\"Xi'an\"}"}}]},
          "finish_reason":"tool_calls"}]})";
    } else if (schema) {
      reply.body = chat_reply(seen["messages"][0]["content"] == "lie" ? "Sure!" : R"({"x":1})");
    } else {
      reply.body = R"({"choices":[{"message":{"content":[
          {"type":"image_url","image_url":{"url":"data:,"}}]},"finish_reason":"stop"}]})";
    }
    return reply;
  });
  const auto model = opened(server);
  ASSERT_NE(model, nullptr);
  std::vector<GenerateRequest> one(1);
  one[0].messages = {{"system", "Be brief."}, {"user", "Rain?"}};
  one[0].tools = Json::parse(R"([{"type":"function","function":{"name":"weather"}}])");
  one[0].sampling.temperature = 0.5;
  one[0].sampling.seed = 77;
  EXPECT_TRUE(model->can().tools);
  const auto called = model->generate(one);
  ASSERT_TRUE(called[0].has_value()) << called[0].error().message();
  EXPECT_EQ(called[0]->tool_calls,
            (std::vector<ToolCall>{{"", "weather", Json{{"city", "Xi'an"}}}}));
  EXPECT_EQ(called[0]->text, "") << "an answer that only calls a tool is no empty answer";
  EXPECT_EQ(seen["messages"][0], (Json{{"role", "system"}, {"content", "Be brief."}}));
  EXPECT_EQ(seen["tools"], one[0].tools);
  EXPECT_EQ(seen["seed"], 77);
  EXPECT_EQ(seen["temperature"], 0.5);
  one = questions(1);
  const auto image = model->generate(one);
  ASSERT_FALSE(image[0].has_value()) << "an image is no empty answer";
  EXPECT_EQ(image[0].error().what, "the answer has no text, only images or sound");
  one[0].json_schema = Json::parse(R"({"type":"object"})");
  EXPECT_EQ(model->generate(one)[0]->text, R"({"x":1})");
  one[0].messages[0].content = "lie";
  const auto lie = model->generate(one);
  ASSERT_FALSE(lie[0].has_value());
  EXPECT_EQ(lie[0].error().kind, ErrorKind::unsupported) << "not held to its schema, so no answer";
  one[0].grammar = "root ::= [a-z]";
  EXPECT_FALSE(model->generate(one)[0].has_value());
  EXPECT_FALSE(model->halted().has_value());
}

TEST(RemoteEngine, OpeningFailsWithTheNextStep) {
  const StubServer server(echo_chat);
  const auto near = open("openai:stubb@" + server.url(), {});
  ASSERT_FALSE(near.has_value());
  EXPECT_EQ(near.error().kind, ErrorKind::not_found);
  EXPECT_NE(near.error().next.find("stub"), std::string::npos);
  const auto nobody = open("openai:m@http://127.0.0.1:1/v1", {});
  ASSERT_FALSE(nobody.has_value());
  EXPECT_EQ(nobody.error().kind, ErrorKind::io);
  const StubServer page([](const StubRequest&) {
    StubReply reply;
    reply.body = "<html>hello</html>";
    return reply;
  });
  EXPECT_NE(open("openai:m@" + page.url(), {}).error().what.find("HTML"), std::string::npos);
}

TEST(RemoteEngine, ALyingReplyIsTheErrorOfItsRequestAlone) {
  const std::vector<std::pair<const char*, std::function<void(StubReply&)>>> lies = {
      {"half", [](StubReply& r) { r.cut = 20; }},
      {"malformed", [](StubReply& r) { r.body.resize(30); }},
      {"no choice", [](StubReply& r) { r.body = R"({"choices":[]})"; }},
      {"two choices", [](StubReply& r) { r.body = R"({"choices":[{},{}]})"; }},
      {"page", [](StubReply& r) { r.body = "<html>"; }},
      {"list", [](StubReply& r) { r.body = "[]"; }},
      {"empty", [](StubReply& r) { r.body = ""; }},
      {"endless", [](StubReply& r) { r.endless = true; }},
      {"drip", [](StubReply& r) { r.drip_s = 0.2; }},
      {"filter", [](StubReply& r) { r.body = chat_reply("", "content_filter"); }},
      {"reset", [](StubReply& r) { r.reset = true; }}};
  for (const auto& [name, lie] : lies) {
    const StubServer server([&, lie = lie](const StubRequest& request) {
      StubReply reply = echo_chat(request);
      if (request.body.find("question 2\"") != std::string::npos) lie(reply);
      return reply;
    });
    const auto model = opened(server, {"timeout=0.5"});
    ASSERT_NE(model, nullptr);
    const auto results = model->generate(questions(5));
    for (std::size_t i = 0; i < 5; ++i) {
      EXPECT_EQ(results[i].has_value(), i != 2) << name << " " << i;
    }
    EXPECT_NE(results[2].error().kind, ErrorKind::cancelled) << name;
    EXPECT_FALSE(model->halted().has_value()) << name;
  }
}

TEST(RemoteEngine, AServerThatDiesHaltsTheModelAndLeavesRequestsOpen) {
  const StubServer server([](const StubRequest& request) {
    StubReply reply = echo_chat(request);
    if (request.number > 10) reply.reset = true;
    return reply;
  });
  const auto model = opened(server, {"give_up_after=4", "in_flight=1"});
  ASSERT_NE(model, nullptr);
  const auto results = model->generate(questions(40));
  for (std::size_t i = 10; i < 40; ++i) {
    ASSERT_FALSE(results[i].has_value());
    EXPECT_EQ(results[i].error().kind, ErrorKind::cancelled) << "it can be asked again";
  }
  ASSERT_TRUE(model->halted().has_value());
  EXPECT_NE(model->halted()->why.what.find("4 requests in a row"), std::string::npos);
  const auto seen = server.requests();
  EXPECT_FALSE(model->generate(questions(3))[0].has_value());
  EXPECT_EQ(server.requests(), seen) << "a server that was given up is left in peace";
}

TEST(RemoteEngine, LimitsHaltAndCanBeRaised) {
  const StubServer server(echo_chat);
  for (const auto& arguments :
       {std::vector<std::string>{"max_tokens=60"},
        std::vector<std::string>{"max_cost=0.0004", "price_in=1", "price_out=11"},
        std::vector<std::string>{"max_seconds=0"}}) {
    auto limited = arguments;
    limited.emplace_back("in_flight=1");
    const auto model = opened(server, limited);
    ASSERT_NE(model, nullptr);
    const auto results = model->generate(questions(30));
    EXPECT_EQ(results[29].error().kind, ErrorKind::cancelled);
    ASSERT_TRUE(model->halted().has_value());
    EXPECT_EQ(model->halted()->why.kind, ErrorKind::limit);
  }
}

TEST(RemoteEngine, TheCacheAnswersAndNeverKeepsFailures) {
  const test::ScratchFolder folder;
  const StubServer server([](const StubRequest& request) {
    StubReply reply = echo_chat(request);
    if (request.body.find("question 1\"") != std::string::npos) reply.status = 400;
    return reply;
  });
  const std::string cache = "cache=" + (folder / "cache").string();
  for (const bool again : {false, true}) {
    const auto before = server.requests();
    const auto results = opened(server, {cache})->generate(questions(4));
    EXPECT_FALSE(results[1].has_value());
    EXPECT_EQ(results[3]->text, "question 3!");
    EXPECT_EQ(server.requests() - before, again ? 2 : 5) << "the list of models, and what failed";
  }
  auto sampled = questions(1);
  sampled[0].sampling.temperature = 1.0;
  const auto before = server.requests();
  const auto model = opened(server, {cache});
  for (const std::uint64_t seed : {1U, 2U, 1U}) {
    sampled[0].sampling.seed = seed;
    EXPECT_TRUE(model->generate(sampled)[0].has_value());
  }
  EXPECT_EQ(server.requests() - before, 3) << "another seed is another request";
}

TEST(RemoteEngine, BatchesGoOutAndComeBack) {
  const test::ScratchFolder folder;
  const std::string spec = "openai:stub@http://127.0.0.1:1/v1";  // nobody is asked
  const std::string out = (folder / "out.jsonl").string();
  {
    const auto model = open(spec, {"batch_out=" + out});
    ASSERT_TRUE(model.has_value()) << model.error().message();
    for (const auto& result : (*model)->generate(questions(3))) {
      EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
    }
    ASSERT_TRUE((*model)->halted().has_value());
    EXPECT_TRUE((*model)->halted()->collecting);
  }
  std::ifstream in(out);
  std::ofstream back(folder / "back.jsonl");
  int lines = 0;
  for (std::string line; std::getline(in, line); ++lines) {
    const Json request = Json::parse(line);
    EXPECT_EQ(request["url"], "/v1/chat/completions");
    const Json reply = Json::parse(chat_reply("answer " + std::to_string(lines)));
    const int status = lines == 1 ? 500 : 200;
    back << Json{{"custom_id", request["custom_id"]},
                 {"response", {{"status_code", status}, {"body", reply}}}}
                .dump()
         << "\n";
  }
  back.close();
  EXPECT_EQ(lines, 3);
  const auto model = open(spec, {"batch_in=" + (folder / "back.jsonl").string()});
  ASSERT_TRUE(model.has_value()) << model.error().message();
  const auto results = (*model)->generate(questions(3));
  EXPECT_EQ(results[0]->text, "answer 0");
  EXPECT_NE(results[1].error().kind, ErrorKind::cancelled);
  EXPECT_EQ(results[2]->text, "answer 2");
  EXPECT_FALSE((*model)->halted().has_value());
}

TEST(RemoteEngine, TheKeyReachesTheServerAndNothingElse) {
  const std::string key = "sk-test-0123456789abcdef";
  ::setenv("ASSAY_TEST_SECRET", key.c_str(), 1);
  std::atomic<int> with_key{0};
  const StubServer server([&](const StubRequest& request) {
    StubReply reply = echo_chat(request);
    if (request.head.find("Authorization: Bearer " + key + "\r\n") != std::string::npos) ++with_key;
    if (request.body.find("question 1\"") != std::string::npos) {
      reply.status = 400;
      reply.body = R"({"error":{"message":"wrong key )" + key + "\"}}";
    } else if (request.body.find("question 2\"") != std::string::npos) {
      std::string escaped = "your key: " + key;
      reply.body = chat_reply(escaped);
      reply.body.replace(reply.body.find("sk-"), 3, "\\u0073k-");
    }
    return reply;
  });
  const auto model = opened(server, {"key_env=ASSAY_TEST_SECRET"});
  ASSERT_NE(model, nullptr);
  const auto results = model->generate(questions(3));
  EXPECT_EQ(with_key, server.requests());
  EXPECT_NE(results[1].error().what.find("[key]"), std::string::npos);
  EXPECT_EQ(results[2]->text, "your key: [key]");
  EXPECT_EQ(dump_json(to_json(model->info())).find(key), std::string::npos);
}

TEST(RemoteEngine, StreamsComeInPiecesAndSurviveABrokenAttempt) {
  std::atomic<int> attempts{0};
  const StubServer server([&](const StubRequest& request) {
    StubReply reply = echo_chat(request);
    if (!request.path.ends_with("/chat/completions")) return reply;
    EXPECT_NE(request.body.find("\"stream\":true"), std::string::npos);
    reply.type = "text/event-stream";
    reply.body.clear();
    for (const char* word : {"one", " two", " three"}) {
      reply.body +=
          std::string(R"(data: {"choices":[{"index":0,"delta":{"content":")") + word + "\"}}]}\n\n";
    }
    reply.body +=
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":3}}"
        "\n\ndata: [DONE]\n\n";
    if (++attempts == 1) reply.cut = 120;
    return reply;
  });
  const auto model = opened(server);
  ASSERT_NE(model, nullptr);
  std::string told;
  CallOptions options;
  options.on_piece = [&](std::size_t, std::string_view piece) { told += piece; };
  const auto results = model->generate(questions(1), {}, options);
  ASSERT_TRUE(results[0].has_value()) << results[0].error().message();
  EXPECT_EQ(results[0]->text, "one two three");
  EXPECT_EQ(told, "one two three") << "no piece twice";
  EXPECT_EQ(results[0]->completion_tokens, 3);
  EXPECT_EQ(attempts, 2);
}

/// A server whose tokens are characters, each of log-probability -(its code)/100.
StubReply character_server(const StubRequest& request, const std::string& owner) {
  StubReply reply;
  const Json body = request.body.empty() ? Json() : Json::parse(request.body);
  if (request.path.ends_with("/models")) {
    reply.body = model_list(owner);
  } else if (request.path == "/tokenize") {
    Json tokens = Json::array();
    std::string text = body.value("prompt", std::string());
    if (body.contains("messages")) text = body["messages"][0]["content"].get<std::string>() + ">";
    for (const char c : text) tokens.push_back(static_cast<int>(c));
    if (body.value("add_special_tokens", false)) tokens.insert(tokens.begin(), 1);
    reply.body = Json{{"tokens", tokens}}.dump();
  } else if (request.path == "/detokenize") {
    std::string text;
    for (const Json& token : body["tokens"]) text += static_cast<char>(token.get<int>());
    reply.body = Json{{"prompt", text}}.dump();
  } else if (request.path == "/v1/completions" && body["prompt"].is_array()) {
    Json logprobs = Json::array({nullptr});
    for (std::size_t i = 1; i < body["prompt"].size(); ++i) {
      const int token = body["prompt"][i].get<int>();
      logprobs.push_back({{std::to_string(token), {{"logprob", token / -100.0}, {"rank", 1}}}});
    }
    reply.body = Json{{"choices", {{{"text", ""}, {"prompt_logprobs", logprobs}}}}}.dump();
  } else if (request.path == "/v1/completions") {
    Json tokens = Json::array(), values = Json::array(), offsets = Json::array(),
         tops = Json::array();
    const std::string text = body["prompt"].get<std::string>() + "x";
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::string token(1, text[i]);
      tokens.push_back(token);
      offsets.push_back(i);
      values.push_back(i == 0 ? Json(nullptr) : Json(text[i] / -100.0));
      tops.push_back(i == 0 ? Json(nullptr) : Json{{token, text[i] / -100.0}});
    }
    reply.body = Json{{"choices",
                       {{{"text", text},
                         {"logprobs",
                          {{"tokens", tokens},
                           {"token_logprobs", values},
                           {"text_offset", offsets},
                           {"top_logprobs", tops}}}}}}}
                     .dump();
  } else {
    reply.status = 404;
  }
  return reply;
}

double sum_of(const std::string& text) {
  return std::accumulate(text.begin(), text.end(), 0.0,
                         [](double sum, char c) { return sum + c / -100.0; });
}

TEST(RemoteEngine, LogLikelihoodsByEcho) {
  const StubServer server([](const StubRequest& r) { return character_server(r, "tests"); });
  const auto model = opened(server, {"api=completions"});
  ASSERT_NE(model, nullptr);
  EXPECT_TRUE(model->can().logprobs);
  EXPECT_FALSE(model->can().chat);
  const std::vector<LoglikelihoodRequest> requests = {{"The sky is", " blue", {}, false},
                                                      {"The sky is ", "red", {}, false},
                                                      {"", "red", {}, false},
                                                      {"", "x", {{"user", "hi"}}, true}};
  const auto results = model->loglikelihood(requests);
  ASSERT_TRUE(results[0].has_value()) << results[0].error().message();
  EXPECT_NEAR(results[0]->total, sum_of(" blue"), 1e-9);
  EXPECT_TRUE(results[0]->greedy);
  EXPECT_NEAR(results[1]->total, sum_of(" red"), 1e-9) << "the space belongs to the continuation";
  EXPECT_EQ(results[2].error().kind, ErrorKind::unsupported);
  EXPECT_EQ(results[3].error().kind, ErrorKind::unsupported);
}

/// Tokens are bytes, so that a Chinese character has three; what is no character has no text.
StubReply byte_echo_server(const StubRequest& request) {
  StubReply reply;
  if (request.path.ends_with("/models")) reply.body = model_list("tests");
  if (!request.path.ends_with("/completions")) return reply;
  const std::string text = Json::parse(request.body)["prompt"].get<std::string>();
  Json tokens = Json::array(), values = Json::array(), offsets = Json::array();
  int character = -1;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(i < text.size() ? text[i] : 'x');
    if ((byte & 0xC0U) != 0x80U) ++character;
    tokens.push_back(byte < 128 ? std::string(1, static_cast<char>(byte)) : std::string());
    values.push_back(i == 0 ? Json(nullptr) : Json(byte / -100.0));
    offsets.push_back(character);
  }
  const Json logprobs = {{"tokens", tokens}, {"token_logprobs", values}, {"text_offset", offsets}};
  reply.body = Json{{"choices", {{{"text", text}, {"logprobs", logprobs}}}},
                    {"usage", {{"prompt_tokens", text.size()}, {"completion_tokens", 1}}}}
                   .dump();
  return reply;
}

TEST(RemoteEngine, TokensThatEndWithinACharacterAreEchoedRight) {
  const StubServer server(byte_echo_server);
  const auto model = opened(server, {"api=completions"});
  ASSERT_NE(model, nullptr);
  const auto bytes = [](const std::string& text) {
    return std::accumulate(text.begin(), text.end(), 0.0, [](double sum, char c) {
      return sum - static_cast<unsigned char>(c) / 100.0;
    });
  };
  const std::vector<LoglikelihoodRequest> requests = {
      {"天空是", "蓝色的", {}, false}, {"天空是", "red", {}, false}, {"sky", "蓝", {}, false}};
  const auto results = model->loglikelihood(requests);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    ASSERT_TRUE(results[i].has_value()) << i << results[i].error().message();
    EXPECT_NEAR(results[i]->total, bytes(requests[i].continuation), 1e-9) << i;
  }
  EXPECT_EQ(results[0]->token_logprobs.size(), 9U);
}

TEST(RemoteEngine, LogLikelihoodsOfVllm) {
  const StubServer server([](const StubRequest& r) { return character_server(r, "vllm"); });
  const auto model = opened(server);
  ASSERT_NE(model, nullptr);
  EXPECT_TRUE(model->can().logprobs && model->can().chat);
  EXPECT_EQ(model->info().context_length, 100);
  const std::vector<LoglikelihoodRequest> requests = {{"The sky is", " blue", {}, false},
                                                      {"", "red", {}, false},
                                                      {"", "x", {{"user", "hi"}}, true}};
  std::set<std::size_t> told;
  const auto results = model->loglikelihood(
      requests, [&](std::size_t i, const auto&) { EXPECT_TRUE(told.insert(i).second); });
  ASSERT_TRUE(results[0].has_value()) << results[0].error().message();
  EXPECT_NEAR(results[0]->total, sum_of(" blue"), 1e-9);
  ASSERT_TRUE(results[1].has_value()) << results[1].error().message();
  EXPECT_NEAR(results[1]->total, sum_of("red"), 1e-9) << "after the first token alone";
  ASSERT_TRUE(results[2].has_value()) << results[2].error().message();
  EXPECT_NEAR(results[2]->total, sum_of("x"), 1e-9);
  EXPECT_EQ(told.size(), 3U);
  EXPECT_EQ(*model->tokenize("ab"), (std::vector<std::int32_t>{'a', 'b'}));
  const RollingRequest text{"abc"};
  EXPECT_NEAR(model->rolling(std::span(&text, 1))[0]->total, sum_of("abc"), 1e-9);
}

TEST(RemoteEngine, CancelledRequestsAreOpen) {
  CancelToken cancel;
  const StubServer server([&](const StubRequest& request) {
    if (request.number == 8) cancel.request();
    return echo_chat(request);
  });
  const auto model = opened(server, {"in_flight=2"});
  ASSERT_NE(model, nullptr);
  CallOptions options;
  options.cancel = &cancel;
  const auto results = model->generate(questions(200), {}, options);
  EXPECT_TRUE(results[0].has_value());
  EXPECT_EQ(results[199].error().kind, ErrorKind::cancelled);
  EXPECT_FALSE(model->halted().has_value());
}

}  // namespace
}  // namespace assay::model::remote
