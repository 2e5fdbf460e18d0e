#include "model/torch/engine.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <malloc.h>
#include <numeric>
#include <torch/version.h>

#include "model/local/backend.h"

namespace assay::model::torch_engine {
namespace {

/// Tokens computed at once: enough for full speed of the matrix products, small enough that what
/// lies between them stays in the caches.
constexpr std::int64_t most_rows = 2048;
/// Attention scores held at once.
constexpr std::int64_t most_scores = std::int64_t{64} << 20U;

/// Sequences of one length lie together.
std::vector<Segment> segments_of(const std::vector<Tokens>& sequences,
                                 const std::vector<std::size_t>& order) {
  std::vector<Segment> segments;
  std::int64_t row = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto length = static_cast<std::int64_t>(sequences[order[i]].size());
    if (segments.empty() || segments.back().length != length) {
      segments.push_back({row, 0, length, 0, static_cast<std::int64_t>(i)});
    }
    ++segments.back().count;
    row += length;
  }
  return segments;
}

std::pair<std::int64_t, std::int64_t> clipped(std::int64_t begin, std::int64_t end,
                                              std::int64_t length) {
  const std::int64_t first =
      std::clamp<std::int64_t>(begin < 0 ? begin + length : begin, 0, length);
  const std::int64_t wanted = begin < 0 && end == 0 ? length : (end < 0 ? end + length : end);
  return {first, std::clamp(wanted, first, length)};
}

/// While weights are read, freed pieces go back to the system at once, so that the peak is that of
/// the weights; afterwards they are kept, for every layer asks for the same sizes again (glibc
/// only).
class Allocation {
 public:
  Allocation() {
#ifdef __GLIBC__
    ::mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
  }
  ~Allocation() {
#ifdef __GLIBC__
    ::mallopt(M_MMAP_THRESHOLD, 32 << 20);
    ::mallopt(M_TRIM_THRESHOLD, 512 << 20);
#endif
  }
  Allocation(const Allocation&) = delete;
  Allocation& operator=(const Allocation&) = delete;
};

}  // namespace

Error caught(const char* what) {
  std::string text(what);
  text = text.substr(0, std::min<std::size_t>(text.find('\n'), 300));
  if (text.find("alloc") != std::string::npos || text.find("out of memory") != std::string::npos) {
    return {ErrorKind::limit,
            "there is not enough memory (" + text + ")",
            {},
            "Close other programs, or ask for less at once"};
  }
  return {ErrorKind::internal,
          "libtorch gave up: " + text,
          {},
          "Please report this with the command that led here"};
}

Tensor to_plain(const at::Tensor& values) {
  const at::Tensor plain = values.detach().to(at::kCPU, at::kFloat).contiguous();
  auto owner = std::make_shared<at::Tensor>(plain);
  return {plain.sizes().vec(),
          {owner->data_ptr<float>(), static_cast<std::size_t>(plain.numel())},
          owner};
}

at::Tensor from_plain(const Tensor& values, const at::Device& device) {
  return at::from_blob(const_cast<float*>(values.data.data()), values.shape, at::kFloat)
      .clone()
      .to(device);
}

Result<std::unique_ptr<Engine>> Engine::load(const std::filesystem::path& model,
                                             const WhiteBoxOptions& options) {
  return guarded([&]() -> Result<std::unique_ptr<Engine>> {
    at::set_num_threads(options.threads > 0 ? options.threads : local::physical_cores());
    const at::NoGradGuard no_grad;
    ASSAY_TRY(const auto source, open_source(model));
    std::unique_ptr<Engine> engine(new Engine());
    const Allocation allocation;
    ASSAY_TRY(engine->net_, load_net(*source, at::Device(options.device)));
    const Spec& spec = engine->net_.spec;
    WhiteBoxInfo& info = engine->info_;
    info.family = spec.family;
    info.architecture = source->architecture;
    info.name = source->name;
    info.layers = static_cast<int>(spec.layers);
    info.heads = static_cast<int>(spec.heads);
    info.kv_heads = static_cast<int>(spec.kv_heads);
    info.head_size = static_cast<int>(spec.head_size);
    info.width = static_cast<int>(spec.width);
    info.mlp_width = static_cast<int>(spec.mlp);
    info.vocabulary = static_cast<int>(spec.vocabulary);
    info.context_length = static_cast<int>(std::min<std::int64_t>(spec.context, 1 << 30));
    info.parameters = engine->net_.parameters;
    info.dtype = "F32";
    info.stored_dtype = source->stored_dtype;
    info.device = engine->net_.device.str();
    info.engine = "libtorch " TORCH_VERSION;
    info.hooks = hook_names(spec);
    engine->model_ = model;
    const Family* family = family_of_gguf(info.architecture);
    engine->gguf_architecture_ = info.architecture;
    if (family == nullptr) {
      family = family_of_hf(info.architecture);
      engine->gguf_architecture_ =
          info.architecture == "gemma3_text" ? "gemma3" : family->gguf.front();
    }
    engine->gguf_layout_ = family->gguf_layout;
    return engine;
  });
}

