// `assay doctor`: does everything that an assessment needs work here? A line each, with the remedy.
#include <cstdio>
#include <memory>

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

int doctor(bool as_json) {
  auto checks = check_machine();
  for (auto& check : check_surroundings()) checks.push_back(std::move(check));
  bool failed = false;
  Json list = Json::array();
  for (const auto& check : checks) {
    failed = failed || check.mark == Mark::failure;
    list.push_back(to_json(check));
    if (as_json) continue;
    std::printf("%s %-10s %s\n", sign(check.mark), check.name.c_str(), check.found.c_str());
    if (!check.remedy.empty()) std::printf("  %-10s -> %s\n", "", check.remedy.c_str());
  }
  if (as_json) std::puts(dump_json(Json{{"usable", !failed}, {"checks", list}}, 2).c_str());
  return failed ? exit_runtime : exit_ok;
}

}  // namespace

void register_doctor(Commands& registry) {
  registry.add("doctor", "Check this machine: a line each, with the remedy", [](CLI::App& app) {
    const auto as_json = std::make_shared<bool>(false);
    app.add_flag("--json", *as_json, "Print JSON");
    return [as_json] { return doctor(*as_json); };
  });
}

}  // namespace assay::cli
