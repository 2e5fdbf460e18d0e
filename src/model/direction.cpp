#include "model/direction.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::model {
namespace {

std::string resid_pre(int layer) { return "blocks." + std::to_string(layer) + ".hook_resid_pre"; }

/// Mean of the residual stream, [layers][positions][d] in double precision.
using Means = std::vector<std::vector<std::vector<double>>>;

Result<Means> means_of(WhiteBox& box, const std::vector<Tokens>& prompts, int positions,
                       const CancelToken* cancel) {
  const auto layers = static_cast<std::size_t>(box.info().layers);
  const auto width = static_cast<std::size_t>(box.info().width);
  const auto places = static_cast<std::size_t>(positions);
  Means out(layers, std::vector<std::vector<double>>(places, std::vector<double>(width, 0.0)));
  RunRequest request;
  request.sequences = prompts;
  request.cache = {"blocks.*.hook_resid_pre"};
  request.cache_begin = -positions;
  request.logits = LogitsAt::none;
  request.cancel = cancel;
  ASSAY_TRY(const auto run, box.run(request));
  const auto count = static_cast<double>(prompts.size());
  for (const auto& cache : run.cache) {
    for (std::size_t layer = 0; layer < layers; ++layer) {
      const Tensor& rows = cache.at(resid_pre(static_cast<int>(layer)));
      for (std::size_t i = 0; i < places; ++i) {
        const auto row = rows.row(static_cast<std::int64_t>(i));
        for (std::size_t k = 0; k < width; ++k) {
          out[layer][i][k] += static_cast<double>(row[k]) / count;
        }
      }
    }
  }
  return out;
}

std::vector<float> less(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<float> out(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) out[i] = static_cast<float>(a[i] - b[i]);
  return out;
}

Result<std::vector<Tensor>> logits_of(WhiteBox& box, const std::vector<Tokens>& prompts,
                                      std::vector<Edit> edits, const CancelToken* cancel) {
  RunRequest request;
  request.sequences = prompts;
  request.edits = std::move(edits);
  request.cancel = cancel;
  ASSAY_TRY(auto run, box.run(request));
  return std::move(run.logits);
}

std::int64_t tokens_in(const std::vector<Tokens>& prompts) {
  std::size_t sum = 0;
  for (const Tokens& prompt : prompts) sum += prompt.size();
  return static_cast<std::int64_t>(sum);
}

double mean_score(const std::vector<Tensor>& logits, const std::vector<std::int32_t>& markers) {
  double sum = 0.0;
  for (const Tensor& each : logits) sum += marker_score(each.row(0), markers);
  return sum / static_cast<double>(logits.size());
}

/// Looks at candidates; keeps what they are compared with.
class Choice {
 public:
  Choice(WhiteBox& box, const DirectionData& data) : box_(box), data_(data) {}

  Status begin(Direction& out) {
    ASSAY_TRY(const auto with, logits(data_.check_with, {}));
    ASSAY_TRY(plain_, logits(data_.check_without, {}));
    out.plain_with = mean_score(with, data_.markers);
    out.plain_without = mean_score(plain_, data_.markers);
    return {};
  }

  Status ablate(DirectionCandidate& candidate, const std::vector<float>& vector) {
    ASSAY_TRY(const auto changed, logits(data_.check_with, ablation(vector)));
    candidate.ablated = mean_score(changed, data_.markers);
    return {};
  }

  Status compare(DirectionCandidate& candidate, const std::vector<float>& vector) {
    ASSAY_TRY(const auto changed, logits(data_.check_without, ablation(vector)));
    candidate.kl = 0.0;
    for (std::size_t i = 0; i < changed.size(); ++i) {
      candidate.kl +=
          divergence(plain_[i].row(0), changed[i].row(0)) / static_cast<double>(changed.size());
    }
    return {};
  }

  Status steer(DirectionCandidate& candidate, const std::vector<float>& vector) {
    ASSAY_TRY(const auto changed, logits(data_.check_without, steering(vector, candidate.layer)));
    candidate.steered = mean_score(changed, data_.markers);
    return {};
  }

  /// Tokens that went through the model for it.
  [[nodiscard]] std::int64_t tokens() const { return tokens_; }

 private:
  Result<std::vector<Tensor>> logits(const std::vector<Tokens>& prompts, std::vector<Edit> edits) {
    tokens_ += tokens_in(prompts);
    return logits_of(box_, prompts, std::move(edits), data_.cancel);
  }

  WhiteBox& box_;
  const DirectionData& data_;
  std::int64_t tokens_ = 0;
  std::vector<Tensor> plain_;  ///< of check_without
};

Status check(const DirectionData& data) {
  if (data.with.empty() || data.without.empty() || data.check_with.empty() ||
      data.check_without.empty() || data.markers.empty()) {
    return fail(ErrorKind::usage,
                "a direction needs prompts with and without the concept, others "
                "to choose by, and first tokens of answers");
  }
  return {};
}

}  // namespace

int shared_end(const std::vector<const std::vector<Tokens>*>& sets, int most) {
  const Tokens* first = nullptr;
  std::size_t shared = static_cast<std::size_t>(most);
  for (const auto* set : sets) {
    for (const Tokens& tokens : *set) {
      if (first == nullptr) first = &tokens;
      const std::size_t end = std::min({shared, tokens.size(), first->size()});
      std::size_t same = 0;
      while (same < end && tokens[tokens.size() - 1 - same] == (*first)[first->size() - 1 - same]) {
        ++same;
      }
      shared = same;
    }
  }
  return static_cast<int>(shared);
}

