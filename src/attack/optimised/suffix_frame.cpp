#include "attack/optimised/suffix_frame.h"

#include <algorithm>
#include <optional>

namespace assay::attack {
namespace {

/// A piece to begin with, and one that begins otherwise, to see where the suffix begins and ends.
/// The first that is a token of its own in this vocabulary is taken: of pieces that are cut, hardly
/// any swap stands the round trip through text.
struct Piece {
  const char* piece;
  const char* other;
};
constexpr Piece kPieces[] = {{" x", " q"}, {" the", " a"}, {" !", " ?"}};

std::string repeated(const char* piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

/// Without a target.
Result<SuffixFrame> frame_of(const Job& job, const Piece& piece, int length) {
  ASSAY_TRY(const Tokens first, chat_tokens(job, repeated(piece.piece, length)));
  ASSAY_TRY(const Tokens other, chat_tokens(job, repeated(piece.other, length)));
  const std::size_t most = std::min(first.size(), other.size());
  std::size_t before = 0;
  while (before < most && first[before] == other[before]) ++before;
  std::size_t after = 0;
  while (after < most - before &&
         first[first.size() - 1 - after] == other[other.size() - 1 - after]) {
    ++after;
  }
  SuffixFrame out;
  out.before.assign(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(before));
  out.after.assign(first.end() - static_cast<std::ptrdiff_t>(after), first.end());
  out.start.assign(first.begin() + static_cast<std::ptrdiff_t>(before),
                   first.end() - static_cast<std::ptrdiff_t>(after));
  return out;
}

}  // namespace

std::string wanted_beginning(const Behaviour& behaviour) {
  if (!behaviour.target.empty()) return behaviour.target;
  return behaviour.lang == Lang::en ? "Sure, here is" : "好的，以下是";
}

std::vector<model::Message> with_suffix(const Behaviour& behaviour, const std::string& suffix) {
  auto out = attack_messages(behaviour);
  out.back().content += suffix;
  return out;
}

Result<Tokens> chat_tokens(const Job& job, const std::string& suffix) {
  if (job.means.target == nullptr) {
    return fail(ErrorKind::unsupported, "no model is open", job.behaviour.id);
  }
  model::GenerateRequest request;
  request.messages = with_suffix(job.behaviour, suffix);
  return job.means.target->prompt_tokens(request);
}

Result<SuffixFrame> make_frame(const Job& job, int length) {
  std::optional<SuffixFrame> out;
  for (const Piece& piece : kPieces) {
    ASSAY_TRY(SuffixFrame frame, frame_of(job, piece, length));
    const bool fits = frame.start.size() == static_cast<std::size_t>(length);
    if (fits || !out) out = std::move(frame);
    if (fits) break;
  }
  if (out->start.empty()) {
    return fail(ErrorKind::unsupported, "the suffix leaves no tokens of its own in this template",
                job.behaviour.id);
  }
  ASSAY_TRY(out->target, job.means.target->tokenize(wanted_beginning(job.behaviour)));
  return std::move(*out);
}

std::optional<std::string> survives(const Job& job, const SuffixFrame& frame,
                                    const Tokens& suffix) {
  const auto text = job.means.target->text_of(suffix);
  if (!text) return std::nullopt;
  const auto tokens = chat_tokens(job, *text);
  if (!tokens || tokens->size() != frame.before.size() + suffix.size() + frame.after.size()) {
    return std::nullopt;
  }
  const auto same = [&](const Tokens& part, std::size_t at) {
    return std::equal(part.begin(), part.end(), tokens->begin() + static_cast<std::ptrdiff_t>(at));
  };
  if (!same(frame.before, 0) || !same(suffix, frame.before.size()) ||
      !same(frame.after, frame.before.size() + suffix.size())) {
    return std::nullopt;
  }
  return *text;
}

}  // namespace assay::attack
