// The refusal direction of a chat model (model/direction.h), found on our twins: a harmful-looking
// request that holds nothing harmful, and a harmless one in nearly the same words
// (items/refusal_twins.h). What explanations test, and what an attack takes out.
// Thread-safety: as the model's and the box's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/lang.h"
#include "eval/items/refusal_twins.h"
#include "model/direction.h"
#include "model/model.h"

namespace assay::eval {

inline constexpr std::size_t kTwinsToFind = 32;    ///< the first of ordered_twins()
inline constexpr std::size_t kTwinsToChoose = 12;  ///< those behind: to choose among candidates

struct RefusalDirection {
  model::Direction direction;
  std::vector<std::int32_t> markers;  ///< tokens that refusals begin with
  std::int32_t end_of_turn = -1;      ///< first of the tokens that all prompts end with
  std::string why_not;                ///< set: no direction passes the rules
};

/// All twins, in an order that the seed decides.
std::vector<Twin> ordered_twins(std::uint64_t seed);
std::string request_of(const Twin& twin, Lang lang, bool unsafe);

/// `box` holds the weights of `target`. Errors: unsupported (no chat template, or no refusal can
/// begin after it), cancelled; those of the model and the box. That no direction passes the rules
/// is no error: `why_not` says it.
Result<RefusalDirection> find_refusal_direction(model::Model& target, model::WhiteBox& box,
                                                Lang lang, std::uint64_t seed,
                                                const CancelToken* cancel);

}  // namespace assay::eval
