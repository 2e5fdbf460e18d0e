#include "eval/benchmark.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "eval/contrast.h"
#include "eval/scorers/choice.h"
#include "stats/clustered.h"

namespace assay::eval {
namespace {

/// Unicode code points of UTF-8 text, as Python's len() counts; at least 1.
double code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return static_cast<double>(std::max<std::size_t>(count, 1));
}

Text note_about(const std::vector<data::FileCheck>& checks) {
  std::size_t verified = 0;
  std::string different;
  std::size_t missing = 0;
  for (const data::FileCheck& check : checks) {
    if (check.state == data::FileState::verified) ++verified;
    if (check.state == data::FileState::missing) ++missing;
    if (check.state == data::FileState::different) {
      different += (different.empty() ? "" : ", ") + check.file->path;
    }
  }
  const std::string counts = std::to_string(verified) + "/" + std::to_string(checks.size());
  Text note{"Data: " + counts + " files of the set are here with the known SHA-256",
            "数据：该数据集的 " + counts + " 个文件与已知的 SHA-256 一致"};
  if (missing > 0) {
    note.en += ", " + std::to_string(missing) + " are missing";
    note.zh += "，缺少 " + std::to_string(missing) + " 个";
  }
  if (!different.empty()) {
    note.en += ". Different from the original: " + different;
    note.zh += "。与原件不同：" + different;
  }
  note.en += ".";
  note.zh += "。";
  return note;
}

/// A part of a benchmark whose templates have dozens of items each must not be three whole
/// templates: where fewer are wanted than there are, no cluster gives more than its share, drawn by
/// the seed, but up to four (pairs and polarities stay together).
void thin_clusters(std::vector<Sample>& samples, const TaskContext& context) {
  constexpr std::size_t least = 4;
  const auto wanted = static_cast<std::size_t>(std::max(context.count, 0));
  if (wanted >= samples.size()) return;
  std::map<std::string, std::vector<std::size_t>> clusters;
  for (std::size_t i = 0; i < samples.size(); ++i) clusters[samples[i].cluster].push_back(i);
  const std::size_t share = std::max(least, (wanted + clusters.size() - 1) / clusters.size());
  std::vector<std::size_t> kept;
  for (auto& [name, members] : clusters) {
    if (members.size() > share) {
      Rng rng = Rng::named(context.seed, "benchmark/" + name);
      rng.shuffle(members);
      members.resize(share);
    }
    kept.insert(kept.end(), members.begin(), members.end());
  }
  std::sort(kept.begin(), kept.end());
  std::vector<Sample> out;
  for (const std::size_t i : kept) out.push_back(std::move(samples[i]));
  samples = std::move(out);
}

assay::Status check_ids(const std::vector<Sample>& samples) {
  std::set<std::string_view> seen;
  for (const Sample& sample : samples) {
    if (seen.insert(sample.id).second) continue;
    return fail(ErrorKind::format, "two items have the id " + sample.id, "",
                "The files of the data set may be mixed up; get it again");
  }
  return {};
}

TaskInfo with_dataset(TaskInfo info, const data::Dataset& dataset) {
  info.license = dataset.license;
  if (info.citation.empty()) info.citation = dataset.citation;
  info.only_by_name = true;
  return info;
}

}  // namespace

Benchmark::Benchmark(TaskInfo info, const Registry& registry)
    : dataset_(registry.find_dataset(info.dataset).value()), folders_(registry.folders()) {
  info_ = with_dataset(std::move(info), *dataset_);
}

Result<std::vector<Sample>> Benchmark::load_all() const {
  ASSAY_TRY(const std::filesystem::path folder, folders_.find(*dataset_));
  ASSAY_TRY(std::vector<Sample> samples, load(folder));
  ASSAY_CHECK(check_ids(samples));
  ASSAY_TRY(const auto checks, data::verify(*dataset_, folder));
  if (!dataset_->own()) data_note_ = note_about(checks);
  for (Sample& sample : samples) {
    if (sample.cluster.empty()) sample.cluster = sample.id;
  }
  return samples;
}

const Result<std::vector<Sample>>& Benchmark::all() const {
  std::call_once(loaded_, [this] { samples_ = load_all(); });
  return samples_;
}

assay::Status Benchmark::available() const {
  if (!all()) return tl::unexpected(all().error());
  return {};
}

Result<std::vector<Sample>> Benchmark::samples(const TaskContext& context) const {
  if (!all()) return tl::unexpected(all().error());
  std::vector<Sample> out;
  std::copy_if(all()->begin(), all()->end(), std::back_inserter(out),
               [&](const Sample& sample) { return sample.lang == context.lang; });
  thin_clusters(out, context);
  return out;
}

Score Benchmark::score(const Sample& sample, const Trace& trace) const {
  return choice_score(sample, trace);
}

Summary Benchmark::summarise(const std::vector<Scored>& scored,
                             const SummaryContext& context) const {
  Summary summary = figures(scored, context);
  if (data_note_.en.empty()) return summary;
  for (Figure& figure : summary.figures) {
    if (!figure.primary) continue;
    figure.note.en += (figure.note.en.empty() ? "" : " ") + data_note_.en;
    figure.note.zh += data_note_.zh;
  }
  return summary;
}

