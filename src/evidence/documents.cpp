#include "evidence/documents.h"

#include "base/digest.h"
#include "standards/cyclonedx.h"
#include "standards/in_toto.h"
#include "standards/oscal.h"

namespace assay::evidence {
namespace {

struct Documents {
  Json statement;
  std::string bom, oscal;
};

Result<Documents> make(const Json& report, const Files& files) {
  std::vector<standards::FileDigest> digests;
  for (const char* name : {"report.json", "report.md", "report.zh.md", "report.html"}) {
    const auto file = files.find(name);
    if (file != files.end()) digests.push_back({name, sha256_hex(file->second)});
  }
  Documents out;
  ASSAY_TRY(out.statement, standards::in_toto_statement(report, digests));
  ASSAY_TRY(const Json bom, standards::cyclonedx_bom(report, digests, Lang::en));
  ASSAY_TRY(const Json oscal, standards::oscal_results(report, digests, Lang::en));
  out.bom = dump_json(bom, 1) + "\n";
  out.oscal = dump_json(oscal, 1) + "\n";
  return out;
}

Status same(const Files& files, const char* name, const std::string& wanted) {
  const auto file = files.find(name);
  if (file == files.end() || file->second == wanted) return {};
  return fail(ErrorKind::format, "it is not what this version makes of the report", name);
}

}  // namespace

Result<Files> standard_documents(const Json& report, const Files& files,
                                 const audit::SigningKey& key) {
  ASSAY_TRY(const Documents made, make(report, files));
  Files out;
  out[kBomFile] = made.bom;
  out[kOscalFile] = made.oscal;
  const auto sign = [&](std::string_view bytes) -> Result<std::string> { return key.sign(bytes); };
  ASSAY_TRY(std::string envelope,
            standards::sign_statement(made.statement, audit::to_vkey(key.verifier()), sign));
  out[kAttestationFile] = std::move(envelope) + "\n";
  return out;
}

Status check_standard_documents(const Json& report, const Files& files,
                                const audit::Verifier& key) {
  ASSAY_TRY(const Documents made, make(report, files));
  ASSAY_CHECK(same(files, kBomFile, made.bom));
  ASSAY_CHECK(same(files, kOscalFile, made.oscal));
  const auto file = files.find(kAttestationFile);
  if (file == files.end()) return {};
  const auto verify =
      [&](std::string_view bytes,
          const standards::Signature& signature) -> Result<std::optional<std::string>> {
    if (!audit::verify_ed25519(bytes, signature.bytes, key.key)) return std::nullopt;
    return std::optional(key.name);
  };
  auto opened = standards::open_envelope(file->second, standards::kStatementMedia, verify);
  if (!opened) {
    opened.error().where = kAttestationFile;
    return tl::unexpected(opened.error());
  }
  const auto body = parse_json(opened->body, kAttestationFile);
  if (body && *body == made.statement) return {};
  return fail(ErrorKind::format, "it is not what this version makes of the report",
              kAttestationFile);
}

}  // namespace assay::evidence
