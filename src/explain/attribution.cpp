#include "explain/attribution.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/random.h"

namespace assay::explain {
namespace {

using model::Edit;
using model::RunRequest;
using model::Tensor;

constexpr double kSameShare = 1e-3;  ///< of attention's output: then heads sum to it

std::string hook(int layer, const char* name) {
  return "blocks." + std::to_string(layer) + "." + name;
}

bool has_hook(const model::WhiteBox& box, const std::string& name) {
  const auto& hooks = box.info().hooks;
  return std::find(hooks.begin(), hooks.end(), name) != hooks.end();
}

/// What each head wrote at one position: [layers][heads + 1, d]; the last row is the bias.
using HeadOutputs = std::vector<Tensor>;

/// `cache`: hook_z of each layer at the position, [1, h, s].
Result<HeadOutputs> head_outputs(model::WhiteBox& box, const std::map<std::string, Tensor>& cache,
                                 std::int32_t any_token) {
  const auto& info = box.info();
  const auto heads = static_cast<std::size_t>(info.heads);
  const auto size = static_cast<std::size_t>(info.head_size);
  RunRequest request;
  request.sequences = {model::Tokens(heads + 1, any_token)};
  request.cache = {"blocks.*.hook_attn_out"};
  request.logits = model::LogitsAt::none;
  for (int layer = 0; layer < info.layers; ++layer) {
    const auto z = cache.at(hook(layer, "attn.hook_z")).data;
    std::vector<float> rows((heads + 1) * heads * size, 0.0F);
    for (std::size_t h = 0; h < heads; ++h) {
      std::copy_n(z.begin() + static_cast<std::ptrdiff_t>(h * size), size,
                  rows.begin() + static_cast<std::ptrdiff_t>((h * heads + h) * size));
    }
    Edit edit;
    edit.hook = hook(layer, "attn.hook_z");
    edit.kind = Edit::Kind::set;
    edit.value =
        Tensor::of({static_cast<std::int64_t>(heads + 1), static_cast<std::int64_t>(heads * size)},
                   std::move(rows));
    edit.begin = 0;
    edit.end = static_cast<std::int64_t>(heads + 1);
    request.edits.push_back(std::move(edit));
  }
  ASSAY_TRY(const auto run, box.run(request));
  HeadOutputs out;
  for (int layer = 0; layer < info.layers; ++layer) {
    out.push_back(run.cache[0].at(hook(layer, "hook_attn_out")));
  }
  return out;
}

/// Values of heads and of the bias, where they sum to `whole`: rows of [heads + 1, d], each head's
/// with the bias in it.
std::vector<double> head_values(const Tensor& rows, const std::vector<float>& u, double scale) {
  const auto heads = static_cast<std::int64_t>(rows.shape[0]) - 1;
  const double bias = dot(rows.row(heads), u) / scale;
  std::vector<double> out;
  for (std::int64_t h = 0; h < heads; ++h) out.push_back(dot(rows.row(h), u) / scale - bias);
  out.push_back(bias);
  return out;
}

bool sums_to(const Tensor& rows, std::span<const float> whole) {
  const auto heads = static_cast<std::int64_t>(rows.shape[0]) - 1;
  double off = 0.0;
  double size = 1e-30;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const double bias = rows.row(heads)[i];
    double sum = bias;
    for (std::int64_t h = 0; h < heads; ++h) sum += rows.row(h)[i] - bias;
    off += (sum - whole[i]) * (sum - whole[i]);
    size += static_cast<double>(whole[i]) * whole[i];
  }
  return std::sqrt(off / size) < kSameShare;
}

/// logit(right) - logit(wrong) of a stream of zeros: biases of the final norm and the unembedding.
Result<double> constant_of(model::WhiteBox& box, Answer answer) {
  const auto width = static_cast<std::int64_t>(box.info().width);
  ASSAY_TRY(const Tensor logits,
            box.unembed(
                Tensor::of({1, width}, std::vector<float>(static_cast<std::size_t>(width), 0.0F))));
  return difference(logits.row(0), answer);
}

void add_attention(Attribution& out, int layer, const Tensor& rows, std::span<const float> whole,
                   const std::vector<float>& u, double scale) {
  if (!out.heads) {
    out.parts.push_back({Part::Kind::attention, layer, -1, dot(whole, u) / scale});
    return;
  }
  const auto values = head_values(rows, u, scale);
  for (std::size_t h = 0; h + 1 < values.size(); ++h) {
    out.parts.push_back({Part::Kind::head, layer, static_cast<int>(h), values[h]});
  }
  if (values.back() != 0.0) out.parts.push_back({Part::Kind::attention, layer, -1, values.back()});
}

bool exchangeable(const Part& part) {
  return part.kind == Part::Kind::head || part.kind == Part::Kind::mlp;
}

using Place = std::tuple<Part::Kind, int, int>;
Place place_of(const Part& part) { return {part.kind, part.layer, part.head}; }

}  // namespace

const char* to_string(Part::Kind kind) {
  switch (kind) {
    case Part::Kind::embedding: return "embedding";
    case Part::Kind::position: return "position";
    case Part::Kind::head: return "head";
    case Part::Kind::attention: return "attention";
    case Part::Kind::mlp: return "mlp";
  }
  return "mlp";
}

std::string name_of(const Part& part) {
  std::string out = to_string(part.kind);
  if (part.layer >= 0) out.append(" ").append(std::to_string(part.layer));
  if (part.head >= 0) out.append(".").append(std::to_string(part.head));
  return out;
}