Summary Benchmark::figures(const std::vector<Scored>& scored, const SummaryContext& context) const {
  MeanFigure accuracy;
  accuracy.id = "accuracy";
  accuracy.label = {"Right answers", "回答正确的比例"};
  accuracy.chance = info_.chance;
  accuracy.ceiling = 1.0;
  accuracy.direction = Direction::higher_better;
  accuracy.primary = true;
  Summary summary;
  summary.figures.push_back(mean_figure(scored, context, accuracy, success_of));
  accuracy.id = "accuracy_by_length";
  accuracy.label = {"Right answers, by log-probability per character (acc_norm)",
                    "按每字符对数概率计的正确比例（acc_norm）"};
  accuracy.primary = false;
  summary.figures.push_back(mean_figure(scored, context, accuracy, [](const Scored& one) {
    return metadata_value(one, "by_length");
  }));
  return summary;
}

Score choice_score(const Sample& sample, const Trace& trace) {
  Score score = score_choice(sample, trace);
  if (score.verdict == Verdict::unassessed) return score;
  std::vector<double> by_length;
  for (std::size_t i = 0; i < trace.scores.size(); ++i) {
    std::string_view text = sample.choices[i];
    if (text.starts_with(' ')) text.remove_prefix(1);
    by_length.push_back(trace.scores[i].total / code_points(text));
  }
  score.metadata["by_length"] = single_best(by_length) == sample.target_index ? 1 : 0;
  return score;
}

Figure mean_figure(const std::vector<Scored>& scored, const SummaryContext& context,
                   const MeanFigure& what,
                   const std::function<Contribution(const Scored&)>& contribution) {
  std::vector<stats::Observation> observations;
  stats::ClusterIds clusters;
  stats::ClusterOptions options;
  options.support = what.support;
  options.seed = context.seed;
  options.unit = what.unit;
  for (const Scored& one : scored) {
    const Contribution part = contribution(one);
    if (part.kind == Contribution::Kind::unassessed) ++options.unassessed;
    if (part.kind != Contribution::Kind::value) continue;
    observations.push_back(
        {part.value, clusters.of(one.cluster.empty() ? one.sample_id : one.cluster)});
  }
  Figure figure;
  figure.id = what.id + "." + to_string(context.lang);
  figure.label = what.label;
  figure.estimate = stats::clustered_mean(observations, options);
  figure.estimate.chance = what.chance;
  figure.estimate.ceiling = what.ceiling;
  figure.direction = what.direction;
  figure.lang = to_string(context.lang);
  figure.group = what.group;
  figure.primary = what.primary;
  figure.note = what.note;
  return figure;
}

Summary accuracy_by_group(const std::vector<Scored>& scored, const SummaryContext& context,
                          double chance) {
  MeanFigure accuracy;
  accuracy.id = "accuracy";
  accuracy.label = {"Right answers", "回答正确的比例"};
  accuracy.chance = chance;
  accuracy.ceiling = 1.0;
  accuracy.direction = Direction::higher_better;
  accuracy.primary = true;
  Summary summary;
  summary.figures.push_back(mean_figure(scored, context, accuracy, success_of));
  accuracy.primary = false;
  for (const std::string& group : groups_of(scored)) {
    if (group.empty()) continue;
    MeanFigure one = accuracy;
    std::string key = group;
    std::replace(key.begin(), key.end(), ' ', '_');
    one.id.append(".").append(key);
    std::string shown = group;
    std::replace(shown.begin(), shown.end(), '_', ' ');
    one.label = {std::string("Right answers: ").append(shown),
                 std::string("回答正确的比例：").append(shown)};
    one.group = group;
    summary.figures.push_back(mean_figure(scored, context, one, [&](const Scored& item) {
      return item.group == group ? success_of(item) : Contribution::none();
    }));
  }
  return summary;
}

Figure bootstrap_figure(std::size_t clusters, std::int64_t n,
                        const stats::ClusterStatistic& statistic, const SummaryContext& context,
                        const MeanFigure& what) {
  std::vector<std::uint32_t> all(clusters);
  std::iota(all.begin(), all.end(), 0U);
  const double value = clusters == 0 ? std::numeric_limits<double>::quiet_NaN() : statistic(all);
  const stats::Interval widest = what.support.value_or(stats::Interval{
      -std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()});
  Figure figure = mean_figure({}, context, what, success_of);
  if (!std::isfinite(value)) return figure;
  Rng rng = Rng::named(context.seed, "bootstrap_figure/" + what.id);
  const auto interval =
      stats::bca_interval(stats::statistic_draws(clusters, statistic, stats::kBootstrapDraws, rng),
                          value, stats::statistic_jackknife(clusters, statistic), 0.95);
  stats::Estimate& e = figure.estimate;
  e = stats::Estimate{};
  e.value = value;
  e.interval = interval.value_or(widest);
  e.method = "cluster-bca";
  e.unit = what.unit;
  e.n = n;
  e.clusters = static_cast<std::int64_t>(clusters);
  e.chance = what.chance;
  e.ceiling = what.ceiling;
  if (!interval) e.assumptions.emplace_back("too few items for an interval: it is the widest one");
  return figure;
}

Contribution success_of(const Scored& scored) {
  if (scored.score.verdict == Verdict::unassessed) return Contribution::unassessed();
  return Contribution::of(scored.score.verdict == Verdict::success ? 1.0 : 0.0);
}

Contribution metadata_value(const Scored& scored, const char* key) {
  if (scored.score.verdict == Verdict::unassessed) return Contribution::unassessed();
  const auto value = metadata_number(scored.score.metadata, key);
  return value ? Contribution::of(*value) : Contribution::unassessed();
}

std::vector<std::string> groups_of(const std::vector<Scored>& scored) {
  std::vector<std::string> out;
  for (const Scored& one : scored) {
    if (std::find(out.begin(), out.end(), one.group) == out.end()) out.push_back(one.group);
  }
  return out;
}

}  // namespace assay::eval
