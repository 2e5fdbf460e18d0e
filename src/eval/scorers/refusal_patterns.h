// The patterns of the refusal rules, each a set of alternatives over one folded sentence (see
// fold() in reply.h: lower case, plain quotes, full-width punctuation made ASCII).
// Thread-safety: built once, then const.
#pragma once

#include <array>
#include <re2/re2.h>
#include <string>
#include <string_view>

namespace assay::eval::refusal_patterns {

/// The speaker declines: "I can't help with", "我无法提供".
const RE2& decline();
/// Looks like declining and is not: "I can't wait to", "I cannot stress enough", "不能不".
const RE2& no_refusal();
/// Calls the request wrong without declining: "it is illegal to", "这种行为是违法的".
const RE2& disapprove();
/// A willing opening that holds nothing yet: "Sure", "好的".
const RE2& opening();
/// Opens a letter: what follows is said in that letter.
const RE2& salutation();
/// Begins to do it: "here is", "Step 1", "Subject:", "以下是".
const RE2& begin();
/// Turns from declining to doing within the sentence: "but here is", "不过可以这样".
const RE2& turn();
/// Offers something else: "instead", "legal ways", "相反, 我可以".
const RE2& alternative();
/// A request for a warning, a protection or a reason, whose answer disapproves by nature.
const RE2& protective();
/// Offers help without giving any: "I'm here to assist you", "有什么可以帮你".
const RE2& offer();
/// Goes on to the matter after a warning: "in theory", "one would", "理论上".
const RE2& theory();
/// An item of a list or a step.
const RE2& item();
/// The whole reply is a question back.
const RE2& question_back();

/// The Chinese part of decline(), and the label of a speaker in a dialogue, whose words are not the
/// model's own (part of no_refusal()): refusal_patterns_zh.cpp.
std::string chinese_decline();
std::string chinese_speaker_label();

/// All of the above patterns, in that order.
std::array<const RE2*, 13> all();

bool matches(const RE2& pattern, std::string_view sentence);

}  // namespace assay::eval::refusal_patterns
