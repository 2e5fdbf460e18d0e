// in-toto attestations (in-toto/attestation, Statement v1): a report as a statement about files
// that are named by their SHA-256, with the predicate test-result v0.1; and the signed form, a DSSE
// envelope. docs/standards.md says which field comes from where.
//
// Legal call order: in_toto_statement() -> sign_statement() with the caller's key; the other way
// open_statement(), or read_statement() of a statement that is unsigned. Thread-safety: pure
// functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "standards/dsse.h"
#include "standards/report_facts.h"

namespace assay::standards {

inline constexpr std::string_view kStatementType = "https://in-toto.io/Statement/v1";
inline constexpr std::string_view kTestResultType =
    "https://in-toto.io/attestation/test-result/v0.1";
/// payloadType of the envelope.
inline constexpr std::string_view kStatementMedia = "application/vnd.in-toto+json";

/// Subjects: the file of weights (unless the model is served), then `files`, the report's forms.
/// Errors: those of check_report() and check_files(); usage (nothing that has a digest, a name
/// twice).
Result<Json> in_toto_statement(const Json& report, std::span<const FileDigest> files);

struct Subject {
  std::string name;    ///< may be empty
  std::string sha256;  ///< empty if it has only digests of other kinds
};
struct Statement {
  std::vector<Subject> subjects;
  std::string predicate_type;
  Json predicate;  ///< an object; of test-result v0.1: with its result
};
/// Any statement of version 1; a predicate of test-result is looked at too. Unknown fields are
/// ignored, as the specification asks. Error: format.
Result<Statement> read_statement(std::string_view bytes);

/// The envelope as one line of JSON. Errors: those of sign_envelope().
Result<std::string> sign_statement(const Json& statement, const std::string& keyid,
                                   const SignBytes& sign);

struct OpenedStatement {
  Statement statement;
  std::vector<std::string> keys;  ///< trusted keys that have signed it, at least one
};
/// Errors: those of open_envelope() and read_statement().
Result<OpenedStatement> open_statement(std::string_view envelope, const VerifyBytes& verify);

}  // namespace assay::standards
