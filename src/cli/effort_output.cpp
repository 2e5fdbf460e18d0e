#include "cli/effort_output.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <map>

#include "cli/text_table.h"
#include "report/format_number.h"

namespace assay::cli {
namespace {

using attack::EffortFigures;
using stats::Estimate;

std::string cost_text(double cost) {
  if (!std::isfinite(cost)) return "∞";
  const bool small = cost < 10.0 && cost != std::floor(cost);  // seconds
  if (cost < 1e9 && !small) return report::count(std::llround(cost));
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.3g", cost);
  return buffer.data();
}

std::string share_cell(const Estimate& e) {
  if (!e.known()) return "–";
  return report::percent(e.value, 0) + " (" + report::percent(e.interval.low, 0) + "–" +
         report::percent(e.interval.high, 0) + ")";
}

std::string median_cell(const stats::CostQuantile& median) {
  if (median.reached) {
    const double high = median.estimate.interval.high;
    return cost_text(median.estimate.value) + " (" + cost_text(median.estimate.interval.low) + "–" +
           (std::isfinite(high) ? cost_text(high) : std::string("> ") + cost_text(median.tried)) +
           ")";
  }
  if (!(median.tried > 0.0)) return "–";
  std::string out = std::string("> ") + cost_text(median.tried);
  const double low = median.estimate.interval.low;
  if (low < median.tried) out += std::string(" (> ") + cost_text(low) + ")";
  return out;
}

std::string p_cell(double p) {
  if (std::isnan(p)) return "–";
  if (p < 1e-4) return "< 0.0001";
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), p < 0.1 ? "%.4f" : "%.2f", p);
  return buffer.data();
}

std::string one_decimal(double x) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.1f", x);
  return buffer.data();
}

std::string points_cell(const Estimate& e) {
  if (!e.known()) return "–";
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%+.0f (%+.0f, %+.0f)", 100.0 * e.value,
                100.0 * e.interval.low, 100.0 * e.interval.high);
  return buffer.data();
}

class Words {
 public:
  explicit Words(Lang lang) : lang_(lang) {}
  [[nodiscard]] std::string operator()(const char* en, const char* zh) const {
    return lang_ == Lang::en ? en : zh;
  }

 private:
  Lang lang_;
};

std::string main_table(const std::vector<EffortFigures>& all, const Words& w) {
  TextTable rows;
  std::vector<std::string> head{w("attack", "攻击"), w("model", "模型"),
                                w("access", "权限"), w("budget", "预算"),
                                w("tried", "已试"),  w("unassessed", "未评"),
                                w("broken", "攻破"), w("median cost", "代价中位数")};
  std::map<double, std::size_t> column;
  for (const EffortFigures& f : all) {
    for (const auto& [cost, success] : f.at) column.emplace(cost, 0);
  }
  for (auto& [cost, place] : column) {
    place = head.size();
    head.push_back(w("within ", "代价 ≤ ") + cost_text(cost));
  }
  rows.push_back(head);
  for (const EffortFigures& f : all) {
    const attack::EffortTrials& t = f.trials;
    std::vector<std::string> row{attack_name(t),
                                 t.model,
                                 t.access,
                                 t.budget > 0.0 ? cost_text(t.budget) : w("unknown", "未记录"),
                                 std::to_string(t.trials.size()),
                                 std::to_string(t.unassessed),
                                 share_cell(f.broken),
                                 median_cell(f.median)};
    row.resize(head.size(), t.budget > 0.0 ? w("not tried", "未尝试") : "–");
    for (const auto& [cost, success] : f.at) row[column.at(cost)] = share_cell(success);
    rows.push_back(std::move(row));
  }
  return text_table(rows);
}

std::string check_table(const std::vector<EffortFigures>& all, const Words& w) {
  TextTable rows{{w("attack", "攻击"), w("model", "模型"), w("stopped unbroken", "未攻破即停"),
                  w("cost an upper limit", "代价仅知上限"),
                  w("median, had it gone on", "若继续：中位数"),
                  w("broken, had it gone on", "若继续：攻破"), w("other judge", "另一评判者"),
                  w("broken by it", "按其攻破"), w("labels differ", "标签不一致")}};
  std::int64_t compared = 0;
  std::int64_t differ = 0;
  for (const EffortFigures& f : all) {
    std::vector<std::string> row{attack_name(f.trials),
                                 f.trials.model,
                                 std::to_string(f.stopped),
                                 std::to_string(f.at_most),
                                 f.stopped > 0 ? median_cell(f.median_on) : "=",
                                 f.stopped > 0 ? share_cell(f.broken_on) : "=",
                                 "–",
                                 "–",
                                 "–"};
    for (const attack::LabelCheck& check : f.labels) {
      row[6] = check.judge;
      row[7] = share_cell(check.broken);
      row[8] = std::to_string(check.differ) + w(" of ", " / ") + std::to_string(check.compared);
      compared += check.compared;
      differ += check.differ;
      rows.push_back(row);
    }
    if (f.labels.empty()) rows.push_back(row);
  }
  std::string out = text_table(rows);
  if (compared > 0) {
    out += w("In all, two judges' labels differ on ", "总计：两个评判者的标签不一致 ") +
           report::count(differ) + w(" of ", " / ") + report::count(compared) +
           w(" answers.\n", " 个回答。\n");
  }
  return out;
}

