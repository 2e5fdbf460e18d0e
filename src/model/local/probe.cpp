#include "model/local/probe.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <vector>

#include "ggml-backend.h"
#include "ggml-cpu.h"
#include "ggml.h"
#include "model/local/weights.h"

namespace assay::model::local {
namespace {

constexpr std::int64_t probe_parameters = 8 << 20;  // more than fits in a core's own cache
constexpr int prompt_columns = 256;
constexpr int decode_columns = 32;

struct FreeBackend {
  void operator()(ggml_backend_t backend) const { ggml_backend_free(backend); }
};
struct FreeBuffer {
  void operator()(ggml_backend_buffer_t buffer) const { ggml_backend_buffer_free(buffer); }
};
struct FreeContext {
  void operator()(ggml_context* context) const { ggml_free(context); }
};
using Backend = std::unique_ptr<ggml_backend, FreeBackend>;
using Buffer = std::unique_ptr<ggml_backend_buffer, FreeBuffer>;
using GgmlContext = std::unique_ptr<ggml_context, FreeContext>;

/// The special layouts for weights (repacking, AMX) first, as llama.cpp tries them.
std::vector<ggml_backend_buffer_type_t> layouts(ggml_backend_dev_t device) {
  std::vector<ggml_backend_buffer_type_t> list;
  auto* const registry = ggml_backend_dev_backend_reg(device);
  const auto extra = reinterpret_cast<ggml_backend_dev_get_extra_bufts_t>(
      ggml_backend_reg_get_proc_address(registry, "ggml_backend_dev_get_extra_bufts"));
  if (extra != nullptr) {
    for (auto* layout = extra(device); layout != nullptr && *layout != nullptr; ++layout) {
      list.push_back(*layout);
    }
  }
  list.push_back(ggml_backend_cpu_buffer_type());
  return list;
}

/// One product: weights [inner, outer] of a type with activations [inner, columns]. All zeros; the
/// time does not depend on the values.
class Product {
 public:
  Product(ggml_backend_t backend, ggml_type type, std::int64_t inner, int columns) {
    const std::int64_t outer = std::max<std::int64_t>(probe_parameters / inner / 64, 1) * 64;
    context_.reset(ggml_init({ggml_graph_overhead() + 8 * ggml_tensor_overhead(), nullptr, true}));
    ggml_tensor* weights = ggml_new_tensor_2d(context_.get(), type, inner, outer);
    ggml_tensor* input = ggml_new_tensor_2d(context_.get(), GGML_TYPE_F32, inner, columns);
    ggml_tensor* output = ggml_mul_mat(context_.get(), weights, input);
    auto* const device = ggml_backend_get_device(backend);
    place(input, ggml_backend_cpu_buffer_type());
    place(output, ggml_backend_cpu_buffer_type());
    for (auto* layout : layouts(device)) {
      weights->buffer = nullptr;
      weights->data = nullptr;
      weights->extra = nullptr;
      if (place(weights, layout) && ggml_backend_dev_supports_op(device, output)) break;
    }
    const std::vector<char> zeros(ggml_nbytes(weights), 0);
    ggml_backend_tensor_set(weights, zeros.data(), 0, zeros.size());
    graph_ = ggml_new_graph(context_.get());
    ggml_build_forward_expand(graph_, output);
    work_ = static_cast<double>(outer * inner) * columns;
  }
  /// Nanoseconds for each column and million weights: the least of some runs.
  double time(ggml_backend_t backend, int runs) {
    double best = 0.0;
    for (int run = 0; run <= runs; ++run) {  // the first one warms up
      const auto start = std::chrono::steady_clock::now();
      ggml_backend_graph_compute(backend, graph_);
      const std::chrono::duration<double, std::nano> took =
          std::chrono::steady_clock::now() - start;
      if (run == 1 || (run > 1 && took.count() < best)) best = took.count();
    }
    return best * 1e6 / work_;
  }

