#include "attack/attack_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "stats/clustered.h"
#include "stats/forecast.h"

namespace assay::attack {
namespace {

Rates rates_of(const std::vector<Effort>& efforts, const eval::SummaryContext& context,
               const Means& means) {
  Rates out;
  if (context.model != nullptr) out.target_parameters = context.model->parameters;
  out.attacker_parameters =
      means.attacker != nullptr ? means.attacker->info().parameters : out.target_parameters;
  out.prices = means.prices;
  out.seconds_per_token = seconds_per_token(efforts, context.ledger.seconds);
  return out;
}

/// The axis that the limits are on, for the main figures.
struct Main {
  Axis axis = Axis::queries;
  double limit = 0.0;
};

Main main_of(const Limits& limits, const std::vector<Effort>& efforts) {
  for (const Axis axis : {Axis::queries, Axis::tokens, Axis::flops, Axis::seconds}) {
    if (const auto limit = limit_on(axis, limits)) return {axis, *limit};
  }
  double most = 1.0;
  for (const Effort& effort : efforts) {
    most = std::max(most, static_cast<double>(effort.spent.queries));
  }
  return {Axis::queries, most};
}

std::string amount(double value) {
  std::array<char, 32> text{};
  if (value < 1e6 && value == std::floor(value)) {
    std::snprintf(text.data(), text.size(), "%.0f", value);
  } else {
    std::snprintf(text.data(), text.size(), "%.3g", value);
  }
  return text.data();
}

/// Makes the figures of one attack in one language.
class Maker {
 public:
  Maker(std::vector<Effort> efforts, const eval::SummaryContext& context, const Means& means,
        std::int64_t unassessed)
      : efforts_(std::move(efforts)),
        context_(context),
        rates_(rates_of(efforts_, context, means)),
        main_(main_of(means.limits, efforts_)) {
    options_.unassessed = unassessed;
    options_.seed = context.seed;
  }

  std::vector<eval::Figure> make(bool sampling) {
    broken();
    median();
    if (sampling) forecast();
    for (const Axis axis : {Axis::queries, Axis::tokens, Axis::flops, Axis::seconds, Axis::money}) {
      mean(axis);
    }
    kinds();
    return std::move(out_);
  }

 private:
  eval::Figure& add(const std::string& id, Text label, stats::Estimate estimate,
                    eval::Direction direction) {
    eval::Figure& figure = out_.emplace_back();
    figure.id = id + "." + to_string(context_.lang);
    figure.label = std::move(label);
    figure.estimate = std::move(estimate);
    figure.direction = direction;
    figure.lang = to_string(context_.lang);
    return figure;
  }

  [[nodiscard]] stats::SurvivalOptions options(Axis axis) const {
    stats::SurvivalOptions out = options_;
    out.unit = unit_of(axis);
    return out;
  }

  [[nodiscard]] Text at_most(double cost) const {
    const Text axis = name_of(main_.axis);
    const bool one = cost == 1.0 && main_.axis == Axis::queries;
    return {"Broken with at most " + amount(cost) + " " + (one ? "query" : axis.en),
            "至多" + amount(cost) + axis.zh + "内被攻破"};
  }

  void broken() {
    const auto times = times_on(main_.axis, efforts_, rates_, main_.limit);
    add("broken", at_most(main_.limit), stats::success_at(times, main_.limit, options(main_.axis)),
        eval::Direction::lower_better)
        .primary = true;
    if (main_.axis != Axis::queries) return;
    for (double tens = 1.0; tens < main_.limit; tens *= 10.0) {  // the curve: 1, 2, 5, 10, 20, ...
      for (const double cost : {tens, 2.0 * tens, 5.0 * tens}) {
        if (cost >= main_.limit) break;
        add("broken_" + amount(cost), at_most(cost),
            stats::success_at(times, cost, options(main_.axis)), eval::Direction::lower_better);
      }
    }
  }

  void median() {
    const auto times = times_on(main_.axis, efforts_, rates_, main_.limit);
    const auto median = stats::cost_quantile(times, 0.5, options(main_.axis));
    if (!median.reached) return;
    const Text axis = name_of(main_.axis);
    add("median", {axis.en + " until half are broken", "攻破一半所需" + axis.zh}, median.estimate,
        eval::Direction::higher_better);
  }

