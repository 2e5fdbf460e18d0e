// The text of a generation as it grows token by token: stop strings are found across pieces, a
// possible beginning of one is held back, and nothing is handed out in the middle of a UTF-8
// character. Bytes that can never become valid UTF-8 are replaced by U+FFFD.
// Legal call order: append() until it returns true or the generation ends, then finish() once.
// Thread-safety: one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::model::local {

class TextStream {
 public:
  explicit TextStream(std::vector<std::string> stops);
  /// Adds a piece; true if a stop string is complete, and then the text ends before it.
  bool append(std::string_view piece);
  /// Text that has become certain since the last call. Valid UTF-8.
  std::string take();
  /// The rest, when nothing more comes.
  std::string finish();
  /// All that has been handed out so far.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string release(std::size_t bytes);

  std::vector<std::string> stops_;
  std::string pending_;  ///< bytes not handed out yet
  std::string text_;
  std::size_t longest_ = 0;
  bool stopped_ = false;
};

}  // namespace assay::model::local