 private:
  bool place(ggml_tensor* tensor, ggml_backend_buffer_type_t layout) {
    Buffer buffer(
        ggml_backend_buft_alloc_buffer(layout, ggml_backend_buft_get_alloc_size(layout, tensor)));
    if (buffer == nullptr) return false;
    const auto status =
        ggml_backend_tensor_alloc(buffer.get(), tensor, ggml_backend_buffer_get_base(buffer.get()));
    if (status != GGML_STATUS_SUCCESS) return false;
    if (layout == ggml_backend_cpu_buffer_type()) ggml_backend_buffer_clear(buffer.get(), 0);
    buffers_.push_back(std::move(buffer));
    return true;
  }

  std::vector<Buffer> buffers_;
  GgmlContext context_;
  ggml_cgraph* graph_ = nullptr;
  double work_ = 1.0;
};

/// A width of the model's layers that every format has whole blocks of.
std::int64_t inner_width(const GgufHeader& header) {
  const std::int64_t width = header.hyperparameter("embedding_length", 1024);
  return std::clamp<std::int64_t>((width + 255) / 256 * 256, 256, 8192);
}

class Timer {
 public:
  Timer(const GgufHeader& header, int threads)
      : backend_(ggml_backend_cpu_init()), inner_(inner_width(header)) {
    ggml_backend_cpu_set_n_threads(backend_.get(), threads);
  }
  double of(ggml_type type) {
    const auto known = times_.find(type);
    if (known != times_.end()) return known->second;
    const double prompt =
        Product(backend_.get(), type, inner_, prompt_columns).time(backend_.get(), 3);
    const double decode =
        Product(backend_.get(), type, inner_, decode_columns).time(backend_.get(), 8);
    return times_[type] = (prompt + decode) / 2;
  }
  /// All matrices of the file, each in its own type.
  double of_stored(const GgufHeader& header) {
    std::map<ggml_type, double> elements;
    double all = 0.0;
    for (const auto& tensor : header.tensors) {
      if (tensor.shape[1] <= 1) continue;
      elements[static_cast<ggml_type>(tensor.type)] += static_cast<double>(tensor.elements());
      all += static_cast<double>(tensor.elements());
    }
    double total = 0.0;
    for (const auto& [type, count] : elements) {
      if (count >= 0.02 * all) total += of(type) * count / all;
    }
    return total;
  }

 private:
  Backend backend_;
  std::int64_t inner_;
  std::map<ggml_type, double> times_;
};

}  // namespace

ProbeTimes probe_formats(const GgufHeader& header, int threads, std::uint64_t most_bytes) {
  ProbeTimes times;
  Timer timer(header, threads);
  times.nanoseconds[Dtype::as_stored] = timer.of_stored(header);
  const std::uint64_t stored = weights_bytes(header, Dtype::as_stored);
  constexpr std::array<std::pair<Dtype, ggml_type>, 3> formats = {
      {{Dtype::f32, GGML_TYPE_F32}, {Dtype::bf16, GGML_TYPE_BF16}, {Dtype::q8_0, GGML_TYPE_Q8_0}}};
  for (const auto& [dtype, type] : formats) {
    const std::uint64_t bytes = weights_bytes(header, dtype);
    // 8 bits in place of 16 would not be the same model any more.
    const bool too_narrow = dtype == Dtype::q8_0 && bytes + bytes / 20 < stored;
    if (bytes > most_bytes || too_narrow) continue;
    times.nanoseconds[dtype] = timer.of(type);
  }
  return times;
}

Dtype fastest(const ProbeTimes& times) {
  const auto stored = times.nanoseconds.find(Dtype::as_stored);
  if (stored == times.nanoseconds.end()) return Dtype::as_stored;
  double best = 0.9 * stored->second;
  Dtype chosen = Dtype::as_stored;
  for (const Dtype dtype : {Dtype::f32, Dtype::bf16, Dtype::q8_0}) {  // most exact first
    const auto found = times.nanoseconds.find(dtype);
    if (found == times.nanoseconds.end()) continue;
    const double limit = chosen == Dtype::as_stored ? best : 0.95 * best;
    if (found->second > limit) continue;
    best = found->second;
    chosen = dtype;
  }
  return chosen;
}

}  // namespace assay::model::local
