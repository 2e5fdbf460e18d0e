// Wording: bilingual text pieces that the report document is put together from. A reason or a
// source that the tables do not know is shown as it is in both languages, never dropped.
// Thread-safety: pure functions.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "eval/figure.h"

namespace assay::report {

Json text_json(const Text& text);
/// `pattern` with {0}, {1}, ... replaced by the arguments, in one pass (an argument that holds
/// "{0}" stays as it is).
Text fill(const Text& pattern, std::initializer_list<Text> arguments);
/// The same string in both languages: numbers, names, commands.
Text same(std::string_view text);
Text join(const std::vector<Text>& parts, const Text& separator);
/// Without blanks and full stops at the end, so that it can stand inside a sentence.
Text clause(const Text& text);
/// Ends with a full stop in each language, unless it is empty or ends with . ! ? or their Chinese
/// forms.
Text full_stop(const Text& text);
/// First letter in upper case (English only).
Text capitalised(const Text& text);
bool empty(const Text& text);

Text language_name(Lang lang);
Text language_name(std::string_view lang);
Text profile_name(const std::string& profile);
/// Why an answer could not be assessed; `reason` as scorers and the runner give it.
Text unassessed_reason(std::string_view reason);
/// Why there is no estimate, or what an interval assumes; as src/stats words it.
Text assumption_text(std::string_view assumption);
/// "item", "wording", "sampling", ... joined by '+'.
Text variance_source(std::string_view source);
Text status_text(eval::Status status);

}  // namespace assay::report
