#include "standards/in_toto.h"

#include <algorithm>
#include <set>

#include "report/render.h"
#include "standards/name_uuid.h"

namespace assay::standards {
namespace {

namespace doc = report::doc;

constexpr std::string_view kWhere = "in-toto statement";

Json descriptor(const std::string& name, const std::string& sha256) {
  return Json{{"name", name}, {"digest", {{"sha256", sha256}}}};
}

/// Weights and report files, each with a name of its own.
Result<Json> subjects(const Json& report, std::span<const FileDigest> files) {
  const ModelIdentity model = model_identity(report);
  Json out = Json::array();
  std::set<std::string> names;
  if (!model.sha256.empty()) {
    const std::string name = model.file.empty() ? model.name : model.file;
    names.insert(name);
    out.push_back(descriptor(name, model.sha256));
  }
  for (const FileDigest& file : files) {
    if (!names.insert(file.name).second) {
      return fail(ErrorKind::usage, "two subjects have one name", file.name,
                  "Give each file a name of its own");
    }
    out.push_back(descriptor(file.name, file.sha256));
  }
  if (out.empty()) {
    return fail(ErrorKind::usage, "nothing has a digest: a served model, and no file of the report",
                model.served_at, "Name the files of the report");
  }
  return out;
}

Json configuration(const Json& report) {
  const Json& run = doc::object(report, "run");
  const Json& model = doc::object(report, "model");
  const ModelIdentity identity = model_identity(report);
  Json about{{"run", doc::str(run, "id")},
             {"created", doc::str(run, "created")},
             {"finished", doc::str(run, "finished")},
             {"profile", doc::str(run, "profile")},
             {"seed", doc::integer(run, "seed")},
             {"langs", doc::strings(run, "langs")},
             {"versions", doc::object(report, "versions")}};
  if (!identity.served_at.empty()) {
    about["model"] = identity.name;
    about["served_at"] = identity.served_at;
    about["arguments"] = doc::strings(model, "arguments");
  }
  Json plan{{"name", "run configuration"}};
  const std::string digest = doc::str(run, "config_digest");
  if (is_sha256(digest)) {
    plan["digest"] = {{"sha256", digest}};
  } else {  // a descriptor must have a digest, a URI or content
    plan["uri"] = "urn:uuid:" + name_uuid(run_key(report));
  }
  plan["annotations"] = std::move(about);
  Json out = Json::array({std::move(plan)});
  const std::string chat = doc::str(model, "template_digest");
  if (is_sha256(chat)) out.push_back(descriptor("chat template", chat));
  return out;
}

/// test-result v0.1: a figure that the report calls good has passed, a concern has failed; what the
/// report only describes, or cannot settle, has no verdict and is listed as a warning.
Json test_result(const Json& report) {
  Json passed = Json::array();
  Json warned = Json::array();
  Json failed = Json::array();
  for (const JudgedFigure& figure : judged_figures(report)) {
    const bool good = figure.tone == "good";
    (good ? passed : figure.tone == "concern" ? failed : warned).push_back(figure.id);
  }
  bool whole = true;
  for (const Json& result : doc::list(report, "results")) {
    const std::string status = doc::str(result, "status");
    if (status == "not_assessable") warned.push_back(doc::str(result, "key"));
    if (status != "measured") whole = false;
  }
  const bool clean = whole && warned.empty() && !passed.empty();
  return Json{{"result", !failed.empty() ? "FAILED" : (clean ? "PASSED" : "WARNED")},
              {"configuration", configuration(report)},
              {"passedTests", std::move(passed)},
              {"warnedTests", std::move(warned)},
              {"failedTests", std::move(failed)}};
}

tl::unexpected<Error> malformed(std::string what) {
  return fail(ErrorKind::format, std::move(what), std::string(kWhere),
              "Check that this is a whole in-toto statement of version 1");
}

const std::string* text_at(const Json& object, const char* key) {
  const auto place = object.find(key);
  return place == object.end() ? nullptr : place->get_ptr<const std::string*>();
}

Result<Subject> read_subject(const Json& json) {
  if (!json.is_object()) return malformed("a subject is not an object");
  Subject out;
  if (json.contains("name")) {
    const std::string* name = text_at(json, "name");
    if (name == nullptr) return malformed("the name of a subject is not a string");
    out.name = *name;
  }
  const auto digest = json.find("digest");
  if (digest == json.end() || !digest->is_object() || digest->empty()) {
    return malformed("a subject has no digest");
  }
  for (const auto& [kind, value] : digest->items()) {
    const std::string* text = value.get_ptr<const std::string*>();
    if (text == nullptr || text->empty()) return malformed("a digest of a subject is no string");
    if (kind != "sha256") continue;
    if (!is_sha256(*text)) return malformed("a sha256 is not 64 lower-case hexadecimal digits");
    out.sha256 = *text;
  }
  return out;
}

assay::Status check_test_result(const Json& predicate) {
  const std::string* result = text_at(predicate, "result");
  if (result == nullptr || (*result != "PASSED" && *result != "WARNED" && *result != "FAILED")) {
    return malformed("the result is not PASSED, WARNED or FAILED");
  }
  const auto configuration = predicate.find("configuration");
  if (configuration == predicate.end() || !configuration->is_array()) {
    return malformed("the predicate has no configuration");
  }
  for (const char* key : {"passedTests", "warnedTests", "failedTests"}) {
    const auto list = predicate.find(key);
    if (list == predicate.end()) continue;
    if (!list->is_array() || !std::all_of(list->begin(), list->end(),
                                          [](const Json& name) { return name.is_string(); })) {
      return malformed(std::string(key) + " is not a list of names");
    }
  }
  return {};
}

}  // namespace

Result<Json> in_toto_statement(const Json& report, std::span<const FileDigest> files) {
  ASSAY_CHECK(check_report(report));
  ASSAY_CHECK(check_files(files));
  ASSAY_TRY(Json about, subjects(report, files));
  return Json{{"_type", kStatementType},
              {"subject", std::move(about)},
              {"predicateType", kTestResultType},
              {"predicate", test_result(report)}};
}

Result<Statement> read_statement(std::string_view bytes) {
  ASSAY_TRY(const Json json, parse_once(bytes, kWhere));
  if (!json.is_object()) return malformed("not a JSON object");
  const std::string* type = text_at(json, "_type");
  if (type == nullptr || *type != kStatementType) return malformed("not a statement of version 1");
  Statement out;
  const auto list = json.find("subject");
  if (list == json.end() || !list->is_array() || list->empty()) return malformed("no subject");
  for (const Json& each : *list) {
    ASSAY_TRY(Subject subject, read_subject(each));
    out.subjects.push_back(std::move(subject));
  }
  const std::string* kind = text_at(json, "predicateType");
  if (kind == nullptr || kind->empty()) return malformed("no predicateType");
  out.predicate_type = *kind;
  const auto predicate = json.find("predicate");
  out.predicate = predicate == json.end() ? Json::object() : *predicate;
  if (!out.predicate.is_object()) return malformed("the predicate is not an object");
  if (out.predicate_type == kTestResultType) ASSAY_CHECK(check_test_result(out.predicate));
  return out;
}

Result<std::string> sign_statement(const Json& statement, const std::string& keyid,
                                   const SignBytes& sign) {
  return sign_envelope(kStatementMedia, dump_json(statement), keyid, sign);
}

Result<OpenedStatement> open_statement(std::string_view envelope, const VerifyBytes& verify) {
  ASSAY_TRY(Opened opened, open_envelope(envelope, kStatementMedia, verify));
  OpenedStatement out;
  ASSAY_TRY(out.statement, read_statement(opened.body));
  out.keys = std::move(opened.keys);
  return out;
}

}  // namespace assay::standards
