// Readers and writers of the protocol, without a server.
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "fixture.h"
#include "model/remote/batch_file.h"
#include "model/remote/reply_cache.h"
#include "model/remote/scoring.h"
#include "model/remote/secret.h"
#include "model/remote/settings.h"
#include "model/remote/stream.h"
#include "model/remote/wire.h"

namespace assay::model::remote {
namespace {

Json json(const std::string& text) { return Json::parse(text); }

Settings settings(const std::string& spec, const std::vector<std::string>& arguments = {}) {
  const auto read = read_settings(spec, arguments);
  EXPECT_TRUE(read.has_value()) << read.error().message();
  return read.value_or(Settings{});
}

Error refused(const std::string& spec, const std::vector<std::string>& arguments = {}) {
  const auto read = read_settings(spec, arguments);
  EXPECT_FALSE(read.has_value()) << spec;
  return read ? Error{} : read.error();
}

TEST(RemoteSettings, SpecsAndArguments) {
  const Settings s = settings("openai:org/my@model:1@http://127.0.0.1:8080/v1/",
                              {"api=completions", "in_flight=200", "cache=0", "timeout=2.5",
                               "max_cost=3", "price_in=0.15", "price_out=0.6"});
  EXPECT_EQ(s.model, "org/my@model:1");
  EXPECT_EQ(s.base_url, "http://127.0.0.1:8080/v1");
  EXPECT_EQ(s.api, Api::completions);
  EXPECT_EQ(s.in_flight, 200);
  EXPECT_DOUBLE_EQ(s.timeout_s, 2.5);
  EXPECT_TRUE(s.cache_dir.empty());
  EXPECT_EQ(s.max_tokens_field, "max_tokens");
  EXPECT_EQ(settings("openai:m@https://api.openai.com/v1").max_tokens_field,
            "max_completion_tokens");
  EXPECT_EQ(s.shaping(), std::vector<std::string>{"api=completions"});
}

TEST(RemoteSettings, WhatMakesNoSense) {
  for (const char* spec : {"openai:", "openai:@http://h/v1", "openai:m@http://"}) {
    EXPECT_EQ(refused(spec).kind, ErrorKind::usage);
  }
  for (const char* argument :
       {"x", "apii=chat", "api=talk", "in_flight=0", "in_flight=1.5", "timeout=-1", "timeout=nan",
        "max_tokens=", "extra_body=[1]", "extra_body={", "max_cost=1", "cache=", "batch_out="}) {
    EXPECT_EQ(refused("openai:m@http://h/v1", {argument}).kind, ErrorKind::usage) << argument;
  }
  EXPECT_NE(refused("openai:m@http://h/v1", {"inflight=3"}).next.find("in_flight"),
            std::string::npos);
}

TEST(RemoteSettings, KeysAreNeverTakenFromTheCommandLineNorRepeated) {
  for (const auto& [spec, argument] :
       {std::pair{"openai:m@http://user:hunter2-secret@h/v1", "api=chat"},
        std::pair{"openai:m@http://h/v1?key=hunter2-secret", "api=chat"},
        std::pair{"openai:m@http://h/v1", "api_key=hunter2-secret"},
        std::pair{"openai:m@http://h/v1", "key=hunter2-secret"}}) {
    const Error error = refused(spec, {argument});
    EXPECT_EQ(error.message().find("hunter2"), std::string::npos) << error.message();
    EXPECT_NE(error.message().find("OPENAI_API_KEY"), std::string::npos);
  }
}

TEST(RemoteSecret, LoadsAndHides) {
  const test::ScratchFolder folder;
  std::ofstream(folder / "key") << "sk-0123456789\nsecond line\n";
  const auto secret = Secret::load((folder / "key").string(), "");
  ASSERT_TRUE(secret.has_value());
  EXPECT_EQ(secret->header(), "Authorization: Bearer sk-0123456789");
  EXPECT_EQ(secret->without("a sk-0123456789, sk-0123456789!"), "a [key], [key]!");
  EXPECT_EQ(Secret("none").without("there is none"), "there is none");
  EXPECT_EQ(Secret::load((folder / "nowhere").string(), "").error().kind, ErrorKind::not_found);
  std::ofstream(folder / "broken") << "two words\n";
  EXPECT_EQ(Secret::load((folder / "broken").string(), "").error().kind, ErrorKind::usage);
  ::setenv("ASSAY_TEST_KEY", " sk-from-environment\n", 1);
  EXPECT_EQ(Secret::load("", "ASSAY_TEST_KEY")->header(),
            "Authorization: Bearer sk-from-environment");
  EXPECT_TRUE(Secret::load("", "ASSAY_TEST_KEY_THAT_IS_NOT_SET")->empty());
}

TEST(RemoteWire, RequestsAsTheProtocolWantsThem) {
  GenerateRequest request;
  request.messages = {{"system", "Be brief."}, {"user", "Hi"}};
  request.max_tokens = 7;
  request.stop = {"a", "b", "c", "d", "e"};
  request.tools = json(R"([{"type":"function","function":{"name":"f"}}])");
  const Settings s = settings("openai:m@http://h/v1", {R"(extra_body={"think":false})"});
  Json body = generate_body(s, Dialect::plain, request, false);
  EXPECT_EQ(dump_json(body),
            R"({"model":"m","messages":[{"role":"system","content":"Be brief."},)"
            R"({"role":"user","content":"Hi"}],"tools":[{"type":"function","function":)"
            R"({"name":"f"}}],"max_tokens":7,"temperature":0.0,"stop":["a","b","c","d"],)"
            R"("think":false})");
  request.sampling.temperature = 0.7;
  request.sampling.seed = 0xffffffffffffffffU;
  body = generate_body(s, Dialect::plain, request, true);
  EXPECT_EQ(body["seed"], 0x7fffffff);
  EXPECT_FALSE(body.contains("top_k"));
  EXPECT_EQ(body["stream_options"]["include_usage"], true);
  EXPECT_EQ(generate_body(s, Dialect::vllm, request, false)["top_k"], 0);
  request.messages.clear();
  request.prompt = "Once";
  EXPECT_EQ(generate_body(s, Dialect::plain, request, false)["prompt"], "Once");
}

TEST(RemoteWire, AnswersAreBegunInTheWordsOfEachServer) {
  const Settings s = settings("openai:m@http://h/v1");
  GenerateRequest request;
  request.messages = {{"user", "Hi"}};
  request.prefill = "Sure, ";
  EXPECT_EQ(can_hold(Dialect::plain, request).error().kind, ErrorKind::unsupported);
  ASSERT_TRUE(can_hold(Dialect::vllm, request));
  const Json vllm = generate_body(s, Dialect::vllm, request, false);
  EXPECT_EQ(vllm["messages"].back(), json(R"({"role":"assistant","content":"Sure, "})"));
  EXPECT_EQ(vllm["continue_final_message"], true);
  EXPECT_EQ(vllm["add_generation_prompt"], false);
  ASSERT_TRUE(can_hold(Dialect::llama_server, request));
  const Json llama = generate_body(s, Dialect::llama_server, request, false);
  EXPECT_EQ(llama["messages"].size(), 2U);
  EXPECT_FALSE(llama.contains("continue_final_message"));
  request.messages.clear();
  request.prompt = "Once";
  EXPECT_TRUE(can_hold(Dialect::plain, request)) << "a plain text is only longer";
  EXPECT_EQ(generate_body(s, Dialect::plain, request, false)["prompt"], "OnceSure, ");
}

TEST(RemoteWire, AnswersAreHeldToAFormInTheWordsOfEachServer) {
  const Settings s = settings("openai:m@http://h/v1");
  GenerateRequest request;
  request.messages = {{"user", "Hi"}};
  request.json_schema = json(R"({"type":"object","required":["x"]})");
  const auto body = [&](Dialect dialect) { return generate_body(s, dialect, request, false); };
  for (const Dialect dialect : {Dialect::plain, Dialect::vllm}) {
    EXPECT_TRUE(can_hold(dialect, request));
    const Json format = body(dialect)["response_format"];
    EXPECT_EQ(format["type"], "json_schema");
    EXPECT_EQ(format["json_schema"]["schema"], request.json_schema);
    EXPECT_EQ(format["json_schema"]["strict"], true);
  }
  EXPECT_EQ(body(Dialect::llama_server)["json_schema"], request.json_schema);
  request.messages.clear();
  request.prompt = "Hi";
  EXPECT_EQ(can_hold(Dialect::plain, request).error().kind, ErrorKind::unsupported);
  request.grammar = "root ::= \"a\"";
  EXPECT_EQ(can_hold(Dialect::vllm, request).error().kind, ErrorKind::usage) << "both";
  request.json_schema = nullptr;
  EXPECT_EQ(can_hold(Dialect::plain, request).error().kind, ErrorKind::unsupported);
  EXPECT_EQ(body(Dialect::llama_server)["grammar"], request.grammar);
  EXPECT_EQ(body(Dialect::vllm)["structured_outputs"]["grammar"], request.grammar);
  EXPECT_EQ(body(Dialect::vllm)["guided_grammar"], request.grammar);
  request.grammar.clear();
  request.json_schema = "object";
  EXPECT_EQ(can_hold(Dialect::llama_server, request).error().kind, ErrorKind::usage);
}

TEST(RemoteWire, GoodReplies) {
  const auto chat =
      read_generated(json(R"({"choices":[{"message":{"content":"Hi"},"finish_reason":"length",
              "logprobs":{"content":[{"token":"Hi","logprob":-0.5,"id":3}]}}]})"),
                     true);
  ASSERT_TRUE(chat.has_value()) << chat.error().message();
  EXPECT_EQ(chat->result.text, "Hi");
  EXPECT_EQ(chat->result.finish, FinishReason::length);
  EXPECT_EQ(chat->result.token_logprobs, std::vector<double>{-0.5});
  EXPECT_EQ(chat->result.tokens, std::vector<std::int32_t>{3});
  const auto parts = read_generated(
      json(R"({"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"image_url",
              "image_url":{}},{"type":"text","text":"b"}]},"finish_reason":"stop"}]})"),
      true);
  EXPECT_EQ(parts->result.text, "ab");
  const auto tools = read_generated(
      json(R"({"choices":[{"message":{"content":null,"tool_calls":[{"function":{"name":"f",
              "arguments":"{\"x\":1}"}}]},"finish_reason":"tool_calls"}]})"),
      true);
  EXPECT_EQ(tools->result.text, R"(<tool_call>{"name":"f","arguments":{"x":1}}</tool_call>)");
  const auto plain =
      read_generated(json(R"({"choices":[{"text":" b","finish_reason":"stop","logprobs":
              {"token_logprobs":[-1.5]}}]})"),
                     false);
  EXPECT_EQ(plain->result.text, " b");
  EXPECT_EQ(plain->result.token_logprobs, std::vector<double>{-1.5});
  const auto held = read_generated(
      json(R"({"choices":[{"message":{"content":""},"finish_reason":"content_filter"}]})"), true);
  EXPECT_EQ(held->withheld, kFiltered);
  const auto drawn = read_generated(
      json(R"({"choices":[{"message":{"content":[{"type":"image_url","image_url":{}}]},
              "finish_reason":"stop"}]})"),
      true);
  EXPECT_EQ(drawn->withheld, kNoText) << "an image is no empty answer";
}

