#include "attack/optimised/weights_attack.h"

namespace assay::attack {

WeightsAttack::WeightsAttack(AttackInfo info, int length)
    : info_(std::move(info)), length_(length) {
  info_.family = AttackFamily::optimised;
  info_.weights = true;
}

Result<std::vector<Question>> WeightsAttack::next(Job& job, Json& state) const {
  const std::lock_guard hold(job.means.turn);
  Work work(job.spent);
  ASSAY_TRY(model::WhiteBox * weights, job.means.weights.open());
  ASSAY_TRY(const SuffixFrame frame, make_frame(job, length_));
  return search(job, state, *weights, frame, work);
}

Status WeightsAttack::go_on(const Job& job) {
  if (job.means.cancel == nullptr || !job.means.cancel->requested()) return {};
  return fail(ErrorKind::cancelled, "stopped", job.behaviour.id);
}

bool WeightsAttack::used_up(const Job& job, std::size_t answers) {
  const Limits& limits = job.means.limits;
  const std::int64_t queries = job.spent.queries + static_cast<std::int64_t>(answers);
  return (limits.queries && queries >= *limits.queries) ||
         (limits.flops && job.spent.flops >= *limits.flops);
}

}  // namespace assay::attack
