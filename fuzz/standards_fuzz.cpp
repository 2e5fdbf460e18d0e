// links: standards
// Any JSON as a report document: each export is made, or refused with a next step; what is made has
// the fields that its standard requires, and is JSON.
#include <cstdint>
#include <cstdlib>

#include "standards/cyclonedx.h"
#include "standards/in_toto.h"
#include "standards/oscal.h"

namespace {

using namespace assay;

void expect(bool holds) {
  if (!holds) std::abort();
}

void look(const Result<Json>& made, std::initializer_list<const char*> pointers) {
  if (!made) {
    expect(!made.error().what.empty() && !made.error().next.empty());
    return;
  }
  for (const char* pointer : pointers) expect(made->contains(Json::json_pointer(pointer)));
  expect(!dump_json(*made).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto report = parse_json({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!report) return 0;
  const std::vector<standards::FileDigest> files{{"report.json", std::string(64, '1')}};
  const auto statement = standards::in_toto_statement(*report, files);
  look(statement, {"/subject/0/digest/sha256", "/predicate/result", "/predicate/configuration/0"});
  for (const Lang lang : {Lang::en, Lang::zh}) {
    look(standards::cyclonedx_bom(*report, files, lang),
         {"/serialNumber", "/components/0/name", "/components/0/modelCard/modelParameters"});
    look(standards::oscal_results(*report, files, lang),
         {"/assessment-results/uuid", "/assessment-results/metadata/last-modified",
          "/assessment-results/results/0/reviewed-controls/control-selections/0/include-controls/0",
          "/assessment-results/back-matter/resources/0/uuid"});
  }
  return 0;
}