TEST(RemoteWire, RepliesThatLie) {
  for (const char* reply :
       {"{}", R"({"choices":{}})", R"({"choices":[]})", R"({"choices":[1]})",
        R"({"choices":[{"message":{"content":"a"},"finish_reason":"stop"},
                       {"message":{"content":"b"},"finish_reason":"stop"}]})",
        R"({"choices":[{"message":{"content":"a"}}]})",
        R"({"choices":[{"message":{"content":"a"},"finish_reason":7}]})",
        R"({"choices":[{"message":{"content":"a"},"finish_reason":"error"}]})",
        R"({"choices":[{"message":{"content":5},"finish_reason":"stop"}]})",
        R"({"choices":[{"message":"a","finish_reason":"stop"}]})",
        R"({"choices":[{"text":"a","finish_reason":"stop"}]})",
        R"({"choices":[{"message":{"content":"a"},"finish_reason":"stop",
                        "logprobs":{"content":[{}]}}]})",
        R"({"choices":[{"message":{"tool_calls":3},"finish_reason":"stop"}]})"}) {
    const auto read = read_generated(json(reply), true);
    ASSERT_FALSE(read.has_value()) << reply;
    EXPECT_EQ(read.error().kind, ErrorKind::format);
  }
  EXPECT_FALSE(read_generated(json(R"({"choices":[{"finish_reason":"stop"}]})"), false));
}