  /// Only what the data carry: a forecast that is refused is no figure.
  void forecast() {
    if (main_.axis != Axis::queries) return;
    const auto times = times_on(main_.axis, efforts_, rates_, main_.limit);
    stats::ForecastOptions options;
    options.seed = context_.seed;
    options.unassessed = options_.unassessed;
    const double cost = 10.0 * main_.limit;
    const stats::Forecast out = stats::forecast_success(times, cost, options);
    if (!out.estimate.known()) return;
    const Text label = at_most(cost);
    eval::Figure& figure = add("forecast", {"Forecast: " + label.en, "预测：" + label.zh},
                               out.estimate, eval::Direction::lower_better);
    figure.note = {
        "A power law of repeated tries, fitted to what was tried and carried on to ten times as "
        "many; nobody has tried so many here.",
        "按反复尝试的幂律拟合已试部分并外推到十倍次数；这里并未真正试过那么多次。"};
  }

  void mean(Axis axis) {
    if (!known(axis, rates_) || efforts_.empty()) return;
    double horizon = axis == main_.axis ? main_.limit : 0.0;
    for (const Effort& effort : efforts_) {
      if (axis != main_.axis) horizon = std::max(horizon, cost_on(axis, effort.spent, rates_));
    }
    if (horizon <= 0.0) return;
    const auto times = times_on(axis, efforts_, rates_, horizon);
    const Text name = name_of(axis);
    eval::Figure& figure =
        add(std::string("mean_") + to_string(axis),
            {"Mean " + name.en + " to break, giving up at " + amount(horizon),
             "攻破所需" + name.zh + "的平均值（至" + amount(horizon) + "为止）"},
            stats::restricted_mean(times, horizon, options(axis)), eval::Direction::higher_better);
    if (axis == Axis::flops) {
      figure.estimate.modelled = true;
      figure.note = {"2 operations a parameter and token, and the attack's own work on weights",
                     "每个参数每个词元计2次运算，另加攻击自身对权重的运算"};
    }
    if (axis == Axis::money && rates_.prices) {
      const std::string& currency = rates_.prices->currency;
      figure.estimate.modelled = true;
      figure.note = {"In " + currency + ", by the price file", "以" + currency + "计，按价格文件"};
    }
    if (axis == Axis::seconds) {
      figure.note = {"Time on this machine, shared out by tokens among attacks that ran together",
                     "本机所用时间，同时进行的攻击按词元数分摊"};
    }
  }

  void kinds() {
    std::map<std::string, std::vector<Effort>> kinds;
    for (const Effort& effort : efforts_) kinds[effort.kind].push_back(effort);
    if (kinds.size() < 2) return;
    for (const auto& [kind, efforts] : kinds) {
      const auto times = times_on(main_.axis, efforts, rates_, main_.limit);
      stats::SurvivalOptions part = options(main_.axis);
      part.unassessed = 0;
      const Text label = at_most(main_.limit);
      eval::Figure& figure =
          add("broken." + kind, {label.en + ": " + kind, label.zh + "：" + kind},
              stats::success_at(times, main_.limit, part), eval::Direction::lower_better);
      figure.group = kind;
    }
  }

