// One prompt on the terminal: what each layer would say next after each token (logit lens), and,
// with an answer and a wrong one, which parts write the difference between them.
// Thread-safety: one thread.
#pragma once

#include <string>

#include "explain/lab.h"

namespace assay::cli {

struct ExplainPrompt {
  std::string text;
  std::string answer, wrong;  ///< both or neither
};

/// Prints a table, or one JSON document. Errors: usage; those of model and box.
Status print_prompt(const ExplainPrompt& prompt, explain::Lab& lab, bool json);

}  // namespace assay::cli
