#include "attack/means.h"

namespace assay::attack {

Work::~Work() {
  spent_->seconds +=
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
}

void Work::count(std::int64_t parameters, double forward, double both) {
  spent_->flops += static_cast<double>(parameters) * (2.0 * forward + 6.0 * both);
}

}  // namespace assay::attack
