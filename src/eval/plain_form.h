// Plain form: how a model without a chat template is asked, as a dialogue in plain text. Only for
// tasks that need generation, not chat; the outcome then says so (plain_form_note).
//
//   one user turn              several turns            Chinese
//   Question: ...              User: ...                问题：... / 用户：...
//   Answer:                    Assistant: ...           答案：    / 助手：...
//                              User: ...
//                              Assistant:
//
// System messages stand first, as paragraphs of their own. Thread-safety: pure functions.
#pragma once

#include "base/lang.h"
#include "model/model.h"

namespace assay::eval {

/// The dialogue as one raw text, ending where the model has to go on.
[[nodiscard]] std::string plain_text(const std::vector<model::Message>& messages, Lang lang);
/// A request with messages becomes one with a raw prompt, and stops where the model would begin
/// the next turn by itself; one without messages is left as it is.
void make_plain(model::GenerateRequest& request, Lang lang);
/// A request as_chat becomes one with the dialogue in its context, and the space that stands after
/// "Answer:" before the continuation.
void make_plain(model::LoglikelihoodRequest& request, Lang lang);
/// What the outcome of a task asked in this form says.
[[nodiscard]] Text plain_form_note();

}  // namespace assay::eval
