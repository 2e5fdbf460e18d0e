#include "eval/solver.h"

namespace assay::eval {
namespace {

model::GenerateRequest request_for(const Sample& sample, const Trace& trace) {
  model::GenerateRequest request;
  request.messages = trace.transcript;
  request.max_tokens = sample.max_tokens;
  return request;
}

}  // namespace

Step GenerateSolver::next(const Sample& sample, Trace& trace) const {
  if (!trace.generations.empty()) return {};
  Step step;
  step.generate = request_for(sample, trace);
  step.generate->sampling = sampling_;
  step.generate->stop = stop_;
  return step;
}

Step DialogueSolver::next(const Sample& sample, Trace& trace) const {
  const std::size_t done = trace.generations.size();
  if (done > sample.turns.size()) return {};
  if (done > 0) trace.transcript.push_back({"user", sample.turns[done - 1]});
  Step step;
  step.generate = request_for(sample, trace);
  return step;
}

Step ChoiceSolver::next(const Sample& sample, Trace& trace) const {
  if (!trace.scores.empty()) return {};
  Step step;
  for (const std::string& choice : sample.choices) {
    model::LoglikelihoodRequest request;
    request.context = sample.context;
    request.continuation = choice;
    request.as_chat = as_chat_ && !sample.messages.empty();
    if (request.as_chat) request.messages = sample.messages;
    step.choices.push_back(std::move(request));
  }
  return step;
}

}  // namespace assay::eval
