// `assay plan`: how many items a wanted precision needs, and what they would cost. Clusters, the
// share of answers without a verdict and the costs come from an earlier run, where one is named.
#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>

#include "cli/command.h"
#include "cli/commit_plan.h"
#include "cli/options.h"
#include "eval/runner.h"
#include "report/format_number.h"
#include "stats/sample_size.h"

namespace assay::cli {

void register_plan(Commands& registry);

namespace {

struct Arguments {
  std::optional<double> width, at_most, difference;
  std::int64_t failures = 0;
  bool paired = false;
  double rate = 0.5;
  double discordant = 0.2;
  double level = 0.95;
  double power = 0.8;
  std::optional<double> effect;      // design effect
  std::optional<double> unassessed;  // share
  std::optional<double> per_item;    // answers to an item
  std::string from, task, items_lang = "en", store;
  double price_in = 0.0, price_out = 0.0, price_hour = 0.0, price_kwh = 0.0;
  std::string lang = "en";
  bool commit = false;
  CommitOptions committed;
  bool json = false;
};

/// What an earlier run tells about one answer.
struct Earlier {
  std::string run, task;
  double rate = 0.5;
  double effect = 1.0;
  double unassessed = 0.0;
  double per_item = 1.0;
  double seconds = 0.0, prompt_tokens = 0.0, completion_tokens = 0.0, joules = 0.0;  // an answer
  bool joules_modelled = true;
};

struct Costs {
  double seconds = 0.0, tokens = 0.0, joules = 0.0, money = 0.0;
};

struct Plan {
  Text wish;
  std::int64_t independent = 0;  ///< items that would do if each had one assessed answer
  std::int64_t answers = 0;
  std::int64_t items = 0;
  double effect = 1.0, unassessed = 0.0, per_item = 1.0;
  int groups = 1;  ///< each of that size
  std::optional<Costs> costs;
};

Result<Earlier> read_earlier(const Arguments& a) {
  if (a.task.empty()) {
    return fail(ErrorKind::usage, "an earlier run has many tasks", "--from " + a.from,
                "Name one with --task");
  }
  ASSAY_TRY(auto store, store::Store::open(store_place(a.store), store::Mode::read));
  ASSAY_TRY(const eval::RunOutcome run, eval::load_outcome(store, a.from));
  const Lang lang = a.items_lang == "zh" ? Lang::zh : Lang::en;
  const eval::TaskOutcome* found = nullptr;
  for (const auto& task : run.tasks) {
    if (task.task == a.task && task.lang == lang) found = &task;
  }
  if (found == nullptr || found->done == 0) {
    return fail(ErrorKind::not_found, "the run has no answers of this task in this language",
                a.task + "/" + a.items_lang, "`assay show " + run.run_id + "` lists its tasks");
  }
  ASSAY_TRY(const auto scored, eval::load_scored(store, run.run_id, a.task, lang));
  Earlier out;
  out.run = run.run_id;
  out.task = a.task;
  std::vector<stats::Observation> seen;
  stats::ClusterIds clusters;
  stats::ClusterIds all;
  double successes = 0.0;
  for (const auto& one : scored) {
    const std::string& cluster = one.cluster.empty() ? one.sample_id : one.cluster;
    all.of(cluster);
    if (one.score.verdict == eval::Verdict::unassessed) continue;
    const double value = one.score.verdict == eval::Verdict::success ? 1.0 : 0.0;
    successes += value;
    seen.push_back({value, clusters.of(cluster)});
  }
  const auto n = static_cast<double>(scored.size());
  out.effect = stats::design_effect(seen);
  out.unassessed = 1.0 - static_cast<double>(seen.size()) / n;
  out.per_item = n / static_cast<double>(all.size());
  if (!seen.empty()) out.rate = successes / static_cast<double>(seen.size());
  out.seconds = found->ledger.seconds / n;
  out.prompt_tokens = static_cast<double>(found->ledger.prompt_tokens) / n;
  out.completion_tokens = static_cast<double>(found->ledger.completion_tokens) / n;
  out.joules = found->ledger.joules / n;
  out.joules_modelled = found->ledger.joules_modelled;
  return out;
}

std::string number(double x) {
  std::string text = std::to_string(std::round(x * 1e4) / 1e4);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string share(double x) { return number(100.0 * x) + "%"; }

Text wish_text(const Arguments& a, double rate) {
  const std::string level = share(a.level);
  if (a.width) {
    return {"a " + level + " interval at most " + number(100.0 * *a.width) +
                " percentage points wide at a rate of about " + share(rate),
            "比例约为 " + share(rate) + " 时，" + level + " 置信区间宽度不超过 " +
                number(100.0 * *a.width) + " 个百分点"};
  }
  if (a.at_most) {
    const std::string seen = std::to_string(a.failures);
    return {"\"at most " + share(*a.at_most) + "\" (one-sided, " + level + ") if " + seen +
                " are seen to fail",
            "出现 " + seen + " 次失败时，可以断言“至多 " + share(*a.at_most) + "”（单侧 " + level +
                "）"};
  }
  const std::string power = share(a.power);
  const std::string points = number(100.0 * *a.difference);
  if (a.paired) {
    return {"a difference of " + points + " percentage points on the same items, of which " +
                share(a.discordant) + " come out differently (two-sided " + level + ", power " +
                power + ")",
            "同一批题目上 " + points + " 个百分点的差异，其中 " + share(a.discordant) +
                " 的题目结果不同（双侧 " + level + "，检验功效 " + power + "）"};
  }
  return {"a difference of " + points + " percentage points between two groups, one of them at " +
              share(rate) + " (two-sided " + level + ", power " + power + ")",
          "两组之间 " + points + " 个百分点的差异，其中一组为 " + share(rate) + "（双侧 " + level +
              "，检验功效 " + power + "）"};
}

Result<std::int64_t> independent_items(const Arguments& a, double rate) {
  std::optional<std::int64_t> n;
  const stats::PowerOptions options{1.0 - a.level, a.power};
  if (a.width) {
    n = stats::items_for_width(rate, *a.width, a.level);
  } else if (a.at_most) {
    n = stats::items_for_bound(*a.at_most, a.failures, a.level);
  } else if (a.paired) {
    n = stats::pairs_for_difference(*a.difference, a.discordant, options);
  } else {
    n = stats::items_for_group_difference(rate, *a.difference, options);
  }
  if (n) return *n;
  return fail(ErrorKind::usage, "no number of items up to 100 million gives that",
              wish_text(a, rate).en,
              "Ask for less precision, or check the rates: a difference can't exceed what is left");
}

Costs costs_of(const Arguments& a, const Earlier& earlier, double answers) {
  Costs out;
  const double in = answers * earlier.prompt_tokens;
  const double back = answers * earlier.completion_tokens;
  out.seconds = answers * earlier.seconds;
  out.tokens = in + back;
  out.joules = answers * earlier.joules;
  out.money = in / 1e6 * a.price_in + back / 1e6 * a.price_out +
              out.seconds / 3600.0 * a.price_hour + out.joules / 3.6e6 * a.price_kwh;
  return out;
}

Result<Plan> make_plan(const Arguments& a, const std::optional<Earlier>& earlier, bool own_rate) {
  Plan plan;
  const double rate = earlier && !own_rate ? earlier->rate : a.rate;
  plan.wish = wish_text(a, rate);
  ASSAY_TRY(plan.independent, independent_items(a, rate));
  plan.effect = a.effect.value_or(earlier ? earlier->effect : 1.0);
  plan.unassessed = a.unassessed.value_or(earlier ? earlier->unassessed : 0.0);
  plan.per_item = a.per_item.value_or(earlier ? earlier->per_item : 1.0);
  if (plan.unassessed >= 1.0) {
    return fail(ErrorKind::usage, "no answer would get a verdict, so no number of them is enough",
                "--unassessed", "Choose a task or a run whose answers can be assessed");
  }
  plan.groups = a.difference ? 2 : 1;
  plan.answers = stats::needed_answers(plan.independent, plan.effect, plan.unassessed);
  plan.items = static_cast<std::int64_t>(
      std::ceil(static_cast<double>(plan.answers) / plan.per_item - 1e-9));
  if (earlier) plan.costs = costs_of(a, *earlier, static_cast<double>(plan.answers * plan.groups));
  return plan;
}

Json plan_json(const Plan& plan, const std::optional<Earlier>& earlier) {
  Json out{{"wish", {{"en", plan.wish.en}, {"zh", plan.wish.zh}}},
           {"independent_items", plan.independent},
           {"design_effect", plan.effect},
           {"unassessed_share", plan.unassessed},
           {"answers_per_item", plan.per_item},
           {"groups", plan.groups},
           {"answers", plan.answers},
           {"items", plan.items},
           {"from", nullptr},
           {"cost", nullptr}};
  if (earlier)
    out["from"] = {{"run", earlier->run}, {"task", earlier->task}, {"rate", earlier->rate}};
  if (plan.costs) {
    out["cost"] = {{"seconds", plan.costs->seconds},
                   {"tokens", plan.costs->tokens},
                   {"joules", plan.costs->joules},
                   {"joules_modelled", earlier->joules_modelled},
                   {"money", plan.costs->money}};
  }
  return out;
}

void print_plan(const Plan& plan, const std::optional<Earlier>& earlier, Lang lang) {
  const bool en = lang == Lang::en;
  const auto say = [](const std::string& text) { std::puts(text.c_str()); };
  const std::string items = report::count(plan.items);
  say((en ? "For " : "要得到：") + plan.wish.in(lang) + (en ? ":" : ""));
  if (plan.groups == 2) {
    say(en ? "  " + items + " items for each of the two sides" : "  两侧各需 " + items + " 道题目");
  } else {
    say(en ? "  " + items + " items" : "  需要 " + items + " 道题目");
  }
  say(en ? "  " + report::count(plan.independent) +
               " if every item had one answer with a verdict; design effect " +
               number(plan.effect) + ", " + share(plan.unassessed) + " unassessed, " +
               number(plan.per_item) + " answers to an item"
         : "  若每题恰有一个可评定的回答，则为 " + report::count(plan.independent) +
               " 道；设计效应 " + number(plan.effect) + "，未评定 " + share(plan.unassessed) +
               "，每题 " + number(plan.per_item) + " 个回答");
  if (!plan.costs) {
    say(en ? "  Costs: name an earlier run with --from RUN --task TASK"
           : "  费用：用 --from RUN --task TASK 指定一次先前的运行");
    return;
  }
  const Costs& c = *plan.costs;
  const std::string modelled = earlier->joules_modelled ? (en ? " (estimated)" : "（估算）") : "";
  std::string line =
      (en ? "  Cost as in run " : "  按运行 ") + earlier->run + (en ? ": " : " 估计的费用：") +
      report::count(plan.answers * plan.groups) + (en ? " answers, " : " 个回答，") +
      report::duration_text(c.seconds, lang) + (en ? ", " : "，") + report::short_number(c.tokens) +
      (en ? " tokens, " : " 个词元，") + report::joules_text(c.joules, lang) + modelled;
  if (c.money > 0.0) line += (en ? ", price " : "，价格 ") + number(c.money);
  say(line);
}

Status check(const Arguments& a) {
  const int wishes = (a.width ? 1 : 0) + (a.at_most ? 1 : 0) + (a.difference ? 1 : 0);
  if (wishes != 1) {
    return fail(ErrorKind::usage, "one wish at a time", "",
                "Give one of --width 0.1, --at-most 0.01 or --difference 0.05");
  }
  if (a.from.empty() && (a.price_in + a.price_out + a.price_hour + a.price_kwh) > 0.0) {
    return fail(ErrorKind::usage, "prices need an earlier run, whose costs are taken", "--price",
                "Add --from RUN --task TASK");
  }
  return {};
}

int plan(const Arguments& a, bool own_rate) {
  if (a.commit) {
    const auto code = commit_plan(a.committed, store_place(a.store), a.json);
    return code ? *code : report_error(code.error());
  }
  if (const auto fine = check(a); !fine) return report_error(fine.error());
  std::optional<Earlier> earlier;
  if (!a.from.empty()) {
    auto read = read_earlier(a);
    if (!read) return report_error(read.error());
    earlier = std::move(*read);
  }
  const auto made = make_plan(a, earlier, own_rate);
  if (!made) return report_error(made.error());
  if (a.json) {
    std::puts(dump_json(plan_json(*made, earlier), 2).c_str());
  } else {
    print_plan(*made, earlier, a.lang == "zh" ? Lang::zh : Lang::en);
  }
  return exit_ok;
}

CLI::Option* add_options(CLI::App& app, Arguments& a) {
  const CLI::Range share(0.0, 1.0);
  app.add_option("--width", a.width, "Interval at most so wide, e.g. 0.1")->check(share);
  app.add_option("--at-most", a.at_most, "To claim a rate of at most this, e.g. 0.01")
      ->check(share);
  app.add_option("--difference", a.difference, "To see a difference of this, e.g. 0.05")
      ->check(share);
  app.add_option("--failures", a.failures, "With --at-most: failures that may be seen (0)")
      ->check(CLI::Range(0, 100000000));
  app.add_flag("--paired", a.paired, "With --difference: both on the same items");
  app.add_option("--discordant", a.discordant, "With --paired: share of items that differ (0.2)")
      ->check(share);
  CLI::Option* rate = app.add_option("--rate", a.rate, "Expected rate (that of the run, or 0.5)");
  rate->check(share);
  app.add_option("--level", a.level, "Confidence level")->check(CLI::Range(0.5, 0.9999));
  app.add_option("--power", a.power, "Chance to see the difference")
      ->check(CLI::Range(0.5, 0.9999));
  app.add_option("--design-effect", a.effect, "Instead of the run's")->check(CLI::Range(1.0, 1e6));
  app.add_option("--unassessed", a.unassessed, "Share without a verdict, instead of the run's")
      ->check(share);
  app.add_option("--answers-per-item", a.per_item, "Instead of the run's")
      ->check(CLI::Range(1.0, 1e6));
  app.add_option("--from", a.from, "An earlier run: an id, its beginning, or latest");
  app.add_option("--task", a.task, "Its task");
  app.add_option("--task-lang", a.items_lang, "Language of its items")
      ->check(CLI::IsMember({"en", "zh"}));
  app.add_option("--price-in", a.price_in, "Price of a million tokens read")
      ->check(CLI::NonNegativeNumber);
  app.add_option("--price-out", a.price_out, "Price of a million tokens written")
      ->check(CLI::NonNegativeNumber);
  app.add_option("--price-hour", a.price_hour, "Price of an hour")->check(CLI::NonNegativeNumber);
  app.add_option("--price-kwh", a.price_kwh, "Price of a kilowatt-hour")
      ->check(CLI::NonNegativeNumber);
  app.add_option("--lang", a.lang, "Language of the text")->check(CLI::IsMember({"en", "zh"}));
  app.add_option("--store", a.store, "The store of runs");
  app.add_flag("--commit", a.commit,
               "Instead: put what is going to be measured into the evidence log, before it is");
  add_commit_options(app, a.committed);
  app.add_flag("--json", a.json, "Print JSON");
  return rate;
}

}  // namespace

void register_plan(Commands& registry) {
  registry.add("plan", "How many items a precision needs, and their cost", [](CLI::App& app) {
    const auto arguments = std::make_shared<Arguments>();
    const CLI::Option* rate = add_options(app, *arguments);
    return [arguments, rate] { return plan(*arguments, rate->count() > 0); };
  });
}

}  // namespace assay::cli
