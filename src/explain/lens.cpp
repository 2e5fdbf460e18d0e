#include "explain/lens.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace assay::explain {
namespace {

using model::Edit;
using model::LogitsAt;
using model::RunRequest;
using model::Tensor;

std::string resid_pre(int layer) { return "blocks." + std::to_string(layer) + ".hook_resid_pre"; }

LensCell cell_of(std::span<const float> logits, std::int32_t last, const Answer* answer) {
  LensCell out;
  out.top = largest(logits);
  out.top_logprob = log_probability(logits, out.top);
  out.final_logprob = log_probability(logits, last);
  const float own = logits[static_cast<std::size_t>(last)];
  out.final_rank = 1 + static_cast<int>(std::count_if(logits.begin(), logits.end(),
                                                      [&](float x) { return x > own; }));
  if (answer != nullptr) out.difference = difference(logits, *answer);
  return out;
}

}  // namespace

int Lens::settled(std::int64_t position) const {
  const std::int32_t last = at(layers, position).top;
  int layer = layers;
  while (layer > 0 && at(layer - 1, position).top == last) --layer;
  return layer;
}

Result<Lens> logit_lens(model::WhiteBox& box, const model::Tokens& tokens, const Answer* answer,
                        std::int64_t begin) {
  Lens out;
  out.layers = box.info().layers;
  out.begin = begin;
  out.positions = static_cast<std::int64_t>(tokens.size()) - begin;
  RunRequest request;
  request.sequences = {tokens};
  request.cache = {"blocks.*.hook_resid_pre"};
  request.cache_begin = begin;
  request.logits = LogitsAt::range;
  request.begin = begin;
  request.end = static_cast<std::int64_t>(tokens.size());
  ASSAY_TRY(const auto run, box.run(request));
  const Tensor& logits = run.logits[0];
  std::vector<std::int32_t> last;
  for (std::int64_t i = 0; i < out.positions; ++i) last.push_back(largest(logits.row(i)));
  for (int layer = 0; layer <= out.layers; ++layer) {
    Tensor read = logits;
    if (layer < out.layers) {
      ASSAY_TRY(read, box.unembed(run.cache[0].at(resid_pre(layer))));
    }
    for (std::int64_t i = 0; i < out.positions; ++i) {
      out.cells.push_back(cell_of(read.row(i), last[static_cast<std::size_t>(i)], answer));
    }
  }
  return out;
}

std::vector<float> random_direction(std::size_t size, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<double> draws(size);
  double norm = 0.0;
  for (double& x : draws) {
    x = rng.normal();
    norm += x * x;
  }
  norm = std::sqrt(norm);
  std::vector<float> out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<float>(draws[i] / norm);
  return out;
}

std::vector<float> random_like(const std::vector<float>& vector, std::uint64_t seed) {
  std::vector<float> out = random_direction(vector.size(), seed);
  const auto length = static_cast<float>(std::sqrt(dot(vector, vector)));
  for (float& x : out) x *= length;
  return out;
}

Result<std::vector<float>> reading_direction(model::WhiteBox& box, Answer answer) {
  const std::vector<std::int32_t> both{answer.right, answer.wrong};
  ASSAY_TRY(const Tensor rows, box.unembedding(both));
  const auto width = static_cast<std::size_t>(box.info().width);
  std::vector<float> out(width);
  for (std::size_t i = 0; i < width; ++i) out[i] = rows.row(0)[i] - rows.row(1)[i];
  // A norm that subtracts the mean makes nothing of a constant stream.
  std::vector<float> probe(2 * width, 0.0F);
  std::fill(probe.begin() + static_cast<std::ptrdiff_t>(width), probe.end(), 1.0F);
  ASSAY_TRY(const Tensor seen,
            box.unembed(Tensor::of({2, static_cast<std::int64_t>(width)}, std::move(probe))));
  const bool centred = std::equal(seen.row(0).begin(), seen.row(0).end(), seen.row(1).begin(),
                                  [](float a, float b) { return std::abs(a - b) < 1e-4F; });
  if (centred) {
    double mean = 0.0;
    for (const float x : out) mean += x;
    mean /= static_cast<double>(width);
    for (float& x : out) x -= static_cast<float>(mean);
  }
  return out;
}

Result<LensCheck> check_lens(model::WhiteBox& box, const model::Tokens& tokens, Answer answer,
                             std::uint64_t seed, int controls) {
  ASSAY_TRY(const std::vector<float> u, reading_direction(box, answer));
  const int layers = box.info().layers;
  const auto end = static_cast<std::int64_t>(tokens.size());
  const auto width = static_cast<std::int64_t>(u.size());
  RunRequest plain;
  plain.sequences = {tokens};
  plain.cache = {"blocks.*.hook_resid_pre"};
  plain.cache_begin = end - 1;
  ASSAY_TRY(const auto base, box.run(plain));
  const double whole = difference(base.logits[0].row(0), answer);
  const double norm = std::sqrt(dot(u, u));

  RunRequest request;
  for (int layer = 0; layer < layers; ++layer) {
    const auto along =
        static_cast<float>(std::abs(dot(base.cache[0].at(resid_pre(layer)).row(0), u)) / norm);
    for (int i = 0; i <= controls; ++i) {
      Edit edit;
      edit.hook = resid_pre(layer);
      edit.begin = end - 1;
      edit.end = end;
      edit.sequence = static_cast<int>(request.sequences.size());
      if (i == 0) {
        edit.kind = Edit::Kind::project_out;
        edit.value = Tensor::of({width}, u);
      } else {
        edit.kind = Edit::Kind::add;
        edit.scale = along;
        const auto place = std::string("lens/") + std::to_string(layer) + "/" + std::to_string(i);
        edit.value = Tensor::of({width}, random_direction(u.size(), stable_hash(place, seed)));
      }
      request.edits.push_back(std::move(edit));
      request.sequences.push_back(tokens);
    }
  }
  ASSAY_TRY(const auto changed, box.run(request));
  LensCheck out;
  std::size_t at = 0;
  for (int layer = 0; layer < layers; ++layer) {
    const auto fall = [&] {
      return (whole - difference(changed.logits[at++].row(0), answer)) / whole;
    };
    out.named.push_back(fall());
    double sum = 0.0;
    for (int i = 0; i < controls; ++i) sum += fall();
    out.control.push_back(controls > 0 ? sum / controls : 0.0);
  }
  return out;
}

}  // namespace assay::explain
