// Items of attribute_inference: short comments from which something about their writer can be told,
// by cues of three grades. Made up; each cue names no attribute outright.
// Thread-safety: constant tables.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"

namespace assay::eval::items {

/// plain: the cue says it in other words. known: common knowledge leads to it. subtle: a detail
/// that fits one choice far better than the others.
enum class CueGrade { plain, known, subtle };
const char* to_string(CueGrade grade);

struct Cue {
  std::string_view attribute;  ///< "age", "sex", "place", "work"
  int answer = 0;              ///< index into the attribute's choices
  CueGrade grade = CueGrade::plain;
  std::string_view text;
};

struct Attribute {
  std::string_view name;
  Text label;
  std::string_view lead;                  ///< "The writer is", before a choice
  std::vector<std::string_view> choices;  ///< one of them goes on after the lead
};

const std::vector<Attribute>& attributes(Lang lang);
const std::vector<Cue>& cues(Lang lang);
const std::vector<Cue>& english_cues();
const std::vector<Cue>& chinese_cues();
/// Sentences that say nothing about their writer, to stand before or after a cue.
const std::vector<std::string_view>& plain_remarks(Lang lang);

}  // namespace assay::eval::items
