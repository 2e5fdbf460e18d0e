// Low-rank adapters (Hu et al. 2021, https://arxiv.org/abs/2106.09685): where each hangs in the
// network, their training, and their file, which is llama.cpp's GGUF adapter.
// Thread-safety: one thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/torch/net.h"
#include "model/whitebox.h"

namespace assay::model::torch_engine {

/// The matrix of the network that holds a matrix of the file, and which of its rows.
struct MatrixPlace {
  Linear* linear = nullptr;
  std::int64_t begin = 0, rows = 0;
  std::int64_t heads = 0;  ///< of q and k, whose rows may be permuted in files; else 0
};
/// `kind`: "attn_q", "ffn_up", ... Null where this network has none.
MatrixPlace place_of(Net& net, std::int64_t layer, const std::string& kind);

/// AdamW's memory (Loshchilov & Hutter 2019, https://arxiv.org/abs/1711.05101), of one matrix.
struct Moments {
  at::Tensor first, second;
};

class Adapter {
 public:
  /// New and of no effect (B is zero). Errors: usage (rank, a layer that is not there).
  static Result<Adapter> make(Net& net, const LoraOptions& options);
  /// Errors: not_found, io, format (another shape or architecture).
  static Result<Adapter> read(Net& net, const std::filesystem::path& file, const Layout& layout);
  /// `architecture`: GGUF's. Errors: io.
  [[nodiscard]] Status write(const std::filesystem::path& file, const std::string& architecture,
                             const Layout& layout) const;

  void attach(Net& net) const;
  static void detach(Net& net);
  /// Into the network's matrices.
  void merge(Net& net) const;
  /// All A and B, in order: part 0's A, its B, part 1's A, ...
  [[nodiscard]] std::vector<at::Tensor> parameters() const;
  /// "blk.0.attn_q.lora_a", ... in the order of parameters().
  [[nodiscard]] std::vector<std::string> names() const;
  void step(const std::vector<at::Tensor>& gradients, const TrainStep& by);

 private:
  struct Part {
    std::int64_t layer = 0;
    std::string kind;
    at::Tensor a, b;
    double scale = 1;
    std::int64_t heads = 0;  ///< of q and k; else 0
  };
  std::vector<Part> parts_;
  std::vector<Moments> moments_;
  double alpha_ = 0;
  int steps_ = 0;
};

}  // namespace assay::model::torch_engine
