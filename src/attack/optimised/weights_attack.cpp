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

Result<Question> WeightsAttack::made(const Job& job, model::WhiteBox& weights,
                                     const SuffixFrame& frame, model::WhiteBoxGenerate request) {
  request.max_tokens = kAnswerTokens;
  // What ends the user's turn in the template ends the model's too.
  if (!frame.after.empty()) request.stop_tokens = {frame.after.front()};
  request.cancel = job.means.cancel;
  ASSAY_TRY(const std::vector<Tokens> said, weights.generate(request));
  Question ask;
  ask.who = Question::Who::made;
  ask.messages = attack_messages(job.behaviour);
  ASSAY_TRY(ask.continuation, job.means.target->text_of(said.front()));
  ask.read = static_cast<std::int64_t>(request.prompts.front().size());
  ask.written = static_cast<std::int64_t>(said.front().size());
  return ask;
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
