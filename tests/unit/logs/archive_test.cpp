#include "logs/archive.h"

#include <gmock/gmock.h>

#include "logs/json_parts.h"
#include "unit/logs/logs_fixture.h"

namespace assay::logs {
namespace {

using ::testing::HasSubstr;

class ArchiveTest : public LogsFixture {};

TEST_F(ArchiveTest, WritesAndReadsNamesOfAnyLanguage) {
  const auto file = zip("a.zip", {{"samples/首都_epoch_1.json", "{}"}, {"header.json", "x"}});
  const auto archive = Archive::open(file);
  ASSERT_TRUE(archive);
  ASSERT_EQ(archive->entries().size(), 2U);
  EXPECT_EQ(archive->entries()[0].name, "samples/首都_epoch_1.json");
  EXPECT_EQ(*archive->read("header.json"), "x");
  EXPECT_FALSE(archive->salvaged());
  EXPECT_EQ(archive->read("none").error().kind, ErrorKind::not_found);
}

TEST_F(ArchiveTest, SameBytesForSameMembers) {
  const auto a = zip("a.zip", {{"x", std::string(1000, 'x')}});
  const auto b = zip("b.zip", {{"x", std::string(1000, 'x')}});
  EXPECT_EQ(bytes_of(a), bytes_of(b));
}

TEST_F(ArchiveTest, LastOfANameWins) {
  const auto archive = Archive::open(zip("a.zip", {{"x", "old"}, {"y", "1"}, {"x", "new"}}));
  ASSERT_TRUE(archive);
  EXPECT_EQ(archive->entries().size(), 2U);
  EXPECT_EQ(archive->replaced(), 1);
  EXPECT_EQ(*archive->read("x"), "new");
}

TEST_F(ArchiveTest, WithoutDirectoryWholeMembersAreSalvaged) {
  std::string noise;
  for (int i = 0; i < 20000; ++i) noise += static_cast<char>((i * 7919 + i / 3) % 251);
  const auto file = zip("a.zip", {{"one", noise}, {"two", noise}, {"three", noise}});
  const std::string bytes = bytes_of(file);
  const auto cut = Archive::open(write("cut.zip", bytes.substr(0, bytes.size() * 5 / 6)));
  ASSERT_TRUE(cut) << cut.error().message();
  EXPECT_TRUE(cut->salvaged());
  ASSERT_EQ(cut->entries().size(), 2U);
  EXPECT_EQ(*cut->read("two"), noise);
}

TEST_F(ArchiveTest, DamagedMemberIsAnErrorOfItsOwn) {
  std::string bytes = bytes_of(zip("a.zip", {{"one", std::string(50, 'a') + "b"}, {"two", "2"}}));
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const std::size_t data = 30U + at(26) + at(28) + 256U * at(29);
  bytes[data + 2] = static_cast<char>(bytes[data + 2] ^ 0x55);
  const auto archive = Archive::open(write("bad.zip", bytes));
  ASSERT_TRUE(archive);
  const auto one = archive->read("one");
  ASSERT_FALSE(one);
  EXPECT_EQ(one.error().kind, ErrorKind::format);
  EXPECT_EQ(*archive->read("two"), "2");
}

TEST_F(ArchiveTest, BombIsRefused) {
  const auto file = zip("a.zip", {{"bomb", std::string(std::size_t{70} << 20U, '0')}});
  const auto archive = Archive::open(file);
  ASSERT_TRUE(archive);
  const auto bytes = archive->read("bomb");
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().kind, ErrorKind::limit);
  EXPECT_THAT(bytes.error().message(), HasSubstr("bomb"));
}

TEST_F(ArchiveTest, OtherFilesAreNoArchives) {
  EXPECT_EQ(Archive::open(write("a", "PK but not really")).error().kind, ErrorKind::format);
  EXPECT_EQ(Archive::open(folder_ / "none").error().kind, ErrorKind::not_found);
  EXPECT_EQ(Archive::open(folder_).error().kind, ErrorKind::io);
}

TEST_F(ArchiveTest, UnclosedWriterLeavesNothing) {
  { ASSERT_TRUE(ArchiveWriter::create(folder_ / "a.zip")->add("x", "y")); }
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
  EXPECT_EQ(ArchiveWriter::create(folder_ / "no" / "a.zip").error().kind, ErrorKind::io);
}

TEST(JsonPartsTest, PythonsConstantsAndBrokenText) {
  const auto json = parse_lenient(R"({"a":NaN,"b":[-Infinity,Infinity],"c":"NaN in text"})", "x");
  ASSERT_TRUE(json) << json.error().message();
  EXPECT_EQ((*json)["a"], "NaN");
  EXPECT_EQ((*json)["b"][0], "-Infinity");
  EXPECT_EQ((*json)["c"], "NaN in text");
  const auto broken = parse_lenient("{\"a\":\"\xff\"}", "x");
  ASSERT_TRUE(broken);
  EXPECT_EQ((*broken)["a"], "\uFFFD");
  EXPECT_FALSE(parse_lenient("{\"a\":", "x"));
  EXPECT_FALSE(parse_lenient(std::string(100'000, '['), "x"));
}

TEST(JsonPartsTest, MembersAndElementsWithoutParsing) {
  const auto members = object_members(R"( {"a" : [1,{"x":"]}\""}], "b":"\\", "c": -1.5e3 } )", "x");
  ASSERT_TRUE(members);
  EXPECT_EQ(member(*members, "a"), R"([1,{"x":"]}\""}])");
  EXPECT_EQ(member(*members, "b"), R"("\\")");
  EXPECT_EQ(member(*members, "c"), "-1.5e3");
  EXPECT_EQ(member(*members, "d"), "");
  std::vector<std::string> found;
  const auto keep = [&](std::string_view element) -> Status {
    found.emplace_back(element);
    return {};
  };
  ASSERT_TRUE(for_each_element(R"([ {"a":[1]} , "x,y" , 3 ])", "x", keep));
  EXPECT_EQ(found, (std::vector<std::string>{R"({"a":[1]})", R"("x,y")", "3"}));
  EXPECT_TRUE(for_each_element("[]", "x", keep));
  for (const char* bad : {"", "[", "[1", "[1,", "[1 2]", "{}", "[\"a]"}) {
    EXPECT_FALSE(for_each_element(bad, "x", keep)) << bad;
  }
  for (const char* bad : {"", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{1:2}", "[]"}) {
    EXPECT_FALSE(object_members(bad, "x")) << bad;
  }
}

}  // namespace
}  // namespace assay::logs