Status Engine::check(std::span<const std::int32_t> tokens, std::int64_t before) const {
  if (tokens.empty()) {
    return fail(ErrorKind::usage, "a sequence has no tokens", {}, "Give at least one token");
  }
  for (const std::int32_t token : tokens) {
    if (token < 0 || token >= net_.spec.vocabulary) {
      return fail(ErrorKind::usage,
                  "token " + std::to_string(token) + " is not in the vocabulary of " +
                      std::to_string(net_.spec.vocabulary),
                  info_.name, "Use this model's tokenizer");
    }
  }
  const auto length = before + static_cast<std::int64_t>(tokens.size());
  if (length > net_.spec.context) {
    return fail(ErrorKind::limit,
                "a sequence of " + std::to_string(length) +
                    " tokens is longer than the context of " + std::to_string(net_.spec.context),
                info_.name, "Shorten it");
  }
  return {};
}

Result<const KeyValues*> Engine::cache_of(const PrefixHandle& prefix) const {
  if (prefix == nullptr) return nullptr;
  const auto* ours = dynamic_cast<const TorchPrefix*>(prefix.get());
  if (ours == nullptr || static_cast<std::int64_t>(ours->cache().keys.size()) != net_.spec.layers) {
    return fail(ErrorKind::usage, "the prefix is of another model", {}, "Encode it with this one");
  }
  return &ours->cache();
}

at::Tensor Engine::ids(std::span<const std::int32_t> tokens) const {
  const std::vector<std::int64_t> wide(tokens.begin(), tokens.end());
  return at::tensor(at::ArrayRef<std::int64_t>(wide), at::kLong).to(net_.device);
}

Result<RunResult> Engine::run(const RunRequest& request) {
  return guarded([&]() -> Result<RunResult> {
    const at::NoGradGuard no_grad;
    for (const auto& tokens : request.sequences) ASSAY_CHECK(check(tokens));
    ASSAY_TRY(const HookPlan plan, HookPlan::make(net_.spec, request.cache, {}, request.edits));
    RunResult result;
    result.cache.resize(request.sequences.size());
    result.logits.resize(request.sequences.size());
    std::vector<std::size_t> order(request.sequences.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return request.sequences[a].size() < request.sequences[b].size();
    });
    std::vector<std::size_t> some;
    std::int64_t rows = 0;
    std::int64_t scores = 0;
    for (const std::size_t i : order) {
      const auto length = static_cast<std::int64_t>(request.sequences[i].size());
      const std::int64_t own = net_.spec.heads * length * length;
      if (!some.empty() && (rows + length > most_rows || scores + own > most_scores)) {
        ASSAY_CHECK(run_some(request, plan, some, result));
        some.clear();
        rows = scores = 0;
      }
      some.push_back(i);
      rows += length;
      scores += own;
    }
    if (!some.empty()) ASSAY_CHECK(run_some(request, plan, some, result));
    return result;
  });
}

