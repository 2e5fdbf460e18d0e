#include "standards/cyclonedx.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "report/render.h"
#include "standards/href.h"
#include "standards/name_uuid.h"

namespace assay::standards {
namespace {

namespace doc = report::doc;

constexpr const char* kModelRef = "assessed-model";

/// Adds {"name", "value"}, unless the value is empty.
void add_property(Json& properties, const std::string& name, const std::string& value) {
  const std::string line = one_line(value);
  if (!line.empty()) properties.push_back({{"name", "assay:" + name}, {"value", line}});
}

void add_texts(Json& object, const char* key, Json texts) {
  if (!texts.empty()) object[key] = std::move(texts);
}

Json hashes(const std::string& sha256) {
  return Json::array({{{"alg", "SHA-256"}, {"content", sha256}}});
}

Json metric(const KnownFigure& figure) {
  Json out{{"type", one_line(figure.id)}, {"value", digits(figure.estimate.value)}};
  std::string slice = "lang=" + one_line(figure.lang);
  if (const std::string group = one_line(figure.group); !group.empty()) slice += "; group=" + group;
  out["slice"] = slice;
  Json interval = Json::object();
  if (const auto low = lower_bound(figure.estimate)) interval["lowerBound"] = digits(*low);
  if (const auto high = upper_bound(figure.estimate)) interval["upperBound"] = digits(*high);
  if (!interval.empty()) out["confidenceInterval"] = std::move(interval);
  return out;
}

/// What a metric of CycloneDX has no place for.
std::string metric_facts(const KnownFigure& figure) {
  const stats::Estimate& e = figure.estimate;
  std::string out = "method=" + e.method + "; level=" + digits(e.level) +
                    "; sides=" + stats::to_string(e.sides) + "; unit=" + e.unit +
                    "; n=" + std::to_string(e.n) + "; clusters=" + std::to_string(e.clusters) +
                    "; unassessed=" + std::to_string(e.unassessed) +
                    "; direction=" + figure.direction;
  if (e.chance) out += "; chance=" + digits(*e.chance);
  if (e.modelled) out += "; modelled";
  return out;
}

/// Claims of concern, each sentence once: about what the model can be relied on, or about harm.
void add_concerns(const Json& report, Lang lang, Json& limitations, Json& ethical) {
  std::set<std::string> said;
  for (const Json& topic : doc::list(report, "topics")) {
    const std::string id = doc::str(topic, "id");
    const bool technical = id == "malfunction.reliability" || id == "malfunction.claims";
    for (const Json& claim : doc::list(topic, "claims")) {
      const std::string text = line_of(claim, "text", lang);
      if (doc::str(claim, "tone") != "concern" || text.empty() || !said.insert(text).second) {
        continue;
      }
      const std::string name = line_of(topic, "title", lang) + say(lang, ": ", "：") + text;
      if (technical) {
        limitations.push_back(name);
      } else {
        ethical.push_back({{"name", name}});
      }
    }
  }
}

/// What could not be assessed, and what the evidence of each task does not show.
void add_limits(const Json& report, Lang lang, Json& limitations) {
  std::set<std::string> said;
  for (const Json& result : doc::list(report, "results")) {
    const std::string status = doc::str(result, "status");
    if (status == "not_assessable") {
      limitations.push_back(result_name(result, lang) +
                            say(lang, ": cannot be assessed: ", "：无法评估：") +
                            line_of(result, "reason", lang));
    }
    const std::string limits = line_of(result, "limits", lang);
    const bool ran = status == "measured" || status == "partly";
    if (ran && !limits.empty() && said.insert(doc::str(result, "task")).second) {
      limitations.push_back(say(lang, "Limits of the evidence, ", "证据的局限，") +
                            line_of(result, "title", lang) + say(lang, ": ", "：") + limits);
    }
  }
  for (const Json& limit : doc::list(doc::object(report, "summary"), "limits")) {
    const std::string text = one_line(doc::str(limit, to_string(lang)));
    if (!text.empty()) {
      limitations.push_back(say(lang, "Limits of the evidence: ", "证据的局限：") + text);
    }
  }
}

Json model_card(const Json& report, Lang lang) {
  Json parameters = Json::object();
  const std::string architecture = known_line(doc::object(report, "model"), "architecture");
  if (!architecture.empty()) parameters["modelArchitecture"] = architecture;
  parameters["inputs"] = Json::array({{{"format", "text"}}});
  parameters["outputs"] = Json::array({{{"format", "text"}}});
  Json metrics = Json::array();
  Json facts = Json::array();
  for (const KnownFigure& figure : known_figures(report)) {
    metrics.push_back(metric(figure));
    add_property(facts, "figure:" + one_line(figure.id), metric_facts(figure));
  }
  Json limitations = Json::array();
  Json ethical = Json::array();
  add_concerns(report, lang, limitations, ethical);
  add_limits(report, lang, limitations);
  Json considerations = Json::object();
  add_texts(considerations, "technicalLimitations", std::move(limitations));
  add_texts(considerations, "ethicalConsiderations", std::move(ethical));
  Json out{{"modelParameters", std::move(parameters)}};
  if (!metrics.empty()) out["quantitativeAnalysis"] = {{"performanceMetrics", std::move(metrics)}};
  if (!considerations.empty()) out["considerations"] = std::move(considerations);
  add_texts(out, "properties", std::move(facts));
  return out;
}

Json model_properties(const Json& model, const ModelIdentity& identity) {
  Json out = Json::array();
  add_property(out, "file", identity.file);
  add_property(out, "served_at", identity.served_at);
  for (const char* key : {"parameters", "context_length", "vocabulary", "file_bytes"}) {
    if (const auto n = doc::integer(model, key); n > 0) add_property(out, key, std::to_string(n));
  }
  for (const char* key : {"tokenizer", "weights_dtype", "scored_dtype", "template_digest"}) {
    add_property(out, key, known_line(model, key));
  }
  for (const std::string& argument : doc::strings(model, "arguments")) {
    add_property(out, "argument", argument);
  }
  return out;
}

/// Files of the report, to which the model refers.
Json references(std::span<const FileDigest> files) {
  Json out = Json::array();
  for (const FileDigest& file : files) {
    out.push_back(
        {{"type", "quality-metrics"}, {"url", href(file.name)}, {"hashes", hashes(file.sha256)}});
  }
  return out;
}

Json model_component(const Json& report, std::span<const FileDigest> files, Lang lang) {
  const Json& model = doc::object(report, "model");
  const ModelIdentity identity = model_identity(report);
  Json out{{"type", "machine-learning-model"}, {"bom-ref", kModelRef}, {"name", identity.name}};
  const std::string headline = line_of(doc::object(report, "summary"), "headline", lang);
  if (!headline.empty()) out["description"] = headline;
  if (!identity.sha256.empty()) out["hashes"] = hashes(identity.sha256);
  const std::string license = known_line(model, "license");
  if (const std::string id = spdx_id(license); !id.empty()) {
    out["licenses"] = Json::array({{{"license", {{"id", id}, {"acknowledgement", "declared"}}}}});
  } else if (!license.empty()) {
    out["licenses"] =
        Json::array({{{"license", {{"name", license}, {"acknowledgement", "declared"}}}}});
  }
  add_texts(out, "externalReferences", references(files));
  out["modelCard"] = model_card(report, lang);
  add_texts(out, "properties", model_properties(model, identity));
  return out;
}

/// "llama.cpp 0.5.0" -> name and version; where no digit follows a blank, all is the name.
Json engine_component(const std::string& engine) {
  const auto blank = engine.rfind(' ');
  const bool split = blank != std::string::npos && blank > 0 &&
                     engine.find_first_of("0123456789", blank) != std::string::npos;
  Json out{{"type", "framework"},
           {"bom-ref", "engine"},
           {"name", split ? engine.substr(0, blank) : engine}};
  if (split) out["version"] = engine.substr(blank + 1);
  return out;
}

/// Assay and the library of the report's versions that it is linked with.
Json tool_components(const Json& report) {
  const Json& versions = doc::object(report, "versions");
  Json assay{{"type", "application"}, {"bom-ref", "assay"}, {"name", "assay"}};
  if (const std::string version = known_line(versions, "assay"); !version.empty()) {
    assay["version"] = version;
  }
  Json out = Json::array({std::move(assay)});
  if (const std::string version = known_line(versions, "sqlite"); !version.empty()) {
    out.push_back({{"type", "library"}, {"name", "sqlite"}, {"version", version}});
  }
  return out;
}

Json run_properties(const Json& report) {
  const Json& run = doc::object(report, "run");
  Json out = Json::array();
  for (const char* key : {"id", "created", "finished", "profile", "config_digest"}) {
    add_property(out, std::string("run:") + key, doc::str(run, key));
  }
  add_property(out, "run:seed", std::to_string(doc::integer(run, "seed")));
  for (const std::string& lang : doc::strings(run, "langs")) {
    add_property(out, "run:lang", lang);
  }
  for (const auto& [key, value] : doc::object(report, "versions").items()) {
    const bool component = key == "assay" || key == "sqlite" || key == "engine";
    if (component || !value.is_string()) continue;
    add_property(out, "versions:" + one_line(key), value.get<std::string>());
  }
  return out;
}

}  // namespace

std::string spdx_id(std::string_view license) {
  static constexpr std::array<std::string_view, 28> kIds{"AFL-3.0",
                                                         "Apache-2.0",
                                                         "Artistic-2.0",
                                                         "BSD-2-Clause",
                                                         "BSD-3-Clause",
                                                         "BSL-1.0",
                                                         "CC-BY-2.0",
                                                         "CC-BY-3.0",
                                                         "CC-BY-4.0",
                                                         "CC-BY-NC-2.0",
                                                         "CC-BY-NC-3.0",
                                                         "CC-BY-NC-4.0",
                                                         "CC-BY-NC-ND-4.0",
                                                         "CC-BY-NC-SA-4.0",
                                                         "CC-BY-ND-4.0",
                                                         "CC-BY-SA-3.0",
                                                         "CC-BY-SA-4.0",
                                                         "CC0-1.0",
                                                         "ECL-2.0",
                                                         "EPL-2.0",
                                                         "ISC",
                                                         "MIT",
                                                         "MPL-2.0",
                                                         "NCSA",
                                                         "OSL-3.0",
                                                         "PostgreSQL",
                                                         "Unlicense",
                                                         "Zlib"};
  const std::string wanted = lower_ascii(trim(license));
  for (const std::string_view id : kIds) {
    if (lower_ascii(id) == wanted) return std::string(id);
  }
  return {};
}

Result<Json> cyclonedx_bom(const Json& report, std::span<const FileDigest> files, Lang lang) {
  ASSAY_CHECK(check_report(report));
  ASSAY_CHECK(check_files(files));
  const Json& run = doc::object(report, "run");
  std::string time = utc_time(doc::str(run, "finished"));
  if (time.empty()) time = utc_time(doc::str(run, "created"));
  Json metadata = Json::object();
  if (!time.empty()) metadata["timestamp"] = time;
  metadata["tools"] = {{"components", tool_components(report)}};
  metadata["properties"] = run_properties(report);
  Json components = Json::array({model_component(report, files, lang)});
  const std::string engine = known_line(doc::object(report, "model"), "engine");
  if (!engine.empty()) components.push_back(engine_component(engine));
  return Json{{"$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json"},
              {"bomFormat", "CycloneDX"},
              {"specVersion", "1.6"},
              {"serialNumber", "urn:uuid:" + name_uuid(run_key(report) + "/cyclonedx")},
              {"version", 1},
              {"metadata", std::move(metadata)},
              {"components", std::move(components)}};
}

}  // namespace assay::standards
