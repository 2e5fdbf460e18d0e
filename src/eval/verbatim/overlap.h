// Overlap: how much of a text another one repeats letter by letter.
//
// Two ways to hold the text that is looked for:
//   Sketch       hashes of pieces of `length` letters, one piece each `step` letters, in order. The
//                text cannot be read off it, and still a run of pieces that hit in step shows a
//                verbatim match of (hits - 1) * step + length letters: a lower bound, short of the
//                true length by less than 2 * step.
//   TextOverlap  the text itself with such pieces as an index: each hit is extended letter by
//                letter, so any match of at least length + step - 1 letters is found in full.
// Both count letters as letters_of() gives them.
//
// Legal call order: make one -> match() any number of answers. Thread-safety: const after
// construction.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/lang.h"

namespace assay::eval {

/// Pieces: 12 letters each 6 of an alphabet (two or three words), 4 each 2 of Han characters.
struct Pieces {
  std::size_t length = 12;
  std::size_t step = 6;
};
Pieces pieces_of(Lang script);

/// From how many letters on a match is called verbatim here: 50 letters (ten or eleven English
/// words), 14 Han characters (two lines of a seven-character poem). No two texts written apart
/// share that much but by a fixed phrase.
std::size_t verbatim_letters(Lang script);

struct Overlap {
  std::size_t longest = 0;    ///< letters of the longest verbatim match (Sketch: at least)
  std::size_t answer_at = 0;  ///< where it begins in the answer's letters
  std::size_t text_at = 0;    ///< and in the text's (TextOverlap: within its document)
  std::size_t document = 0;   ///< TextOverlap: in which document
};

class Sketch {
 public:
  Sketch() = default;
  Sketch(std::u32string_view letters, Pieces pieces);
  /// Reads six hexadecimal digits a piece; an odd rest is left out.
  static Sketch parse(std::string_view hex, std::size_t letters, Pieces pieces);
  [[nodiscard]] std::string hex() const;

  [[nodiscard]] std::size_t letters() const { return letters_; }
  [[nodiscard]] Overlap match(std::u32string_view answer) const;
  /// Near-verbatim, in [0, 1]: of the pieces that a copy as long as the answer would hit, the share
  /// that the answer hits in their order, with anything in between. A copy has 1 (at once
  /// changed letter loses up to length / step pieces), another text about 0.
  [[nodiscard]] double kept_in_order(std::u32string_view answer) const;

 private:
  struct Hit {
    std::size_t answer, piece;
  };
  [[nodiscard]] std::vector<Hit> hits(std::u32string_view answer) const;
  void index();

  Pieces pieces_;
  std::size_t letters_ = 0;
  std::vector<std::uint32_t> hashes_;  ///< 24 bits each
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> where_;
};

class TextOverlap {
 public:
  TextOverlap() = default;
  /// Documents as letters_of() gives them; no match runs from one into the next.
  TextOverlap(const std::vector<std::u32string>& documents, Pieces pieces);
  [[nodiscard]] Overlap match(std::u32string_view answer) const;

 private:
  struct Entry {
    std::uint64_t hash;
    std::uint32_t at;
  };
  [[nodiscard]] std::size_t document_of(std::size_t at) const;

  Pieces pieces_;
  std::u32string text_;              ///< documents, each followed by a letter that no text has
  std::vector<std::size_t> begins_;  ///< of each document in text_
  std::vector<Entry> entries_;       ///< sorted by hash, then place
};

/// Length of the longest common subsequence (in order, with anything in between): what ROUGE-L
/// counts (Lin 2004), here over letters.
std::size_t common_subsequence(std::u32string_view a, std::u32string_view b);

}  // namespace assay::eval
