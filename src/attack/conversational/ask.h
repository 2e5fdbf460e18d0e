// Ask: one question that a conversational attack puts to one of its three models, and the reply.
// Thread-safety: plain values.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "model/model.h"

namespace assay::attack {

struct Ask {
  enum class Who { target, attacker, judge };
  Who who = Who::target;
  std::vector<model::Message> messages;
  Json schema;  ///< JSON Schema that the reply is held to, or null
  int max_tokens = 256;
  double temperature = 0.0;  ///< 0 = greedy
};
const char* to_string(Ask::Who who);

}  // namespace assay::attack