TEST(RemoteWire, UsageIsTakenOrEstimated) {
  const Usage told = read_usage(json(R"({"usage":{"prompt_tokens":9,"completion_tokens":4,
      "prompt_tokens_details":{"cached_tokens":5}}})"),
                                100, 100);
  EXPECT_EQ(told.prompt_tokens, 9);
  EXPECT_EQ(told.cached_tokens, 5);
  for (const char* reply : {"{}", R"({"usage":null})", R"({"usage":{"prompt_tokens":-3}})",
                            R"({"usage":{"prompt_tokens":"9"}})"}) {
    const Usage usage = read_usage(json(reply), 100, 10);
    EXPECT_EQ(usage.prompt_tokens, 25) << reply;
    EXPECT_EQ(usage.completion_tokens, 3) << reply;
  }
}

TEST(RemoteWire, ErrorsOfServers) {
  EXPECT_EQ(error_text(R"({"error":{"message":"too\nlong","type":"x"}})"), "too long");
  EXPECT_EQ(error_text(R"({"error":"no"})"), "no");
  EXPECT_EQ(error_text(R"({"detail":"none"})"), "none");
  EXPECT_EQ(error_text("<html>"), "");
  EXPECT_LE(error_text(R"({"error":")" + std::string(5000, 'x') + "\"}").size(), 310U);
}

