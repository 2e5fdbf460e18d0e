// Writes GGUF files for tests: a small one of made-up content, and stories260K out of llama2.c's
// format. Little-endian machines only.
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace assay::test {

class GgufWriter {
 public:
  void text(const std::string& key, std::string_view value) {
    begin(key, 8);
    append(value);
  }
  void number(const std::string& key, std::uint32_t value) {
    begin(key, 4);
    put(value);
  }
  void real(const std::string& key, float value) {
    begin(key, 6);
    put(value);
  }
  void boolean(const std::string& key, bool value) {
    begin(key, 7);
    put(static_cast<std::uint8_t>(value ? 1 : 0));
  }
  void texts(const std::string& key, const std::vector<std::string>& values) {
    begin(key, 9);
    put(std::uint32_t{8});
    put(static_cast<std::uint64_t>(values.size()));
    for (const auto& value : values) append(value);
  }
  template <class T>
  void numbers(const std::string& key, const std::vector<T>& values) {
    begin(key, 9);
    put(std::uint32_t{std::is_same_v<T, float> ? 6U : 5U});
    put(static_cast<std::uint64_t>(values.size()));
    for (const T value : values) put(value);
  }
  /// F32; shape as GGUF has it, fastest first.
  void tensor(const std::string& name, const std::vector<std::uint64_t>& shape,
              const float* values) {
    std::uint64_t count = 1;
    for (const auto extent : shape) count *= extent;
    std::string entry;
    std::swap(entry, metadata_);
    append(name);
    put(static_cast<std::uint32_t>(shape.size()));
    for (const auto extent : shape) put(extent);
    put(std::uint32_t{0});
    put(static_cast<std::uint64_t>(data_.size()));
    std::swap(entry, metadata_);
    tensors_ += entry;
    data_.append(reinterpret_cast<const char*>(values), count * sizeof(float));
    data_.resize((data_.size() + 31) / 32 * 32);
    ++tensor_count_;
  }
  [[nodiscard]] std::string bytes() const {
    std::string out = "GGUF";
    const auto number = [&](auto value) {
      out.append(reinterpret_cast<const char*>(&value), sizeof value);
    };
    number(std::uint32_t{3});
    number(tensor_count_);
    number(pairs_);
    out += metadata_ + tensors_;
    out.resize((out.size() + 31) / 32 * 32);
    return out + data_;
  }

 private:
  template <class T>
  void put(T value) {
    metadata_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void append(std::string_view value) {
    put(static_cast<std::uint64_t>(value.size()));
    metadata_ += value;
  }
  void begin(const std::string& key, std::uint32_t type) {
    append(key);
    put(type);
    ++pairs_;
  }

  std::string metadata_;
  std::string tensors_;
  std::string data_;
  std::uint64_t pairs_ = 0;
  std::uint64_t tensor_count_ = 0;
};

inline std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// llama2.c's tokenizer file: int32 longest, then for each token float score, int32 length, bytes.
inline void add_llama2c_tokenizer(GgufWriter& writer, const std::string& bytes, int vocabulary) {
  std::vector<std::string> tokens;
  std::vector<float> scores;
  std::vector<std::int32_t> types;
  std::size_t at = 4;
  for (int i = 0; i < vocabulary; ++i) {
    float score = 0;
    std::int32_t length = 0;
    std::memcpy(&score, bytes.data() + at, 4);
    std::memcpy(&length, bytes.data() + at + 4, 4);
    std::string token;
    for (const char c : bytes.substr(at + 8, static_cast<std::size_t>(length))) {
      if (c == ' ') token += "\xE2\x96\x81";  // SentencePiece writes a space as U+2581
      if (c != ' ') token += c;
    }
    at += 8 + static_cast<std::size_t>(length);
    const bool byte = i >= 3 && i < 259;
    tokens.push_back(i == 0 ? "<unk>" : i == 1 ? "<s>" : i == 2 ? "</s>" : token);
    scores.push_back(score);
    types.push_back(i == 0 ? 2 : i < 3 ? 3 : byte ? 6 : 1);
  }
  writer.text("tokenizer.ggml.model", "llama");
  writer.texts("tokenizer.ggml.tokens", tokens);
  writer.numbers("tokenizer.ggml.scores", scores);
  writer.numbers("tokenizer.ggml.token_type", types);
  writer.number("tokenizer.ggml.bos_token_id", 1);
  writer.number("tokenizer.ggml.eos_token_id", 2);
  writer.number("tokenizer.ggml.unknown_token_id", 0);
  writer.boolean("tokenizer.ggml.add_bos_token", true);
}

/// stories260K as GGUF bytes; `chat_template` empty = none. Nothing if the data is absent.
inline std::optional<std::string> stories_gguf(const std::filesystem::path& folder,
                                               const std::string& chat_template = "") {
  const std::string model = read_file(folder / "stories260K.bin");
  const std::string tokenizer = read_file(folder / "tok512.bin");
  if (model.empty() || tokenizer.empty()) return std::nullopt;
  std::int32_t h[7];
  std::memcpy(h, model.data(), sizeof h);
  const auto number = [&](int i) { return static_cast<std::uint64_t>(h[i]); };
  const std::uint64_t dim = number(0), hidden = number(1), layers = number(2), heads = number(3),
                      kv_heads = number(4), vocabulary = number(5), context = number(6);
  const std::uint64_t kv_dim = dim / heads * kv_heads;

  GgufWriter writer;
  writer.text("general.architecture", "llama");
  writer.text("general.name", "stories260K");
  writer.text("general.license", "mit");
  writer.number("llama.context_length", static_cast<std::uint32_t>(context));
  writer.number("llama.embedding_length", static_cast<std::uint32_t>(dim));
  writer.number("llama.block_count", static_cast<std::uint32_t>(layers));
  writer.number("llama.feed_forward_length", static_cast<std::uint32_t>(hidden));
  writer.number("llama.attention.head_count", static_cast<std::uint32_t>(heads));
  writer.number("llama.attention.head_count_kv", static_cast<std::uint32_t>(kv_heads));
  writer.number("llama.rope.dimension_count", static_cast<std::uint32_t>(dim / heads));
  writer.real("llama.attention.layer_norm_rms_epsilon", 1e-5F);
  add_llama2c_tokenizer(writer, tokenizer, static_cast<int>(vocabulary));
  if (!chat_template.empty()) writer.text("tokenizer.chat_template", chat_template);

  const char* next = model.data() + sizeof h;
  const auto block = [&](const std::string& name, std::vector<std::uint64_t> shape) {
    std::uint64_t count = 1;
    for (const auto extent : shape) count *= extent;
    std::vector<float> values(count);
    std::memcpy(values.data(), next, count * sizeof(float));
    next += count * sizeof(float);
    writer.tensor(name, shape, values.data());
  };
  const auto each_layer = [&](const std::string& name, const std::vector<std::uint64_t>& shape) {
    for (std::uint64_t layer = 0; layer < layers; ++layer) {
      block("blk." + std::to_string(layer) + "." + name + ".weight", shape);
    }
  };
  block("token_embd.weight", {dim, vocabulary});
  each_layer("attn_norm", {dim});
  each_layer("attn_q", {dim, dim});
  each_layer("attn_k", {dim, kv_dim});
  each_layer("attn_v", {dim, kv_dim});
  each_layer("attn_output", {dim, dim});
  each_layer("ffn_norm", {dim});
  each_layer("ffn_gate", {dim, hidden});
  each_layer("ffn_down", {hidden, dim});
  each_layer("ffn_up", {dim, hidden});
  block("output_norm.weight", {dim});
  return writer.bytes();
}

}  // namespace assay::test
