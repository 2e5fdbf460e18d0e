// Losses of many candidates of one text: what each shares with the reference is computed once,
// equal ones are computed once, and logits are made only where the target is predicted.
#include <ATen/Parallel.h>
#include <algorithm>
#include <map>
#include <optional>
#include <thread>

#include "model/torch/engine.h"
#include "model/torch/fast_pass.h"

namespace assay::model::torch_engine {
namespace {

/// Tokens at once; larger products are no faster, and more would leave the caches.
constexpr std::int64_t most_rows = 2048;
/// A candidate as it is computed: what follows the part that it shares with the reference.
struct Item {
  std::int64_t shared = 0;
  Tokens tokens;
  std::size_t index = 0;  ///< of the first candidate of its kind
};

KeyValues joined(const KeyValues* first, const KeyValues& second) {
  if (first == nullptr) return second;
  KeyValues out;
  out.length = second.length;
  for (std::size_t i = 0; i < second.keys.size(); ++i) {
    out.keys.push_back(at::cat({first->keys[i], second.keys[i]}, 2));
    out.values.push_back(at::cat({first->values[i], second.values[i]}, 2));
  }
  return out;
}

std::int64_t common(const Tokens& a, const Tokens& b) {
  const auto most = std::min(a.size(), b.size());
  std::size_t n = 0;
  while (n < most && a[n] == b[n]) ++n;
  return static_cast<std::int64_t>(n);
}

}  // namespace

class Candidates {
 public:
  Candidates(Engine& engine, const CandidateRequest& request)
      : engine_(engine), net_(engine.net_), request_(request) {}
  Result<Tensor> losses();

 private:
  Status prepare();
  void compute(std::size_t first, std::size_t last);

  Engine& engine_;
  const Net& net_;
  const CandidateRequest& request_;
  std::int64_t start_ = 0;
  KeyValues past_;
  std::vector<Item> items_;
  std::vector<std::size_t> same_as_;  ///< a candidate -> the first one that is equal
  at::Tensor out_;                    ///< [candidates, target]
  std::optional<FastPass> fast_;
};

Status Candidates::prepare() {
  ASSAY_TRY(const KeyValues* prefix, engine_.cache_of(request_.prefix));
  start_ = prefix == nullptr ? 0 : prefix->length;
  const auto tail = static_cast<std::int64_t>(request_.tail.size() + request_.target.size());
  ASSAY_CHECK(engine_.check(request_.target));
  if (!request_.tail.empty()) ASSAY_CHECK(engine_.check(request_.tail));
  if (!request_.reference.empty()) {
    ASSAY_CHECK(engine_.check(request_.reference, start_));
    Batch batch;
    batch.segments = {{0, 1, static_cast<std::int64_t>(request_.reference.size()), start_, 0}};
    batch.past = {prefix};
    batch.x = Forward::embed(net_, engine_.ids(request_.reference));
    std::vector<KeyValues> kept;
    Forward(net_, batch, nullptr, &kept).run();
    past_ = joined(prefix, kept[0]);
  } else if (prefix != nullptr) {
    past_ = *prefix;
  }
  std::map<Tokens, std::size_t> seen;
  for (std::size_t i = 0; i < request_.candidates.size(); ++i) {
    const Tokens& candidate = request_.candidates[i];
    const auto [found, is_new] = seen.emplace(candidate, i);
    same_as_.push_back(found->second);
    if (!is_new) continue;
    ASSAY_CHECK(engine_.check(candidate, start_ + tail));
    Item item;
    item.index = i;
    item.shared = common(candidate, request_.reference);
    // The token before the target must be computed anew, for its logits.
    if (request_.tail.empty()) {
      item.shared = std::min(item.shared, static_cast<std::int64_t>(candidate.size()) - 1);
    }
    item.tokens.assign(candidate.begin() + item.shared, candidate.end());
    item.tokens.insert(item.tokens.end(), request_.tail.begin(), request_.tail.end());
    item.tokens.insert(item.tokens.end(), request_.target.begin(), request_.target.end() - 1);
    items_.push_back(std::move(item));
  }
  std::stable_sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) {
    return std::pair(a.shared, a.tokens.size()) < std::pair(b.shared, b.tokens.size());
  });
  out_ = at::zeros({static_cast<std::int64_t>(request_.candidates.size()),
                    static_cast<std::int64_t>(request_.target.size())},
                   at::kFloat);
  return {};
}

