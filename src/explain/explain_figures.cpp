#include "explain/explain_figures.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "stats/clustered.h"
#include "stats/paired.h"

namespace assay::explain {
namespace {

using Value = std::function<std::optional<double>(const Json&)>;

std::optional<double> number(const Json& value) {
  if (value.is_boolean()) return value.get<bool>() ? 1.0 : 0.0;
  if (!value.is_number()) return std::nullopt;
  const double x = value.get<double>();
  return std::isfinite(x) ? std::optional<double>(x) : std::nullopt;
}

Value field(const std::string& key) {
  return [key](const Json& record) -> std::optional<double> {
    const auto found = record.find(key);
    return found == record.end() ? std::nullopt : number(*found);
  };
}

Value element(const std::string& key, std::size_t i) {
  return [key, i](const Json& record) -> std::optional<double> {
    const auto found = record.find(key);
    if (found == record.end() || !found->is_array() || i >= found->size()) return std::nullopt;
    return number((*found)[i]);
  };
}

}  // namespace

Text at_layer(const Text& label, int layer) {
  const std::string number = std::to_string(layer);
  return {label.en + ": layer " + number, label.zh + "：第" + number + "层"};
}

Figures::Figures(const std::vector<eval::Scored>& scored, const eval::SummaryContext& context)
    : context_(&context) {
  stats::ClusterIds clusters;
  for (const eval::Scored& each : scored) {
    if (each.score.verdict == eval::Verdict::unassessed || !each.score.metadata.is_object()) {
      lost_.push_back(each.group);
      continue;
    }
    const std::string& name = each.cluster.empty() ? each.sample_id : each.cluster;
    all_.push_back({&each.score.metadata, clusters.of(name), each.group});
  }
}

std::vector<const Figures::Row*> Figures::rows(const std::string& group) const {
  std::vector<const Row*> out;
  for (const Row& row : all_) {
    if (group.empty() || row.group == group) out.push_back(&row);
  }
  return out;
}

std::int64_t Figures::unassessed_of(const std::string& group) const {
  if (group.empty()) return static_cast<std::int64_t>(lost_.size());
  return std::count(lost_.begin(), lost_.end(), group);
}

std::size_t Figures::longest(const std::string& key) const {
  std::size_t out = 0;
  for (const Row& row : all_) {
    const auto found = row.record->find(key);
    if (found != row.record->end() && found->is_array()) out = std::max(out, found->size());
  }
  return out;
}

eval::Figure& Figures::add(const Form& form, stats::Estimate estimate) {
  eval::Figure& figure = out_.emplace_back();
  figure.lang = to_string(context_->lang);
  figure.id = form.id + "." + figure.lang;
  figure.label = form.label;
  figure.estimate = std::move(estimate);
  figure.direction = form.direction;
  figure.group = form.group;
  return figure;
}

namespace {

stats::ClusterOptions options_of(const Figures::Form& form, std::int64_t unassessed,
                                 std::uint64_t seed) {
  stats::ClusterOptions out;
  out.unit = form.unit;
  out.support = form.support;
  out.unassessed = unassessed;
  out.seed = seed;
  return out;
}

}  // namespace

void Figures::mean(const Form& form, const std::string& key) {
  std::vector<stats::Observation> values;
  const Value value = field(key);
  std::int64_t unassessed = unassessed_of(form.group);
  for (const Row* row : rows(form.group)) {
    const auto x = value(*row->record);
    if (x) values.push_back({*x, row->cluster});
    if (!x) ++unassessed;
  }
  add(form, stats::clustered_mean(values, options_of(form, unassessed, context_->seed)));
}

void Figures::curve(const Form& form, const std::string& key, int first) {
  const std::size_t end = longest(key);
  for (std::size_t i = 0; i < end; ++i) {
    std::vector<stats::Observation> values;
    const Value value = element(key, i);
    for (const Row* row : rows(form.group)) {
      if (const auto x = value(*row->record)) values.push_back({*x, row->cluster});
    }
    const int layer = first + static_cast<int>(i);
    Form point = form;
    point.id.append(".L").append(std::to_string(layer));
    point.label = at_layer(form.label, layer);
    add(point, stats::clustered_mean(values, options_of(form, 0, context_->seed)));
  }
}

void Figures::faithful(const Form& form, Text note, const std::string& named,
                       const std::string& control) {
  std::vector<stats::PairedScore> pairs;
  const Value first = field(control);
  const Value second = field(named);
  for (const Row* row : rows(form.group)) {
    const auto a = first(*row->record);
    const auto b = second(*row->record);
    if (a && b) pairs.push_back({*a, *b, row->cluster});
  }
  stats::PairedOptions options;
  options.unit = form.unit;
  options.seed = context_->seed;
  options.unassessed = unassessed_of(form.group);
  options.support = form.support;
  add(form, stats::compare_paired(pairs, options).difference).note = std::move(note);
}

void Figures::faithful_curve(const Form& form, const std::string& named, const std::string& control,
                             int first) {
  const std::size_t end = std::min(longest(named), longest(control));
  for (std::size_t i = 0; i < end; ++i) {
    std::vector<stats::Observation> values;
    for (const Row* row : rows(form.group)) {
      const auto a = element(control, i)(*row->record);
      const auto b = element(named, i)(*row->record);
      if (a && b) values.push_back({*b - *a, row->cluster});
    }
    const int layer = first + static_cast<int>(i);
    Form point = form;
    point.id.append(".L").append(std::to_string(layer));
    point.label = at_layer(form.label, layer);
    add(point, stats::clustered_mean(values, options_of(form, 0, context_->seed)));
  }
}

}  // namespace assay::explain
