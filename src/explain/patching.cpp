#include "explain/patching.h"

#include <algorithm>
#include <numeric>

namespace assay::explain {
namespace {

using model::Edit;
using model::RunRequest;
using model::Tensor;

constexpr std::size_t kAtOnce = 256;  ///< patched runs in a call

std::string hook(int layer, const char* name) {
  return "blocks." + std::to_string(layer) + "." + name;
}

constexpr const char* kResidual = "hook_resid_pre";
constexpr const char* kAttention = "hook_attn_out";
constexpr const char* kMlp = "hook_mlp_out";
constexpr const char* kHead = "attn.hook_z";

/// Sets one row of a hook to that of `cache`.
Edit row_edit(const std::map<std::string, Tensor>& cache, const std::string& name,
              std::int64_t position) {
  const auto row = cache.at(name).row(position);
  Edit out;
  out.hook = name;
  out.kind = Edit::Kind::set;
  out.value = Tensor::of({static_cast<std::int64_t>(row.size())},
                         std::vector<float>(row.begin(), row.end()));
  out.begin = position;
  out.end = position + 1;
  return out;
}

/// Sets a head's values from `begin` on to those of `cache`.
Edit head_edit(const std::map<std::string, Tensor>& cache, int layer, int head,
               std::int64_t begin) {
  const std::string name = hook(layer, kHead);
  const Tensor& z = cache.at(name);  // [n, h, s]
  const std::int64_t end = z.shape[0];
  const auto size = static_cast<std::size_t>(z.shape[2]);
  std::vector<float> values;
  for (std::int64_t i = begin; i < end; ++i) {
    const auto row = z.row(i).subspan(static_cast<std::size_t>(head) * size, size);
    values.insert(values.end(), row.begin(), row.end());
  }
  Edit out;
  out.hook = name;
  out.kind = Edit::Kind::set;
  out.value = Tensor::of({end - begin, z.shape[2]}, std::move(values));
  out.begin = begin;
  out.end = end;
  out.head = head;
  return out;
}

/// Logit differences of `tokens`, once for each set of edits.
Result<std::vector<double>> run_edits(model::WhiteBox& box, const model::Tokens& tokens,
                                      Answer answer, std::vector<std::vector<Edit>> sets,
                                      const CancelToken* cancel) {
  std::vector<double> out;
  for (std::size_t first = 0; first < sets.size(); first += kAtOnce) {
    const std::size_t end = std::min(sets.size(), first + kAtOnce);
    RunRequest request;
    request.sequences.assign(end - first, tokens);
    request.cancel = cancel;
    for (std::size_t i = first; i < end; ++i) {
      for (Edit& edit : sets[i]) {
        edit.sequence = static_cast<int>(i - first);
        request.edits.push_back(std::move(edit));
      }
    }
    ASSAY_TRY(const auto run, box.run(request));
    for (const Tensor& logits : run.logits) out.push_back(difference(logits.row(0), answer));
  }
  return out;
}

PatchMap empty_map(const model::WhiteBox& box, const Pair& pair, const PairRuns& runs) {
  PatchMap out;
  out.layers = box.info().layers;
  out.heads = box.info().heads;
  out.begin = runs.begin;
  out.positions = static_cast<std::int64_t>(pair.clean.size()) - runs.begin;
  return out;
}

}  // namespace

Result<PairRuns> run_pair(model::WhiteBox& box, const Pair& pair) {
  PairRuns out;
  if (pair.clean.size() != pair.corrupt.size()) {
    return fail(ErrorKind::usage, "two prompts that are patched need as many tokens");
  }
  const auto differ = std::mismatch(pair.clean.begin(), pair.clean.end(), pair.corrupt.begin());
  if (differ.first == pair.clean.end()) {
    return fail(ErrorKind::usage, "the two prompts are the same");
  }
  out.begin = differ.first - pair.clean.begin();
  RunRequest request;
  request.sequences = {pair.clean, pair.corrupt};
  request.cache = {"blocks.*.hook_resid_pre", "blocks.*.hook_attn_out", "blocks.*.hook_mlp_out",
                   "blocks.*.attn.hook_z", "blocks.*.attn.hook_pattern"};
  ASSAY_TRY(auto run, box.run(request));
  out.clean = difference(run.logits[0].row(0), pair.answer);
  out.corrupt = difference(run.logits[1].row(0), pair.answer);
  out.clean_cache = std::move(run.cache[0]);
  out.corrupt_cache = std::move(run.cache[1]);
  return out;
}

Result<PatchMap> patch(model::WhiteBox& box, const Pair& pair, const PairRuns& runs,
                       const CancelToken* cancel) {
  PatchMap out = empty_map(box, pair, runs);
  const auto end = static_cast<std::int64_t>(pair.clean.size());
  std::vector<std::vector<Edit>> sets;
  for (const char* name : {kResidual, kAttention, kMlp}) {
    for (int layer = 0; layer < out.layers; ++layer) {
      for (std::int64_t i = out.begin; i < end; ++i) {
        sets.push_back({row_edit(runs.clean_cache, hook(layer, name), i)});
      }
    }
  }
  for (int layer = 0; layer < out.layers; ++layer) {
    for (int head = 0; head < out.heads; ++head) {
      sets.push_back({head_edit(runs.clean_cache, layer, head, out.begin)});
    }
  }
  ASSAY_TRY(std::vector<double> values,
            run_edits(box, pair.corrupt, pair.answer, std::move(sets), cancel));
  for (double& x : values) x = (x - runs.corrupt) / (runs.clean - runs.corrupt);
  auto at = values.begin();
  const auto cells = static_cast<std::ptrdiff_t>(out.layers * out.positions);
  for (auto* map : {&out.residual, &out.attention, &out.mlp}) {
    map->assign(at, at + cells);
    at += cells;
  }
  out.head.assign(at, values.end());
  return out;
}

Result<PatchMap> attribute_patches(model::WhiteBox& box, const Pair& pair, const PairRuns& runs) {
  PatchMap out = empty_map(box, pair, runs);
  model::GradientRequest request;
  request.tokens = pair.corrupt;
  request.metric = model::logit_difference(pair.answer.right, pair.answer.wrong);
  request.hooks = {"blocks.*.hook_resid_pre", "blocks.*.hook_attn_out", "blocks.*.hook_mlp_out",
                   "blocks.*.attn.hook_z"};
  ASSAY_TRY(const auto slopes, box.gradient(request));
  const double whole = runs.clean - runs.corrupt;
  const auto end = static_cast<std::int64_t>(pair.clean.size());
  /// Gradient times difference, over [from, from + size) of a row.
  const auto product = [&](const std::string& name, std::int64_t position, std::size_t from,
                           std::size_t size) {
    const auto slope = slopes.gradients.at(name).row(position).subspan(from, size);
    const auto clean = runs.clean_cache.at(name).row(position).subspan(from, size);
    const auto corrupt = runs.corrupt_cache.at(name).row(position).subspan(from, size);
    return (dot(slope, clean) - dot(slope, corrupt)) / whole;
  };
  const auto width = static_cast<std::size_t>(box.info().width);
  for (int layer = 0; layer < out.layers; ++layer) {
    for (std::int64_t i = out.begin; i < end; ++i) {
      out.residual.push_back(product(hook(layer, kResidual), i, 0, width));
      out.attention.push_back(product(hook(layer, kAttention), i, 0, width));
      out.mlp.push_back(product(hook(layer, kMlp), i, 0, width));
    }
  }
  const auto size = static_cast<std::size_t>(box.info().head_size);
  for (int layer = 0; layer < out.layers; ++layer) {
    for (int head = 0; head < out.heads; ++head) {
      double sum = 0.0;
      for (std::int64_t i = out.begin; i < end; ++i) {
        sum += product(hook(layer, kHead), i, static_cast<std::size_t>(head) * size, size);
      }
      out.head.push_back(sum);
    }
  }
  return out;
}

std::vector<bool> saturated_heads(const PairRuns& runs, int layers, int heads) {
  std::vector<bool> out;
  for (int layer = 0; layer < layers; ++layer) {
    for (int head = 0; head < heads; ++head) {
      bool saturated = false;
      for (const auto* cache : {&runs.clean_cache, &runs.corrupt_cache}) {
        const Tensor& pattern = cache->at(hook(layer, "attn.hook_pattern"));  // [h, n, n]
        const auto n = static_cast<std::size_t>(pattern.shape[1]);
        const auto last = pattern.row(head).subspan((n - 1) * n, n);
        saturated = saturated || *std::max_element(last.begin(), last.end()) > kSaturated;
      }
      out.push_back(saturated);
    }
  }
  return out;
}

std::vector<std::size_t> strongest_heads(const PatchMap& map, std::size_t count) {
  std::vector<std::size_t> out(map.head.size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  std::stable_sort(out.begin(), out.end(),
                   [&](std::size_t a, std::size_t b) { return map.head[a] > map.head[b]; });
  out.resize(std::min(count, out.size()));
  return out;
}

Result<std::vector<double>> exchange_heads(model::WhiteBox& box, const Pair& pair,
                                           const PairRuns& runs,
                                           const std::vector<std::vector<std::size_t>>& sets) {
  std::vector<std::vector<Edit>> edits;
  const auto heads = static_cast<std::size_t>(box.info().heads);
  for (const auto& set : sets) {
    auto& of_set = edits.emplace_back();
    for (const std::size_t head : set) {
      of_set.push_back(head_edit(runs.corrupt_cache, static_cast<int>(head / heads),
                                 static_cast<int>(head % heads), runs.begin));
    }
  }
  ASSAY_TRY(std::vector<double> out,
            run_edits(box, pair.clean, pair.answer, std::move(edits), nullptr));
  for (double& x : out) x = (runs.clean - x) / (runs.clean - runs.corrupt);
  return out;
}

}  // namespace assay::explain