TEST(RemoteWire, StopStringsAreCut) {
  GenerateResult result;
  result.text = "one\ntwo END three";
  result.finish = FinishReason::length;
  cut_at_stop(result, {"END", "\n"});
  EXPECT_EQ(result.text, "one");
  EXPECT_EQ(result.finish, FinishReason::stop);
}

std::string chunk(const std::string& content, const std::string& finish = "null") {
  return R"(data: {"choices":[{"index":0,"delta":{"content":)" + dump_json(Json(content)) +
         R"(},"finish_reason":)" + finish + "}]}\n\n";
}

TEST(RemoteStream, PiecesBecomeOneReply) {
  std::string told;
  StreamedReply stream(true, false, {"STOP"}, [&](std::string_view piece) { told += piece; });
  const std::string bytes = chunk("Hel") + chunk("lo S") + chunk("T now", "\"stop\"") +
                            "data: {\"choices\":[],\"usage\":{\"completion_tokens\":3}}\n\n" +
                            "data: [DONE]\n\n";
  for (const char c : bytes) ASSERT_TRUE(stream.feed(std::string_view(&c, 1)).has_value());
  const auto whole = stream.finish();
  ASSERT_TRUE(whole.has_value()) << whole.error().message();
  EXPECT_EQ(whole->result.text, "Hello ST now");
  EXPECT_EQ(told, "Hello ST now");
  EXPECT_EQ(read_usage(stream.usage(), 0, 0).completion_tokens, 3);
}

TEST(RemoteStream, StopStringsAreHeldBack) {
  std::vector<std::string> told;
  StreamedReply stream(true, false, {"STOP"}, [&](std::string_view p) { told.emplace_back(p); });
  EXPECT_TRUE(*stream.feed(chunk("Hello S")));
  EXPECT_TRUE(*stream.feed(chunk("TO")));
  EXPECT_FALSE(*stream.feed(chunk("P and more"))) << "nothing more is wanted";
  EXPECT_EQ(stream.finish()->result.text, "Hello ");
  EXPECT_EQ(told, std::vector<std::string>{"Hello "});
}

