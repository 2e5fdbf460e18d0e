// What was assessed with what, and the chapters as objectives of an OSCAL document.
#include "standards/oscal_parts.h"

#include "report/render.h"
#include "standards/href.h"
#include "standards/name_uuid.h"
#include "standards/oscal.h"

namespace assay::standards::oscal {
namespace {

namespace doc = report::doc;

/// Name space of our properties; without one they would be NIST's.
constexpr const char* kOurs = "urn:assay:oscal";

Json component(const Context& context, const char* part, const std::string& title,
               const std::string& description, Json props) {
  Json out{{"uuid", context.uuid(part)},
           {"type", "software"},
           {"title", markdown_text(title)},
           {"description", markdown_text(description)}};
  add_unless_empty(out, "props", std::move(props));
  out["status"] = {{"state", "other"},
                   {"remarks", say(context.lang, "The report does not say where it is in use.",
                                   "报告未说明其是否在用。")}};
  return out;
}

Json model_component(const Context& context) {
  const Json& model = doc::object(context.report, "model");
  const ModelIdentity identity = model_identity(context.report);
  Json props = Json::array();
  add_property(props, "sha256", identity.sha256);
  add_property(props, "file", identity.file);
  add_property(props, "served-at", identity.served_at);
  for (const auto& [name, key] :
       {std::pair("architecture", "architecture"), std::pair("license", "license"),
        std::pair("weights-dtype", "weights_dtype"), std::pair("scored-dtype", "scored_dtype"),
        std::pair("template-sha256", "template_digest")}) {
    add_property(props, name, known_line(model, key));
  }
  if (const auto n = doc::integer(model, "parameters"); n > 0) {
    add_property(props, "parameters", std::to_string(n));
  }
  return component(context, "model", identity.name,
                   say(context.lang, "The model that was assessed", "被评估的模型"),
                   std::move(props));
}

Json assay_component(const Context& context) {
  Json props = Json::array();
  add_property(props, "version", doc::str(doc::object(context.report, "versions"), "assay"));
  return component(context, "assay", "Assay",
                   say(context.lang, "The program that made the report", "生成报告的程序"),
                   std::move(props));
}

std::string media_type(const std::string& name) {
  if (name.ends_with(".json")) return "application/json";
  if (name.ends_with(".html")) return "text/html";
  return name.ends_with(".md") ? "text/markdown" : "application/octet-stream";
}

/// The run's configuration, in the place of an assessment plan.
Json plan(const Context& context) {
  const Json& run = doc::object(context.report, "run");
  Json props = Json::array();
  add_property(props, "profile", doc::str(run, "profile"));
  add_property(props, "seed", std::to_string(doc::integer(run, "seed")));
  for (const std::string& lang : doc::strings(run, "langs")) add_property(props, "lang", lang);
  add_property(props, "config-sha256", doc::str(run, "config_digest"));
  for (const Json& each : doc::list(context.report, "results")) {
    add_property(props, "task", doc::str(each, "key"));
  }
  Json out{{"uuid", context.uuid("plan")},
           {"title", say(context.lang, "Configuration of the run", "本次运行的配置")}};
  add_unless_empty(out, "props", std::move(props));
  return out;
}

}  // namespace

std::string Context::uuid(const std::string& part) const {
  return name_uuid(key + "/oscal/" + part);
}

void add_property(Json& list, const char* name, const std::string& value,
                  const std::string& group) {
  const std::string line = one_line(value);
  if (line.empty()) return;
  Json property{{"name", name}, {"ns", kOurs}, {"value", line}};
  if (!group.empty()) property["group"] = group;
  list.push_back(std::move(property));
}

void add_unless_empty(Json& object, const char* key, Json list) {
  if (!list.empty()) object[key] = std::move(list);
}

std::vector<const Json*> reviewed_topics(const Json& report) {
  std::vector<const Json*> out;
  for (const Json& topic : doc::list(report, "topics")) {
    const std::string status = doc::str(topic, "status");
    const bool tried = status == "measured" || status == "partly" || status == "not_assessable";
    if (tried && !doc::str(topic, "id").empty()) out.push_back(&topic);
  }
  return out;
}

std::string objective_id(const std::string& topic) { return topic + "_obj"; }

Json objectives(const Context& context) {
  Json out = Json::array();
  for (const Json* topic : reviewed_topics(context.report)) {
    const std::string id = doc::str(*topic, "id");
    Json part{{"id", objective_id(id)},
              {"name", "assessment-objective"},
              {"title", markdown_text(line_of(*topic, "title", context.lang))}};
    const std::string about = line_of(*topic, "about", context.lang);
    if (!about.empty()) part["prose"] = markdown_text(about);
    out.push_back({{"control-id", id}, {"parts", Json::array({std::move(part)})}});
  }
  return out;
}

Json reviewed_controls(const Context& context) {
  Json controls = Json::array();
  Json objectives = Json::array();
  std::string left_out;
  for (const Json* topic : reviewed_topics(context.report)) {
    controls.push_back({{"control-id", doc::str(*topic, "id")}});
    objectives.push_back({{"objective-id", objective_id(doc::str(*topic, "id"))}});
  }
  for (const Json& topic : doc::list(context.report, "topics")) {
    if (doc::str(topic, "status") != "not_measured") continue;
    left_out += (left_out.empty() ? "" : ", ") + doc::str(topic, "id");
  }
  Json out{{"description",
            say(context.lang,
                "Topics of Assay's report, in the place of controls; defined in this document.",
                "以试金报告的主题代替控制项；其定义见本文档。")},
           {"control-selections", Json::array({{{"include-controls", std::move(controls)}}})},
           {"control-objective-selections",
            Json::array({{{"include-objectives", std::move(objectives)}}})}};
  if (!left_out.empty()) {
    out["remarks"] = markdown_text(
        say(context.lang,
            "Not measured, so nothing follows about them: ", "未测量，因此不能得出任何结论：") +
        left_out);
  }
  return out;
}

Json local_definitions(const Context& context) {
  Json tools = Json::array({assay_component(context)});
  Json uses = Json::array({{{"component-uuid", context.uuid("assay")}}});
  const std::string engine = known_line(doc::object(context.report, "model"), "engine");
  if (!engine.empty()) {
    tools.push_back(component(context, "engine", engine,
                              say(context.lang, "What ran the model", "运行模型的引擎"),
                              Json::array()));
    uses.push_back({{"component-uuid", context.uuid("engine")}});
  }
  Json platform{{"uuid", context.uuid("machine")},
                {"title", say(context.lang, "The machine of the run", "执行本次运行的机器")}};
  Json props = Json::array();
  for (const auto& [name, value] : doc::object(context.report, "machine").items()) {
    std::string token = "machine-";
    for (const char c : name) {
      const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      token += fits ? c : '-';
    }
    add_property(props, token.c_str(),
                 value.is_string() ? value.get<std::string>() : dump_json(value));
  }
  add_unless_empty(platform, "props", std::move(props));
  platform["uses-components"] = std::move(uses);
  return Json{{"components", Json::array({model_component(context)})},
              {"assessment-assets",
               {{"components", std::move(tools)},
                {"assessment-platforms", Json::array({std::move(platform)})}}}};
}

Json resources(const Context& context) {
  Json out = Json::array({plan(context)});
  for (const FileDigest& file : context.files) {
    Json link{{"href", href(file.name)},
              {"media-type", media_type(file.name)},
              {"hashes", Json::array({{{"algorithm", "SHA-256"}, {"value", file.sha256}}})}};
    out.push_back({{"uuid", context.uuid("file/" + file.name)},
                   {"title", markdown_text(file.name)},
                   {"rlinks", Json::array({std::move(link)})}});
  }
  return out;
}

}  // namespace assay::standards::oscal
