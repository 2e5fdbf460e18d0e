// `assay doctor`: does everything that an assessment needs work here? A line each, with the remedy.
#include <cstdio>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/doctor_checks.h"

namespace assay::cli {

void register_doctor(Commands& registry);

namespace {

const char* sign(Mark mark) {
  switch (mark) {
    case Mark::fine: return "✓";
    case Mark::note: return "·";
    case Mark::warning: return "!";
    case Mark::failure: return "✗";
  }
  return "✗";
}

struct Arguments {
  std::string store;
  bool json = false;
};

int doctor(const Arguments& arguments) {
  auto checks = check_machine();
  for (auto& check : check_surroundings(arguments.store)) checks.push_back(std::move(check));
  bool failed = false;
  Json list = Json::array();
  for (const auto& check : checks) {
    failed = failed || check.mark == Mark::failure;
    list.push_back(to_json(check));
    if (arguments.json) continue;
    std::printf("%s %-10s %s\n", sign(check.mark), check.name.c_str(), check.found.c_str());
    if (!check.remedy.empty()) std::printf("  %-10s -> %s\n", "", check.remedy.c_str());
  }
  if (arguments.json) std::puts(dump_json(Json{{"usable", !failed}, {"checks", list}}, 2).c_str());
  return failed ? exit_runtime : exit_ok;
}

}  // namespace

void register_doctor(Commands& registry) {
  registry.add("doctor", "Check this machine: a line each, with the remedy", [](CLI::App& app) {
    const auto arguments = std::make_shared<Arguments>();
    app.add_option("--store", arguments->store, "The store of runs that you mean to use");
    app.add_flag("--json", arguments->json, "Print JSON");
    return [arguments] { return doctor(*arguments); };
  });
}

}  // namespace assay::cli
