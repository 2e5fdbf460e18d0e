// `assay explain MODEL`: what happens inside a model when it answers: methods of explanation, each
// with a test of its own. A run like any other: stored, resumable, shown, compared and reported.
// With --prompt: one prompt, read layer by layer, on the terminal.
#include <cstdio>
#include <filesystem>
#include <memory>

#include "cli/command.h"
#include "cli/evidence_options.h"
#include "cli/explain_prompt.h"
#include "cli/model_name.h"
#include "cli/open_model.h"
#include "cli/options.h"
#include "cli/task_command.h"
#include "cli/task_registry.h"
#include "explain/explain_task.h"
#include "model/remote/remote.h"

namespace assay::cli {

void register_explain(Commands& registry);

namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string model;
  bool list = false;
  std::vector<std::string> what;
  ExplainPrompt prompt;
  std::vector<std::string> langs{"en,zh"};
  int limit = 0;  ///< 0 = each method's own
  std::uint64_t seed = 1;
  std::string time;
  std::string out;
  OpenOptions open;
  EvidenceOptions evidence;
  std::string store, resume;
  bool json = false, quiet = false;
};

/// Tasks of the wanted methods; all of them if none is named. Error: usage.
Result<std::vector<std::string>> chosen(const std::vector<std::string>& wanted) {
  explain::Methods methods;
  explain::register_all_methods(methods);
  std::vector<std::string> out;
  std::string known;
  for (const auto& method : methods.all()) {
    known += (known.empty() ? "" : ", ") + method->info().name;
    if (wanted.empty()) out.push_back(explain::task_name(method->info()));
  }
  for (const std::string& name : wanted) {
    bool found = false;
    for (const auto& method : methods.all()) {
      if (method->info().name != name) continue;
      found = true;
      out.push_back(explain::task_name(method->info()));
    }
    if (!found) {
      return fail(ErrorKind::usage, "there is no method of explanation `" + name + "`", "--what",
                  "Methods: " + known);
    }
  }
  return out;
}

void list_methods() {
  explain::Methods methods;
  explain::register_all_methods(methods);
  for (const auto& method : methods.all()) {
    std::printf("%-20s %s\n", method->info().name.c_str(), method->info().title.en.c_str());
  }
}

Result<eval::RunPlan> make_plan(const Arguments& a) {
  eval::RunPlan plan;
  plan.profile = "standard";
  ASSAY_TRY(plan.langs, parse_langs(a.langs));
  ASSAY_TRY(plan.tasks, chosen(comma_words(a.what)));
  plan.seed = a.seed;
  if (!a.time.empty()) {
    ASSAY_TRY(plan.max_time, parse_duration(a.time));
  }
  plan.more = Json{{"command", "explain"}, {"limit", a.limit}};
  return plan;
}

/// The file behind MODEL; where nothing can be looked into, why not.
Result<fs::path> weights_of(const std::string& model) {
  if (model::remote::is_served(model)) {
    return fail(ErrorKind::unsupported, "a served model shows nothing of its inside", model,
                "Give the weights themselves: a GGUF file or a fetched model");
  }
  ASSAY_TRY(const fs::path weights, resolve_model(model));
  ASSAY_CHECK(model::whitebox_available());
  return weights;
}

Result<int> explain_model(Arguments a) {
  std::optional<eval::RunPlan> begun;
  if (!a.resume.empty()) {
    ASSAY_TRY(auto store, store::Store::open(store_place(a.store), store::Mode::read));
    ASSAY_TRY(begun, begun_plan(store, a.resume, "explain"));
    a.limit = begun->more.value("limit", a.limit);
    a.seed = begun->seed;
  }
  auto lab = std::make_shared<explain::Lab>();
  ASSAY_TRY(lab->weights.file, weights_of(a.model));
  lab->weights.threads = a.open.threads;
  lab->count = a.limit;
  lab->seed = a.seed;
  lab->cancel = &interrupt();
  if (!a.prompt.text.empty()) {
    ASSAY_TRY(const auto model, open_model(a.model, a.open));
    lab->target = model.get();
    ASSAY_CHECK(print_prompt(a.prompt, *lab, a.json));
    return exit_ok;
  }
  ASSAY_TRY(const eval::RunPlan made, make_plan(a));
  const eval::RunPlan& plan = begun ? *begun : made;
  ASSAY_TRY(const auto tasks, task_registry({}, nullptr, lab));
  const fs::path out = a.out.empty() ? fs::path("assay-explain") : fs::path(a.out);
  ASSAY_CHECK(check_writable(out));
  ASSAY_TRY(auto store, store::Store::open(store_place(a.store), store::Mode::write));
  ASSAY_TRY(const auto model, open_model(a.model, a.open));
  lab->target = model.get();
  ASSAY_TRY(const auto recorder, open_recorder(a.evidence, store_place(a.store)));
  ASSAY_TRY(const auto outcome,
            run_shown(*model, tasks, plan, store, {a.resume, a.quiet, {}, recorder.get()}));
  return end_run(outcome, tasks,
                 {{out, nullptr, a.json}, "explain", a.model, &store, recorder.get()});
}

void add_options(CLI::App& app, Arguments& a) {
  app.add_option("MODEL", a.model, "A GGUF file, or a name that `assay model list` shows");
  app.add_flag("--list", a.list, "List the methods");
  app.add_option("--what", a.what, "Methods, e.g. lens,attribution; if none is given: all");
  app.add_option("--prompt", a.prompt.text,
                 "Explain this one prompt on the terminal, layer by layer, instead of a run");
  app.add_option("--answer", a.prompt.answer, "With --prompt: how it should go on, e.g. ' Paris'");
  app.add_option("--wrong", a.prompt.wrong, "With --answer: what to hold it against, e.g. ' Rome'");
  app.add_option("--lang", a.langs, "Languages: en, zh or en,zh");
  app.add_option(
         "--limit", a.limit,
         "At most so many items of a method in each language; if not given, as many as the method "
         "takes by itself (40; patching 12, probe 60)")
      ->check(CLI::Range(1, 100000));
  app.add_option("--seed", a.seed, "Seed of items and random controls");
  app.add_option("--time", a.time, "Longest time of the whole run, e.g. 30m");
  app.add_option("--out", a.out, "Folder of the report (assay-explain)");
  add_open_options(app, a.open);
  add_evidence_options(app, a.evidence, false);
  app.add_option("--store", a.store, "The store of runs");
  app.add_option("--resume", a.resume, "Go on with this unfinished run (an id, or latest)");
  app.add_flag("--json", a.json, "Print the report document, or the prompt's table, as JSON");
  app.add_flag("--quiet", a.quiet, "No progress");
}

}  // namespace

void register_explain(Commands& registry) {
  registry.add("explain", "Look inside a model: lens, attribution, directions", [](CLI::App& app) {
    auto arguments = std::make_shared<Arguments>();
    add_options(app, *arguments);
    return [arguments]() -> int {
      if (arguments->list) {
        list_methods();
        return exit_ok;
      }
      if (arguments->model.empty()) {
        return report_error({ErrorKind::usage, "no model is named", "assay explain",
                             "Name one, or list the methods with --list"});
      }
      const auto code = explain_model(*arguments);
      return code ? *code : report_error(code.error());
    };
  });
}

}  // namespace assay::cli
