#include "eval/batch_scored.h"

#include "eval/vary/varied_task.h"

namespace assay::eval {

const BatchScored* batch_scored(const Task& task) {
  const auto* varied = dynamic_cast<const VariedTask*>(&task);
  return varied != nullptr ? batch_scored(varied->inner())
                           : dynamic_cast<const BatchScored*>(&task);
}

}  // namespace assay::eval
