// Files that are not whole models: an error with a next step, never a crash.
#include "base/random.h"
#include "fixture.h"
#include "model/local/gguf_header.h"

namespace assay::test {
namespace {

using model::local::parse_gguf_header;

class BadFiles : public Stories {
 protected:
  Result<std::unique_ptr<model::Model>> open_bytes(std::string_view bytes) {
    write_file(folder_ / "bad.gguf", bytes);
    model::local::Options options;
    options.dtype = Dtype::as_stored;
    options.threads = 1;
    options.cache_dir = folder_.path() / "cache";
    return model::local::open(folder_ / "bad.gguf", options);
  }
  void expect_error(std::string_view bytes, ErrorKind kind, const std::string& text) {
    const auto opened = open_bytes(bytes);
    ASSERT_FALSE(opened) << text;
    EXPECT_EQ(opened.error().kind, kind) << opened.error().message();
    EXPECT_NE(opened.error().message().find(text), std::string::npos) << opened.error().message();
    EXPECT_FALSE(opened.error().next.empty());
  }
};

TEST_F(BadFiles, NotAModel) {
  expect_error("", ErrorKind::format, "empty");
  expect_error("GG", ErrorKind::format, "not a GGUF");
  expect_error("Once upon a time", ErrorKind::format, "not a GGUF");
  expect_error("GGUF", ErrorKind::format, "first 24 bytes");
  expect_error(std::string("GGUF\x01\0\0\0", 8) + std::string(64, '\0'), ErrorKind::unsupported,
               "version 1");
  expect_error(std::string("GGUF\x03\0\0\0", 8) + std::string(64, '\xFF'), ErrorKind::format,
               "more than any model");
  expect_error(std::string("GGUF\x03\0\0\0", 8) + std::string(64, '\0'), ErrorKind::format,
               "architecture");
}

TEST_F(BadFiles, FolderAndAbsentFile) {
  const auto folder = model::local::open(folder_.path());
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().kind, ErrorKind::format);
  const auto absent = model::local::open(folder_ / "absent.gguf");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().kind, ErrorKind::not_found);
  EXPECT_FALSE(model::local::inspect(folder_ / "absent.gguf"));
}

TEST_F(BadFiles, CutOffAnywhere) {
  Rng rng(11);
  for (int i = 0; i < 300; ++i) {
    const std::size_t size = i < 60 ? static_cast<std::size_t>(i) : rng.index(bytes_.size());
    const auto header = parse_gguf_header(std::string_view(bytes_).substr(0, size), "cut");
    ASSERT_FALSE(header) << size;
    EXPECT_EQ(header.error().kind, ErrorKind::format);
  }
  expect_error(bytes_.substr(0, bytes_.size() - 40), ErrorKind::format, "past its end");
}

TEST_F(BadFiles, UnknownArchitecture) {
  std::string bytes = bytes_;
  for (std::size_t at = bytes.find("llama"); at < 3000; at = bytes.find("llama", at)) {
    bytes.replace(at, 5, "nonce");
  }
  expect_error(bytes, ErrorKind::unsupported, "nonce");
}

TEST_F(BadFiles, FlippedBytesOfTheHeaderNeverCrash) {
  const auto whole = parse_gguf_header(bytes_, "whole");
  ASSERT_TRUE(whole);
  Rng rng(12);
  const auto before_tokens = static_cast<std::size_t>(bytes_.find("tokenizer.ggml.tokens"));
  int opened = 0;
  for (int i = 0; i < 400; ++i) {
    std::string bytes = bytes_;
    for (auto flips = rng.between(1, 3); flips > 0; --flips) {
      const std::size_t end =
          rng.chance(0.5) ? before_tokens : static_cast<std::size_t>(whole->data_offset);
      bytes[rng.index(end)] = static_cast<char>(rng.bits());
    }
    const auto model = open_bytes(bytes);
    if (!model) {
      EXPECT_FALSE(model.error().what.empty());
      continue;
    }
    ++opened;
    if (opened % 8 == 0) (*model)->tokenize("Lily saw a ball");
  }
  EXPECT_GT(opened, 0);
}

TEST_F(BadFiles, InspectReadsTheMetadata) {
  const auto info = model::local::inspect(folder_ / "stories260K.gguf");
  ASSERT_TRUE(info) << info.error().message();
  EXPECT_EQ(info->name, "stories260K");
  EXPECT_EQ(info->architecture, "llama");
  EXPECT_EQ(info->context_length, 512);
  EXPECT_EQ(info->vocabulary, 512);
  EXPECT_EQ(info->parameters, 260032);
  EXPECT_EQ(info->weights_dtype, "F32");
  EXPECT_EQ(info->license, "mit");
  EXPECT_FALSE(info->has_chat_template);
  EXPECT_EQ(info->digest.size(), 64U);
  EXPECT_EQ(info->file_bytes, static_cast<std::int64_t>(bytes_.size()));
}

}  // namespace
}  // namespace assay::test
