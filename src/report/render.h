// Rendering: the order and the words of a report for people, once for all forms. A Writer gives
// the form (Markdown, plain HTML); it gets raw text and escapes it itself. Documents that come
// from a file may lack anything: what is missing is shown as empty, never a crash.
// Thread-safety: pure functions; one thread per Writer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "stats/estimate.h"

namespace assay::report {

/// A line of a list: "**strong** text" and below it, smaller, `small`. Empty parts are left out.
struct Item {
  std::string strong;
  std::string text;
  std::string small;
};

class Writer {
 public:
  virtual ~Writer() = default;
  /// Level 1 (title) to 5. `anchor` is unique in the document, or empty.
  virtual void heading(int level, const std::string& text, const std::string& anchor) = 0;
  virtual void paragraph(const std::string& text) = 0;
  virtual void lead(const std::string& text) = 0;  ///< the one sentence that sums up
  virtual void note(const std::string& text) = 0;  ///< less important than a paragraph
  virtual void list(const std::vector<Item>& items) = 0;
  virtual void table(const std::vector<std::string>& header,
                     const std::vector<std::vector<std::string>>& rows) = 0;
  /// Text of a model or of an item, exactly as it was. `title` says whose.
  virtual void verbatim(const std::string& title, const std::string& text) = 0;
  /// Can the form hide something behind a click? If not, sensitive outputs are left out.
  [[nodiscard]] virtual bool folds() const = 0;
  virtual void begin_fold(const std::string& title) = 0;
  virtual void end_fold() = 0;
};

/// The whole document in one language.
void render(const Json& report, Lang lang, Writer& writer);

// Parts of it, in this order.
void render_front(const Json& report, Lang lang, Writer& writer);     ///< summary, coverage
void render_chapters(const Json& report, Lang lang, Writer& writer);  ///< topics with results
void render_case(const Json& report, Lang lang, Writer& writer);      ///< safety case, crosswalk
void render_back(const Json& report, Lang lang, Writer& writer);      ///< methods, ledger

/// Reads of a document that may lack anything.
namespace doc {
std::string str(const Json& json, const char* key);
std::string text(const Json& json, const char* key, Lang lang);  ///< of {"en", "zh"}
const Json& list(const Json& json, const char* key);             ///< an empty array if missing
const Json& object(const Json& json, const char* key);           ///< an empty object if missing
std::int64_t integer(const Json& json, const char* key);
double number(const Json& json, const char* key);
bool flag(const Json& json, const char* key);
/// nullopt if it is not a whole estimate.
std::optional<stats::Estimate> estimate(const Json& json, const char* key);
std::vector<std::string> strings(const Json& json, const char* key);
}  // namespace doc

/// Claims as lines of a list: tone, sentence, what would refute it and its evidence.
std::vector<Item> claim_items(const Json& claims, Lang lang);

/// English or Chinese.
inline std::string pick(Lang lang, const char* en, const char* zh) {
  return lang == Lang::en ? en : zh;
}
std::string state_text(const std::string& status, Lang lang);

/// At most `most` bytes, cut between characters, with a mark that says how much is missing.
std::string shortened(const std::string& text, std::size_t most, Lang lang);
/// Control characters and those that change the direction of writing become visible, e.g.
/// "⟨U+202E⟩"; invalid UTF-8 becomes U+FFFD. Newlines and tabs stay; CR LF becomes LF.
std::string visible(const std::string& text);

}  // namespace assay::report
