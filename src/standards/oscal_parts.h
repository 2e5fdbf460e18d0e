// Parts of an OSCAL document that oscal.cpp puts together: what was assessed with what, the
// chapters as objectives, and the claims. Thread-safety: pure functions of the report.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "standards/report_facts.h"

namespace assay::standards::oscal {

/// What each part needs to know.
struct Context {
  const Json& report;
  std::span<const FileDigest> files;
  Lang lang;
  Period when;      ///< its start is always there
  std::string key;  ///< run_key()

  [[nodiscard]] std::string uuid(const std::string& part) const;
};

/// Adds a property of ours, unless the value is empty. `group` joins those of one figure.
void add_property(Json& list, const char* name, const std::string& value,
                  const std::string& group = {});
void add_unless_empty(Json& object, const char* key, Json list);

/// The chapters with anything measured, in order.
std::vector<const Json*> reviewed_topics(const Json& report);
/// "misuse.scam" -> "misuse.scam_obj", the id of its objective.
std::string objective_id(const std::string& topic);

Json objectives(const Context& context);         ///< local-definitions of the document
Json reviewed_controls(const Context& context);  ///< of the result
Json local_definitions(const Context& context);  ///< of the result: model, Assay, engine
Json resources(const Context& context);          ///< of the back matter: the plan, the files

Json observations(const Context& context);
Json findings(const Context& context);

}  // namespace assay::standards::oscal
