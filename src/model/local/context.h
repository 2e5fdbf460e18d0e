// A llama.cpp context and its batch, owned. Two shapes:
//   scoring:    one KV buffer that all sequences share (unified), so that a cell can belong to many
//               sequences: the prefix tree.
//   generation: one KV buffer a sequence ("streams"): attention reads only its own sequence, which
//               keeps a step of batched decoding short.
// Legal call order: create, add(), decode(), logits(); clear_batch() before the next batch.
// Thread-safety: one thread.
#pragma once

#include <memory>
#include <span>

#include "base/cancel.h"
#include "base/result.h"
#include "llama.h"

namespace assay::model::local {

struct ContextShape {
  bool unified = true;
  int cells = 0;      ///< KV cells, of all sequences (unified) or of each (streams)
  int sequences = 1;  ///< ids 0 .. sequences - 1
  int batch = 512;    ///< most tokens in a decode()
  int outputs = 64;   ///< most rows of logits in a decode()
  /// F32 cells, and no flash attention, which llama.cpp computes with F16 keys and values.
  bool f32_cache = false;
  int threads = 1;
  friend bool operator==(const ContextShape&, const ContextShape&) = default;
};

class Context {
 public:
  /// Errors: limit (memory), unsupported.
  static Result<std::unique_ptr<Context>> create(llama_model* model, const ContextShape& shape);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  [[nodiscard]] const ContextShape& shape() const { return shape_; }
  [[nodiscard]] llama_memory_t memory() const { return llama_get_memory(context_); }

  void clear_batch();
  [[nodiscard]] int batch_size() const { return batch_.n_tokens; }
  [[nodiscard]] int batch_outputs() const { return outputs_; }
  /// The token at `position` of the sequences first .. last.
  void add(std::int32_t token, std::size_t position, int first, int last, bool output);
  /// Computes the batch. `cancel` is looked at between the operations of the network.
  /// Errors: cancelled, limit (no KV cells left), internal.
  Status decode(const CancelToken* cancel = nullptr);
  /// Row of logits [vocabulary] of the n-th output of the batch; valid until the next decode().
  /// Any thread.
  [[nodiscard]] std::span<const float> logits(std::size_t output) const {
    return {rows_ + output * vocabulary_, vocabulary_};
  }

 private:
  Context(llama_model* model, llama_context* context, const ContextShape& shape);
  static bool stop(void* self);

  ContextShape shape_;
  llama_context* context_;
  llama_batch batch_;
  std::size_t vocabulary_;
  int outputs_ = 0;
  const float* rows_ = nullptr;  ///< [outputs, vocabulary]
  const CancelToken* cancel_ = nullptr;
};

}  // namespace assay::model::local
