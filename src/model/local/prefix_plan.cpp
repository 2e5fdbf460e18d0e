#include "model/local/prefix_plan.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace assay::model::local {

PrefixPlan::PrefixPlan(std::span<const ScoreItem> items, bool share)
    : items_(items), share_(share), order_(items.size()), shared_(items.size(), 0) {
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  if (share_) order_by_tokens();
  find_reads();
}

void PrefixPlan::order_by_tokens() {
  std::stable_sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
    return items_[a].tokens < items_[b].tokens;
  });
  for (std::size_t k = 1; k < order_.size(); ++k) {
    const auto& before = items_[order_[k - 1]].tokens;
    const auto& here = items_[order_[k]].tokens;
    const auto differs = std::mismatch(before.begin(), before.end(), here.begin(), here.end());
    shared_[k] = static_cast<std::size_t>(differs.second - here.begin());
  }
}

void PrefixPlan::find_reads() {
  std::vector<std::size_t> owner;  // of each position of the path to the current request
  for (std::size_t k = 0; k < order_.size(); ++k) {
    const ScoreItem& item = items_[order_[k]];
    owner.resize(shared_[k]);
    owner.resize(item.tokens.size(), k);
    for (std::size_t t = 0; t < item.targets.size(); ++t) {
      const std::size_t position = item.first_read + t;
      reads_.push_back({owner[position], position, order_[k], t});
    }
  }
  std::sort(reads_.begin(), reads_.end(), [](const Read& a, const Read& b) {
    return std::tie(a.owner, a.position, a.item, a.target) <
           std::tie(b.owner, b.position, b.item, b.target);
  });
  first_read_.assign(order_.size() + 1, reads_.size());
  for (std::size_t i = reads_.size(); i-- > 0;) first_read_[reads_[i].owner] = i;
  for (std::size_t k = order_.size(); k-- > 0;) {
    first_read_[k] = std::min(first_read_[k], first_read_[k + 1]);
  }
}

std::span<const Read> PrefixPlan::reads(std::size_t owner) const {
  return std::span(reads_).subspan(first_read_[owner], first_read_[owner + 1] - first_read_[owner]);
}

std::size_t PrefixPlan::new_tokens(std::size_t place) const {
  return items_[order_[place]].tokens.size() - shared_[place];
}

std::size_t PrefixPlan::tree_tokens() const {
  std::size_t total = 0;
  for (std::size_t k = 0; k < order_.size(); ++k) total += new_tokens(k);
  return total;
}

bool PrefixPlan::is_prefix_of_next(std::size_t place) const {
  return share_ && place + 1 < order_.size() &&
         shared_[place + 1] == items_[order_[place]].tokens.size();
}

Window PrefixPlan::window(std::size_t begin, std::size_t batch, std::size_t leaves,
                          std::size_t cells) const {
  Window window{begin, begin + 1, shared_[begin]};
  if (!share_) return window;
  // A request longer than a batch leaves its last batch part empty; its neighbours fill that.
  std::size_t tokens = new_tokens(begin);
  const std::size_t batches = std::max<std::size_t>((tokens + batch - 1) / batch, 1);
  // Attention is over whole blocks of `batch` cells: a short kept path should not begin another.
  const std::size_t beyond = window.kept % batch <= batch / 4 ? window.kept % batch : 0;
  const std::size_t room = std::min(batches * batch - beyond, cells - std::min(cells, window.kept));
  std::size_t used = 1;
  while (window.end < order_.size()) {
    const std::size_t more = is_prefix_of_next(window.end - 1) ? 0 : 1;
    if (tokens + new_tokens(window.end) > room || used + more > leaves) break;
    tokens += new_tokens(window.end);
    used += more;
    ++window.end;
  }
  return window;
}

}  // namespace assay::model::local