Status Engine::run_some(const RunRequest& request, const HookPlan& plan,
                        const std::vector<std::size_t>& order, RunResult& result) {
  if (request.cancel != nullptr && request.cancel->requested()) {
    return fail(ErrorKind::cancelled, "stopped", {}, "");
  }
  Tokens packed;
  std::vector<std::int64_t> lengths;
  std::vector<std::int64_t> sequences;
  for (const std::size_t i : order) {
    packed.insert(packed.end(), request.sequences[i].begin(), request.sequences[i].end());
    lengths.push_back(static_cast<std::int64_t>(request.sequences[i].size()));
    sequences.push_back(static_cast<std::int64_t>(i));
  }
  Batch batch;
  batch.segments = segments_of(request.sequences, order);
  batch.past.assign(batch.segments.size(), nullptr);
  batch.x = Forward::embed(net_, ids(packed));
  Watch watch(net_.spec, plan, batch.segments, sequences, lengths);
  Forward forward(net_, batch, plan.empty() ? nullptr : &watch, nullptr);
  const at::Tensor last = forward.run();

  std::vector<std::int64_t> rows;
  std::vector<std::int64_t> counts;
  std::int64_t row = 0;
  for (const std::int64_t length : lengths) {
    std::pair<std::int64_t, std::int64_t> span{0, 0};
    if (request.logits == LogitsAt::last) span = {length - 1, length};
    if (request.logits == LogitsAt::all) span = {0, length};
    if (request.logits == LogitsAt::range) span = clipped(request.begin, request.end, length);
    for (std::int64_t i = span.first; i < span.second; ++i) rows.push_back(row + i);
    counts.push_back(span.second - span.first);
    row += length;
  }
  const auto wanted = at::tensor(at::ArrayRef<std::int64_t>(rows), at::kLong).to(net_.device);
  at::Tensor logits;
  if (plan.watches_end()) {
    logits = forward.logits(last).index_select(0, wanted);
  } else if (!rows.empty()) {
    logits = forward.logits(last.index_select(0, wanted));
  }
  std::int64_t at = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (request.logits == LogitsAt::none) break;
    result.logits[order[i]] = to_plain(logits.narrow(0, at, counts[i]));
    at += counts[i];
  }
  collect(request, watch, batch.segments, order, result);
  return {};
}

void Engine::collect(const RunRequest& request, const Watch& watch,
                     const std::vector<Segment>& segments, const std::vector<std::size_t>& order,
                     RunResult& result) const {
  for (const Watch::Seen& seen : watch.kept()) {
    const std::string name = hook_name(seen.point, seen.layer);
    if (seen.point == Point::scores || seen.point == Point::pattern) {
      const Segment& s = segments[seen.segment];
      for (std::int64_t i = 0; i < s.count; ++i) {
        result.cache[order[static_cast<std::size_t>(s.sequence + i)]][name] =
            to_plain(seen.value.select(0, i));
      }
      continue;
    }
    for (const Segment& s : segments) {
      for (std::int64_t i = 0; i < s.count; ++i) {
        const auto [first, last] = clipped(request.cache_begin, request.cache_end, s.length);
        result.cache[order[static_cast<std::size_t>(s.sequence + i)]][name] =
            to_plain(seen.value.narrow(0, s.row + i * s.length + first, last - first));
      }
    }
  }
}

Result<PrefixHandle> Engine::encode(const Tokens& tokens) {
  return guarded([&]() -> Result<PrefixHandle> {
    const at::NoGradGuard no_grad;
    ASSAY_CHECK(check(tokens));
    Batch batch;
    batch.segments = {{0, 1, static_cast<std::int64_t>(tokens.size()), 0, 0}};
    batch.past = {nullptr};
    batch.x = Forward::embed(net_, ids(tokens));
    std::vector<KeyValues> kept;
    Forward(net_, batch, nullptr, &kept).run();
    return PrefixHandle(std::make_shared<TorchPrefix>(tokens, std::move(kept[0])));
  });
}

Result<Tensor> Engine::unembed(const Tensor& residual) {
  return guarded([&]() -> Result<Tensor> {
    if (residual.shape.size() != 2 || residual.shape[1] != net_.spec.width) {
      return fail(ErrorKind::usage, "residual streams of the wrong shape", {},
                  "Give [n, " + std::to_string(net_.spec.width) + "]");
    }
    const at::NoGradGuard no_grad;
    const Batch none;
    return to_plain(
        Forward(net_, none, nullptr, nullptr).logits(from_plain(residual, net_.device)));
  });
}

Result<Tensor> Engine::unembedding(std::span<const std::int32_t> tokens) {
  return guarded([&]() -> Result<Tensor> {
    ASSAY_CHECK(check(tokens));
    const at::NoGradGuard no_grad;
    return to_plain(net_.head.weight.index_select(0, ids(tokens)) * net_.final.weight);
  });
}

Result<Tensor> Engine::embedding(std::span<const std::int32_t> tokens) {
  return guarded([&]() -> Result<Tensor> {
    ASSAY_CHECK(check(tokens));
    const at::NoGradGuard no_grad;
    return to_plain(Forward::embed(net_, ids(tokens)));
  });
}

}  // namespace assay::model::torch_engine
