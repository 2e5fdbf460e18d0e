// Figures of explanations: means of what the records hold, curves by layer, and faithfulness (what
// was named against as much at random). All with intervals over items, clustered as the samples
// are. A point of a curve has the layer in its id: "agrees.L12.en".
// Thread-safety: one thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "eval/task.h"
#include "stats/estimate.h"

namespace assay::explain {

class Figures {
 public:
  Figures(const std::vector<eval::Scored>& scored, const eval::SummaryContext& context);

  /// What a figure is called and in what unit.
  struct Form {
    std::string id;
    Text label;
    std::string unit = "ratio";
    std::optional<stats::Interval> support;
    eval::Direction direction = eval::Direction::neutral;
    std::string group;  ///< only of this group; "" = all
  };
  /// Mean of record[key] (a number or a truth value).
  void mean(const Form& form, const std::string& key);
  /// Mean of each value of record[key], an array with a value a layer, from `first` on.
  void curve(const Form& form, const std::string& key, int first = 0);
  /// Mean of named - control, paired. `note`: what was changed, and what is compared with it.
  void faithful(const Form& form, Text note, const std::string& named, const std::string& control);
  /// The same a layer.
  void faithful_curve(const Form& form, const std::string& named, const std::string& control,
                      int first = 0);
  /// The figure that was added last.
  eval::Figure& last() { return out_.back(); }
  eval::Figure& add(const Form& form, stats::Estimate estimate);
  std::vector<eval::Figure> take() { return std::move(out_); }
  /// Records of samples that were assessed.
  [[nodiscard]] std::int64_t assessed() const { return static_cast<std::int64_t>(all_.size()); }

 private:
  struct Row {
    const Json* record = nullptr;
    std::uint32_t cluster = 0;
    std::string group;
  };
  [[nodiscard]] std::vector<const Row*> rows(const std::string& group) const;
  [[nodiscard]] std::int64_t unassessed_of(const std::string& group) const;
  [[nodiscard]] std::size_t longest(const std::string& key) const;

  const eval::SummaryContext* context_;
  std::vector<Row> all_;
  std::vector<std::string> lost_;  ///< groups of the unassessed
  std::vector<eval::Figure> out_;
};

/// "; layer 7", and "第7层".
Text at_layer(const Text& label, int layer);

}  // namespace assay::explain
