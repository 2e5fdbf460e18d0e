#include "model/local/text_stream.h"

#include <algorithm>

#include "base/text.h"

namespace assay::model::local {
namespace {

/// Bytes of the UTF-8 character that starts with `lead`; 1 also for what cannot start one.
std::size_t character_bytes(unsigned char lead) {
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  if (lead >= 0xE0) return lead < 0xF0 ? 3 : 1;
  return lead >= 0xC2 ? 2 : 1;
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Length of the text without a character at its end that may still become whole.
std::size_t whole_characters(std::string_view text) {
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const char c = text[text.size() - back];
    if (is_continuation(c)) continue;
    return character_bytes(static_cast<unsigned char>(c)) > back ? text.size() - back : text.size();
  }
  return text.size();
}

/// Invalid bytes become U+FFFD, one for each.
std::string repaired(std::string_view bytes) {
  if (is_utf8(bytes)) return std::string(bytes);
  std::string out;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = character_bytes(static_cast<unsigned char>(bytes[i]));
    const std::string_view piece = bytes.substr(i, length);
    const bool valid = piece.size() == length && is_utf8(piece);
    out += valid ? piece : std::string_view("\xEF\xBF\xBD");
    i += valid ? length : 1;
  }
  return out;
}

}  // namespace

TextStream::TextStream(std::vector<std::string> stops) : stops_(std::move(stops)) {
  std::erase_if(stops_, [](const std::string& stop) { return stop.empty(); });
  for (const auto& stop : stops_) longest_ = std::max(longest_, stop.size());
}

bool TextStream::append(std::string_view piece) {
  pending_ += piece;
  std::size_t first = std::string::npos;
  for (const auto& stop : stops_) first = std::min(first, pending_.find(stop));
  if (first == std::string::npos) return false;
  pending_.resize(first);
  stopped_ = true;
  return true;
}

std::string TextStream::take() {
  if (stopped_) return release(pending_.size());
  std::size_t safe = pending_.size();
  for (std::size_t tail = std::min(longest_, pending_.size()); tail > 0; --tail) {
    const std::string_view end = std::string_view(pending_).substr(pending_.size() - tail);
    const bool begins = std::any_of(stops_.begin(), stops_.end(), [&](const std::string& stop) {
      return std::string_view(stop).substr(0, tail) == end;
    });
    if (begins) {
      safe = pending_.size() - tail;
      break;
    }
  }
  return release(whole_characters(std::string_view(pending_).substr(0, safe)));
}

std::string TextStream::finish() { return release(pending_.size()); }

std::string TextStream::release(std::size_t bytes) {
  std::string out = repaired(std::string_view(pending_).substr(0, bytes));
  pending_.erase(0, bytes);
  text_ += out;
  return out;
}

}  // namespace assay::model::local
