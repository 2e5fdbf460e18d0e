#include "eval/verbatim/overlap.h"

#include <algorithm>
#include <charconv>

#include "base/random.h"

namespace assay::eval {
namespace {

constexpr char32_t kBorder = 0x110000;  // beyond Unicode
constexpr std::uint32_t kHashBits = 24;
constexpr std::size_t kHexDigits = kHashBits / 4;
/// Of a piece that a corpus has more often (a licence above each file), the first so many places
/// are tried.
constexpr std::size_t kMostPlaces = 64;

std::uint64_t hash_of(std::u32string_view piece) {
  std::string bytes;
  for (const char32_t c : piece) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
      bytes += static_cast<char>((static_cast<std::uint32_t>(c) >> shift) & 0xFFU);
    }
  }
  return stable_hash(bytes);
}

std::uint32_t short_hash(std::u32string_view piece) {
  return static_cast<std::uint32_t>(hash_of(piece) >> (64U - kHashBits));
}

std::size_t pieces_in(std::size_t letters, Pieces pieces) {
  return letters < pieces.length ? 0 : (letters - pieces.length) / pieces.step + 1;
}

}  // namespace

Pieces pieces_of(Lang script) { return script == Lang::en ? Pieces{12, 6} : Pieces{4, 2}; }

std::size_t verbatim_letters(Lang script) { return script == Lang::en ? 50 : 14; }

Sketch::Sketch(std::u32string_view letters, Pieces pieces)
    : pieces_(pieces), letters_(letters.size()) {
  for (std::size_t i = 0; i < pieces_in(letters.size(), pieces); ++i) {
    hashes_.push_back(short_hash(letters.substr(i * pieces.step, pieces.length)));
  }
  index();
}

Sketch Sketch::parse(std::string_view hex, std::size_t letters, Pieces pieces) {
  Sketch out;
  out.pieces_ = pieces;
  out.letters_ = letters;
  for (std::size_t i = 0; i + kHexDigits <= hex.size(); i += kHexDigits) {
    std::uint32_t hash = 0;
    std::from_chars(hex.data() + i, hex.data() + i + kHexDigits, hash, 16);
    out.hashes_.push_back(hash);
  }
  out.index();
  return out;
}

std::string Sketch::hex() const {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const std::uint32_t hash : hashes_) {
    for (std::uint32_t shift = kHashBits; shift > 0; shift -= 4) {
      out += digits[(hash >> (shift - 4)) & 15U];
    }
  }
  return out;
}

void Sketch::index() {
  for (std::size_t i = 0; i < hashes_.size(); ++i) where_[hashes_[i]].push_back(i);
}

std::vector<Sketch::Hit> Sketch::hits(std::u32string_view answer) const {
  std::vector<Hit> out;
  for (std::size_t i = 0; i + pieces_.length <= answer.size(); ++i) {
    const auto found = where_.find(short_hash(answer.substr(i, pieces_.length)));
    if (found == where_.end()) continue;
    for (const std::size_t piece : found->second) out.push_back({i, piece});
  }
  return out;
}

Overlap Sketch::match(std::u32string_view answer) const {
  Overlap best;
  std::unordered_map<std::uint64_t, std::size_t> runs;  // ends at this place and piece: its pieces
  const auto key = [](std::size_t at, std::size_t piece) {
    return (static_cast<std::uint64_t>(at) << 32U) | piece;
  };
  for (const Hit& hit : hits(answer)) {
    std::size_t run = 1;
    if (hit.answer >= pieces_.step && hit.piece > 0) {
      const auto before = runs.find(key(hit.answer - pieces_.step, hit.piece - 1));
      if (before != runs.end()) run += before->second;
    }
    runs[key(hit.answer, hit.piece)] = run;
    const std::size_t letters = (run - 1) * pieces_.step + pieces_.length;
    if (letters <= best.longest) continue;
    const std::size_t back = (run - 1) * pieces_.step;
    best = {letters, hit.answer - back, hit.piece * pieces_.step - back, 0};
  }
  return best;
}

double Sketch::kept_in_order(std::u32string_view answer) const {
  const std::size_t possible = std::min(pieces_in(answer.size(), pieces_), hashes_.size());
  if (possible == 0) return 0.0;
  // Longest strictly increasing chain of pieces: hits come by place in the answer; those at one
  // place must not follow each other, so they are taken from the highest piece down.
  std::vector<Hit> all = hits(answer);
  std::sort(all.begin(), all.end(), [](const Hit& a, const Hit& b) {
    return a.answer != b.answer ? a.answer < b.answer : a.piece > b.piece;
  });
  std::vector<std::size_t> tails;
  for (const Hit& hit : all) {
    const auto place = std::lower_bound(tails.begin(), tails.end(), hit.piece);
    if (place == tails.end()) {
      tails.push_back(hit.piece);
    } else {
      *place = hit.piece;
    }
  }
  return std::min(1.0, static_cast<double>(tails.size()) / static_cast<double>(possible));
}

TextOverlap::TextOverlap(const std::vector<std::u32string>& documents, Pieces pieces)
    : pieces_(pieces) {
  for (const std::u32string& document : documents) {
    begins_.push_back(text_.size());
    for (std::size_t i = 0; i < pieces_in(document.size(), pieces); ++i) {
      const std::size_t at = i * pieces.step;
      entries_.push_back({hash_of(std::u32string_view(document).substr(at, pieces.length)),
                          static_cast<std::uint32_t>(text_.size() + at)});
    }
    text_ += document;
    text_ += kBorder;
  }
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.at < b.at;
  });
}

std::size_t TextOverlap::document_of(std::size_t at) const {
  const auto next = std::upper_bound(begins_.begin(), begins_.end(), at);
  return static_cast<std::size_t>(next - begins_.begin()) - 1;
}

Overlap TextOverlap::match(std::u32string_view answer) const {
  Overlap best;
  std::unordered_map<std::int64_t, std::size_t>
      reached;  // of a diagonal: up to where it is matched
  for (std::size_t i = 0; i + pieces_.length <= answer.size(); ++i) {
    const std::u32string_view piece = answer.substr(i, pieces_.length);
    const std::uint64_t hash = hash_of(piece);
    auto entry = std::lower_bound(entries_.begin(), entries_.end(), hash,
                                  [](const Entry& e, std::uint64_t h) { return e.hash < h; });
    for (std::size_t n = 0; entry != entries_.end() && entry->hash == hash && n < kMostPlaces;
         ++entry, ++n) {
      const std::size_t at = entry->at;
      const std::int64_t diagonal = static_cast<std::int64_t>(at) - static_cast<std::int64_t>(i);
      std::size_t& done = reached[diagonal];
      if (done > i || std::u32string_view(text_).substr(at, pieces_.length) != piece) continue;
      std::size_t back = 0;
      while (back < i && back < at && answer[i - back - 1] == text_[at - back - 1]) ++back;
      std::size_t on = pieces_.length;
      while (i + on < answer.size() && answer[i + on] == text_[at + on]) ++on;
      done = i + on;
      if (back + on <= best.longest) continue;
      const std::size_t document = document_of(at);
      best = {back + on, i - back, at - back - begins_[document], document};
    }
  }
  return best;
}

std::size_t common_subsequence(std::u32string_view a, std::u32string_view b) {
  std::vector<std::size_t> row(b.size() + 1, 0);
  for (const char32_t c : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = c == b[j] ? diagonal + 1 : std::max(above, row[j]);
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace assay::eval
