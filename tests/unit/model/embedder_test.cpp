// The encoder against HF transformers (tests/parity/embedding.py), and files that are none.
#include "model/local/embedder.h"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

#include "base/paths.h"
#include "support/scratch_folder.h"

namespace assay::model::local {
namespace {

namespace fs = std::filesystem;

/// Of unit vectors and cosines; the largest difference seen is 6e-4. The reference computes GELU by
/// erf, llama.cpp's graph for BERT by its tanh approximation from a table in half precision.
constexpr double kWithin = 1e-3;

Json golden() {
  std::ifstream in(fs::path(ASSAY_SOURCE_DIR) / "tests/golden/model/minilm.json");
  return *parse_json(std::string(std::istreambuf_iterator<char>(in), {}), "minilm.json");
}

TEST(Embedder, AgreesWithTheReference) {
  const fs::path file = model_cache_dir() / "all-MiniLM-L6-v2.gguf";
  if (!fs::exists(file)) GTEST_SKIP() << "no minilm here: assay model fetch minilm";
  const auto embedder = Embedder::open(file, 1);
  ASSERT_TRUE(embedder) << embedder.error().message();
  const Json expected = golden();
  const auto texts = expected["texts"].get<std::vector<std::string>>();
  const auto vectors = (*embedder)->embed(texts);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    ASSERT_TRUE(vectors[i]) << vectors[i].error().message();
    for (std::size_t k = 0; k < 8; ++k) {
      EXPECT_NEAR((*vectors[i])[k], expected["begins"][i][k].get<double>(), kWithin) << texts[i];
    }
    for (std::size_t j = 0; j <= i; ++j) {
      double cosine = 0.0;
      for (std::size_t k = 0; k < vectors[i]->size(); ++k) {
        cosine += static_cast<double>((*vectors[i])[k]) * (*vectors[j])[k];
      }
      EXPECT_NEAR(cosine, expected["cosines"][i][j].get<double>(), kWithin) << texts[i];
    }
  }
  EXPECT_EQ((*embedder)->ledger().requests, static_cast<std::int64_t>(texts.size()));
  EXPECT_FALSE((*embedder)->embed(std::vector<std::string>{""}).front());
}

TEST(Embedder, OtherFilesAreRefused) {
  const test::ScratchFolder folder;
  EXPECT_EQ(Embedder::open(folder / "none.gguf").error().kind, ErrorKind::not_found);
  std::string header = R"({"embeddings.word_embeddings.weight":{"dtype":"F32","shape":[2,2],)"
                       R"("data_offsets":[0,16]}})";
  const auto write = [&](const std::string& bytes) {
    std::ofstream(folder / "x", std::ios::binary) << bytes;
    return convert_bert(folder / "x", {"n", "l"}, folder / "y.gguf");
  };
  const auto sized = [](std::size_t n) {
    std::string out(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<char>(n >> (8 * i));
    return out;
  };
  EXPECT_FALSE(write(""));
  EXPECT_FALSE(write(sized(1U << 30U) + "{}"));
  EXPECT_FALSE(write(sized(header.size()) + header));                          // no data
  EXPECT_FALSE(write(sized(header.size()) + header + std::string(16, '\0')));  // no BERT
  EXPECT_FALSE(write(sized(2) + "[]"));
  EXPECT_FALSE(fs::exists(folder / "y.gguf"));
}

}  // namespace
}  // namespace assay::model::local
