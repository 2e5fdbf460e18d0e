#include "model/local/scorer.h"

#include <algorithm>

#include "model/local/logits.h"

namespace assay::model::local {

Status Scorer::run(std::span<const ScoreItem> items, std::vector<Scored>& scored,
                   const std::function<void(std::size_t)>& done) {
  items_ = items;
  scored_ = &scored;
  done_ = &done;
  scored.assign(items.size(), {});
  for (std::size_t i = 0; i < items.size(); ++i) {
    scored[i].left = items[i].targets.size();
    scored[i].logprobs.resize(items[i].targets.size());
    if (!items[i].moments) continue;
    scored[i].means.resize(items[i].targets.size());
    scored[i].sds.resize(items[i].targets.size());
  }
  const PrefixPlan plan(items, share_);
  llama_memory_clear(context_.memory(), false);
  path_complete_ = false;
  const auto batch = static_cast<std::size_t>(context_.shape().batch);
  const auto leaves = static_cast<std::size_t>(context_.shape().sequences);
  for (std::size_t begin = 0; begin < items.size();) {
    const Window window =
        plan.window(begin, batch, leaves, static_cast<std::size_t>(context_.shape().cells));
    ASSAY_CHECK(run_window(plan, window));
    begin = window.end;
  }
  return {};
}

Status Scorer::run_window(const PrefixPlan& plan, const Window& window) {
  keep_path(window.kept);
  give_sequences(plan, window);
  context_.clear_batch();
  rows_.clear();
  for (std::size_t place = window.begin; place < window.end; ++place) {
    if (cancel_ != nullptr && cancel_->requested()) {
      return fail(ErrorKind::cancelled, "stopped before all requests were scored");
    }
    ASSAY_CHECK(feed(plan, window, place));
  }
  ASSAY_CHECK(compute());
  path_sequence_ = sequence_.back();
  // A sliding-window cache may have reused cells of a long path; then it is computed again.
  path_complete_ = share_ && llama_memory_seq_pos_min(context_.memory(), path_sequence_) == 0;
  return {};
}

/// Afterwards sequence 0 holds the first `length` tokens of the path, and nothing else is in
/// memory.
void Scorer::keep_path(std::size_t length) {
  const llama_memory_t memory = context_.memory();
  if (length == 0 || !path_complete_) {
    llama_memory_clear(memory, false);
    return;
  }
  llama_memory_seq_keep(memory, path_sequence_);
  if (path_sequence_ != 0) {
    llama_memory_seq_cp(memory, path_sequence_, 0, -1, -1);
    llama_memory_seq_rm(memory, path_sequence_, -1, -1);
  }
  llama_memory_seq_rm(memory, 0, static_cast<llama_pos>(length), -1);
}

/// A sequence for each leaf of the window, with the part of the kept path that it shares.
void Scorer::give_sequences(const PrefixPlan& plan, const Window& window) {
  sequence_.clear();
  int next = 0;
  std::size_t common = path_complete_ ? window.kept : 0;
  for (std::size_t place = window.begin; place < window.end; ++place) {
    const bool leaf = place + 1 == window.end || !plan.is_prefix_of_next(place);
    if (place > window.begin) common = std::min(common, plan.shared(place));
    sequence_.push_back(next);
    if (!leaf) continue;
    if (next > 0 && common > 0) {
      llama_memory_seq_cp(context_.memory(), 0, next, 0, static_cast<llama_pos>(common));
    }
    ++next;
  }
}

/// Adds the new tokens of one request to the batch, computing it whenever it is full.
Status Scorer::feed(const PrefixPlan& plan, const Window& window, std::size_t place) {
  const ScoreItem& item = items_[plan.order()[place]];
  const bool first = place == window.begin;
  std::size_t position = first && !path_complete_ ? 0 : plan.shared(place);
  const auto reads = plan.reads(place);
  std::size_t read = 0;
  std::size_t last = place;  // the last request of the window whose path has this position
  while (last + 1 < window.end && plan.shared(last + 1) > position) ++last;
  for (; position < item.tokens.size(); ++position) {
    // Deeper positions belong to fewer of the following requests.
    for (std::size_t k = place + 1; k <= last; ++k) {
      if (plan.shared(k) <= position) last = k - 1;
    }
    std::size_t end = read;
    while (end < reads.size() && reads[end].position == position) ++end;
    const bool output = end > read;
    const ContextShape& shape = context_.shape();
    if (context_.batch_size() == shape.batch ||
        (output && context_.batch_outputs() == shape.outputs)) {
      ASSAY_CHECK(compute());
    }
    const std::size_t offset = place - window.begin;
    context_.add(item.tokens[position], position, sequence_[offset], sequence_[last - window.begin],
                 output);
    if (output) rows_.push_back({reads.subspan(read, end - read)});
    read = end;
  }
  return {};
}

/// Runs the batch and gives each read its value.
Status Scorer::compute() {
  if (context_.batch_size() == 0) return {};
  ASSAY_CHECK(context_.decode(cancel_));
  computed_ += context_.batch_size();
  std::vector<RowSummary> summaries(rows_.size());
  std::vector<RowMoments> moments(rows_.size());
  parallel_rows(rows_.size(), context_.shape().threads, [&](std::size_t row) {
    const auto logits = context_.logits(row);
    summaries[row] = summarise_row(logits);
    const auto& reads = rows_[row].reads;
    const auto wanted = [&](const Read& read) { return items_[read.item].moments; };
    if (std::any_of(reads.begin(), reads.end(), wanted)) {
      moments[row] = row_moments(logits, summaries[row]);
    }
  });
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const auto logits = context_.logits(row);
    for (const Read& read : rows_[row].reads) {
      Scored& scored = (*scored_)[read.item];
      const std::int32_t target = items_[read.item].targets[read.target];
      const float logit = logits[static_cast<std::size_t>(target)];
      scored.logprobs[read.target] = static_cast<double>(logit) - summaries[row].log_normaliser;
      scored.greedy = scored.greedy && target == summaries[row].best;
      if (items_[read.item].moments) {
        scored.means[read.target] = moments[row].mean;
        scored.sds[read.target] = moments[row].sd;
      }
      if (--scored.left == 0 && *done_) (*done_)(read.item);
    }
  }
  context_.clear_batch();
  rows_.clear();
  return {};
}

}  // namespace assay::model::local
