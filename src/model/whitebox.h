// White box: a model whose inside can be read, changed and differentiated. Token ids go in, plain
// tensors come out; libtorch stays behind this interface (src/model/torch, a plug-in that is loaded
// when a model is opened), so that this header costs its users nothing.
//
// Hook points (names as in TransformerLens; L is a layer from 0, or * for all). Shapes are of one
// sequence; n positions, d width, h heads, g key-value heads, s head size, m width of the MLP:
//   hook_embed                    [n, d]    token embeddings (scaled as the family does)
//   hook_pos_embed                [n, d]    learned positions (GPT-2)
//   blocks.L.hook_resid_pre       [n, d]    the residual stream into the block
//   blocks.L.ln1.hook_scale       [n, 1]    what the norm divides by
//   blocks.L.ln1.hook_normalized  [n, d]    out of the norm, its weights included
//   blocks.L.attn.hook_q          [n, h, s] before rotation (after the family's norm of q, if any)
//   blocks.L.attn.hook_k          [n, g, s]
//   blocks.L.attn.hook_v          [n, g, s]
//   blocks.L.attn.hook_rot_q      [n, h, s] after rotation
//   blocks.L.attn.hook_rot_k      [n, g, s]
//   blocks.L.attn.hook_attn_scores[h, n, n] scaled, capped where the family caps, masked (-inf)
//   blocks.L.attn.hook_pattern    [h, n, n] after the softmax
//   blocks.L.attn.hook_z          [n, h, s] mixed values
//   blocks.L.hook_attn_out        [n, d]    what is added to the residual stream
//   blocks.L.hook_resid_mid       [n, d]    not in families whose block is parallel (GPT-NeoX)
//   blocks.L.ln2.hook_scale, blocks.L.ln2.hook_normalized
//   blocks.L.mlp.hook_pre         [n, m]    before the activation (the gate, where there is one)
//   blocks.L.mlp.hook_pre_linear  [n, m]    what the gate multiplies (gated families)
//   blocks.L.mlp.hook_post        [n, m]    into the second matrix
//   blocks.L.hook_mlp_out         [n, d]    what is added to the residual stream
//   blocks.L.hook_resid_post      [n, d]
//   ln_final.hook_scale           [n, 1]
//   ln_final.hook_normalized      [n, d]    times the unembedding = logits
//   logits                        [n, v]    as the model gives them (after Gemma 2's cap)
//
// Legal call order: open_whitebox(), then any calls. Thread-safety: one call at a time per model.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"

namespace assay::model {

using Tokens = std::vector<std::int32_t>;

/// Row-major f32 values, shared and not to be changed: a copy is cheap.
struct Tensor {
  std::vector<std::int64_t> shape;
  std::span<const float> data;        ///< product of shape values
  std::shared_ptr<const void> owner;  ///< keeps `data` alive

  static Tensor of(std::vector<std::int64_t> shape, std::vector<float> values);
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(data.size()); }
  /// Row i of the first axis.
  [[nodiscard]] std::span<const float> row(std::int64_t i) const;
};

struct WhiteBoxInfo {
  std::string family;        ///< "llama", "gpt2", ...
  std::string architecture;  ///< as the file names it
  std::string name;
  int layers = 0, heads = 0, kv_heads = 0, head_size = 0;
  int width = 0, mlp_width = 0, vocabulary = 0, context_length = 0;
  std::int64_t parameters = 0;     ///< tied embeddings once
  std::string dtype;               ///< of the computation: "F32" or "BF16"
  std::string stored_dtype;        ///< of most weights in the file, e.g. "Q4_1"
  std::string device;              ///< "cpu", "cuda:0"
  std::string engine;              ///< "libtorch 1.13.0"
  std::vector<std::string> hooks;  ///< every hook point of this model, in order of computation
};

inline constexpr std::int64_t all_positions = std::numeric_limits<std::int64_t>::max();
inline constexpr int every = -1;

/// A change of what passes a hook point. Scores and patterns cannot be edited.
struct Edit {
  enum class Kind {
    add,         ///< x + scale * value
    set,         ///< value
    scale,       ///< scale * x
    project_out  ///< x - scale * (x.r) r, where r = value / |value|: directional ablation
  };
  std::string hook;  ///< a name, or with * for the layer
  Kind kind = Kind::add;
  /// [d] for every position, or (add, set) [end - begin, d], where d is the size of the hook's last
  /// axes (for one head: the head size).
  Tensor value{};
  float scale = 1.0F;
  /// Positions in the sequence (generated ones count on); negative ones count from the end of what
  /// the call was given.
  std::int64_t begin = 0, end = all_positions;
  int sequence = every;  ///< of the call, or every one
  int head = every;      ///< of hook_q, _k, _v, _z (and _rot_): this one only
};

