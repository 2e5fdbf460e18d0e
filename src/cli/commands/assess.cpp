// `assay assess MODEL`: measure a model and write the safety report. Everything that can be wrong
// with the request is looked at before the work begins; everything measured is in the store before
// the report is written, so that neither Ctrl-C nor a full disk costs finished work.
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "attack/attack_task.h"
#include "cli/command.h"
#include "cli/evidence_options.h"
#include "cli/open_judge.h"
#include "cli/open_model.h"
#include "cli/options.h"
#include "cli/plan_options.h"
#include "cli/ranks.h"
#include "cli/task_command.h"
#include "cli/task_registry.h"
#include "eval/gate.h"
#include "eval/party.h"
#include "eval/runner.h"
#include "model/remote/remote.h"
#include "model/variants.h"

namespace assay::cli {

void register_assess(Commands& registry);

namespace {

namespace fs = std::filesystem;

struct Arguments : PlanOptions {
  std::string model;
  std::vector<std::string> task_files;
  std::vector<std::string> data;
  std::string out;
  std::string gate;
  OpenOptions open;
  JudgeOptions judge;
  EvidenceOptions evidence;
  std::string store;
  std::string resume;
  RankOptions ranks;
  bool json = false;
  bool quiet = false;
};

/// The plan of the run that is gone on with, else the one of the command line.
Result<eval::RunPlan> plan_of(const Arguments& arguments, const eval::RunPlan& plan,
                              store::Store& store) {
  if (arguments.resume.empty()) return plan;
  return begun_plan(store, arguments.resume, "assess");
}

bool varies_forms(const eval::RunPlan& plan) { return plan.vary && varies_weights(*plan.vary); }

/// The model; where the weights are varied, all its forms.
Result<std::unique_ptr<model::Model>> open_forms(const std::string& model_name,
                                                 const OpenOptions& open,
                                                 const eval::RunPlan& plan) {
  if (!varies_forms(plan)) return open_model(model_name, open);
  if (open.dtype != "auto") {
    return fail(ErrorKind::usage, "the weights are varied", "--dtype " + open.dtype,
                "Leave it out; --vary-weights says which");
  }
  std::vector<model::Variant> forms;
  for (const std::string& form : plan.vary->forms) {
    OpenOptions options = open;
    options.dtype = form;
    ASSAY_TRY(auto model, open_model(model_name, options));
    forms.push_back({form, std::move(model)});
  }
  return model::Variants::open(std::move(forms));
}

void print_variation(const eval::Variation& vary) {
  std::string list;
  for (const eval::Factor factor : vary.factors) {
    list += (list.empty() ? "" : ", ") + std::string(to_string(factor)) + " (" +
            std::to_string(eval::level_names(factor, vary.forms).size()) + ")";
  }
  std::fprintf(stderr, "varied: %s; each item is asked in up to %d contexts\n", list.c_str(),
               vary.contexts > 0 ? vary.contexts : eval::kContexts);
}

/// One line about the model at the beginning.
void print_model(const std::string& spec, const model::ModelInfo& info) {
  const double millions = static_cast<double>(info.parameters) / 1e6;
  if (info.served_at.empty()) {
    std::fprintf(stderr, "%s: %s, %.1f M parameters, weights %s scored as %s\n", spec.c_str(),
                 info.architecture.c_str(), millions, info.weights_dtype.c_str(),
                 info.scored_dtype.c_str());
    return;
  }
  std::string facts = info.engine + " at " + info.served_at;
  if (info.parameters > 0) facts += ", " + std::to_string(std::llround(millions)) + " M parameters";
  if (!info.weights_dtype.empty()) facts += ", weights " + info.weights_dtype;
  std::fprintf(stderr, "%s: %s\n", info.name.c_str(), facts.c_str());
}

/// Are its weights computed here? A served model's threads and weights are its server's.
bool is_ours(const std::string& model) { return !model::remote::is_served(model); }

Result<eval::RunOutcome> measure(const Arguments& arguments, const eval::Registry& tasks,
                                 const eval::RunPlan& asked, store::Store& store,
                                 const Launch& launch, attack::Means& means,
                                 evidence::Recorder* recorder) {
  ASSAY_CHECK(eval::open_party(store, launch.party));
  ASSAY_TRY(const eval::RunPlan plan, plan_of(arguments, asked, store));
  OpenOptions open = arguments.open;
  if (open.threads == 0 && is_ours(arguments.model)) open.threads = threads_for(launch);
  ASSAY_TRY(const auto model, open_forms(arguments.model, open, plan));
  means.target = model.get();
  means.seed = plan.seed;
  if (!arguments.quiet) {
    print_model(arguments.model, model->info());
    if (plan.vary) print_variation(*plan.vary);
  }
  return run_shown(*model, tasks, plan, store,
                   {arguments.resume, arguments.quiet, launch.party, recorder});
}

/// A rank other than 0: its part of the run, as rank 0 has planned it.
Status measure_share(const Arguments& arguments, const eval::Registry& tasks,
                     const eval::RunPlan& plan, const Launch& launch, eval::Joined& joined,
                     attack::Means& means) {
  if (joined.run.begun.config.value("sandbox", false) && !plan.sandbox) {
    return fail(ErrorKind::unsupported, "no sandbox works here, and rank 0 has one",
                "run " + joined.run.id, "`assay doctor` on this machine tells what is missing");
  }
  eval::RunHooks hooks;
  hooks.cancel = &interrupt();
  hooks.party = launch.party;
  OpenOptions open = arguments.open;
  ASSAY_TRY(const eval::RunPlan begun, eval::run_plan_from_json(joined.run.begun.config));
  if (!varies_forms(begun)) ASSAY_CHECK(agree_with(joined.run, open));
  if (open.threads == 0 && is_ours(arguments.model)) open.threads = threads_for(launch);
  ASSAY_TRY(const auto model, open_forms(arguments.model, open, begun));
  means.target = model.get();
  means.seed = begun.seed;
  ASSAY_TRY(const eval::RunOutcome outcome,
            eval::join(*model, tasks, joined.store, joined.run.id, hooks));
  if (!interrupt().requested()) return {};
  return fail(ErrorKind::cancelled, "stopped; what was measured is kept", "run " + outcome.run_id);
}

int assess_share(const Arguments& arguments, const eval::Registry& tasks, const eval::RunPlan& plan,
                 const Launch& launch, attack::Means& means) {
  const auto report = [&](const Error& error) {
    std::fprintf(stderr, "assay: rank %d of %d:\n", launch.party.rank, launch.party.size);
    return report_error(error);
  };
  auto joined = eval::await_party(store_place(arguments.store), launch.party, &interrupt());
  if (!joined) return report(joined.error());
  const Status done = measure_share(arguments, tasks, plan, launch, *joined, means);
  if (done) return exit_ok;
  (void)joined->store.end_rank(joined->run.id, launch.party.rank, done.error().message());
  return report(done.error());
}

Status several_machines_need(const Launch& launch, const std::string& store) {
  if (!launch.several_machines || store::is_server(store)) return {};
  return fail(ErrorKind::usage,
              "the ranks are on several machines, and this store is a file of one", store,
              "Start all ranks on one machine, or give --store postgresql://…");
}

int assess(const Arguments& arguments) {
  const auto launch = find_launch(arguments.ranks);
  if (!launch) return report_error(launch.error());
  const auto means = attack::standard_means();
  means->cancel = &interrupt();
  auto registry = task_registry(arguments.data, means);
  if (!registry) return report_error(registry.error());
  const eval::Registry& tasks = *registry;
  auto plan = make_plan(arguments);
  if (!plan) return report_error(plan.error());
  JudgeTasks judges(arguments.judge);
  auto added = add_task_files(
      arguments.task_files, plan->tasks, *registry,
      [&](std::unique_ptr<eval::Task> task) { return judges.wrap(std::move(task)); });
  if (added) added = judges.check();
  if (!added) return report_error(added.error());
  eval::VariedTasks varied;
  if (const auto chosen = eval::select_tasks(tasks, *plan, varied); !chosen) {
    return report_error(chosen.error());
  }
  const auto gate = read_gate(arguments.gate, tasks);
  if (!gate) return report_error(gate.error());
  const auto place = several_machines_need(*launch, store_place(arguments.store));
  if (!place) return report_error(place.error());
  if (launch->party.rank > 0) return assess_share(arguments, tasks, *plan, *launch, *means);
  const fs::path out = arguments.out.empty() ? fs::path("assay-report") : fs::path(arguments.out);
  if (const auto writable = check_writable(out); !writable) return report_error(writable.error());
  auto store = store::Store::open(store_place(arguments.store), store::Mode::write);
  if (!store) return report_error(store.error());

  const auto recorder = open_recorder(arguments.evidence, store_place(arguments.store));
  if (!recorder) return report_error(recorder.error());

  const auto outcome = measure(arguments, tasks, *plan, *store, *launch, *means, recorder->get());
  if (!outcome) return report_error(outcome.error());
  return end_run(*outcome, tasks,
                 {{out, gate->has_value() ? &**gate : nullptr, arguments.json},
                  "assess",
                  arguments.model,
                  &*store,
                  recorder->get()});
}

void add_options(CLI::App& app, Arguments& a) {
  app.add_option("MODEL", a.model,
                 "A GGUF file, a name that `assay model list` shows, or openai:MODEL@URL")
      ->required();
  add_plan_options(app, a, "--lang");
  app.add_option("--task-file", a.task_files,
                 "A task of your own: a mapping, a Moonshot set, or YAML of lm-evaluation-harness");
  app.add_option("--data", a.data, "Where public data are: a folder of data sets, or NAME=DIR");
  app.add_option("--out", a.out, "Folder of the report (assay-report)");
  app.add_option("--gate", a.gate, "Rules that the result must meet; else the exit code is 1");
  add_open_options(app, a.open);
  add_judge_options(app, a.judge);
  add_rank_options(app, a.ranks);
  add_evidence_options(app, a.evidence, true);
  app.add_option("--store", a.store, "The store of runs");
  app.add_option("--resume", a.resume, "Go on with this unfinished run (an id, or latest)");
  app.add_flag("--json", a.json, "Print the report document on standard output");
  app.add_flag("--quiet", a.quiet, "No progress");
}

}  // namespace

void register_assess(Commands& registry) {
  registry.add("assess", "Measure a model and write its safety report", [](CLI::App& app) {
    const auto arguments = std::make_shared<Arguments>();
    add_options(app, *arguments);
    return [arguments] { return assess(*arguments); };
  });
}

}  // namespace assay::cli
