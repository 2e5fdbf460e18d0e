#include "eval/judge/judge.h"

#include <algorithm>

#include "base/digest.h"
#include "eval/judge/prompt.h"
#include "eval/judge/vote.h"
#include "eval/plain_form.h"
#include "eval/replay.h"

namespace assay::eval {
namespace {

class ModelJudge : public Judge {
 public:
  ModelJudge(std::vector<std::unique_ptr<model::Model>> models, Rubric rubric)
      : models_(std::move(models)), rubric_(std::move(rubric)) {}

  [[nodiscard]] std::string name() const override {
    std::string out;
    for (const auto& m : models_) {
      // Not the id, which is the path of a file: names stand in reports.
      const model::ModelInfo& info = m->info();
      out += (out.empty() ? "" : " + ") + (info.name.empty() ? info.id : info.name);
    }
    return out + ", rubric " + rubric_.name;
  }
  [[nodiscard]] Json about() const override;
  [[nodiscard]] const Rubric* rubric() const override { return &rubric_; }
  [[nodiscard]] std::vector<std::optional<Score>> judge(std::span<const JudgeItem> items,
                                                        const CancelToken* cancel) override;
  [[nodiscard]] model::Ledger ledger() const override {
    model::Ledger out = models_.front()->ledger();
    for (std::size_t i = 1; i < models_.size(); ++i) out += models_[i]->ledger();
    return out;
  }
  [[nodiscard]] std::optional<model::Halt> halted() const override {
    for (const auto& m : models_) {
      if (auto halt = m->halted()) return halt;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::size_t orders() const { return rubric_.swap ? 2 : 1; }
  /// Why an item is not put to the judge at all; empty where it is.
  [[nodiscard]] std::string unfit(const JudgeItem& item) const;
  std::vector<JudgeCall> ask(model::Model& model, std::span<const JudgeItem> items,
                             const std::vector<std::size_t>& chosen, const CancelToken* cancel);

  std::vector<std::unique_ptr<model::Model>> models_;
  Rubric rubric_;
};

Json ModelJudge::about() const {
  Json models = Json::array();
  for (const auto& m : models_) {
    const model::ModelInfo& info = m->info();
    Json one{{"name", info.name}, {"digest", info.digest}, {"template", info.template_digest}};
    if (!info.served_at.empty()) one["served"] = true;
    if (!info.arguments.empty()) one["arguments"] = info.arguments;
    models.push_back(std::move(one));
  }
  return Json{{"kind", "model"},
              {"models", std::move(models)},
              {"rubric", rubric_.name},
              {"rubric_digest", rubric_.digest}};
}

std::string ModelJudge::unfit(const JudgeItem& item) const {
  if (!rubric_.has(item.lang)) return "the rubric is not for this language";
  if (rubric_.reference && item.reference.empty()) return "the item has no reference answer";
  return {};
}

/// Calls [chosen x orders] of one model.
std::vector<JudgeCall> ModelJudge::ask(model::Model& model, std::span<const JudgeItem> items,
                                       const std::vector<std::size_t>& chosen,
                                       const CancelToken* cancel) {
  std::vector<model::GenerateRequest> requests;
  for (const std::size_t i : chosen) {
    for (std::size_t order = 0; order < orders(); ++order) {
      requests.push_back(
          judge_request(rubric_, items[i], order == 1, !model.info().served_at.empty()));
      if (!model.can().chat) make_plain(requests.back(), items[i].lang);
    }
  }
  model::CallOptions options;
  options.cancel = cancel;
  const auto results = model.generate(requests, {}, options);
  std::vector<JudgeCall> out;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (i < results.size()) {
      out.push_back(read_call(rubric_, results[i], i % orders() == 1));
    } else {
      out.push_back({std::nullopt, kJudgeCallFailed, "no result", false});
    }
  }
  return out;
}

std::vector<std::optional<Score>> ModelJudge::judge(std::span<const JudgeItem> items,
                                                    const CancelToken* cancel) {
  std::vector<std::optional<Score>> out(items.size());
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (const std::string why = unfit(items[i]); !why.empty()) {
      out[i] = Score::unassessed(why, items[i].answer);
    } else {
      chosen.push_back(i);
    }
  }
  std::vector<std::vector<JudgeCall>> calls;
  for (const auto& m : models_) calls.push_back(ask(*m, items, chosen, cancel));
  for (std::size_t c = 0; c < chosen.size(); ++c) {
    std::vector<JudgeVote> votes;
    Json said = Json::array();
    bool cancelled = false;
    for (std::size_t m = 0; m < models_.size(); ++m) {
      const std::span<const JudgeCall> mine(calls[m].data() + c * orders(), orders());
      for (const JudgeCall& call : mine) {
        cancelled = cancelled || call.cancelled;
        said.push_back(
            Json{{"judge", models_[m]->info().id},
                 {"label", call.label ? Json(rubric_.labels[*call.label].name) : Json(nullptr)},
                 {"reply", call.detail}});
      }
      votes.push_back(vote_of(rubric_, mine));
    }
    if (cancelled) continue;
    const JudgeVote vote = combined(votes, rubric_.all);
    Score score{vote.verdict, vote.verdict == Verdict::success ? 1.0 : 0.0, items[chosen[c]].answer,
                vote.reason, Json{{"judges", std::move(said)}}};
    out[chosen[c]] = std::move(score);
  }
  return out;
}

class RuleJudge : public Judge {
 public:
  RuleJudge(std::string name, Json options, Scorer scorer)
      : name_(std::move(name)), options_(std::move(options)), scorer_(std::move(scorer)) {}
  [[nodiscard]] std::string name() const override { return std::string("rules:") + name_; }
  [[nodiscard]] Json about() const override {
    return Json{{"kind", "rules"},
                {"scorer", name_},
                {"version", scorer_version(name_)},
                {"options", options_}};
  }
  [[nodiscard]] std::vector<std::optional<Score>> judge(std::span<const JudgeItem> items,
                                                        const CancelToken* cancel) override {
    std::vector<std::optional<Score>> out(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (cancel != nullptr && cancel->requested()) break;
      Sample sample;
      sample.messages = {{"user", items[i].prompt}};
      sample.lang = items[i].lang;
      if (!items[i].reference.empty()) sample.targets = {items[i].reference};
      Trace trace;
      trace.generations.emplace_back();
      trace.generations.back().text = items[i].answer;
      try {
        out[i] = scorer_(sample, trace);
      } catch (const std::exception& problem) {
        out[i] = Score::unassessed(kReasonScorerError, items[i].answer);
        out[i]->metadata = Json{{"error", problem.what()}};
      }
    }
    return out;
  }

 private:
  std::string name_;
  Json options_;
  Scorer scorer_;
};

}  // namespace

std::string Judge::digest() const { return sha256_hex(dump_json(about())); }

std::unique_ptr<Judge> make_model_judge(std::vector<std::unique_ptr<model::Model>> models,
                                        Rubric rubric) {
  return std::make_unique<ModelJudge>(std::move(models), std::move(rubric));
}

Result<std::unique_ptr<Judge>> make_rule_judge(const std::string& scorer, const Json& options) {
  ASSAY_TRY(Scorer made, make_scorer(scorer, options, std::string("rules:") + scorer));
  ASSAY_TRY(const NamedScorer* known, find_scorer(scorer));
  if (known->sandbox) {
    return fail(ErrorKind::usage, "tests of a program are not a rule over its text",
                std::string("rules:") + scorer);
  }
  return std::unique_ptr<Judge>(std::make_unique<RuleJudge>(scorer, options, std::move(made)));
}

}  // namespace assay::eval