TEST(RemoteStream, WhatEndsEarlyOrLiesIsAnError) {
  for (const std::string& bytes :
       {chunk("half"), std::string(), chunk("half") + "data: [DONE]\n\n",
        std::string("data: {\"choices\":[{},{}]}\n\n"), std::string("data: nothing\n\n"),
        std::string("data: {\"choices\":[{\"index\":1,\"delta\":{}}]}\n\n"),
        chunk("a", "\"error\""), std::string("data: {\"error\":{\"message\":\"full\"}}\n\n")}) {
    StreamedReply stream(true, false, {}, {});
    const auto fed = stream.feed(bytes);
    EXPECT_FALSE(fed && stream.finish()) << bytes;
  }
}

TEST(RemoteStream, ToolCallsComeInPieces) {
  const std::string bytes =
      R"(data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a1","function":{"name":"sh",)"
      R"("arguments":"{\"c\":"}}]}}]})"
      "\n\n"
      R"(data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}},)"
      R"({"index":1,"id":"a2","function":{"name":"py","arguments":"x ="}}]}}]})"
      "\n\n"
      R"(data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]})"
      "\n\ndata: [DONE]\n\n";
  StreamedReply stream(true, true, {}, {});
  for (const char c : bytes) ASSERT_TRUE(stream.feed(std::string_view(&c, 1)).has_value());
  const auto whole = stream.finish();
  ASSERT_TRUE(whole.has_value()) << whole.error().message();
  EXPECT_EQ(whole->result.text, "");
  EXPECT_EQ(whole->withheld, "");
  const std::vector<ToolCall> expected{{"a1", "sh", Json{{"c", 1}}}, {"a2", "py", "x ="}};
  EXPECT_EQ(whole->result.tool_calls, expected);
}

TEST(RemoteWire, ToolCallsAndTheirAnswersGoBackAsTheyCame) {
  const auto reply = read_generated(
      json(R"({"choices":[{"message":{"content":"Let me look.","tool_calls":[{"id":"c7",
              "function":{"name":"f","arguments":"{\"x\":1}"}}]},"finish_reason":"tool_calls"}]})"),
      true, true);
  ASSERT_TRUE(reply.has_value()) << reply.error().message();
  EXPECT_EQ(reply->result.text, "Let me look.");
  ASSERT_EQ(reply->result.tool_calls.size(), 1U);
  GenerateRequest request;
  request.messages = {{"user", "Hi"},
                      {"assistant", reply->result.text, reply->result.tool_calls},
                      {"tool", "done", {}, "c7"}};
  const Json sent =
      generate_body(settings("openai:m@http://h/v1"), Dialect::plain, request, false)["messages"];
  EXPECT_EQ(sent[1]["tool_calls"], json(R"([{"id":"c7","type":"function","function":{"name":"f",
                      "arguments":"{\"x\":1}"}}])"));
  EXPECT_EQ(sent[2], json(R"({"role":"tool","content":"done","tool_call_id":"c7"})"));
}

TEST(RemoteScoring, Readers) {
  EXPECT_EQ(*read_tokens(json(R"({"tokens":[1,2]})")), (Tokens{1, 2}));
  for (const char* bad : {"{}", R"({"tokens":3})", R"({"tokens":[-1]})", R"({"tokens":["a"]})",
                          R"({"tokens":[99999999999]})"}) {
    EXPECT_FALSE(read_tokens(json(bad)).has_value()) << bad;
  }
  const auto forced = read_forced(
      json(R"({"completion_probabilities":[{"id":5,"logprob":-2,"top_logprobs":[{"id":5}]}]})"), 5);
  ASSERT_TRUE(forced.has_value() && forced->has_value());
  EXPECT_DOUBLE_EQ((*forced)->logprob, -2.0);
  EXPECT_TRUE((*forced)->greedy);
  for (const char* bad :
       {R"({})", R"({"completion_probabilities":[]})",
        R"({"completion_probabilities":[{"id":6,"logprob":-2,"top_logprobs":[{"id":5}]}]})",
        R"({"completion_probabilities":[{"id":5,"logprob":2,"top_logprobs":[{"id":5}]}]})",
        R"({"completion_probabilities":[{"id":5,"logprob":-3.4e38,"top_logprobs":[{"id":5}]}]})",
        R"({"completion_probabilities":[{"id":5,"logprob":null,"top_logprobs":[{"id":5}]}]})"}) {
    EXPECT_FALSE(read_forced(json(bad), 5).has_value()) << bad;
  }
}

