#include "stats/variance.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "stats/variance_shares.h"

namespace assay::stats {
namespace {

using System = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, 5, 5>;
using Unknowns = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, 5, 1>;

/// Everything that the moment equations need is a sum over items, so that a bootstrap draw is a sum
/// of rows. Values are taken less the grand mean.
enum Column : Eigen::Index {
  kN,        // observations n_i
  kY,        // sum of values y_i
  kT0,       // sum of squares
  kTab,      // sum_j y_ij^2 / n_ij
  kCells,    // number of wordings of the item
  kItems,    // 1
  kTa,       // y_i^2 / n_i
  kKa,       // sum_j n_ij^2 / n_i
  kCellN2,   // sum_j n_ij^2
  kItemN2,   // n_i^2
  kColumns,  // crossed: then n_ij, y_ij and n_ij^2 of every wording
};

struct Layout {
  std::vector<std::string> sources;
  bool crossed = false;
  bool repeats = false;   // sampling stands apart
  bool wordings = false;  // more than one wording of some item
  Eigen::Index words = 0;
};

struct Items {
  Layout layout;
  Eigen::MatrixXd rows;  // [items x columns]
  double range = 0.0;    // greatest - least value
};

struct Cell {
  double n = 0.0;
  double sum = 0.0;
};

void name_sources(Layout& layout) {
  if (!layout.wordings) {
    layout.sources = {"item+wording", "sampling"};
  } else if (layout.crossed) {
    layout.sources = {"item", "wording"};
    if (layout.repeats) layout.sources.emplace_back("interaction");
    layout.sources.emplace_back(layout.repeats ? "sampling" : "interaction+sampling");
  } else if (layout.repeats) {
    layout.sources = {"item", "wording", "sampling"};
  } else {
    layout.sources = {"item", "wording+sampling"};
  }
}

Eigen::VectorXd item_row(const std::map<Eigen::Index, Cell>& cells, double squares,
                         const Layout& layout) {
  Eigen::VectorXd row = Eigen::VectorXd::Zero(kColumns + 3 * layout.words);
  for (const auto& [word, cell] : cells) {
    row(kN) += cell.n;
    row(kY) += cell.sum;
    row(kTab) += cell.sum * cell.sum / cell.n;
    row(kCellN2) += cell.n * cell.n;
    row(kCells) += 1.0;
    if (layout.words > 0) {
      row(kColumns + word) = cell.n;
      row(kColumns + layout.words + word) = cell.sum;
      row(kColumns + 2 * layout.words + word) = cell.n * cell.n;
    }
  }
  row(kT0) = squares;
  row(kItems) = 1.0;
  row(kTa) = row(kY) * row(kY) / row(kN);
  row(kKa) = row(kCellN2) / row(kN);
  row(kItemN2) = row(kN) * row(kN);
  return row;
}

Items gather(std::span<const ScoredCell> scored, VarianceDesign design) {
  Items out;
  if (scored.empty()) return out;
  double mean = 0.0;
  for (const ScoredCell& s : scored) mean += s.value / static_cast<double>(scored.size());
  std::map<std::uint32_t, Eigen::Index> words;
  std::map<std::uint32_t, std::map<Eigen::Index, Cell>> items;
  std::map<std::uint32_t, double> squares;
  double least = scored.front().value;
  double greatest = least;
  for (const ScoredCell& s : scored) {
    const Eigen::Index word =
        words.try_emplace(s.wording, static_cast<Eigen::Index>(words.size())).first->second;
    Cell& cell = items[s.item][word];
    const double value = s.value - mean;
    cell.n += 1.0;
    cell.sum += value;
    squares[s.item] += value * value;
    least = std::min(least, s.value);
    greatest = std::max(greatest, s.value);
    out.layout.repeats = out.layout.repeats || cell.n > 1.0;
    out.layout.wordings = out.layout.wordings || items[s.item].size() > 1;
  }
  out.range = greatest - least;
  out.layout.crossed = design == VarianceDesign::crossed && out.layout.wordings;
  if (out.layout.crossed) out.layout.words = static_cast<Eigen::Index>(words.size());
  name_sources(out.layout);
  out.rows.resize(static_cast<Eigen::Index>(items.size()), kColumns + 3 * out.layout.words);
  Eigen::Index row = 0;
  for (const auto& [item, cells] : items) {
    out.rows.row(row++) = item_row(cells, squares[item], out.layout).transpose();
  }
  return out;
}

/// Linear equations "sum of squares = its expected value", with unknowns [N mean^2, components...];
/// the last component is the one that every single observation carries.
struct Equations {
  explicit Equations(std::size_t components)
      : a(System::Zero(static_cast<Eigen::Index>(components) + 1,
                       static_cast<Eigen::Index>(components) + 1)),
        right(Unknowns::Zero(a.rows())) {}

