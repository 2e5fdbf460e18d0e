#include "cli/export_standard.h"

#include "base/digest.h"
#include "base/files.h"
#include "report/report.h"
#include "standards/cyclonedx.h"
#include "standards/in_toto.h"
#include "standards/oscal.h"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

const char* file_name(Standard standard) {
  switch (standard) {
    case Standard::in_toto: return "statement.intoto.json";
    case Standard::cyclonedx: return "bom.cdx.json";
    case Standard::oscal: break;
  }
  return "assessment-results.oscal.json";
}

Result<Json> document(const Json& report, Standard standard, Lang lang,
                      const std::vector<standards::FileDigest>& files) {
  switch (standard) {
    case Standard::in_toto: return standards::in_toto_statement(report, files);
    case Standard::cyclonedx: return standards::cyclonedx_bom(report, files, lang);
    case Standard::oscal: break;
  }
  return standards::oscal_results(report, files, lang);
}

}  // namespace

std::optional<Standard> parse_standard(std::string_view name) {
  if (name == "in-toto") return Standard::in_toto;
  if (name == "cyclonedx") return Standard::cyclonedx;
  if (name == "oscal") return Standard::oscal;
  return {};
}

Result<std::vector<fs::path>> export_standard(const eval::RunOutcome& outcome,
                                              const eval::Registry& registry, Standard standard,
                                              Lang lang, const fs::path& folder) {
  const Json report = report::build(outcome, registry);
  ASSAY_CHECK(document(report, standard, lang, {{"report.json", sha256_hex("")}}));  // can it be?
  ASSAY_TRY(const report::Files written, report::write(report, folder));
  std::vector<fs::path> out{folder / file_name(standard)};
  std::vector<standards::FileDigest> files;
  for (const fs::path& file :
       {written.json, written.markdown_en, written.markdown_zh, written.html}) {
    ASSAY_TRY(std::string digest, sha256_file(file));
    files.push_back({file.filename().string(), std::move(digest)});
    out.push_back(file);
  }
  ASSAY_TRY(const Json made, document(report, standard, lang, files));
  ASSAY_CHECK(write_file(out.front(), dump_json(made, 1) + "\n"));
  return out;
}

}  // namespace assay::cli