std::string group_lines(const attack::EffortComparisons& comparisons, const Words& w) {
  std::string out;
  for (const attack::EffortGroup& g : comparisons.groups) {
    out += (g.methods ? w("attacks on ", "对同一模型的攻击：")
                      : w("models under ", "同一攻击下的模型：")) +
           g.shared + " (" + std::to_string(g.members) + "): ";
    if (!g.test.refused.empty()) {
      out += g.test.refused + "\n";
      continue;
    }
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "χ² = %.1f, df = %.0f, p ", g.test.statistic,
                  g.test.df);
    const std::string p = p_cell(g.test.p_value);
    out += w("stratified log-rank ", "分层对数秩检验 ") + buffer.data() +
           (p.front() == '<' ? p : std::string("= ") + p) + "\n";
  }
  return out;
}

std::string pair_table(const attack::EffortComparisons& comparisons, const Words& w) {
  TextTable rows{{w("shared", "相同"), w("first", "第一"), w("second", "第二"),
                  w("compared up to", "比较至"),
                  w("success, second − first (points)", "攻破率之差，第二 − 第一（百分点）"),
                  w("p (Holm)", "p（Holm）")}};
  for (const attack::EffortPair& pair : comparisons.pairs) {
    rows.push_back({pair.shared, pair.first, pair.second, cost_text(pair.budget),
                    points_cell(pair.result.success_difference),
                    pair.result.test.refused.empty() ? p_cell(pair.adjusted_p) : "–"});
  }
  return text_table(rows);
}

/// Success at ten times the budget, and how such forecasts did on budgets held out.
std::string forecast_table(const std::vector<EffortFigures>& all, const Words& w) {
  TextTable rows{
      {w("attack", "攻击"), w("model", "模型"), w("forecast at", "预测代价"), w("broken", "攻破"),
       w("p of the fit", "拟合 p"), w("held-out budgets: inside", "留出预算：落入区间"),
       w("mean error (points)", "平均误差（百分点）"), w("of \"no more\"", "“不再攻破”之误差")}};
  for (const EffortFigures& f : all) {
    const std::size_t scored = f.score.held_out.size();
    if (!f.ahead.estimate.known() && scored == 0) continue;
    std::vector<std::string> row{attack_name(f.trials), f.trials.model,
                                 cost_text(10.0 * f.trials.budget), share_cell(f.ahead.estimate),
                                 f.ahead.law ? p_cell(f.ahead.fit_p) : "–"};
    row.resize(rows.front().size(), "–");
    if (scored > 0) {
      const auto inside = std::llround(f.score.coverage * static_cast<double>(scored));
      row[5] = std::to_string(inside) + w(" of ", " / ") + std::to_string(scored);
      row[6] = one_decimal(100.0 * f.score.mean_error);
      row[7] = one_decimal(100.0 * f.score.naive_error);
    }
    rows.push_back(std::move(row));
  }
  if (rows.size() == 1) {
    return w("No forecast of success at ten times the budget is supported by these data.\n",
             "这些数据不支持对十倍预算下攻破率的预测。\n");
  }
  return text_table(rows);
}

/// Which prompts that broke one model broke another; empty where none was put to both.
std::string transfer_table(const std::vector<attack::MethodTransfer>& all, const Words& w) {
  TextTable rows{{w("attack", "攻击"), w("prompts that broke", "攻破下列模型的提示"),
                  w("put to", "用于"), w("break it", "攻破"), w("of", "共"),
                  w("the other prompts do", "其余提示攻破")}};
  for (const attack::MethodTransfer& method : all) {
    for (const attack::TransferCell& cell : method.cells) {
      if (cell.broke == 0) continue;
      rows.push_back({method.method, cell.from, cell.to, share_cell(cell.share),
                      std::to_string(cell.share.n), share_cell(cell.others)});
    }
  }
  return rows.size() == 1 ? std::string() : std::string("\n").append(text_table(rows));
}

/// What an adversary with all the attacks achieves, and which of them is first; empty where no
/// model met several.
std::string together_table(const std::vector<attack::CompetingAttacks>& all, const Words& w) {
  TextTable rows{{w("model", "模型"), w("behaviours", "行为数"), w("each up to", "各自至多"),
                  w("broken by any", "任一攻破"), w("by which first", "最先攻破者")}};
  for (const attack::CompetingAttacks& one : all) {
    std::string first;
    for (const attack::FirstToBreak& each : one.first) {
      if (!each.share.known() || each.share.value <= 0.0) continue;
      const bool several = each.method == "several";
      first += (first.empty() ? "" : ", ") +
               (several ? w("several at once", "多个同时") : each.method) + " " +
               share_cell(each.share);
    }
    rows.push_back({one.lang.empty() ? one.model : one.model + " (" + one.lang + ")",
                    std::to_string(one.behaviours), cost_text(one.budget), share_cell(one.any),
                    first.empty() ? "–" : first});
  }
  return rows.size() == 1 ? std::string() : std::string("\n").append(text_table(rows));
}