TEST(RemoteScoring, TokensThatEndWithinACharacter) {
  const auto left_out = read_forced(json(R"({"content":"","tokens_predicted":1})"), 5);
  ASSERT_TRUE(left_out.has_value());
  EXPECT_FALSE(left_out->has_value()) << "llama-server lists no token that ends within a character";
  const Json reply = json(R"({"completion_probabilities":[{"id":9,"logprob":-8,"top_logprobs":[
      {"id":4,"logprob":-0.5},{"id":5,"logprob":-1.25}]}],"tokens_predicted":1})");
  const auto listed = read_listed(reply, 9, 5);
  ASSERT_TRUE(listed.has_value() && listed->has_value());
  EXPECT_DOUBLE_EQ((*listed)->logprob, -1.25);
  EXPECT_FALSE((*listed)->greedy);
  EXPECT_TRUE((**read_listed(reply, 9, 4)).greedy);
  EXPECT_FALSE(read_listed(reply, 9, 6)->has_value()) << "not among the most likely ones";
  EXPECT_FALSE(read_listed(reply, 8, 5).has_value()) << "another carrier than was asked for";
}

TEST(RemoteScoring, PromptLogprobs) {
  const Json reply = json(R"({"choices":[{"prompt_logprobs":[null,
      {"7":{"logprob":-1.0,"rank":1}},{"8":{"logprob":-2.0,"rank":3},"9":{"logprob":-0.1,"rank":1}}]}]})");
  const auto result = read_prompt_logprobs(reply, {6, 7, 8}, 1);
  ASSERT_TRUE(result.has_value()) << result.error().message();
  EXPECT_DOUBLE_EQ(result->total, -3.0);
  EXPECT_EQ(result->tokens, (std::vector<std::int32_t>{7, 8}));
  EXPECT_FALSE(result->greedy);
  EXPECT_TRUE(read_prompt_logprobs(reply, {6, 7, 8}, 1)->token_logprobs.size() == 2);
  EXPECT_FALSE(read_prompt_logprobs(reply, {6, 7}, 1).has_value());
  EXPECT_FALSE(read_prompt_logprobs(reply, {6, 7, 10}, 1).has_value());
  EXPECT_FALSE(read_prompt_logprobs(reply, {6, 7, 8}, 0).has_value());
}

TEST(RemoteScoring, Echo) {
  const Json reply = json(R"({"choices":[{"text":"The sky is blue.","logprobs":{
      "tokens":["The"," sky"," is"," blue","."],"text_offset":[0,3,7,10,15],
      "token_logprobs":[null,-3,-1,-0.5,-0.2],
      "top_logprobs":[null,{" sky":-3},{" is":-1},{" blue":-0.5," red":-0.4},{".":-0.2}]}}]})");
  const std::string text = "The sky is blue";
  const auto echo = read_echo(reply, text);
  ASSERT_TRUE(echo.has_value()) << echo.error().message();
  EXPECT_EQ(echo->tokens.size(), 4U) << "the point was generated";
  const auto first = token_at(*echo, text, 7);
  ASSERT_TRUE(first.has_value());
  EXPECT_DOUBLE_EQ(score_echo(*echo, *first)->total, -1.5);
  EXPECT_FALSE(score_echo(*echo, *first)->greedy) << "red was more likely";
  EXPECT_FALSE(token_at(*echo, text, 8).has_value()) << "no token begins there";
  EXPECT_FALSE(score_echo(*echo, 0).has_value()) << "the first token has none";
  EXPECT_EQ(score_echo(*echo, 4).error().kind, ErrorKind::usage);
  EXPECT_FALSE(read_echo(json(R"({"choices":[{"text":"a"}]})"), "a").has_value());
}

