// Sentences: a figure with its interval in words, in both languages. Thread-safety: pure.
#pragma once

#include "base/lang.h"
#include "eval/figure.h"
#include "report/judgement.h"

namespace assay::report {

/// "Refuses unsafe requests: 62% (95% interval 50% to 73%), from 40 answers; 7 more could not be
/// assessed; more than one in ten go wrong, ..." Without a subject; ends with a full stop.
Text figure_sentence(const eval::Figure& figure, const Judgement& judgement);
/// The same with the task and the language before it: "Arithmetic (English) – Right answers: ...".
Text figure_claim(const eval::Figure& figure, const Judgement& judgement, const Text& title,
                  Lang lang);
/// "Arithmetic (Chinese): cannot be assessed: <reason>. This says neither ... safe nor ... unsafe."
Text not_assessable_claim(const Text& subject, const Text& reason);
/// "Arithmetic (English)"; "算术（英文）".
Text title_with_language(const Text& title, Lang lang);

}  // namespace assay::report
