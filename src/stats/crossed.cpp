#include "stats/crossed.h"

#include <Eigen/Dense>
#include <algorithm>
#include <map>

#include "stats/intervals.h"
#include "stats/share_interval.h"

namespace assay::stats {
namespace {

using Eigen::Index;

/// Columns of an item's row. All are sums over items, so a bootstrap draw is a sum of rows.
struct Layout {
  std::size_t factors = 0;
  bool interactions = false;
  std::vector<Index> levels;                        // of each factor
  Index n = 0, y = 1, squares = 2, ta = 3, n2 = 4;  // n_i, y_i, sum y^2, y_i^2/n_i, n_i^2
  std::vector<Index> item_over;                     // sum_l n_il^2 / n_i            [factor]
  std::vector<Index> count, total, count2;  // n_il, y_il, n_il^2            [factor], per level
  std::vector<Index> cells, t_cell;         // levels met, sum_l y_il^2/n_il [factor]
  std::vector<std::vector<Index>> pair;     // n_ilm                         [f][g], per two levels
  std::vector<std::vector<Index>> pair_over;  // sum_lm n_ilm^2 / n_il         [f][g]
  std::vector<std::vector<Index>> pair2;  // sum_m n_ilm^2                 [f][g], per level of f
  Index columns = 5;
  [[nodiscard]] std::size_t components() const {
    return 2 + factors + (interactions ? factors : 0);
  }
};

Layout make_layout(std::span<const ContextCell> cells, std::size_t factors, bool interactions) {
  Layout out;
  out.factors = factors;
  out.interactions = interactions;
  out.levels.assign(factors, 0);
  for (const ContextCell& cell : cells) {
    for (std::size_t f = 0; f < factors; ++f) {
      out.levels[f] = std::max<Index>(out.levels[f], static_cast<Index>(cell.levels.at(f)) + 1);
    }
  }
  const auto take = [&out](Index width) {
    const Index first = out.columns;
    out.columns += width;
    return first;
  };
  out.pair.assign(factors, std::vector<Index>(factors, 0));
  out.pair_over = out.pair2 = out.pair;
  for (std::size_t f = 0; f < factors; ++f) {
    out.item_over.push_back(take(1));
    out.count.push_back(take(out.levels[f]));
    out.total.push_back(take(out.levels[f]));
    out.count2.push_back(take(out.levels[f]));
    out.cells.push_back(take(1));
    out.t_cell.push_back(take(1));
    for (std::size_t g = 0; g < factors; ++g) {
      if (g == f) continue;
      out.pair[f][g] = take(out.levels[f] * out.levels[g]);
      out.pair_over[f][g] = take(1);
      out.pair2[f][g] = take(out.levels[f]);
    }
  }
  return out;
}

void add_factor(const Layout& layout, std::size_t f, Eigen::VectorXd& row) {
  for (Index l = 0; l < layout.levels[f]; ++l) {
    const double n = row(layout.count[f] + l);
    if (n == 0.0) continue;
    const double y = row(layout.total[f] + l);
    row(layout.count2[f] + l) = n * n;
    row(layout.item_over[f]) += n * n / row(layout.n);
    row(layout.cells[f]) += 1.0;
    row(layout.t_cell[f]) += y * y / n;
    for (std::size_t g = 0; g < layout.factors; ++g) {
      if (g == f) continue;
      const auto both = row.segment(layout.pair[f][g] + l * layout.levels[g], layout.levels[g]);
      row(layout.pair2[f][g] + l) = both.squaredNorm();
      row(layout.pair_over[f][g]) += both.squaredNorm() / n;
    }
  }
}

Eigen::VectorXd item_row(const Layout& layout, const std::vector<const ContextCell*>& cells,
                         double mean) {
  Eigen::VectorXd row = Eigen::VectorXd::Zero(layout.columns);
  for (const ContextCell* cell : cells) {
    const double value = cell->value - mean;
    row(layout.n) += 1.0;
    row(layout.y) += value;
    row(layout.squares) += value * value;
    for (std::size_t f = 0; f < layout.factors; ++f) {
      const auto l = static_cast<Index>(cell->levels[f]);
      row(layout.count[f] + l) += 1.0;
      row(layout.total[f] + l) += value;
      for (std::size_t g = 0; g < layout.factors; ++g) {
        if (g == f) continue;
        const auto m = static_cast<Index>(cell->levels[g]);
        row(layout.pair[f][g] + l * layout.levels[g] + m) += 1.0;
      }
    }
  }
  row(layout.ta) = row(layout.y) * row(layout.y) / row(layout.n);
  row(layout.n2) = row(layout.n) * row(layout.n);
  for (std::size_t f = 0; f < layout.factors; ++f) add_factor(layout, f, row);
  return row;
}

struct Items {
  Layout layout;
  Eigen::MatrixXd columns;  // [columns x items]
  double range = 0.0;
};

Items gather(std::span<const ContextCell> cells, std::size_t factors, bool interactions) {
  Items out;
  out.layout = make_layout(cells, factors, interactions);
  std::map<std::uint32_t, std::vector<const ContextCell*>> items;
  double mean = 0.0;
  for (const ContextCell& cell : cells) {
    mean += cell.value / static_cast<double>(cells.size());
    items[cell.item].push_back(&cell);
  }
  if (!cells.empty()) {
    const auto [low, high] = std::minmax_element(
        cells.begin(), cells.end(),
        [](const ContextCell& a, const ContextCell& b) { return a.value < b.value; });
    out.range = high->value - low->value;
  }
  out.columns.resize(out.layout.columns, static_cast<Index>(items.size()));
  Index column = 0;
  for (const auto& [item, own] : items) out.columns.col(column++) = item_row(out.layout, own, mean);
  return out;
}

/// sum over the met levels of f of numerator_l / n_l.
double over_levels(const Eigen::VectorXd& s, const Layout& layout, std::size_t f,
                   const Eigen::ArrayXd& numerator) {
  const Eigen::ArrayXd n = s.segment(layout.count[f], layout.levels[f]).array();
  return (n > 0.0).select(numerator / n.max(1.0), 0.0).sum();
}

/// The equations in the order: all observations, item, factors, item:factors, mean. Unknowns: [N
/// mean^2, item, factors, item:factors, rest].
struct Equations {
  Eigen::MatrixXd a;
  Eigen::VectorXd right;
};

void factor_row(const Eigen::VectorXd& s, const Layout& layout, std::size_t f, Index row,
                Equations& out) {
  const auto F = static_cast<Index>(layout.factors);
  const Index levels = layout.levels[f];
  const Eigen::ArrayXd n2 = s.segment(layout.count2[f], levels).array();
  out.right(row) = over_levels(s, layout, f, s.segment(layout.total[f], levels).array().square());
  out.a(row, 1) = over_levels(s, layout, f, n2);
  for (std::size_t g = 0; g < layout.factors; ++g) {
    const auto G = static_cast<Index>(g);
    if (g == f) {
      out.a(row, 2 + G) = s(layout.n);
      if (layout.interactions) out.a(row, 2 + F + G) = out.a(row, 1);
      continue;
    }
    Eigen::ArrayXd squares(levels);
    for (Index l = 0; l < levels; ++l) {
      squares(l) =
          s.segment(layout.pair[f][g] + l * layout.levels[g], layout.levels[g]).squaredNorm();
    }
    out.a(row, 2 + G) = over_levels(s, layout, f, squares);
    if (layout.interactions) {
      out.a(row, 2 + F + G) =
          over_levels(s, layout, f, s.segment(layout.pair2[f][g], levels).array());
    }
  }
  out.a(row, out.a.cols() - 1) =
      (s.segment(layout.count[f], levels).array() > 0.0).cast<double>().sum();
}

void interaction_row(const Eigen::VectorXd& s, const Layout& layout, std::size_t f, Index row,
                     Equations& out) {
  const auto F = static_cast<Index>(layout.factors);
  out.right(row) = s(layout.t_cell[f]);
  out.a(row, 1) = s(layout.n);
  for (std::size_t g = 0; g < layout.factors; ++g) {
    const double k = g == f ? s(layout.n) : s(layout.pair_over[f][g]);
    out.a(row, 2 + static_cast<Index>(g)) = k;
    out.a(row, 2 + F + static_cast<Index>(g)) = k;
  }
  out.a(row, out.a.cols() - 1) = s(layout.cells[f]);
}

Equations equations(const Eigen::VectorXd& s, const Layout& layout, double items) {
  const auto size = static_cast<Index>(layout.components()) + 1;
  const auto F = static_cast<Index>(layout.factors);
  Equations out{Eigen::MatrixXd::Zero(size, size), Eigen::VectorXd::Zero(size)};
  const double n = s(layout.n);
  out.a.col(0).setOnes();
  out.a.row(0).tail(size - 1).setConstant(n);
  out.right(0) = s(layout.squares);
  out.right(1) = s(layout.ta);
  out.a(1, 1) = n;
  out.a(1, size - 1) = items;
  const Index mean = size - 1;
  out.right(mean) = s(layout.y) * s(layout.y) / n;
  out.a(mean, 1) = s(layout.n2) / n;
  out.a(mean, size - 1) = 1.0;
  for (std::size_t f = 0; f < layout.factors; ++f) {
    const auto at = static_cast<Index>(f);
    out.a(1, 2 + at) = s(layout.item_over[f]);
    out.a(mean, 2 + at) = s.segment(layout.count[f], layout.levels[f]).squaredNorm() / n;
    factor_row(s, layout, f, 2 + at, out);
    if (!layout.interactions) continue;
    out.a(1, 2 + F + at) = s(layout.item_over[f]);
    out.a(mean, 2 + F + at) = s.segment(layout.count2[f], layout.levels[f]).sum() / n;
    interaction_row(s, layout, f, 2 + F + at, out);
  }
  return out;
}

Eigen::VectorXd solve(const Eigen::VectorXd& sums, const Layout& layout, double items) {
  const Equations system = equations(sums, layout, items);
  Eigen::FullPivLU<Eigen::MatrixXd> lu(system.a);
  lu.setThreshold(1e-9);
  if (!lu.isInvertible()) return {};
  return lu.solve(system.right).tail(system.right.size() - 1);
}

/// Clipped at 0 and scaled to sum to 1.
std::vector<double> shares(const Eigen::VectorXd& components) {
  std::vector<double> out;
  const double floor = 1e-12 * components.cwiseAbs().sum();
  double total = 0.0;
  for (const double c : components) {
    out.push_back(c > floor ? c : 0.0);
    total += out.back();
  }
  if (!(total > 0.0)) return {};
  for (double& share : out) share /= total;
  return out;
}

struct Resampled {
  std::vector<std::vector<double>> draws, jackknife;  // per source
};

Resampled resample(const Items& items, const CrossedOptions& options) {
  Resampled out;
  const std::size_t sources = items.layout.components();
  out.draws.resize(sources);
  out.jackknife.resize(sources);
  const auto keep = [&](const Eigen::VectorXd& sums, double n,
                        std::vector<std::vector<double>>& to) {
    const Eigen::VectorXd solved = solve(sums, items.layout, n);
    if (solved.size() == 0) return;
    const auto values = shares(solved);
    for (std::size_t i = 0; i < values.size(); ++i) to[i].push_back(values[i]);
  };
  Rng rng = Rng::named(options.seed, "stats/crossed");
  const auto n = static_cast<double>(items.columns.cols());
  std::vector<std::uint32_t> indices(static_cast<std::size_t>(items.columns.cols()));
  for (int b = 0; b < options.draws; ++b) {
    fill_indices(indices, static_cast<std::uint32_t>(indices.size()), rng);
    Eigen::VectorXd sums = Eigen::VectorXd::Zero(items.columns.rows());
    for (const std::uint32_t i : indices) sums += items.columns.col(i);
    keep(sums, n, out.draws);
  }
  const Eigen::VectorXd all = items.columns.rowwise().sum();
  for (Index i = 0; i < items.columns.cols(); ++i) {
    keep(all - items.columns.col(i), n - 1.0, out.jackknife);
  }
  return out;
}

/// As in variance.cpp: at most a share q of the items shows an unseen source (exact), each with at
/// most a quarter of the squared range (Popoviciu), of the total variance.
double unseen_share(const Items& items, double level) {
  const Eigen::VectorXd sums = items.columns.rowwise().sum();
  const double q = clopper_pearson(0.0, static_cast<double>(items.columns.cols()), level).high;
  const double variance = sums(items.layout.squares) / sums(items.layout.n);
  return std::min(1.0, q * items.range * items.range / (4.0 * variance));
}

std::vector<std::string> names(const std::vector<std::string>& factors, bool interactions) {
  std::vector<std::string> out{"item"};
  out.insert(out.end(), factors.begin(), factors.end());
  for (std::size_t f = 0; interactions && f < factors.size(); ++f) {
    out.push_back(std::string("item:") + factors[f]);
  }
  out.emplace_back("rest");
  return out;
}

}  // namespace

std::vector<double> crossed_components(std::span<const ContextCell> cells, std::size_t factors,
                                       bool interactions) {
  const Items items = gather(cells, factors, interactions);
  if (items.columns.cols() < 2 || factors == 0) return {};
  const Eigen::VectorXd solved =
      solve(items.columns.rowwise().sum(), items.layout, static_cast<double>(items.columns.cols()));
  return {solved.data(), solved.data() + solved.size()};
}

std::vector<ShareEstimate> decompose_crossed(std::span<const ContextCell> cells,
                                             const std::vector<std::string>& factors,
                                             const CrossedOptions& options) {
  const bool together =
      options.interactions && !crossed_components(cells, factors.size(), true).empty();
  const Items items = gather(cells, factors.size(), together);
  if (items.columns.cols() < 2 || factors.empty()) return {};
  const Eigen::VectorXd solved =
      solve(items.columns.rowwise().sum(), items.layout, static_cast<double>(items.columns.cols()));
  if (solved.size() == 0) return {};
  const auto values = shares(solved);
  Resampled resampled;
  if (!values.empty()) resampled = resample(items, options);
  const double unseen = values.empty() ? 1.0 : unseen_share(items, options.level);
  const std::vector<std::string> sources = names(factors, together);
  std::vector<ShareEstimate> out;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    Estimate share = values.empty() ? no_estimate("the scores do not vary") : Estimate{};
    share.level = options.level;
    share.unit = "share of variance";
    share.n = static_cast<std::int64_t>(cells.size());
    share.clusters = items.columns.cols();
    if (!values.empty()) {
      share.value = values[i];
      share.interval = share_interval(values[i], std::move(resampled.draws[i]),
                                      resampled.jackknife[i], options.level, unseen);
      share.method = "variance-components";
      share.assumptions = {"items are independent draws; wordings are as many as were used"};
    }
    out.push_back({sources[i], std::move(share)});
  }
  return out;
}

}  // namespace assay::stats