TEST(RemoteScoring, EchoedTokensAreCountedWhereTheirTextsCannotBeSeen) {
  // Two tokens make one character; servers write neither of them as text.
  Json reply = json(R"({"choices":[{"logprobs":{"tokens":["是","","","。"],
      "text_offset":[0,1,1,2],"token_logprobs":[null,-3,-1,-0.5]}}],
      "usage":{"prompt_tokens":3,"completion_tokens":1}})");
  const std::string text = "是天";
  const auto echo = read_echo(reply, text);
  ASSERT_TRUE(echo.has_value()) << echo.error().message();
  EXPECT_EQ(echo->tokens.size(), 3U);
  EXPECT_FALSE(token_at(*echo, text, 3).has_value());
  EXPECT_DOUBLE_EQ(score_echo(*echo, 1)->total, -4.0);
  reply["usage"]["prompt_tokens"] = 4U;  // the first token (BOS) is counted, but not listed
  EXPECT_EQ(read_echo(reply, text)->tokens.size(), 3U);
  reply["usage"]["prompt_tokens"] = 9U;
  EXPECT_FALSE(read_echo(reply, text).has_value());
}

TEST(RemoteCache, KeepsWholeRepliesByTheWholeRequest) {
  const test::ScratchFolder folder;
  const ReplyCache cache(folder / "replies");
  const std::string digest = request_digest("http://h/v1/x", R"({"seed":1})");
  EXPECT_FALSE(cache.find(digest).has_value());
  ASSERT_TRUE(cache.put(digest, json(R"({"a":1})")).has_value());
  EXPECT_EQ(*cache.find(digest), json(R"({"a":1})"));
  for (const auto& [url, body] :
       {std::pair{"http://h/v1/x", R"({"seed":2})"}, std::pair{"http://h/v1/y", R"({"seed":1})"},
        std::pair{"http://h/v1", R"(/x{"seed":1})"}}) {
    EXPECT_NE(request_digest(url, body), digest);
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "replies")) {
    if (entry.is_regular_file()) std::ofstream(entry.path()) << "{\"a\":";
  }
  EXPECT_FALSE(cache.find(digest).has_value()) << "a damaged reply is none";
}

TEST(RemoteBatch, WritesEachRequestOnceAndNeverOverAFile) {
  const test::ScratchFolder folder;
  {
    auto writer = BatchWriter::open(folder / "batch.jsonl");
    ASSERT_TRUE(writer.has_value());
    ASSERT_TRUE(writer->add("aa", "/v1/chat/completions", R"({"x":1})"));
    ASSERT_TRUE(writer->add("aa", "/v1/chat/completions", R"({"x":1})"));
    EXPECT_EQ(writer->count(), 1U);
  }
  std::ifstream in(folder / "batch.jsonl");
  std::string line;
  std::getline(in, line);
  EXPECT_EQ(line, R"({"custom_id":"assay-aa","method":"POST","url":"/v1/chat/completions",)"
                  R"("body":{"x":1}})");
  EXPECT_EQ(BatchWriter::open(folder / "batch.jsonl").error().kind, ErrorKind::usage);
}

TEST(RemoteBatch, ResultsAreReadWithTheirErrors) {
  const auto results = parse_batch_results(
      "{\"custom_id\":\"assay-aa\",\"response\":{\"status_code\":200,\"body\":{\"x\":1}}}\n\n"
      "{\"custom_id\":\"assay-bb\",\"response\":{\"status_code\":400,\"body\":{\"error\":"
      "{\"message\":\"bad\"}}}}\r\n"
      "{\"custom_id\":\"assay-cc\",\"response\":null,\"error\":{\"message\":\"expired\"}}\n"
      "{\"custom_id\":\"other\"}",
      "r.jsonl");
  ASSERT_TRUE(results.has_value()) << results.error().message();
  ASSERT_EQ(results->size(), 3U);
  EXPECT_EQ(*results->at("aa"), json(R"({"x":1})"));
  EXPECT_NE(results->at("bb").error().what.find("400: bad"), std::string::npos);
  EXPECT_NE(results->at("cc").error().what.find("expired"), std::string::npos);
  EXPECT_NE(parse_batch_results("{}\n", "r.jsonl").error().where.find("r.jsonl:1"),
            std::string::npos);
  EXPECT_FALSE(parse_batch_results("{\"custom_id\":", "r.jsonl").has_value());
}

}  // namespace
}  // namespace assay::model::remote
