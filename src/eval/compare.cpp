#include "eval/compare.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/digest.h"
#include "eval/contrast.h"
#include "eval/json_fields.h"
#include "stats/clustered.h"
#include "stats/multiplicity.h"

namespace assay::eval {
namespace {

/// One item of one run: its content, and the mean verdict over the epochs that have one.
struct Item {
  std::string digest;  ///< of the sample as JSON
  std::string cluster;
  std::string group;
  int assessed = 0;
  int successes = 0;
  [[nodiscard]] double rate() const {
    return static_cast<double>(successes) / static_cast<double>(assessed);
  }
};
using Items = std::map<std::string, Item>;  ///< by sample id

Result<Items> read_items(store::Store& store, const std::string& run, const std::string& task,
                         const std::string& lang) {
  Items out;
  store::RecordFilter filter;
  filter.task = task;
  filter.lang = lang;
  ASSAY_CHECK(store.for_each_record(run, filter, [&](store::SampleRecord&& record) {
    Item& item = out[record.scored.sample];
    if (item.digest.empty()) {
      const auto sample = record.record.find("sample");
      item.digest = sha256_hex(sample == record.record.end() ? "" : dump_json(*sample));
      item.cluster = record.scored.cluster.empty() ? record.scored.sample : record.scored.cluster;
      item.group = record.scored.group;
    }
    const auto verdict = static_cast<Verdict>(record.scored.verdict);
    if (verdict == Verdict::success || verdict == Verdict::failure) ++item.assessed;
    if (verdict == Verdict::success) ++item.successes;
    return true;
  }));
  return out;
}

/// The shared items of one group.
struct Pairs {
  std::vector<stats::PairedScore> scores;
  std::int64_t unassessed = 0;
};

/// By group; "" holds all. Groups are left out where there is only one.
std::map<std::string, Pairs> pair_up(const Items& first, const Items& second, bool same_version,
                                     TaskPairing& pairing) {
  std::map<std::string, Pairs> out;
  stats::ClusterIds clusters;
  for (const auto& [id, a] : first) {
    const auto match = second.find(id);
    if (match == second.end()) {
      ++pairing.only_first;
      continue;
    }
    const Item& b = match->second;
    if (!same_version || a.digest != b.digest) {
      ++pairing.changed;
      continue;
    }
    ++pairing.shared;
    for (const std::string& group : std::set<std::string>{"", a.group}) {
      Pairs& pairs = out[group];
      if (a.assessed == 0 || b.assessed == 0) {
        ++pairs.unassessed;
      } else {
        pairs.scores.push_back({a.rate(), b.rate(), clusters.of(a.cluster)});
      }
    }
  }
  for (const auto& [id, b] : second) pairing.only_second += first.contains(id) ? 0 : 1;
  if (out.size() == 2) out.erase(std::next(out.begin()));
  return out;
}

stats::Estimate side(const Pairs& pairs, bool second, const CompareOptions& options) {
  std::vector<stats::Observation> values;
  for (const stats::PairedScore& pair : pairs.scores) {
    values.push_back({second ? pair.second : pair.first, pair.cluster});
  }
  stats::ClusterOptions cluster_options;
  cluster_options.level = options.level;
  cluster_options.seed = options.seed;
  cluster_options.support = stats::Interval{0.0, 1.0};
  cluster_options.unassessed = pairs.unassessed;
  return stats::clustered_mean(values, cluster_options);
}

GroupComparison compare_group(const TaskPairing& pairing, const std::string& group,
                              const Pairs& pairs, const CompareOptions& options) {
  GroupComparison out;
  out.task = pairing.task;
  out.lang = pairing.lang;
  out.group = group;
  out.first = side(pairs, false, options);
  out.second = side(pairs, true, options);
  stats::PairedOptions paired;
  paired.level = options.level;
  paired.seed = options.seed;
  paired.support = stats::Interval{0.0, 1.0};
  paired.unassessed = pairs.unassessed;
  out.paired = stats::compare_paired(pairs.scores, paired);
  return out;
}

void adjust(std::vector<GroupComparison>& comparisons) {
  std::vector<double> p;
  for (const GroupComparison& one : comparisons) {
    p.push_back(one.paired.difference.known() ? one.paired.p_value
                                              : std::numeric_limits<double>::quiet_NaN());
  }
  const std::vector<double> holm = stats::holm(p);
  const std::vector<double> screen = stats::benjamini_hochberg(p);
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    comparisons[i].holm = holm[i];
    comparisons[i].benjamini_hochberg = screen[i];
  }
}

/// Figures of both outcomes, in the order of the first run, then what only the second has.
void pair_figures(const std::vector<Figure>& first, const std::vector<Figure>& second,
                  const TaskPairing& pairing, std::vector<FigurePair>& out) {
  const auto find = [](const std::vector<Figure>& figures, const std::string& id) {
    return std::find_if(figures.begin(), figures.end(),
                        [&](const Figure& figure) { return figure.id == id; });
  };
  for (const Figure& figure : first) {
    FigurePair pair{pairing.task, pairing.lang, figure, std::nullopt};
    if (const auto match = find(second, figure.id); match != second.end()) pair.second = *match;
    out.push_back(std::move(pair));
  }
  for (const Figure& figure : second) {
    if (find(first, figure.id) != first.end()) continue;
    out.push_back({pairing.task, pairing.lang, std::nullopt, figure});
  }
}

Result<std::vector<Figure>> figures_of(const store::TaskRow* row) {
  if (row == nullptr || row->outcome.is_null()) return std::vector<Figure>{};
  ASSAY_TRY(TaskOutcome outcome, task_outcome_from_json(row->outcome));
  return std::move(outcome.figures);
}

/// Was the task the same in both runs? Another version may ask or score otherwise.
bool same_version(const store::RunRow& first, const store::RunRow& second,
                  const std::string& task) {
  const auto version = [&](const store::RunRow& run) {
    const auto tasks = run.begun.header.find("tasks");
    return tasks == run.begun.header.end() ? Json() : tasks->value(task, Json());
  };
  return version(first) == version(second);
}

/// Tasks of both runs by name and language.
using TaskRows = std::map<std::pair<std::string, std::string>,
                          std::pair<const store::TaskRow*, const store::TaskRow*>>;

TaskRows match_tasks(const std::vector<store::TaskRow>& first,
                     const std::vector<store::TaskRow>& second) {
  TaskRows out;
  for (const store::TaskRow& row : first) out[{row.task, row.lang}].first = &row;
  for (const store::TaskRow& row : second) out[{row.task, row.lang}].second = &row;
  return out;
}

void add_notes(const store::RunRow& first, const store::RunRow& second, RunComparison& out) {
  const auto seed = [](const store::RunRow& run) { return run.begun.config.value("seed", Json()); };
  const auto note = [&](const char* en, const char* zh) { out.notes.push_back({en, zh}); };
  std::int64_t shared = 0;
  std::int64_t changed = 0;
  for (const TaskPairing& pairing : out.pairings) {
    shared += pairing.shared;
    changed += pairing.changed;
  }
  if (shared == 0) {
    note(
        "The two runs have no item in common, so nothing can be compared; run the second one with "
        "the seed, languages and tasks of the first.",
        "两次运行没有共同的题目，无法比较；请用第一次的随机种子、语言和任务重新运行第二次。");
  }
  if (seed(first) != seed(second)) {
    note(
        "The runs have different seeds: generated items differ, and only those that coincide are "
        "compared.",
        "两次运行的随机种子不同，生成的题目也不同；只比较恰好相同的题目。");
  }
  if (changed > 0) {
    note(
        "Some items have the same id but another content (another version of the task or another "
        "seed); they are not compared.",
        "部分题目编号相同，但内容或任务版本不同，未作比较。");
  }
  if (first.begun.model_digest == second.begun.model_digest && !first.begun.model_digest.empty()) {
    note("Both runs are of the same model file.", "两次运行使用同一个模型文件。");
  }
  if (first.finished.empty() || second.finished.empty()) {
    note("At least one of the runs is unfinished; the items finished so far are compared.",
         "至少有一次运行尚未结束；只比较已完成的题目。");
  }
}

}  // namespace

