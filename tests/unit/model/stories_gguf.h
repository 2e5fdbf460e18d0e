// stories260K as a GGUF file, written from the llama2.c checkpoint in the shared test data: a real
// model, small enough for any test. write_stories_gguf() fails where that data is absent.
// Formats: llama2.c export "version 0" (Karpathy 2023) and GGUF version 3 (ggml/docs/gguf.md).
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace assay::model::test {

inline std::filesystem::path stories_folder() {
  return std::filesystem::path(ASSAY_SHARED_DATA) / "models" / "stories260K";
}

/// Little-endian GGUF: metadata first, then tensors, each aligned to 32 bytes.
class GgufWriter {
 public:
  void text(const std::string& key, const std::string& value) {
    begin(key, 8);
    append(metadata_, value);
  }
  void count(const std::string& key, std::uint32_t value) { scalar(key, 4, value); }
  void real(const std::string& key, float value) { scalar(key, 6, value); }
  void flag(const std::string& key, bool value) {
    scalar(key, 7, static_cast<std::uint8_t>(value));
  }
  template <class T>
  void array(const std::string& key, std::uint32_t type, const std::vector<T>& values) {
    begin(key, 9);
    append(metadata_, type);
    append(metadata_, static_cast<std::uint64_t>(values.size()));
    for (const T& value : values) append(metadata_, value);
  }
  /// `shape` is in GGUF's order: the contiguous dimension first.
  void tensor(const std::string& name, const std::vector<std::uint64_t>& shape, const float* data) {
    append(infos_, name);
    append(infos_, static_cast<std::uint32_t>(shape.size()));
    std::uint64_t cells = 1;
    for (const std::uint64_t n : shape) {
      append(infos_, n);
      cells *= n;
    }
    append(infos_, std::uint32_t{0});  // f32
    append(infos_, static_cast<std::uint64_t>(data_.size()));
    data_.append(reinterpret_cast<const char*>(data), cells * sizeof(float));
    data_.resize((data_.size() + 31) / 32 * 32, '\0');
    ++tensors_;
  }
  [[nodiscard]] std::string bytes() const {
    std::string out = "GGUF";
    append(out, std::uint32_t{3});
    append(out, tensors_);
    append(out, keys_);
    out += metadata_ + infos_;
    out.resize((out.size() + 31) / 32 * 32, '\0');
    return out + data_;
  }

 private:
  static void append(std::string& out, const std::string& value) {
    append(out, static_cast<std::uint64_t>(value.size()));
    out += value;
  }
  template <class T>
  static void append(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void begin(const std::string& key, std::uint32_t type) {
    append(metadata_, key);
    append(metadata_, type);
    ++keys_;
  }
  template <class T>
  void scalar(const std::string& key, std::uint32_t type, T value) {
    begin(key, type);
    append(metadata_, value);
  }

  std::string metadata_, infos_, data_;
  std::uint64_t keys_ = 0, tensors_ = 0;
};

struct StoriesHeader {
  std::int32_t dim, hidden, layers, heads, kv_heads, vocab, seq_len;
};

inline std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// llama2.c's token file: int32 longest, then (f32 score, int32 length, bytes) per token.
inline bool add_stories_vocabulary(GgufWriter& gguf, const std::string& file, std::int32_t count) {
  std::vector<std::string> pieces;
  std::vector<float> scores;
  std::vector<std::int32_t> types;
  std::size_t at = 4;
  for (std::int32_t i = 0; i < count; ++i) {
    float score = 0.0F;
    std::int32_t length = 0;
    if (at + 8 > file.size()) return false;
    std::memcpy(&score, file.data() + at, 4);
    std::memcpy(&length, file.data() + at + 4, 4);
    if (length < 0 || at + 8 + static_cast<std::size_t>(length) > file.size()) return false;
    std::string piece;
    for (const char c : file.substr(at + 8, static_cast<std::size_t>(length))) {
      piece += c == ' ' ? "\u2581" : std::string(1, c);
    }
    at += 8 + static_cast<std::size_t>(length);
    if (i < 3) piece = std::array{"<unk>", "<s>", "</s>"}[static_cast<std::size_t>(i)];
    if (i >= 3 && i < 259) {
      const char* digits = "0123456789ABCDEF";
      piece = std::string("<0x") + digits[(i - 3) / 16] + digits[(i - 3) % 16] + ">";
    }
    pieces.push_back(std::move(piece));
    scores.push_back(score);
    types.push_back(i == 0 ? 2 : i < 3 ? 3 : i < 259 ? 6 : 1);  // unknown, control, byte, normal
  }
  gguf.text("tokenizer.ggml.model", "llama");
  gguf.array("tokenizer.ggml.tokens", 8, pieces);
  gguf.array("tokenizer.ggml.scores", 6, scores);
  gguf.array("tokenizer.ggml.token_type", 5, types);
  gguf.count("tokenizer.ggml.bos_token_id", 1);
  gguf.count("tokenizer.ggml.eos_token_id", 2);
  gguf.flag("tokenizer.ggml.add_bos_token", true);
  gguf.flag("tokenizer.ggml.add_space_prefix", true);
  return true;
}

inline void add_stories_hyperparameters(GgufWriter& gguf, const StoriesHeader& h) {
  const auto u = [](std::int32_t value) { return static_cast<std::uint32_t>(value); };
  gguf.text("general.architecture", "llama");
  gguf.text("general.name", "stories260K");
  gguf.count("llama.context_length", u(h.seq_len));
  gguf.count("llama.embedding_length", u(h.dim));
  gguf.count("llama.block_count", u(h.layers));
  gguf.count("llama.feed_forward_length", u(h.hidden));
  gguf.count("llama.attention.head_count", u(h.heads));
  gguf.count("llama.attention.head_count_kv", u(h.kv_heads));
  gguf.real("llama.attention.layer_norm_rms_epsilon", 1e-5F);
  gguf.count("llama.rope.dimension_count", u(h.dim / h.heads));
}

/// Both formats keep the rows of Q and K in interleaved pairs, so arrays are copied as they are.
inline bool add_stories_tensors(GgufWriter& gguf, const StoriesHeader& h, const std::string& file) {
  const auto dim = static_cast<std::uint64_t>(h.dim);
  const auto hidden = static_cast<std::uint64_t>(h.hidden);
  const std::uint64_t kv =
      dim / static_cast<std::uint64_t>(h.heads) * static_cast<std::uint64_t>(h.kv_heads);
  using Shape = std::vector<std::uint64_t>;
  const std::vector<std::pair<std::string, Shape>> layered = {
      {"attn_norm", {dim}},        {"attn_q", {dim, dim}},      {"attn_k", {dim, kv}},
      {"attn_v", {dim, kv}},       {"attn_output", {dim, dim}}, {"ffn_norm", {dim}},
      {"ffn_gate", {dim, hidden}}, {"ffn_down", {hidden, dim}}, {"ffn_up", {dim, hidden}}};
  std::size_t at = sizeof(StoriesHeader);
  std::vector<float> cells;
  const auto add = [&](const std::string& name, const Shape& shape) {
    std::size_t n = 1;
    for (const std::uint64_t d : shape) n *= d;
    if (at + n * sizeof(float) > file.size()) return false;
    cells.resize(n);
    std::memcpy(cells.data(), file.data() + at, n * sizeof(float));
    at += n * sizeof(float);
    gguf.tensor(name + ".weight", shape, cells.data());
    return true;
  };
  bool whole = add("token_embd", {dim, static_cast<std::uint64_t>(h.vocab)});
  for (const auto& [name, shape] : layered) {
    for (std::int32_t i = 0; i < h.layers; ++i) {
      whole = whole && add("blk." + std::to_string(i) + "." + name, shape);
    }
  }
  return whole && add("output_norm", {dim});
}

/// Writes stories260K.gguf into `folder` (which must exist).
inline Result<std::filesystem::path> write_stories_gguf(const std::filesystem::path& folder) {
  const auto checkpoint = stories_folder() / "stories260K.bin";
  const std::string weights = read_bytes(checkpoint);
  StoriesHeader header{};
  if (weights.size() < sizeof header) {
    return fail(ErrorKind::not_found, "the shared test data are not here", checkpoint.string(),
                "Set ASSAY_SHARED_DATA");
  }
  std::memcpy(&header, weights.data(), sizeof header);
  GgufWriter gguf;
  add_stories_hyperparameters(gguf, header);
  if (!add_stories_vocabulary(gguf, read_bytes(stories_folder() / "tok512.bin"), header.vocab) ||
      !add_stories_tensors(gguf, header, weights)) {
    return fail(ErrorKind::format, "the checkpoint is truncated", checkpoint.string(),
                "Fetch the shared test data again");
  }
  const auto path = folder / "stories260K.gguf";
  std::ofstream(path, std::ios::binary) << gguf.bytes();
  return path;
}

}  // namespace assay::model::test
