// Gradients of a metric by hook points, embeddings and one-hot tokens.
#include <torch/csrc/autograd/autograd.h>

#include "model/torch/engine.h"

namespace assay::model::torch_engine {
namespace {

/// The metric's terms as a scalar; `logits` are those of `rows`, a row a distinct position.
at::Tensor metric_of(const std::vector<MetricTerm>& terms, const std::vector<std::int64_t>& row_of,
                     const at::Tensor& logits) {
  std::vector<std::int64_t> tokens;
  std::vector<float> plain;
  std::vector<float> logged;
  for (const MetricTerm& term : terms) {
    tokens.push_back(term.token);
    plain.push_back(term.log_probability ? 0.0F : term.weight);
    logged.push_back(term.log_probability ? term.weight : 0.0F);
  }
  const auto device = logits.device();
  const auto rows = at::tensor(at::ArrayRef<std::int64_t>(row_of), at::kLong).to(device);
  const auto columns = at::tensor(at::ArrayRef<std::int64_t>(tokens), at::kLong).to(device);
  const auto weight = at::tensor(at::ArrayRef<float>(plain), at::kFloat).to(device);
  const auto log_weight = at::tensor(at::ArrayRef<float>(logged), at::kFloat).to(device);
  const at::Tensor chosen = logits.index({rows, columns});
  const at::Tensor normaliser = at::logsumexp(logits, {1}).index({rows});
  return (chosen * (weight + log_weight) - normaliser * log_weight).sum();
}

struct Rows {
  std::vector<std::int64_t> distinct, of_term;
};

Result<Rows> rows_of(const std::vector<MetricTerm>& terms, std::int64_t length,
                     std::int64_t vocabulary) {
  if (terms.empty())
    return fail(ErrorKind::usage, "the metric has no terms", {}, "Give at least one");
  Rows out;
  for (const MetricTerm& term : terms) {
    const std::int64_t at = term.position < 0 ? term.position + length : term.position;
    if (at < 0 || at >= length || term.token < 0 || term.token >= vocabulary) {
      return fail(ErrorKind::usage, "the metric names a position or token that is not there", {},
                  "Positions are 0 to " + std::to_string(length - 1));
    }
    const auto found = std::find(out.distinct.begin(), out.distinct.end(), at);
    out.of_term.push_back(found - out.distinct.begin());
    if (found == out.distinct.end()) out.distinct.push_back(at);
  }
  return out;
}

}  // namespace

Result<GradientResult> Engine::gradient(const GradientRequest& request) {
  return guarded([&]() -> Result<GradientResult> {
    ASSAY_TRY(const KeyValues* past, cache_of(request.prefix));
    const std::int64_t start = past == nullptr ? 0 : past->length;
    const std::int64_t soft = request.soft_prompt ? request.soft_prompt->shape.at(0) : 0;
    if (request.soft_prompt && (request.soft_prompt->shape.size() != 2 ||
                                request.soft_prompt->shape[1] != net_.spec.width)) {
      return fail(ErrorKind::usage, "the soft prompt has the wrong shape", {},
                  "Give [k, " + std::to_string(net_.spec.width) + "]");
    }
    ASSAY_CHECK(check(request.tokens, start + soft));
    const std::int64_t length = soft + static_cast<std::int64_t>(request.tokens.size());
    ASSAY_TRY(const Rows rows, rows_of(request.metric, length, net_.spec.vocabulary));
    const std::int64_t hot = request.one_hot_end - request.one_hot_begin;
    if (request.one_hot_begin < 0 || hot < 0 || request.one_hot_end > length) {
      return fail(ErrorKind::usage, "the one-hot span is not within the tokens", {}, "");
    }
    auto points = request.hooks;
    const bool embed = hot > 0;
    if (embed) points.emplace_back("hook_embed");
    ASSAY_TRY(const HookPlan plan, HookPlan::make(net_.spec, {}, points, request.edits));
    if (!plan.has_gradients()) {
      return fail(ErrorKind::usage, "no gradient is asked for", {}, "Name hooks or a one-hot span");
    }

    Batch batch;
    batch.segments = {{0, 1, length, start, 0}};
    batch.past = {past};
    batch.x = Forward::embed(net_, ids(request.tokens));
    if (soft > 0) batch.x = at::cat({from_plain(*request.soft_prompt, net_.device), batch.x}, 0);
    Watch watch(net_.spec, plan, batch.segments, {0}, {start + length});
    Forward forward(net_, batch, &watch, nullptr);
    const at::Tensor last = forward.run();
    const auto wanted =
        at::tensor(at::ArrayRef<std::int64_t>(rows.distinct), at::kLong).to(net_.device);
    const at::Tensor logits = plan.watches_end() ? forward.logits(last).index_select(0, wanted)
                                                 : forward.logits(last.index_select(0, wanted));
    const at::Tensor metric = metric_of(request.metric, rows.of_term, logits);

    std::vector<at::Tensor> nodes;
    for (const auto& seen : watch.nodes()) nodes.push_back(seen.value);
    const auto gradients = torch::autograd::grad({metric}, nodes, {}, false, false, true);
    const at::NoGradGuard no_grad;
    GradientResult result;
    result.value = metric.item<double>();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto& seen = watch.nodes()[i];
      const at::Tensor slope = gradients[i].defined() ? gradients[i] : at::zeros_like(nodes[i]);
      if (embed && seen.point == Point::embed) {
        const at::Tensor by_row =
            slope.narrow(0, request.one_hot_begin, hot) * net_.spec.embedding_scale;
        result.one_hot = to_plain(at::linear(by_row, net_.embedding));
      }
      const bool by_sequence = seen.point == Point::scores || seen.point == Point::pattern;
      const std::string name = hook_name(seen.point, seen.layer);
      result.gradients[name] = to_plain(by_sequence ? slope.select(0, 0) : slope);
      if (request.activations) {
        result.activations[name] = to_plain(by_sequence ? nodes[i].select(0, 0) : nodes[i]);
      }
    }
    return result;
  });
}

}  // namespace assay::model::torch_engine
