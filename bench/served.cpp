// The client of a served model alone, without store and report:
//   bench_served URL IN_FLIGHT REQUESTS
// sends REQUESTS different chats to the model "stub" at URL (IN_FLIGHT at once; 0: adaptive) and
// prints a JSON object of wall and processor seconds. Without arguments it exits 77:
// served_vs_inspect.py runs it.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/resource.h>
#include <vector>

#include "base/json.h"
#include "model/remote/remote.h"

namespace {

using namespace assay;

[[noreturn]] void stop(const std::string& message) {
  std::fprintf(stderr, "bench_served: %s\n", message.c_str());
  std::exit(3);
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::puts("bench_served: run by bench/served_vs_inspect.py");
    return 77;
  }
  std::vector<std::string> arguments;
  if (std::atoi(argv[2]) > 0) arguments.push_back(std::string("in_flight=") + argv[2]);
  const auto model = model::remote::open(std::string("openai:stub@") + argv[1], arguments);
  if (!model) stop(model.error().message());
  std::vector<model::GenerateRequest> requests(static_cast<std::size_t>(std::atoi(argv[3])));
  for (std::size_t i = 0; i < requests.size(); ++i) {
    requests[i].messages = {{"user", "Question " + std::to_string(i) + ": count to three."}};
  }
  const double wall = wall_seconds();
  const double processor = processor_seconds();
  const auto results = (*model)->generate(requests);
  const Json out = {{"seconds", wall_seconds() - wall},
                    {"processor_seconds", processor_seconds() - processor}};
  for (const auto& result : results) {
    if (!result) stop(result.error().message());
  }
  std::puts(dump_json(out).c_str());
  return 0;
}
