#include "cli/plan_options.h"

#include <algorithm>

#include "cli/options.h"
#include "eval/sandbox.h"

namespace assay::cli {
namespace {

Error bad_reducer(const std::string& text) {
  return {ErrorKind::usage, "'" + text + "' is not a reducer", "--reducer",
          "Choose mean, majority, at_least_K or pass_at_K, e.g. pass_at_3"};
}

Status read_reducer(const std::string& text, eval::RunPlan& plan) {
  if (text == "mean" || text == "majority") {
    plan.reducer = text == "mean" ? eval::Reducer::mean : eval::Reducer::majority;
    return {};
  }
  for (const auto& [name, reducer] : {std::pair{"at_least_", eval::Reducer::at_least_k},
                                      std::pair{"pass_at_", eval::Reducer::pass_at_k}}) {
    if (!text.starts_with(name)) continue;
    const std::string k = text.substr(std::string(name).size());
    if (k.empty() || k.size() > 4 || k.find_first_not_of("0123456789") != std::string::npos) break;
    plan.reducer = reducer;
    plan.reducer_k = std::stoi(k);
    if (plan.reducer_k < 1) break;
    if (plan.reducer_k > plan.epochs) {
      return fail(ErrorKind::usage, text + " needs at least " + k + " answers to each item",
                  "--epochs", "Add --epochs " + k + " or more");
    }
    return {};
  }
  return tl::unexpected(bad_reducer(text));
}

}  // namespace

bool varies_weights(const eval::Variation& vary) {
  return std::find(vary.factors.begin(), vary.factors.end(), eval::Factor::quantisation) !=
         vary.factors.end();
}

Result<eval::RunPlan> make_plan(const PlanOptions& arguments) {
  eval::RunPlan plan;
  plan.profile = arguments.profile;
  ASSAY_TRY(plan.langs, parse_langs(arguments.langs));
  plan.topics = comma_words(arguments.topics);
  plan.tasks = comma_words(arguments.tasks);
  plan.seed = arguments.seed;
  plan.epochs = arguments.epochs;
  ASSAY_CHECK(read_reducer(arguments.reducer, plan));
  plan.max_items = arguments.limit;
  plan.max_tokens = arguments.token_limit;
  if (!arguments.budget.empty()) {
    ASSAY_TRY(plan.max_time, parse_duration(arguments.budget));
  }
  if (!arguments.vary.empty()) {
    eval::Variation vary;
    ASSAY_TRY(vary.factors, eval::parse_factors(comma_words(arguments.vary)));
    vary.contexts = arguments.contexts;
    if (varies_weights(vary)) vary.forms = comma_words(arguments.forms);
    plan.vary = std::move(vary);
  }
  plan.sandbox = eval::run_python({{"probe.py", "print(1)\n"}}).has_value();
  return plan;
}

void add_plan_options(CLI::App& app, PlanOptions& a, const std::string& lang) {
  app.add_option("--profile", a.profile, "How much: quick, standard or full")
      ->check(CLI::IsMember({"quick", "standard", "full"}));
  app.add_option("--budget", a.budget, "Longest time, e.g. 5m; what does not fit is said");
  app.add_option("--topics", a.topics, "Only these, e.g. misuse,malfunction.bias");
  app.add_option("--tasks", a.tasks, "Only these; `assay tasks` lists them");
  app.add_option(lang, a.langs, "Languages: en, zh or en,zh");
  app.add_option("--seed", a.seed, "Seed of items and sampling");
  app.add_option("--epochs", a.epochs, "Answers to each item")->check(CLI::Range(1, 1000));
  app.add_option("--reducer", a.reducer,
                 "Several answers into one: mean, majority, at_least_K, pass_at_K");
  app.add_option("--limit", a.limit, "At most so many items a task and language")
      ->check(CLI::Range(1, 1000000));
  app.add_option("--token-limit", a.token_limit, "At most so many tokens in all")
      ->check(CLI::PositiveNumber);
  app.add_option("--vary", a.vary,
                 "Ask each item in several contexts: wording, language, persona, system, turns, "
                 "format, temperature, quantisation");
  app.add_option("--contexts", a.contexts, "How many contexts, with --vary (12)")
      ->check(CLI::Range(2, eval::kMostContexts));
  app.add_option("--vary-weights", a.forms,
                 "Weights to score with --vary quantisation; the first is the reference");
}

}  // namespace assay::cli
