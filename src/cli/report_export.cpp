#include "cli/report_export.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <vector>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/task_registry.h"
#include "eval/runner.h"
#include "logs/recorded_task.h"
#include "report/crosswalk.h"
#include "report/report.h"
#include "report/safety_case.h"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

struct Output {
  std::string name;
  std::string content;
};

Result<Json> report_of(const std::string& run_id, const std::string& place) {
  ASSAY_TRY(eval::Registry tasks, task_registry());
  ASSAY_TRY(auto store, store::Store::open(store_place(place), store::Mode::read));
  ASSAY_TRY(const auto run, store.find_run(run_id));
  ASSAY_CHECK(logs::add_recorded_tasks(tasks, run));
  ASSAY_TRY(const eval::RunOutcome outcome, eval::load_outcome(store, run.id));
  return report::build(outcome, tasks);
}

std::vector<Output> outputs(const std::string& form, const Json& report) {
  if (form == "crosswalk") return {{"crosswalk.csv", report::crosswalk_csv(report)}};
  return {{"safety-case.dot", report::safety_case_dot(report, Lang::en)},
          {"safety-case.zh.dot", report::safety_case_dot(report, Lang::zh)}};
}

Result<fs::path> write_one(const Output& output, const std::string& out) {
  std::error_code code;
  fs::path target(out);
  if (target.extension() != fs::path(output.name).extension()) {
    fs::create_directories(target, code);
    if (code) {
      return fail(ErrorKind::io, "cannot make the folder: " + code.message(), out,
                  "Choose another with --out");
    }
    target /= output.name;
  }
  fs::path temporary = target;
  temporary += ".tmp";
  std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
  file << output.content;
  file.close();
  if (!file) {
    fs::remove(temporary, code);
    return fail(ErrorKind::io, "cannot write the file", target.string(),
                "Check the folder and the space, or choose another place with --out");
  }
  fs::rename(temporary, target, code);
  if (code) {
    return fail(ErrorKind::io, "cannot put the file in its place: " + code.message(),
                target.string(), "Choose another place with --out");
  }
  return target;
}

}  // namespace

bool is_report_form(const std::string& form) { return form == "crosswalk" || form == "gsn"; }

int export_report_form(const std::string& form, const std::string& run, const std::string& out,
                       const std::string& store, bool json) {
  const auto report = report_of(run, store);
  if (!report) return report_error(report.error());
  Json files = Json::array();
  std::vector<Output> all = outputs(form, *report);
  if (fs::path(out).extension() == ".dot") all.resize(1);  // one file: the English one
  for (const Output& output : all) {
    const auto path = write_one(output, out);
    if (!path) return report_error(path.error());
    files.push_back(path->string());
    if (!json) std::puts(path->c_str());
  }
  if (json) {
    const std::string id = (*report)["run"]["id"].get<std::string>();
    std::puts(dump_json(Json{{"run", id}, {"files", files}}, 2).c_str());
  }
  return exit_ok;
}

}  // namespace assay::cli
