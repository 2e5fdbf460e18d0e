// The safetensors reader on whole, cut and hostile files.
#include "model/safetensors.h"

#include <gtest/gtest.h>

#include "whitebox_fixture.h"

namespace assay::test {
namespace {

std::string file_of(const std::string& header, const std::string& data) {
  const std::uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), sizeof length) + header + data;
}

std::string error_of(const std::string& bytes) {
  const auto parsed = model::parse_safetensors(bytes, "x");
  return parsed ? std::string() : parsed.error().what;
}

TEST(Safetensors, ReadsTheThreeTypes) {
  const std::string data(
      "\x00\x00\x80\x3f"
      "\x00\x3c"
      "\x80\x3f"
      "\x00\xc0",
      10);
  const auto bytes = file_of(
      R"({"__metadata__":{"format":"pt"},"b":{"dtype":"F16","shape":[1],"data_offsets":[4,6]},)"
      R"("a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},)"
      R"("c":{"dtype":"BF16","shape":[2],"data_offsets":[6,10]}})",
      data);
  const auto parsed = model::parse_safetensors(bytes, "x");
  ASSERT_TRUE(parsed) << parsed.error().message();
  ASSERT_EQ(parsed->size(), 3U);
  EXPECT_EQ((*parsed)[0].name, "a");
  std::vector<float> values(2);
  for (const auto& tensor : *parsed) {
    ASSERT_TRUE(model::read_floats(bytes, tensor, values.data()));
    EXPECT_EQ(values[0], 1.0F) << tensor.name;
  }
  EXPECT_EQ(values[1], -2.0F);
}

TEST(Safetensors, RefusesCutAndHostileFiles) {
  const auto one = [](const std::string& entry) {
    return file_of("{\"a\":" + entry + "}", "12345678");
  };
  EXPECT_EQ(error_of(one(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})")), "");
  EXPECT_NE(error_of(""), "");
  EXPECT_NE(error_of("1234567"), "");
  EXPECT_NE(error_of(std::string(8, '\xff')), "");
  EXPECT_NE(error_of(file_of("[]", "")), "");
  EXPECT_NE(error_of(file_of("{", "")), "");
  for (const char* entry :
       {R"({"dtype":"F32","shape":[3],"data_offsets":[0,8]})",   // not its size
        R"({"dtype":"F32","shape":[2],"data_offsets":[0,12]})",  // past the end
        R"({"dtype":"F32","shape":[2],"data_offsets":[8,0]})",   // backwards
        R"({"dtype":"F32","shape":[1],"data_offsets":[0,4]})",   // bytes left over
        R"({"dtype":"F32","shape":[1],"data_offsets":[4,8]})",   // a hole
        R"({"dtype":"F32","shape":[-2],"data_offsets":[0,8]})",  // negative
        R"({"dtype":"F32","shape":[4294967296,4294967296,4294967296,0],"data_offsets":[0,8]})",
        R"({"dtype":"F31","shape":[2],"data_offsets":[0,8]})",  // no such type
        R"({"dtype":"F32","shape":"2","data_offsets":[0,8]})", R"({"dtype":"F32"})", "7",
        R"({"dtype":"F32","shape":[2],"data_offsets":[0]})",
        R"({"dtype":"F32","shape":[2],"data_offsets":[0,1e99]})"}) {
    EXPECT_NE(error_of(one(entry)), "") << entry;
  }
  EXPECT_NE(error_of(file_of(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                             R"("b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                             "12345678")),
            "");
  const std::string whole = formula_safetensors(Json{{"w", {3, 2}}, {"v.weight", {4}}});
  EXPECT_EQ(error_of(whole), "");
  for (std::size_t n = 0; n < whole.size(); ++n) EXPECT_NE(error_of(whole.substr(0, n)), "") << n;
}

}  // namespace
}  // namespace assay::test
