#include "attack/means.h"

namespace assay::attack {

Result<model::WhiteBox*> Means::weights() const {
  if (weights_ != nullptr) return weights_.get();
  if (!open_weights) {
    return fail(ErrorKind::unsupported, "the weights of this model are not here", {},
                "Name a GGUF file, or choose attacks that need only answers");
  }
  ASSAY_TRY(weights_, open_weights());
  return weights_.get();
}

Work::~Work() {
  spent_->seconds +=
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
}

void Work::count(std::int64_t parameters, double forward, double both) {
  spent_->flops += static_cast<double>(parameters) * (2.0 * forward + 6.0 * both);
}

}  // namespace assay::attack