  void add(double sum, std::initializer_list<double> coefficients) {
    Eigen::Index column = 0;
    a(row, column++) = 1.0;
    for (const double c : coefficients) a(row, column++) = c;
    right(row++) = sum;
  }

  System a;
  Unknowns right;
  Eigen::Index row = 0;
};

void nested_equations(const Eigen::VectorXd& s, const Layout& layout, Equations& out) {
  const double n = s(kN);
  const double total = s(kY) * s(kY) / n;
  if (layout.wordings && layout.repeats) {
    out.add(s(kT0), {n, n, n});
    out.add(s(kTab), {n, n, s(kCells)});
    out.add(s(kTa), {n, s(kKa), s(kItems)});
    out.add(total, {s(kItemN2) / n, s(kCellN2) / n, 1.0});
  } else {  // one random factor: items
    out.add(s(kT0), {n, n});
    out.add(s(kTa), {n, s(kItems)});
    out.add(total, {s(kItemN2) / n, 1.0});
  }
}

void crossed_equations(const Eigen::VectorXd& s, const Layout& layout, Equations& out) {
  const double n = s(kN);
  const Eigen::ArrayXd word_n = s.segment(kColumns, layout.words).array();
  const Eigen::ArrayXd word_y = s.segment(kColumns + layout.words, layout.words).array();
  const Eigen::ArrayXd word_n2 = s.segment(kColumns + 2 * layout.words, layout.words).array();
  const Eigen::ArrayXd size = word_n.max(1.0);
  const double met = (word_n > 0.0).cast<double>().sum();
  const double tb = (word_y.square() / size).sum();
  const double kb = (word_n2 / size).sum();
  const double b2 = word_n.square().sum() / n;
  const double total = s(kY) * s(kY) / n;
  if (layout.repeats) {
    out.add(s(kT0), {n, n, n, n});
    out.add(s(kTab), {n, n, n, s(kCells)});
    out.add(s(kTa), {n, s(kKa), s(kKa), s(kItems)});
    out.add(tb, {kb, n, kb, met});
    out.add(total, {s(kItemN2) / n, b2, s(kCellN2) / n, 1.0});
  } else {
    out.add(s(kT0), {n, n, n});
    out.add(s(kTa), {n, s(kKa), s(kItems)});
    out.add(tb, {kb, n, met});
    out.add(total, {s(kItemN2) / n, b2, 1.0});
  }
}

/// Empty where the equations are singular.
Unknowns solve(const Eigen::VectorXd& sums, const Layout& layout) {
  Equations equations(layout.sources.size());
  if (layout.crossed) {
    crossed_equations(sums, layout, equations);
  } else {
    nested_equations(sums, layout, equations);
  }
  const Eigen::FullPivLU<System> lu(equations.a);
  if (!lu.isInvertible()) return {};
  return lu.solve(equations.right);
}

/// Empty where nothing varies or nothing is identified.
std::vector<double> shares(const Eigen::VectorXd& sums, const Layout& layout) {
  const Unknowns solved = solve(sums, layout);
  if (solved.size() == 0) return {};
  return clipped_shares(solved.tail(solved.size() - 1));
}

bool identified(const Items& items) {
  return items.rows.rows() >= 2 && (items.layout.repeats || items.layout.wordings);
}

}  // namespace

std::vector<double> variance_components(std::span<const ScoredCell> cells, VarianceDesign design) {
  const Items items = gather(cells, design);
  if (!identified(items)) return {};
  const Unknowns solved = solve(items.rows.colwise().sum(), items.layout);
  std::vector<double> out;
  for (Eigen::Index i = 1; i < solved.size(); ++i) out.push_back(solved(i));
  return out;
}

std::vector<ShareEstimate> decompose_variance(std::span<const ScoredCell> cells,
                                              const VarianceOptions& options) {
  const Items items = gather(cells, options.design);
  if (!identified(items) || !(options.level > 0.0 && options.level < 1.0)) return {};
  const Eigen::VectorXd sums = items.rows.colwise().sum();
  const auto values = shares(sums, items.layout);
  ShareContext context;
  context.level = options.level;
  context.n = static_cast<std::int64_t>(cells.size());
  context.clusters = items.rows.rows();
  ResampledShares resampled;
  if (!values.empty()) {
    Rng rng = Rng::named(options.seed, "stats/variance");
    resampled = resample_shares(
        items.rows.transpose(), items.layout.sources.size(), options.draws, rng,
        [&](const Eigen::VectorXd& drawn, double) { return shares(drawn, items.layout); });
    context.unseen = unseen_share(sums(kItems), items.range, sums(kT0) / sums(kN), options.level);
  }
  return share_estimates(items.layout.sources, values, std::move(resampled), context);
}

}  // namespace assay::stats