/// -log p of each row's target token.
static at::Tensor losses_of(const at::Tensor& logits, const at::Tensor& targets) {
  return at::logsumexp(logits, {1}) - logits.gather(1, targets.unsqueeze(1)).squeeze(1);
}

void Candidates::compute(std::size_t first, std::size_t last) {
  Batch batch;
  batch.half = request_.fast;
  Tokens packed;
  std::vector<std::int64_t> rows;
  const auto targets = static_cast<std::int64_t>(request_.target.size());
  std::int64_t row = 0;
  for (std::size_t i = first; i < last; ++i) {
    const Item& item = items_[i];
    const auto length = static_cast<std::int64_t>(item.tokens.size());
    const std::int64_t start = start_ + item.shared;
    if (batch.segments.empty() || batch.segments.back().start != start ||
        batch.segments.back().length != length) {
      batch.segments.push_back({row, 0, length, start, static_cast<std::int64_t>(i - first)});
      batch.past.push_back(start > 0 ? &past_ : nullptr);
    }
    ++batch.segments.back().count;
    packed.insert(packed.end(), item.tokens.begin(), item.tokens.end());
    row += length;
    for (std::int64_t t = 0; t < targets; ++t) rows.push_back(row - targets + t);
  }
  batch.x = Forward::embed(net_, engine_.ids(packed));
  const auto wanted = at::tensor(at::ArrayRef<std::int64_t>(rows), at::kLong).to(net_.device);
  const at::Tensor expected =
      engine_.ids(request_.target).repeat({static_cast<std::int64_t>(last - first)});
  at::Tensor losses;
  if (fast_) {
    losses = fast_->losses(fast_->run(batch).index_select(0, wanted), expected);
  } else {
    Forward forward(net_, batch, nullptr, nullptr);
    losses = losses_of(forward.logits(forward.run().index_select(0, wanted)), expected);
  }
  losses = losses.reshape({-1, targets}).cpu();
  for (std::size_t i = first; i < last; ++i) {
    out_.select(0, static_cast<std::int64_t>(items_[i].index))
        .copy_(losses.select(0, static_cast<std::int64_t>(i - first)));
  }
}

Result<Tensor> Candidates::losses() {
  ASSAY_CHECK(prepare());
  if (request_.fast && FastPass::suits(net_)) {
    std::int64_t most = 1;
    for (const Item& item : items_) {
      most = std::max(most, start_ + item.shared + static_cast<std::int64_t>(item.tokens.size()));
    }
    fast_.emplace(net_, past_.length > 0 ? &past_ : nullptr, most);
  }
  std::size_t first = 0;
  std::int64_t rows = 0;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const auto length = static_cast<std::int64_t>(items_[i].tokens.size());
    if (i > first && rows + length > most_rows) {
      if (request_.cancel != nullptr && request_.cancel->requested()) {
        return fail(ErrorKind::cancelled, "stopped", {}, "");
      }
      compute(first, i);
      first = i;
      rows = 0;
    }
    rows += length;
  }
  if (first < items_.size()) compute(first, items_.size());
  for (std::size_t i = 0; i < same_as_.size(); ++i) {
    if (same_as_[i] == i) continue;
    out_.select(0, static_cast<std::int64_t>(i))
        .copy_(out_.select(0, static_cast<std::int64_t>(same_as_[i])));
  }
  return to_plain(out_);
}

void Engine::make_half() {
  const auto convert = [](Linear& linear) {
    if (!linear.half.defined()) linear.half = linear.weight.to(at::kBFloat16);
  };
  for (Layer& layer : net_.layers) {
    for (Linear* linear : {&layer.qkv, &layer.out, &layer.up, &layer.down}) convert(*linear);
  }
  convert(net_.head);
}

Result<Tensor> Engine::candidate_losses(const CandidateRequest& request) {
  const auto compute = [&] {
    return guarded([&]() -> Result<Tensor> {
      const at::NoGradGuard no_grad;
      if (request.fast) make_half();
      return Candidates(*this, request).losses();
    });
  };
  if (!request.fast) return compute();
  // bf16 products leave the AMX tiles of their threads configured otherwise, and llama.cpp's
  // kernels configure theirs once a thread: the next one there would be an illegal instruction. So
  // these products get a thread, and with it a team of OpenMP, of their own.
  Result<Tensor> out;
  const int threads = at::get_num_threads();
  std::thread([&] {
    at::set_num_threads(threads);
    out = compute();
  }).join();
  return out;
}

}  // namespace assay::model::torch_engine
