#include "stats/variance.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "stats/intervals.h"
#include "stats/share_interval.h"

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

/// Clipped at 0 and scaled to sum to 1; empty where nothing varies or nothing is identified.
std::vector<double> shares(const Eigen::VectorXd& sums, const Layout& layout) {
  const Unknowns solved = solve(sums, layout);
  if (solved.size() == 0) return {};
  std::vector<double> out;
  const double floor = 1e-12 * solved.tail(solved.size() - 1).cwiseAbs().sum();
  double total = 0.0;
  for (Eigen::Index i = 1; i < solved.size(); ++i) {
    out.push_back(solved(i) > floor ? solved(i) : 0.0);
    total += out.back();
  }
  if (!(total > 0.0)) return {};
  for (double& share : out) share /= total;
  return out;
}

struct Resampled {
  std::vector<std::vector<double>> draws;      // per source
  std::vector<std::vector<double>> jackknife;  // per source
};

Resampled resample(const Items& items, const VarianceOptions& options) {
  Resampled out;
  const std::size_t sources = items.layout.sources.size();
  out.draws.resize(sources);
  out.jackknife.resize(sources);
  const Eigen::MatrixXd columns = items.rows.transpose();  // items are columns: contiguous
  const auto keep = [&](const Eigen::VectorXd& sums, std::vector<std::vector<double>>& to) {
    const auto values = shares(sums, items.layout);
    for (std::size_t i = 0; i < values.size(); ++i) to[i].push_back(values[i]);
  };
  Rng rng = Rng::named(options.seed, "stats/variance");
  std::vector<std::uint32_t> indices(static_cast<std::size_t>(columns.cols()));
  for (int b = 0; b < options.draws; ++b) {
    fill_indices(indices, static_cast<std::uint32_t>(indices.size()), rng);
    Eigen::VectorXd sums = Eigen::VectorXd::Zero(columns.rows());
    for (const std::uint32_t i : indices) sums += columns.col(i);
    keep(sums, out.draws);
  }
  const Eigen::VectorXd all = columns.rowwise().sum();
  for (Eigen::Index i = 0; i < columns.cols(); ++i) keep(all - columns.col(i), out.jackknife);
  return out;
}

/// Upper limit for the share of a source that no item shows: at most a share q of items has it
/// (exact), each with at most a quarter of the squared range (Popoviciu), of the total variance.
double unseen_share(const Items& items, double level) {
  const Eigen::VectorXd sums = items.rows.colwise().sum();
  const double q = clopper_pearson(0.0, sums(kItems), level).high;
  const double variance = sums(kT0) / sums(kN);
  return std::min(1.0, q * items.range * items.range / (4.0 * variance));
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
  const auto values = shares(items.rows.colwise().sum(), items.layout);
  Resampled resampled;
  if (!values.empty()) resampled = resample(items, options);
  const double unseen = values.empty() ? 1.0 : unseen_share(items, options.level);
  std::vector<ShareEstimate> out;
  for (std::size_t i = 0; i < items.layout.sources.size(); ++i) {
    Estimate share = values.empty() ? no_estimate("the scores do not vary") : Estimate{};
    share.level = options.level;
    share.unit = "share of variance";
    share.n = static_cast<std::int64_t>(cells.size());
    share.clusters = items.rows.rows();
    if (!values.empty()) {
      share.value = values[i];
      share.interval = share_interval(values[i], std::move(resampled.draws[i]),
                                      resampled.jackknife[i], options.level, unseen);
      share.method = "variance-components";
      share.assumptions = {"items are independent draws; wordings are as many as were used"};
    }
    out.push_back({items.layout.sources[i], std::move(share)});
  }
  return out;
}

}  // namespace assay::stats
