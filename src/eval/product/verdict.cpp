#include "eval/product/verdict.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "eval/contrast.h"

namespace assay::eval::product {
namespace {

constexpr double kSizeTolerance = 0.1;

stats::Estimate declared(double value, const std::string& unit) {
  stats::Estimate out;
  out.value = value;
  out.interval = {value, value};
  out.method = "declared";
  out.unit = unit;
  out.n = 1;
  out.clusters = 1;
  out.assumptions = {"as the model's file says; not tried"};
  return out;
}

Verdict unmeasured(Text why) {
  Verdict out;
  out.estimate = stats::no_estimate("not measured");
  out.why = std::move(why);
  return out;
}

Verdict hold_context(const Claim& claim, const model::ModelInfo& model) {
  if (model.context_length <= 0) {
    return unmeasured({"the model does not say its context length", "模型未说明上下文长度"});
  }
  Verdict out;
  const auto length = static_cast<double>(model.context_length);
  out.estimate = declared(length, "token");
  out.standing = length >= claim.number ? Standing::borne_out : Standing::contradicted;
  const std::string has = std::to_string(model.context_length);
  out.why = {std::string("the model's file declares ") + has + " tokens",
             std::string("模型文件声明的长度为 ") + has + " 个词元"};
  return out;
}

Verdict hold_size(const Claim& claim, const model::ModelInfo& model) {
  if (model.parameters <= 0) {
    return unmeasured({"the model does not say its size", "模型未说明参数量"});
  }
  Verdict out;
  const auto size = static_cast<double>(model.parameters);
  out.estimate = declared(size, "parameter");
  const bool near = std::abs(size - claim.number) <= kSizeTolerance * claim.number;
  out.standing = near ? Standing::borne_out : Standing::contradicted;
  const std::string has = short_number(size / 1e6, 4);
  out.why = {std::string("its weights have ") + has + " million parameters",
             std::string("其权重有 ") + has + " 百万个参数"};
  return out;
}

/// Whether the file's name of a licence is the one claimed: "gpl" is not "agpl-3.0", and
/// "cc-by" not "cc-by-nc-4.0".
bool same_license(const std::string& file, const std::string& claimed) {
  std::string have = lower_ascii(file);
  std::replace(have.begin(), have.end(), ' ', '-');
  for (std::size_t at = have.find(claimed); at != std::string::npos;
       at = have.find(claimed, at + 1)) {
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const std::string_view rest = std::string_view(have).substr(at + claimed.size());
    const bool more = rest.starts_with("-nc") || rest.starts_with("-nd") || rest.starts_with("-sa");
    if ((at == 0 || !letter(have[at - 1])) && !(claimed.starts_with("cc-") && more)) return true;
  }
  return false;
}

Verdict hold_license(const Claim& claim, const model::ModelInfo& model) {
  if (model.license.empty()) {
    return unmeasured({"the model's file names no licence", "模型文件没有写明许可证"});
  }
  Verdict out;
  const bool same = same_license(model.license, claim.subject);
  out.standing = same ? Standing::borne_out : Standing::contradicted;
  out.estimate = declared(same ? 1.0 : 0.0, "agreement");
  out.why = {std::string("the model's file says: ") + model.license,
             std::string("模型文件写的是：") + model.license};
  return out;
}

struct Measured {
  const TaskOutcome* outcome = nullptr;
  const Figure* figure = nullptr;
};

/// The first primary rate, with a better direction, of a task that was measured.
Measured rate_of(const std::string& task, const std::vector<TaskOutcome>& earlier, Lang lang) {
  for (const TaskOutcome& outcome : earlier) {
    const bool measured = outcome.status == Status::measured || outcome.status == Status::partly ||
                          outcome.task == "language_floor";  // not reached is a finding too
    if (outcome.task != task || outcome.lang != lang || !measured) continue;
    for (const Figure& figure : outcome.figures) {
      const bool rate = figure.estimate.unit == "proportion" && figure.estimate.known();
      if (figure.primary && rate && figure.direction != Direction::neutral) {
        return {&outcome, &figure};
      }
    }
  }
  return {};
}

/// The estimate with 1 for what is good.
stats::Estimate turned(const Figure& figure) {
  stats::Estimate out = figure.estimate;
  if (figure.direction != Direction::lower_better) return out;
  out.value = 1.0 - out.value;
  out.interval = {1.0 - out.interval.high, 1.0 - out.interval.low};
  if (out.chance) out.chance = 1.0 - *out.chance;
  if (out.worst_case) out.worst_case = {{1.0 - out.worst_case->high, 1.0 - out.worst_case->low}};
  out.ceiling = 1.0;
  return out;
}

Standing stands(const Claim& claim, const stats::Estimate& rate) {
  const double half = std::max(0.5, rate.chance.value_or(0.0));
  switch (claim.strength) {
    case Strength::number:
      if (rate.interval.high < claim.number) return Standing::contradicted;
      return rate.interval.low >= claim.number ? Standing::borne_out : Standing::undecided;
    case Strength::absolute:
      return rate.value < 1.0 && rate.interval.high < 1.0 ? Standing::contradicted
                                                          : Standing::undecided;
    case Strength::some:
      if (rate.interval.high < 0.5) return Standing::contradicted;
      return rate.interval.low > half ? Standing::borne_out : Standing::undecided;
  }
  return Standing::undecided;
}

Verdict hold_behaviour(const Claim& claim, const std::vector<TaskOutcome>* earlier, Lang lang) {
  if (claim.subject == "english") lang = Lang::en;
  if (claim.subject == "chinese") lang = Lang::zh;
  std::string names;
  for (const std::string& task : claim.tasks) {
    names += (names.empty() ? "" : ", ") + task;
    if (earlier == nullptr) continue;
    const Measured found = rate_of(task, *earlier, lang);
    if (found.figure == nullptr) continue;
    Verdict out;
    out.estimate = turned(*found.figure);
    out.standing = stands(claim, out.estimate);
    const std::string range = short_number(out.estimate.value, 2) + " [" +
                              short_number(out.estimate.interval.low, 2) + ", " +
                              short_number(out.estimate.interval.high, 2) + "]";
    const std::string turned_en =
        found.figure->direction == Direction::lower_better ? " (1 less the rate)" : "";
    const std::string turned_zh =
        found.figure->direction == Direction::lower_better ? "（1 减去该比例）" : "";
    out.why = {task + ", \"" + found.figure->label.en + "\"" + turned_en + ": " + range,
               task + "“" + found.figure->label.zh + "”" + turned_zh + "：" + range};
    return out;
  }
  return unmeasured({std::string("no measurement in this run; add one of --tasks ") + names,
                     std::string("本次运行没有相应测量；可加上 --tasks 中的 ") + names});
}

}  // namespace

const char* to_string(Standing standing) {
  switch (standing) {
    case Standing::borne_out: return "borne_out";
    case Standing::contradicted: return "contradicted";
    case Standing::undecided: return "undecided";
    case Standing::not_measured: return "not_measured";
  }
  return "not_measured";
}

Text label_of(Standing standing) {
  switch (standing) {
    case Standing::borne_out: return {"borne out", "得到证实"};
    case Standing::contradicted: return {"contradicted", "与实测不符"};
    case Standing::undecided: return {"undecided", "尚无定论"};
    case Standing::not_measured: return {"not measured", "未测量"};
  }
  return {"not measured", "未测量"};
}

Verdict hold(const Claim& claim, const model::ModelInfo* model,
             const std::vector<TaskOutcome>* earlier, Lang lang) {
  switch (claim.kind) {
    case ClaimKind::behaviour: return hold_behaviour(claim, earlier, lang);
    case ClaimKind::other: return unmeasured({"nothing here measures this", "这里没有相应的测量"});
    case ClaimKind::context:
    case ClaimKind::size:
    case ClaimKind::license: break;
  }
  if (model == nullptr) return unmeasured({"no model", "没有模型"});
  if (claim.kind == ClaimKind::context) return hold_context(claim, *model);
  return claim.kind == ClaimKind::size ? hold_size(claim, *model) : hold_license(claim, *model);
}

}  // namespace assay::eval::product
