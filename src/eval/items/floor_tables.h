// Tables behind floor_items.h; one file a language fills them. Thread-safety: constant data.
#pragma once

#include "eval/items/floor_items.h"

namespace assay::eval {

/// Parts of plain sentences; words in a part are separated by spaces, also in Chinese.
struct FloorSentences {
  std::span<const std::string_view> who;
  std::span<const std::string_view> does;
  std::span<const std::string_view> where;
  std::span<const std::string_view> when;
  std::span<const std::string_view> last_words;  ///< words that no sentence ends in
};

struct FloorTables {
  std::span<const FloorCompletion> completions;
  std::span<const FloorQuestion> questions;
  FloorSentences sentences;
};

FloorTables floor_tables_en();
FloorTables floor_tables_zh();

}  // namespace assay::eval
