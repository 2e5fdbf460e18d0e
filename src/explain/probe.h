// Linear probe: logistic regression with an L2 penalty on activations, cross-validated by cluster
// so that no word of a test item was seen in training (Alain & Bengio 2016, arXiv:1610.01644).
// Beside it the same with shuffled labels (a control in the sense of Hewitt & Liang 2019,
// arXiv:1909.03368): what a probe of this size gets from chance alone.
//
// The penalty is that of scikit-learn's LogisticRegression (C = 1, the intercept free), on features
// standardised by the training items. With more features than items it is solved in the items'
// space (w = X^T a) by Newton's method. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace assay::explain {

/// Row-major [items, features].
struct ProbeData {
  std::size_t items = 0, features = 0;
  std::vector<float> rows;
  std::vector<bool> labels;             ///< [items]
  std::vector<std::uint32_t> clusters;  ///< [items]
};

struct LinearProbe {
  std::vector<double> weights;  ///< of the raw features, [features]
  double intercept = 0.0;
  [[nodiscard]] double score(std::span<const float> features) const;  ///< log-odds
};

/// On the items with these indices. Errors: usage (only one label).
Result<LinearProbe> fit_probe(const ProbeData& data, std::span<const std::size_t> items,
                              double c = 1.0);

struct CrossValidated {
  std::vector<double> scores;       ///< [items] log-odds by a probe that has not seen the cluster
  std::vector<LinearProbe> probes;  ///< a fold each
  std::vector<int> fold;            ///< [items]
};
/// Whole clusters are dealt to `folds` by the seed. Errors: usage (fewer clusters than folds, a
/// fold that leaves one label only).
Result<CrossValidated> cross_validate(const ProbeData& data, int folds, std::uint64_t seed,
                                      double c = 1.0);

/// The labels dealt anew among the items.
std::vector<bool> shuffled_labels(const std::vector<bool>& labels, std::uint64_t seed);

}  // namespace assay::explain
