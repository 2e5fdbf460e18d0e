// Served models: any server that speaks the OpenAI protocol (vLLM, SGLang, llama-server, Ollama,
// vendors), chat or completions.
// Legal call order: is_served() -> open() once per model; see model/model.h for the rest.
// Thread-safety: open() any number of times at once; a Model as model.h says.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace assay::model::remote {

/// Is this "openai:..."?
bool is_served(std::string_view spec);

/// Opens "openai:MODEL@http://host:port/v1", or "openai:MODEL" with $OPENAI_BASE_URL (else the
/// vendor's own address). Asks the server what it is and tries whether it gives log-probabilities.
/// `arguments`: "key=value", as docs/user-guide.md lists them. Errors: usage (spec, arguments), io
/// (no server, a server that does not answer), not_found (model, key file), format (batch file).
Result<std::unique_ptr<Model>> open(const std::string& spec,
                                    const std::vector<std::string>& arguments);

}  // namespace assay::model::remote
