// stub_server [DELAY_MS]: an OpenAI-compatible server that answers every chat with the same text
// after DELAY_MS (0), for tests and benches. Prints its port; ends when its standard input does.
// A first folder of the address chooses what is wrong with it, e.g. http://127.0.0.1:PORT/half/v1.
#include "stub_server.h"

#include <algorithm>
#include <cstdio>
#include <iostream>

namespace {

using assay::test::StubReply;
using assay::test::StubRequest;

const std::string chat_reply =
    R"({"id":"1","object":"chat.completion","model":"stub","choices":[{"index":0,"message":)"
    R"({"role":"assistant","content":"1, 2, 3"},"finish_reason":"stop"}],)"
    R"("usage":{"prompt_tokens":20,"completion_tokens":6,"total_tokens":26}})";

/// The value of the Authorization header.
std::string key_of(const StubRequest& request) {
  const std::string mark = "Authorization: Bearer ";
  const std::size_t at = request.head.find(mark);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + mark.size();
  return request.head.substr(begin, request.head.find('\r', begin) - begin);
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  return text.replace(text.find(what), what.size(), with);
}

StubReply fault(const std::string& mode, const StubRequest& request, StubReply reply) {
  if (mode == "half") reply.cut = reply.body.size() / 2;
  if (mode == "malformed") reply.body = reply.body.substr(0, reply.body.size() / 2);
  if (mode == "choices") {
    reply.body =
        replaced(reply.body, "}],", R"(},{"message":{"content":"2"},"finish_reason":"stop"}],)");
  }
  if (mode == "html") {
    reply.type = "text/html";
    reply.body = "<html><body><h1>It works!</h1></body></html>";
  }
  if (mode == "types") reply.body = replaced(reply.body, "\"1, 2, 3\"", "[1, {\"text\": 2}]");
  if (mode == "finish") reply.body = replaced(reply.body, "\"stop\"", "null");
  if (mode == "endless") reply.endless = true;
  if (mode == "drip") reply.drip_s = 0.2;
  if (mode == "reset") reply.reset = true;
  if (mode == "huge") reply.body.assign(std::size_t{80} << 20U, ' ');
  if (mode == "filter") reply.body = replaced(reply.body, "\"stop\"", "\"content_filter\"");
  if (mode == "leak")
    reply.body = replaced(reply.body, "1, 2, 3", "your key is " + key_of(request));
  if (mode == "redirect") {
    reply.status = 307;
    reply.headers.push_back("Location: " + request.path);
  }
  const auto error = [&](int status) {
    reply.status = status;
    reply.body = R"({"error":{"message":"Incorrect API key provided: )" + key_of(request) + "\"}}";
  };
  if (mode == "unauthorised") error(401);
  if (mode == "bad") error(400);
  if (mode == "broken") error(500);
  if (mode == "busy" && request.number % 3 != 0) {
    error(429);
    reply.headers.emplace_back("Retry-After-Ms: 20");
  }
  // Now and then, each in its own way; what is asked again is answered.
  if (mode == "flaky") {
    const std::array<const char*, 10> ways = {"",     "half", "",       "malformed", "",
                                              "html", "",     "broken", "",          "reset"};
    return fault(ways[static_cast<std::size_t>(request.number) % ways.size()], request, reply);
  }
  return reply;
}

StubReply serve(const StubRequest& request, double delay_s, std::int64_t& chats) {
  StubReply reply;
  const std::size_t version = request.path.find("/v1/");
  const std::string mode =
      version == std::string::npos || version == 0 ? "" : request.path.substr(1, version - 1);
  if (request.path.ends_with("/models")) {
    reply.body = R"({"object":"list","data":[{"id":"stub","object":"model","owned_by":"tests"}]})";
    return reply;
  }
  if (!request.path.ends_with("/chat/completions")) {
    reply.status = 404;
    reply.body = R"({"error":{"message":"there is no such endpoint"}})";
    return reply;
  }
  reply.body = chat_reply;
  reply.delay_s = delay_s;
  ++chats;
  if (mode.starts_with("dies-after-")) {
    const bool dead = chats > std::atoll(mode.c_str() + 11);
    return dead ? fault("reset", request, reply) : reply;
  }
  return fault(mode, request, reply);
}

}  // namespace

int main(int argc, char** argv) {
  const double delay_s = argc > 1 ? std::atof(argv[1]) / 1000.0 : 0.0;
  std::int64_t chats = 0;
  const assay::test::StubServer server(
      [&](const StubRequest& request) { return serve(request, delay_s, chats); });
  std::printf("%d\n", server.port());
  std::fflush(stdout);
  while (std::cin.get() != EOF) {
  }
  return 0;
}