Result<RunComparison> compare_runs(store::Store& store, std::string_view first,
                                   std::string_view second, const CompareOptions& options) {
  ASSAY_TRY(const store::RunRow a, store.find_run(first));
  ASSAY_TRY(const store::RunRow b, store.find_run(second));
  if (a.id == b.id) {
    return fail(ErrorKind::usage, "both names mean the same run", a.id,
                "`assay runs` lists the runs");
  }
  ASSAY_TRY(const std::vector<store::TaskRow> tasks_a, store.tasks(a.id));
  ASSAY_TRY(const std::vector<store::TaskRow> tasks_b, store.tasks(b.id));
  RunComparison out;
  out.first = a.id;
  out.second = b.id;
  out.first_model = a.begun.model;
  out.second_model = b.begun.model;
  for (const auto& [key, rows] : match_tasks(tasks_a, tasks_b)) {
    TaskPairing pairing;
    pairing.task = key.first;
    ASSAY_TRY(pairing.lang, parse_lang(key.second));
    ASSAY_TRY(const Items items_a, read_items(store, a.id, key.first, key.second));
    ASSAY_TRY(const Items items_b, read_items(store, b.id, key.first, key.second));
    for (const auto& [group, pairs] :
         pair_up(items_a, items_b, same_version(a, b, key.first), pairing)) {
      out.comparisons.push_back(compare_group(pairing, group, pairs, options));
    }
    ASSAY_TRY(const std::vector<Figure> figures_a, figures_of(rows.first));
    ASSAY_TRY(const std::vector<Figure> figures_b, figures_of(rows.second));
    pair_figures(figures_a, figures_b, pairing, out.figures);
    out.pairings.push_back(std::move(pairing));
  }
  adjust(out.comparisons);
  add_notes(a, b, out);
  return out;
}

}  // namespace assay::eval
