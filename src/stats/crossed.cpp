#include "stats/crossed.h"

#include <Eigen/Dense>
#include <algorithm>
#include <map>

#include "stats/variance_shares.h"

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

/// Of all items; empty where there are too few to tell.
Eigen::VectorXd solve(const Items& items) {
  if (items.columns.cols() < 2) return {};
  return solve(items.columns.rowwise().sum(), items.layout,
               static_cast<double>(items.columns.cols()));
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
  if (factors == 0) return {};
  const Eigen::VectorXd solved = solve(gather(cells, factors, interactions));
  return {solved.data(), solved.data() + solved.size()};
}

std::vector<ShareEstimate> decompose_crossed(std::span<const ContextCell> cells,
                                             const std::vector<std::string>& factors,
                                             const CrossedOptions& options) {
  if (factors.empty()) return {};
  Items items = gather(cells, factors.size(), options.interactions);
  Eigen::VectorXd solved = solve(items);
  if (solved.size() == 0 && options.interactions) {
    items = gather(cells, factors.size(), false);
    solved = solve(items);
  }
  if (solved.size() == 0) return {};
  const auto values = clipped_shares(solved);
  ShareContext context;
  context.level = options.level;
  context.n = static_cast<std::int64_t>(cells.size());
  context.clusters = items.columns.cols();
  ResampledShares resampled;
  if (!values.empty()) {
    Rng rng = Rng::named(options.seed, "stats/crossed");
    resampled = resample_shares(items.columns, items.layout.components(), options.draws, rng,
                                [&](const Eigen::VectorXd& sums, double n) {
                                  return clipped_shares(solve(sums, items.layout, n));
                                });
    const Eigen::VectorXd sums = items.columns.rowwise().sum();
    context.unseen = unseen_share(static_cast<double>(items.columns.cols()), items.range,
                                  sums(items.layout.squares) / sums(items.layout.n), options.level);
  }
  return share_estimates(names(factors, items.layout.interactions), values, std::move(resampled),
                         context);
}

}  // namespace assay::stats
