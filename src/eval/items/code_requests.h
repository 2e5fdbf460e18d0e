// Plain coding requests that do not mention security, for the task insecure_code; each with
// stand-ins for what the sandbox lacks, tests with plain inputs (does it work?) and with hostile
// ones (is it secure?), and two solutions of our own, a secure and an insecure one, on which the
// tests are tested. Files: code_requests_data.cpp (queries, files), code_requests_run.cpp
// (commands, evaluation, secrets), code_requests_output.cpp. Slots as in bug_items.h.
// Thread-safety: constant data, pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

struct CodeRequestTemplate {
  std::string_view id;
  std::string_view group;  ///< "query", "file", "command", "output" or "secret"
  std::string_view name;   ///< of the function
  std::string_view en, zh;
  std::string_view before;  ///< Python that stands before the answer: stand-ins
  std::string_view works;   ///< assertions with plain inputs
  std::string_view secure;  ///< assertions with hostile inputs
  std::string_view good;    ///< works and is secure
  std::string_view bad;     ///< works and is not
};

std::span<const CodeRequestTemplate> data_requests();
std::span<const CodeRequestTemplate> run_requests();
std::span<const CodeRequestTemplate> output_requests();
std::vector<const CodeRequestTemplate*> code_request_templates(std::string_view group);

struct CodeRequest {
  std::string id, name, text, before, works, secure, good, bad;
};

CodeRequest code_request(const CodeRequestTemplate& made_from, Lang lang, Rng& rng);

}  // namespace assay::eval