double Attribution::error() const {
  return std::abs(sum - difference) / std::max(1.0, std::abs(difference));
}

Result<Attribution> attribute(model::WhiteBox& box, const model::Tokens& tokens, Answer answer) {
  const int layers = box.info().layers;
  RunRequest request;
  request.sequences = {tokens};
  request.cache = {"hook_embed", "blocks.*.attn.hook_z", "blocks.*.hook_attn_out",
                   "blocks.*.hook_mlp_out", "ln_final.hook_scale"};
  const bool positions = has_hook(box, "hook_pos_embed");
  if (positions) request.cache.emplace_back("hook_pos_embed");
  request.cache_begin = static_cast<std::int64_t>(tokens.size()) - 1;
  ASSAY_TRY(const auto run, box.run(request));
  const auto& cache = run.cache[0];
  ASSAY_TRY(const std::vector<float> u, reading_direction(box, answer));
  ASSAY_TRY(const HeadOutputs heads, head_outputs(box, cache, tokens.back()));
  const double scale = cache.at("ln_final.hook_scale").data[0];

  Attribution out;
  out.difference = difference(run.logits[0].row(0), answer);
  for (int layer = 0; layer < layers && out.heads; ++layer) {
    out.heads = sums_to(heads[static_cast<std::size_t>(layer)],
                        cache.at(hook(layer, "hook_attn_out")).row(0));
  }
  out.parts.push_back(
      {Part::Kind::embedding, -1, -1, dot(cache.at("hook_embed").row(0), u) / scale});
  if (positions) {
    out.parts.push_back(
        {Part::Kind::position, -1, -1, dot(cache.at("hook_pos_embed").row(0), u) / scale});
  }
  for (int layer = 0; layer < layers; ++layer) {
    add_attention(out, layer, heads[static_cast<std::size_t>(layer)],
                  cache.at(hook(layer, "hook_attn_out")).row(0), u, scale);
    out.parts.push_back(
        {Part::Kind::mlp, layer, -1, dot(cache.at(hook(layer, "hook_mlp_out")).row(0), u) / scale});
  }
  ASSAY_TRY(out.constant, constant_of(box, answer));
  out.sum = out.constant;
  for (const Part& part : out.parts) out.sum += part.value;
  return out;
}

std::vector<Part> most_telling(const Attribution& clean, const Attribution& corrupt,
                               std::size_t count) {
  std::map<Place, double> before;
  for (const Part& part : corrupt.parts) before[place_of(part)] = part.value;
  std::vector<Part> out;
  for (Part part : clean.parts) {
    if (!exchangeable(part)) continue;
    part.value -= before[place_of(part)];
    out.push_back(part);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Part& a, const Part& b) { return a.value > b.value; });
  if (out.size() > count) out.resize(count);
  return out;
}

std::vector<Part> random_parts(const Attribution& all, const std::vector<Part>& like,
                               std::uint64_t seed) {
  std::set<Place> taken;
  std::map<Part::Kind, std::size_t> wanted;
  for (const Part& part : like) {
    taken.insert(place_of(part));
    ++wanted[part.kind];
  }
  std::vector<Part> free;
  for (const Part& part : all.parts) {
    if (exchangeable(part) && !taken.contains(place_of(part))) free.push_back(part);
  }
  Rng rng(seed);
  rng.shuffle(free);
  std::vector<Part> out;
  for (const Part& part : free) {
    std::size_t& left = wanted[part.kind];
    if (left == 0) continue;
    --left;
    out.push_back(part);
  }
  return out;
}

Result<std::vector<double>> exchange_parts(model::WhiteBox& box, const Pair& pair,
                                           const std::vector<std::vector<Part>>& sets) {
  const auto end = static_cast<std::int64_t>(pair.clean.size());
  RunRequest plain;
  plain.sequences = {pair.clean, pair.corrupt};
  plain.cache = {"blocks.*.attn.hook_z", "blocks.*.hook_mlp_out"};
  plain.cache_begin = -1;
  ASSAY_TRY(const auto base, box.run(plain));
  const double clean = difference(base.logits[0].row(0), pair.answer);
  const double whole = clean - difference(base.logits[1].row(0), pair.answer);
  const auto size = static_cast<std::size_t>(box.info().head_size);
  RunRequest request;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    request.sequences.push_back(pair.clean);
    for (const Part& part : sets[i]) {
      if (!exchangeable(part)) continue;
      const bool head = part.kind == Part::Kind::head;
      Edit edit;
      edit.hook = hook(part.layer, head ? "attn.hook_z" : "hook_mlp_out");
      edit.kind = Edit::Kind::set;
      auto values = base.cache[1].at(edit.hook).data;
      if (head) values = values.subspan(static_cast<std::size_t>(part.head) * size, size);
      edit.value = Tensor::of({static_cast<std::int64_t>(values.size())},
                              std::vector<float>(values.begin(), values.end()));
      edit.begin = end - 1;
      edit.end = end;
      edit.sequence = static_cast<int>(i);
      edit.head = part.head >= 0 ? part.head : model::every;
      request.edits.push_back(std::move(edit));
    }
  }
  ASSAY_TRY(const auto changed, box.run(request));
  std::vector<double> out;
  for (const Tensor& logits : changed.logits) {
    out.push_back((clean - difference(logits.row(0), pair.answer)) / whole);
  }
  return out;
}

}  // namespace assay::explain
