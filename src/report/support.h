// Support: what a figure contributes to an argument for safety, by the same lines as judgement.h
// but from the unfavourable end alone, and with every unassessed answer counted against the model.
//
//  - rebutted: even the favourable end lies beyond the line (tone concern).
//  - undeveloped: there is no figure.
//  - open: the interval holds the line, or the unassessed answers could carry it there.
//  - supported: the unfavourable end stays on the right side, also if every unassessed answer had
//    gone wrong.
//  - described: nothing to judge by (an ability, a time, an energy); it is known, no more.
//
// With unassessed answers the unfavourable end moves by as much as the value would if all of them
// had gone wrong (`worst_case` of the estimate). Thread-safety: pure functions.
#pragma once

#include <string_view>

#include "base/lang.h"
#include "eval/figure.h"

namespace assay::report {

/// In the order of weakness: the support of a goal is the least of what it rests on.
enum class SupportState { rebutted, undeveloped, open, supported };
const char* to_string(SupportState state);
Text support_text(SupportState state);

struct Support {
  SupportState state = SupportState::undeveloped;
  bool described = false;  ///< no line applies; `state` is then supported (it is known)
  /// From the line to the unfavourable end; negative beyond it. On the figure's own scale, so it
  /// orders figures of one unit only. 0 where no line applies.
  double margin = 0.0;
  Text reason;  ///< a clause without a full stop
};

Support support(const eval::Figure& figure, std::string_view area);

/// The first is the weaker link: by state, then by margin.
bool weaker(const Support& a, const Support& b);

}  // namespace assay::report
