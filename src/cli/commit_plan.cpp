#include "cli/commit_plan.h"

#include <cstdio>

#include "base/files.h"
#include "cli/open_model.h"
#include "cli/run_output.h"
#include "cli/task_registry.h"
#include "eval/surroundings.h"
#include "evidence/plans.h"

namespace assay::cli {
namespace {

constexpr std::int64_t kMostGateBytes = 1 << 15;  ///< an entry of the log has at most 64 KiB

/// The digest of the model's weights; null for any model.
Result<Json> model_digest(const std::string& model) {
  if (model.empty()) return Json(nullptr);
  ASSAY_TRY(const auto opened, open_model(model));
  return Json(opened->info().digest);
}

}  // namespace

void add_commit_options(CLI::App& app, CommitOptions& o) {
  app.add_option("--model", o.model, "With --commit: the model; none = any");
  app.add_option("--gate", o.gate, "With --commit: the thresholds, as for `assay assess --gate`");
  app.add_option("--note", o.note, "With --commit: what else is meant");
  app.add_option("--data", o.data, "With --commit: where public data are");
  add_plan_options(app, o, "--langs");
  add_evidence_options(app, o.evidence, false);
}

Result<int> commit_plan(const CommitOptions& o, const std::string& store, bool json) {
  ASSAY_TRY(const eval::Registry tasks, task_registry(o.data));
  ASSAY_TRY(const eval::RunPlan plan, make_plan(o));
  eval::VariedTasks varied;
  ASSAY_TRY(const auto chosen, eval::select_tasks(tasks, plan, varied));
  Json versions = Json::object();
  for (const eval::Task* task : chosen) versions[task->info().name] = task->info().version;
  Json gate = nullptr;
  if (!o.gate.empty()) {
    ASSAY_CHECK(read_gate(o.gate, tasks));
    ASSAY_TRY(gate, read_file(o.gate, kMostGateBytes));
  }
  ASSAY_TRY(Json model, model_digest(o.model));
  const Json content{{"model", std::move(model)},
                     {"config", eval::to_json(plan)},
                     {"tasks", std::move(versions)},
                     {"gate", std::move(gate)},
                     {"note", o.note}};
  const evidence::Folder folder = evidence_folder(o.evidence, store);
  ASSAY_TRY(const audit::SigningKey key, evidence_key(o.evidence, folder));
  ASSAY_TRY(const evidence::Plan made,
            evidence::commit_plan(folder, key, content, eval::utc_now()));
  if (json) {
    std::puts(dump_json(Json{{"plan", made.id},
                             {"created", made.created},
                             {"index", made.index},
                             {"content", made.content}},
                        2)
                  .c_str());
    return exit_ok;
  }
  std::printf("%s\n", made.id.c_str());
  std::fprintf(stderr,
               "Committed to %zu tasks in %s. Carry it out with `assay assess MODEL ... --plan "
               "%s`.\n",
               chosen.size(), folder.log().c_str(), made.id.c_str());
  return exit_ok;
}

}  // namespace assay::cli
