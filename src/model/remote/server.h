// What a server says it is, and what it can: asked once, when a model is opened. With batch files
// the server is not asked at all.
// Thread-safety: one thread.
#pragma once

#include "model/model.h"
#include "model/remote/client.h"
#include "model/remote/wire.h"

namespace assay::model::remote {

struct Server {
  Dialect dialect = Dialect::plain;
  ModelInfo info;
  Logprobs logprobs = Logprobs::off;  ///< the method that works
  bool completions = false;           ///< has the completions endpoint
  std::string root;                   ///< the address without /v1: servers' own endpoints
  std::string first_token;            ///< llama-server: text of BOS, else of EOS; may be empty
};

/// Errors: io (no server there), not_found (model), and those of the key.
Result<Server> look_at_server(Client& client, const Settings& settings);

/// One request to the server, outside of cache and limits. Errors: those of the exchange.
Result<Json> ask_once(Client& client, const std::string& path, const std::string& body = {});

}  // namespace assay::model::remote