enum class LogitsAt { none, last, all, range };

/// Rows of `all` and `range` are positions. A run of many sequences computes each token once, and
/// no padding.
struct RunRequest {
  std::vector<Tokens> sequences;   ///< none may be empty
  std::vector<std::string> cache;  ///< hook points to return; * for the layer
  std::vector<Edit> edits;
  LogitsAt logits = LogitsAt::last;
  std::int64_t begin = 0, end = all_positions;  ///< of range
  /// Positions of cached activations that are returned (not of scores and patterns); negative from
  /// the end.
  std::int64_t cache_begin = 0, cache_end = all_positions;
  const CancelToken* cancel = nullptr;
};

struct RunResult {
  std::vector<std::map<std::string, Tensor>> cache;  ///< a map a sequence: hook -> activation
  std::vector<Tensor> logits;                        ///< a sequence: [rows, v]; empty for none
};

/// A scalar as a sum of terms: weight * logit, or weight * log-probability (nats), of a token at a
/// position (of the logits: position i predicts token i + 1). Cross entropy, logit differences and
/// any linear functional of the logits are such sums.
struct MetricTerm {
  std::int64_t position = -1;  ///< negative: from the end
  std::int32_t token = 0;
  float weight = 1.0F;
  bool log_probability = false;
};
/// Mean over `target` of -log p, where target[0] is predicted at `position`, nats a token.
std::vector<MetricTerm> cross_entropy(std::span<const std::int32_t> target, std::int64_t position);
std::vector<MetricTerm> logit_difference(std::int32_t right, std::int32_t wrong,
                                         std::int64_t position = -1);

/// Keys and values of tokens that many sequences begin with. Made by WhiteBox::encode(), of the
/// same model; the shape is the engine's business.
class Prefix {
 public:
  virtual ~Prefix() = default;
  [[nodiscard]] virtual const Tokens& tokens() const = 0;
};
using PrefixHandle = std::shared_ptr<const Prefix>;

struct GradientRequest {
  PrefixHandle prefix;  ///< may be null; positions below count from its end
  Tokens tokens;
  std::vector<MetricTerm> metric;
  std::vector<std::string> hooks;  ///< points to differentiate at; * for the layer
  std::vector<Edit> edits;
  /// One-hot gradient of these positions: d metric / d (weight of token t at position i).
  std::int64_t one_hot_begin = 0, one_hot_end = 0;
  /// Embeddings that stand before `tokens` (soft prompt), [k, d]; null for none. Their gradient is
  /// the first k rows of that of hook_embed, and positions count them.
  std::optional<Tensor> soft_prompt;
  bool activations = false;  ///< also return the values at `hooks`
};

struct GradientResult {
  double value = 0.0;  ///< the metric
  std::map<std::string, Tensor> gradients, activations;
  Tensor one_hot;  ///< [one_hot_end - one_hot_begin, v]
};

/// Losses of sequences prefix + candidate + tail + target. `reference` is what most candidates
/// share a beginning with (the current suffix of a search): it is computed once.
struct CandidateRequest {
  PrefixHandle prefix;  ///< may be null
  std::span<const Tokens> candidates;
  Tokens reference;
  Tokens tail;    ///< between candidate and target, e.g. the end of the turn
  Tokens target;  ///< not empty
  /// Approximate (bf16 matrix products) instead of f32. Several times faster on processors with
  /// AMX or AVX-512 BF16.
  bool fast = false;
  const CancelToken* cancel = nullptr;
};

struct SoftToken {
  std::int64_t at = 0;  ///< in front of this token of the prompt
  Tensor rows;          ///< [k, d]
};

struct WhiteBoxGenerate {
  std::vector<Tokens> prompts;
  std::vector<Edit> edits;
  std::optional<SoftToken> soft_prompt;  ///< the same for every prompt
  int max_tokens = 128;
  double temperature = 0.0;  ///< 0 = greedy
  double top_p = 1.0;
  std::uint64_t seed = 0;  ///< prompt i draws from stream i
  std::vector<std::int32_t> stop_tokens;
  const CancelToken* cancel = nullptr;
};