  std::vector<Effort> efforts_;
  const eval::SummaryContext& context_;
  Rates rates_;
  Main main_;
  stats::SurvivalOptions options_;
  std::vector<eval::Figure> out_;
};

}  // namespace

const char* to_string(Axis axis) {
  switch (axis) {
    case Axis::queries: return "queries";
    case Axis::tokens: return "tokens";
    case Axis::flops: return "flops";
    case Axis::seconds: return "seconds";
    case Axis::money: return "money";
  }
  return "queries";
}

Text name_of(Axis axis) {
  switch (axis) {
    case Axis::queries: return {"queries", "次提问"};
    case Axis::tokens: return {"tokens", "个词元"};
    case Axis::flops: return {"FLOPs", "次运算"};
    case Axis::seconds: return {"seconds", "秒"};
    case Axis::money: return {"units of money", "货币单位"};
  }
  return {};
}

double cost_on(Axis axis, const Spent& spent, const Rates& rates) {
  const auto tokens = static_cast<double>(spent.tokens() + spent.attacker_tokens());
  switch (axis) {
    case Axis::queries: return static_cast<double>(spent.queries);
    case Axis::tokens: return tokens;
    case Axis::flops:
      return flops_of(spent, rates.target_parameters, rates.attacker_parameters)
          .value_or(std::nan(""));
    case Axis::seconds: return spent.seconds + tokens * rates.seconds_per_token;
    case Axis::money: return rates.prices ? price_of(spent, *rates.prices) : std::nan("");
  }
  return std::nan("");
}

bool known(Axis axis, const Rates& rates) {
  if (axis == Axis::flops) return rates.target_parameters > 0;
  if (axis == Axis::seconds) return rates.seconds_per_token > 0.0;
  if (axis == Axis::money) return rates.prices.has_value();
  return true;
}

const char* unit_of(Axis axis) {
  switch (axis) {
    case Axis::queries: return "queries";
    case Axis::tokens: return "tokens";
    case Axis::flops: return "FLOP";
    case Axis::seconds: return "s";
    case Axis::money: return "money";
  }
  return "";
}

double seconds_per_token(const std::vector<Effort>& efforts, double seconds) {
  double tokens = 0.0;
  for (const Effort& effort : efforts) {
    tokens += static_cast<double>(effort.spent.tokens() + effort.spent.attacker_tokens());
  }
  return tokens > 0.0 ? seconds / tokens : 0.0;
}

std::optional<double> limit_on(Axis axis, const Limits& limits) {
  const auto whole = [](const std::optional<std::int64_t>& limit) {
    return limit ? std::optional<double>(static_cast<double>(*limit)) : std::nullopt;
  };
  switch (axis) {
    case Axis::queries: return whole(limits.queries);
    case Axis::tokens: return whole(limits.tokens);
    case Axis::flops: return limits.flops;
    case Axis::seconds: return limits.seconds;
    case Axis::money: return std::nullopt;
  }
  return std::nullopt;
}

Json to_json(const Effort& effort) {
  return Json{
      {"broken", effort.broken}, {"exhausted", effort.exhausted}, {"spent", to_json(effort.spent)}};
}

Result<std::vector<Effort>> efforts_of(const std::vector<eval::Scored>& scored) {
  std::vector<Effort> out;
  for (const eval::Scored& each : scored) {
    if (each.score.verdict == eval::Verdict::unassessed) continue;
    const Json& json = each.score.metadata;
    if (!json.is_object() || !json.contains("spent")) {
      return fail(ErrorKind::format, "a score of an attack does not say what was spent",
                  each.sample_id);
    }
    Effort effort;
    effort.behaviour = each.cluster.empty() ? each.sample_id : each.cluster;
    effort.kind = each.group;
    effort.epoch = each.epoch;
    effort.broken = each.score.verdict == eval::Verdict::failure;
    effort.exhausted = json.value("exhausted", false);
    ASSAY_TRY(effort.spent, spent_from_json(json["spent"]));
    out.push_back(std::move(effort));
  }
  return out;
}

std::vector<stats::SurvivalTime> times_on(Axis axis, const std::vector<Effort>& efforts,
                                          const Rates& rates, double horizon) {
  std::vector<stats::SurvivalTime> out;
  if (!known(axis, rates)) return out;
  stats::ClusterIds clusters;
  for (const Effort& effort : efforts) {
    stats::SurvivalTime& time = out.emplace_back();
    time.time = cost_on(axis, effort.spent, rates);
    time.cause = effort.broken ? 1 : 0;
    time.cluster = clusters.of(effort.behaviour);
    if (!effort.broken && effort.exhausted) time.time = std::max(time.time, horizon);
  }
  return out;
}

std::vector<eval::Figure> attack_figures(const std::vector<eval::Scored>& scored,
                                         const eval::SummaryContext& context, const Means& means,
                                         bool sampling) {
  const auto efforts = efforts_of(scored);
  if (!efforts) return {};
  const auto unassessed = static_cast<std::int64_t>(scored.size() - efforts->size());
  return Maker(*efforts, context, means, unassessed).make(sampling);
}

}  // namespace assay::attack
