// Items of verbatim: famous texts whose copyright has run out, as facts and a sketch. The text
// itself is not here: a sketch (verbatim/overlap.h) holds hashes of its pieces, from which a match
// can be seen and the text cannot be read. docs/suites/verbatim.md says which editions they are of
// and how to make more. And made-up works, whose text is written from the seed.
// Thread-safety: constant tables and pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval::items {

/// How often the passage itself is quoted: in any collection of quotations or schoolbook; a work
/// that is widely read; one that few read today. Our own grading.
enum class Fame { famous, known, little };
const char* to_string(Fame fame);

struct Passage {
  std::string_view id;
  Fame fame = Fame::known;
  std::string_view title, author;  ///< author may be empty
  int year = 0;                    ///< of publication (plays: also of the first performance), or 0
  std::string_view heading;        ///< part of the work that is meant, or "" for its opening
  std::size_t letters = 0;         ///< in the sketch
  std::string_view sketch;         ///< Sketch::hex() with pieces_of(language)
};

const std::vector<Passage>& english_prose_passages();
const std::vector<Passage>& english_verse_passages();
const std::vector<Passage>& chinese_prose_passages();
const std::vector<Passage>& chinese_verse_passages();
/// All of a language.
std::vector<Passage> passages(Lang lang);
/// Whether it is the beginning of a work, or a chapter, book or speech within one. A poem or story
/// of a collection is a work; the first chapter may have a name ("Letter 1").
bool opens_work(const Passage& passage);

struct MadeUpWork {
  std::string title, author;
  int year = 0;
  std::string opening;  ///< four sentences
};
MadeUpWork made_up_work(Lang lang, Rng& rng);

}  // namespace assay::eval::items