/// Low-rank additions (Hu et al. 2021, LoRA): W x + alpha / rank * B (A x), A normal, B zero.
struct LoraOptions {
  int rank = 16;
  double alpha = 32.0;
  /// Of attn_q, attn_k, attn_v, attn_output, ffn_gate, ffn_up, ffn_down.
  std::vector<std::string> layers{"attn_q",   "attn_k", "attn_v",  "attn_output",
                                  "ffn_gate", "ffn_up", "ffn_down"};
  std::uint64_t seed = 0;
};

/// One step of AdamW on the LoRA weights (Loshchilov & Hutter 2019).
struct TrainStep {
  std::vector<Tokens> sequences;
  /// The loss of sequence i is over its tokens from loss_from[i] on; mean over all of them.
  std::vector<std::int64_t> loss_from;
  double learning_rate = 1e-4, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0.0;
};

class WhiteBox {
 public:
  virtual ~WhiteBox() = default;
  [[nodiscard]] virtual const WhiteBoxInfo& info() const = 0;

  /// Errors of all calls: usage (a token, position, hook or shape that is not there), limit
  /// (memory, context), cancelled.
  virtual Result<RunResult> run(const RunRequest& request) = 0;
  virtual Result<PrefixHandle> encode(const Tokens& tokens) = 0;
  virtual Result<GradientResult> gradient(const GradientRequest& request) = 0;
  /// [candidates, target]: -log p of each target token, nats.
  virtual Result<Tensor> candidate_losses(const CandidateRequest& request) = 0;
  /// New tokens of each prompt, without the stop token.
  virtual Result<std::vector<Tokens>> generate(const WhiteBoxGenerate& request) = 0;

  /// Logits [n, v] of residual streams [n, d]: final norm, then the unembedding.
  virtual Result<Tensor> unembed(const Tensor& residual) = 0;
  /// What reads each token's logit out of (residual / final norm's scale): [tokens, d], the norm's
  /// weights folded in (not its bias).
  virtual Result<Tensor> unembedding(std::span<const std::int32_t> tokens) = 0;
  /// Rows of the embedding, as hook_embed has them [tokens, d].
  virtual Result<Tensor> embedding(std::span<const std::int32_t> tokens) = 0;

  virtual Status add_lora(const LoraOptions& options) = 0;
  /// d(mean loss) of a batch by one LoRA matrix, without a step; for tests. `name` as in the file
  /// that save_lora() writes, e.g. "blk.0.attn_q.lora_a".
  virtual Result<Tensor> lora_gradient(const TrainStep& batch, const std::string& name) = 0;
  /// The loss before the step, nats a token.
  virtual Result<double> train(const TrainStep& step) = 0;
  /// GGUF adapter as llama.cpp reads it. Errors: usage (no adapter), io.
  virtual Status save_lora(const std::filesystem::path& file) = 0;
  virtual Status load_lora(const std::filesystem::path& file) = 0;
  virtual Status merge_lora() = 0;
  /// Switches the adapter off and on (off: the model as it was).
  virtual Status use_lora(bool on) = 0;
  /// GGUF with this model's weights as they are now and its file's metadata and tokenizer, which
  /// must still be there. `dtype`: "F32", "F16", "BF16", "Q8_0" (of matrices). Errors: usage (an
  /// adapter that is not merged), unsupported (a model that was opened from safetensors), io.
  virtual Status write_gguf(const std::filesystem::path& file, const std::string& dtype) = 0;
};

struct WhiteBoxOptions {
  int threads = 0;             ///< 0: physical cores
  std::string device = "cpu";  ///< or "cuda", "cuda:1", by the libtorch given
};

/// Was this program built with it, and is the plug-in there? Else why not.
Status whitebox_available();
/// "libtorch 1.13.0". Errors: those of whitebox_available().
Result<std::string> whitebox_engine();
/// A GGUF file (any quantisation), or a folder with config.json and safetensors. Errors:
/// unsupported (built without, unknown architecture), not_found, io, format, limit.
Result<std::unique_ptr<WhiteBox>> open_whitebox(const std::filesystem::path& model,
                                                const WhiteBoxOptions& options = {});

}  // namespace assay::model
