#include "model/local/rolling.h"

#include <algorithm>

namespace assay::model::local {

std::vector<ScoreItem> rolling_windows(const std::vector<std::int32_t>& tokens, std::int32_t prefix,
                                       std::size_t longest) {
  std::vector<ScoreItem> windows;
  const auto at = [&](std::size_t i) { return i == 0 ? prefix : tokens[i - 1]; };
  for (std::size_t done = 0; done < tokens.size();) {
    const std::size_t count = std::min(longest, tokens.size() - done);
    const std::size_t end = done + count;
    // The first window starts at the prefix token; a last, short one takes all context that fits.
    const std::size_t begin = done == 0 ? 0 : end - longest;
    ScoreItem item;
    for (std::size_t i = begin; i < end; ++i) item.tokens.push_back(at(i));
    item.first_read = done - begin;
    item.targets.assign(tokens.begin() + static_cast<std::ptrdiff_t>(done),
                        tokens.begin() + static_cast<std::ptrdiff_t>(end));
    windows.push_back(std::move(item));
    done = end;
  }
  return windows;
}

}  // namespace assay::model::local
