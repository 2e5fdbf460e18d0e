// Drawing the items of a generated task: different from each other, fixed by the seed, and such
// that a smaller profile is the beginning of a larger one.
// Thread-safety: pure functions, as long as the given maker is one.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "eval/task.h"

namespace assay::eval {

/// Everything of a sample that the model gets to see, as one string; two samples with the same one
/// are the same item.
std::string visible_text(const Sample& sample);

/// Makes one item of a group; may be called again with a further stream if its item exists already.
using MakeItem = std::function<Sample(Rng& rng, std::string_view group)>;

/// `context.count` samples, with the groups in turn (so that each has its share in every profile).
/// Sets id ("en-0012"), cluster (= id), lang and group. Each item has its own random stream, named
/// after task, language, group and place, so it does not depend on the count. A group that gives no
/// new item 200 times over is used up; when all are, fewer samples come back.
std::vector<Sample> draw_items(const TaskContext& context, std::string_view task,
                               std::span<const std::string_view> groups, const MakeItem& make);

/// "en-0012" for (en, 12).
std::string item_id(Lang lang, std::size_t place);

/// The first `count` of items in an order that the seed decides; ids stay as they are.
std::vector<Sample> shuffled_items(std::vector<Sample> items, const TaskContext& context,
                                   std::string_view task);

/// Replaces each "{0}", "{1}", ... by the argument of that number.
std::string fill(std::string_view pattern, std::span<const std::string> arguments);

}  // namespace assay::eval