Result<Direction> find_direction(WhiteBox& box, const DirectionData& data) {
  ASSAY_CHECK(check(data));
  const int positions =
      data.positions > 0
          ? data.positions
          : shared_end({&data.with, &data.without, &data.check_with, &data.check_without});
  if (positions == 0) {
    return fail(ErrorKind::usage, "the prompts have no common end to read the direction at");
  }
  ASSAY_TRY(const Means with, means_of(box, data.with, positions, data.cancel));
  ASSAY_TRY(const Means without, means_of(box, data.without, positions, data.cancel));
  const auto difference_at = [&](int layer, int position) {
    const auto l = static_cast<std::size_t>(layer);
    const int from_begin = positions + position;
    const auto i = static_cast<std::size_t>(from_begin);
    return less(with[l][i], without[l][i]);
  };

  Direction out;
  Choice choice(box, data);
  ASSAY_CHECK(choice.begin(out));
  const int layers = box.info().layers;
  const int end = static_cast<int>(static_cast<double>(layers) * (1.0 - kLastLayersLeftOut));
  for (int layer = 0; layer < end; ++layer) {
    for (int position = -positions; position < 0; ++position) {
      DirectionCandidate candidate;
      candidate.layer = layer;
      candidate.position = position;
      candidate.kl = candidate.steered = std::numeric_limits<double>::quiet_NaN();
      ASSAY_CHECK(choice.ablate(candidate, difference_at(layer, position)));
      out.candidates.push_back(candidate);
    }
  }
  // By score; the first that passes the other rules is the one that all rules together choose.
  std::vector<DirectionCandidate*> order;
  for (DirectionCandidate& candidate : out.candidates) {
    if (std::isfinite(candidate.ablated)) order.push_back(&candidate);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const DirectionCandidate* a, const DirectionCandidate* b) {
                     return a->ablated < b->ablated;
                   });
  for (DirectionCandidate* candidate : order) {
    auto vector = difference_at(candidate->layer, candidate->position);
    ASSAY_CHECK(choice.compare(*candidate, vector));
    if (!(candidate->kl <= kLargestKl)) continue;
    ASSAY_CHECK(choice.steer(*candidate, vector));
    if (!(candidate->steered >= 0.0)) continue;
    out.chosen = *candidate;
    out.layer = candidate->layer;
    out.position = candidate->position;
    out.vector = std::move(vector);
    out.tokens = choice.tokens() + tokens_in(data.with) + tokens_in(data.without);
    for (int layer = 0; layer < layers; ++layer) {
      out.each_layer.push_back(difference_at(layer, out.position));
    }
    return out;
  }
  return fail(ErrorKind::not_found, "no direction passes the rules of selection");
}

std::vector<Edit> ablation(const std::vector<float>& vector, int sequence, float scale) {
  const Tensor value = Tensor::of({static_cast<std::int64_t>(vector.size())}, vector);
  std::vector<Edit> out;
  for (const char* hook :
       {"blocks.*.hook_resid_pre", "blocks.*.hook_attn_out", "blocks.*.hook_mlp_out"}) {
    Edit& edit = out.emplace_back();
    edit.hook = hook;
    edit.kind = Edit::Kind::project_out;
    edit.scale = scale;
    edit.value = value;
    edit.sequence = sequence;
  }
  return out;
}

std::vector<Edit> steering(const std::vector<float>& vector, int layer, int sequence, float scale) {
  Edit edit;
  edit.hook = resid_pre(layer);
  edit.kind = Edit::Kind::add;
  edit.scale = scale;
  edit.value = Tensor::of({static_cast<std::int64_t>(vector.size())}, vector);
  edit.sequence = sequence;
  return {std::move(edit)};
}

double marker_score(std::span<const float> logits, std::span<const std::int32_t> markers) {
  double most = -INFINITY;
  for (const float x : logits) most = std::max(most, static_cast<double>(x));
  double all = 0.0;
  for (const float x : logits) all += std::exp(static_cast<double>(x) - most);
  double marked = 0.0;
  for (const std::int32_t token : markers) {
    marked += std::exp(static_cast<double>(logits[static_cast<std::size_t>(token)]) - most);
  }
  // As in the paper's code: kept from 0 and 1 by 1e-8.
  const double p = marked / all;
  return std::log(p + 1e-8) - std::log(1.0 - p + 1e-8);
}

double divergence(std::span<const float> p, std::span<const float> q) {
  double most_p = -INFINITY;
  double most_q = -INFINITY;
  for (std::size_t i = 0; i < p.size(); ++i) {
    most_p = std::max(most_p, static_cast<double>(p[i]));
    most_q = std::max(most_q, static_cast<double>(q[i]));
  }
  double all_p = 0.0;
  double all_q = 0.0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    all_p += std::exp(static_cast<double>(p[i]) - most_p);
    all_q += std::exp(static_cast<double>(q[i]) - most_q);
  }
  const double shift = (most_q + std::log(all_q)) - (most_p + std::log(all_p));
  double sum = 0.0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const double share = std::exp(static_cast<double>(p[i]) - most_p) / all_p;
    sum += share * (static_cast<double>(p[i]) - static_cast<double>(q[i]) + shift);
  }
  return std::max(0.0, sum);
}

}  // namespace assay::model
