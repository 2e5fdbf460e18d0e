// A chat template is looked into by llama.cpp only once; what is rendered then must be what the
// thorough way gives, for every template that is here and chats of every kind.
#include "model/local/chat_template.h"

#include <map>

#include "base/random.h"
#include "fixture.h"
#include "llama.h"

namespace assay::test {
namespace {

using namespace model;
using namespace model::local;

struct FreeModel {
  void operator()(llama_model* model) const { llama_model_free(model); }
};
using VocabularyPtr = std::unique_ptr<llama_model, FreeModel>;

VocabularyPtr load(const fs::path& file) {
  llama_model_params params = llama_model_default_params();
  params.vocab_only = true;
  return VocabularyPtr(llama_model_load_from_file(file.c_str(), params));
}

/// Pieces that templates cut, trim, escape or take for marks of their own.
std::string random_text(Rng& rng) {
  static const std::vector<std::string> pieces{
      "Say",      " hello",   "  ",         "\n",     " x",         "{{ a }}", "{% if %}",
      "<think>",  "</think>", "<|im_end|>", "[INST]", "\"quoted\"", "'",       "天气",
      "<b>&amp;", "\\n",      "\t",         "</s>",   "###",        "é"};
  std::string out;
  for (std::size_t i = 1 + rng.index(8); i > 0; --i) out += rng.pick(pieces);
  return out;
}

std::vector<Message> random_chat(Rng& rng) {
  std::vector<Message> out;
  if (rng.index(2) == 0) out.push_back({"system", random_text(rng)});
  for (std::size_t turns = rng.index(3); turns > 0; --turns) {
    out.push_back({"user", random_text(rng)});
    out.push_back({"assistant", random_text(rng)});
  }
  out.push_back({"user", random_text(rng)});
  return out;
}

/// Chats that the template takes.
int compare(const llama_model* model, int chats, const std::string& name) {
  int taken = 0;
  Rng rng(7);
  const ChatTemplate used(model);
  for (int i = 0; i < chats; ++i) {
    const auto chat = random_chat(rng);
    const auto quick = used.apply(chat, {});
    const auto thorough = ChatTemplate(model).apply(chat, {});
    EXPECT_EQ(quick.has_value(), thorough.has_value()) << name;
    if (!quick || !thorough) continue;
    ++taken;
    EXPECT_EQ(quick->text, thorough->text) << name;
    EXPECT_EQ(quick->stops, thorough->stops) << name;
  }
  return taken;
}

TEST(ChatTemplateSpeed, SmolLM2RendersTheSameEachTime) {
  const auto file = model_cache_dir() / "SmolLM2-135M-Instruct.Q4_1.gguf";
  if (!fs::exists(file)) GTEST_SKIP() << "run `assay model fetch smollm2` first";
  const auto model = load(file);
  ASSERT_NE(model, nullptr);
  EXPECT_EQ(compare(model.get(), 100, "SmolLM2"), 100);
}

/// Ours, and those in llama.cpp's sources, where the cache has them; by name.
std::map<std::string, std::string> templates() {
  std::map<std::string, std::string> out{{"ours", chat_template}};
  std::error_code none;
  for (const auto& source : fs::directory_iterator(user_cache_dir() / "llama", none)) {
    for (const auto& entry : fs::directory_iterator(source.path() / "models/templates", none)) {
      if (entry.path().extension() == ".jinja") {
        out[entry.path().filename().string()] = read_file(entry.path());
      }
    }
  }
  return out;
}

TEST(ChatTemplateSpeed, EveryTemplateRendersTheSameEachTime) {
  const fs::path stories = fs::path(ASSAY_SHARED_DATA) / "models/stories260K";
  if (!stories_gguf(stories)) GTEST_SKIP() << "stories260K is not in " ASSAY_SHARED_DATA;
  const ScratchFolder folder;
  int taken = 0;
  for (const auto& [name, text] : templates()) {
    write_file(folder / "chat.gguf", *stories_gguf(stories, text));
    const auto model = load(folder / "chat.gguf");
    ASSERT_NE(model, nullptr) << name;
    taken += compare(model.get(), 4, name);
  }
  EXPECT_GE(taken, 4);
}

}  // namespace
}  // namespace assay::test