/// Costs are on one axis for all.
std::string cost_words(const std::vector<EffortFigures>& all, const Words& w) {
  const std::string unit = all.empty() ? "queries" : all.front().trials.unit;
  if (unit == "tokens") return w("tokens of target and attacker", "目标与攻击方的词元数");
  if (unit == "FLOP") return w("operations (FLOPs), estimated", "估计的运算次数（FLOP）");
  if (unit == "s") return w("seconds on the machine of the run", "运行所在机器上的秒数");
  return w("queries to the model", "对模型的查询次数");
}

std::string meaning(const std::vector<EffortFigures>& all, const Words& w) {
  return w("\nCosts are ", "\n代价以") + cost_words(all, w) +
         w(". Shares and medians with 95% intervals, or those asked for. A trial "
           "that was not\n"
           "broken within its budget is censored there, never dropped; \"> N\": the median lies "
           "above "
           "all that\n"
           "was tried. \"Stopped unbroken\": the attack's own judge was content and the one that "
           "counts "
           "was not;\n"
           "\"had it gone on\" censors those trials where they stopped, which supposes that they "
           "are "
           "like the\n"
           "others. P-values: paired by behaviour, of the whole curves up to the smaller budget.\n",
           "计。比例与中位数附 "
           "95%（或所选水平的）区间。预算内未攻破的试验在该处删失，绝不剔除；\n"
           "“> "
           "N”：中位数高于所有尝试过的代价。“未攻破即停”：攻击自身的评判者认为成功，而最终评判者不"
           "认可；"
           "\n"
           "“若继续”把这些试验在停止处删失，前提是它们与其余试验相似。p "
           "值按行为配对，比较到两者中较小预算为止的整条曲线。\n");
}

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string decimal(double x) {
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.10g", x);
  return buffer.data();
}

}  // namespace

std::string effort_text(const EffortResults& results, Lang lang) {
  const Words w(lang);
  const auto& all = results.figures;
  std::string out = main_table(all, w) + "\n" + check_table(all, w);
  out += together_table(results.together, w);
  if (!results.comparisons.pairs.empty()) {
    out += std::string("\n") + group_lines(results.comparisons, w) + "\n" +
           pair_table(results.comparisons, w);
  }
  out.append("\n").append(forecast_table(all, w)).append(transfer_table(results.transfer, w));
  return out + meaning(all, w);
}

std::string effort_csv(const std::vector<EffortFigures>& all) {
  std::string out = "method,model,access,unit,cost,success,low,high,band_low,band_high\r\n";
  for (const EffortFigures& f : all) {
    const attack::EffortTrials& t = f.trials;
    for (const stats::BandPoint& p : f.curve.points) {
      out +=
          quoted(t.method) + "," + quoted(t.model) + "," + quoted(t.access) + "," + quoted(t.unit);
      for (const double x : {p.time, 1.0 - p.survival, 1.0 - p.pointwise.high,
                             1.0 - p.pointwise.low, 1.0 - p.band.high, 1.0 - p.band.low}) {
        out.append(",").append(decimal(x));
      }
      out += "\r\n";
    }
  }
  return out;
}

report::StepPicture effort_picture(const std::vector<EffortFigures>& all) {
  report::StepPicture out;
  out.title = {"Effort to break: share of behaviours broken within a cost",
               "攻破所需代价：在给定代价内被攻破的行为比例"};
  out.x_label = {cost_words(all, Words(Lang::en)), cost_words(all, Words(Lang::zh))};
  out.y_label = {"behaviours broken", "被攻破的行为"};
  out.note = {
      "Kaplan–Meier; trials that failed are censored at their budget, where the curve ends in a "
      "dot. "
      "Shaded and at the dot: pointwise intervals. A curve that rises only at its end is of an "
      "attack that recorded no more than what it spent in all.",
      "Kaplan–Meier 估计；失败的试验在其预算处删失，曲线在该处以圆点结束。阴影及圆点处："
      "逐点区间。仅在末端上升的曲线，其攻击只记录了总花费。"};
  std::map<std::string, std::size_t> panels;
  for (const EffortFigures& f : all) {
    if (f.curve.points.empty()) continue;
    const auto [found, fresh] = panels.emplace(f.trials.model, out.panels.size());
    if (fresh) out.panels.push_back({{f.trials.model, f.trials.model}, {}});
    report::StepCurve curve;
    curve.name = {attack_name(f.trials), attack_name(f.trials)};
    curve.end = f.trials.budget;
    for (const stats::BandPoint& p : f.curve.points) {
      curve.points.push_back(
          {p.time, 1.0 - p.survival, 1.0 - p.pointwise.high, 1.0 - p.pointwise.low});
    }
    out.panels[found->second].curves.push_back(std::move(curve));
  }
  return out;
}

}  // namespace assay::cli
