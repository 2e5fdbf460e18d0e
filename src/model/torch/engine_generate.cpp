// Generation, greedy or sampled, with edits in force: all prompts step together, each with its own
// keys and values.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "model/torch/engine.h"

namespace assay::model::torch_engine {
namespace {

/// A prompt on its way.
struct Run {
  std::size_t index = 0;
  Tokens tokens;
  std::int64_t given = 0;  ///< positions of the prompt, the soft one included
  KeyValues past;
  Rng rng;
  bool done = false;
};

std::int32_t draw(const float* logits, std::int64_t vocabulary, const WhiteBoxGenerate& request,
                  Rng& rng) {
  const float* best = std::max_element(logits, logits + vocabulary);
  if (request.temperature <= 0) return static_cast<std::int32_t>(best - logits);
  std::vector<std::int32_t> order(static_cast<std::size_t>(vocabulary));
  std::iota(order.begin(), order.end(), 0);
  std::vector<double> mass(order.size());
  double total = 0;
  for (std::size_t i = 0; i < mass.size(); ++i) {
    mass[i] = std::exp((static_cast<double>(logits[i]) - static_cast<double>(*best)) /
                       request.temperature);
    total += mass[i];
  }
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
    return mass[static_cast<std::size_t>(a)] > mass[static_cast<std::size_t>(b)];
  });
  // Nucleus (Holtzman et al. 2020): the fewest tokens whose mass reaches top_p.
  double kept = 0;
  std::size_t count = 0;
  while (count < order.size() && (count == 0 || kept < request.top_p * total)) {
    kept += mass[static_cast<std::size_t>(order[count++])];
  }
  double left = rng.uniform() * kept;
  for (std::size_t i = 0; i < count; ++i) {
    left -= mass[static_cast<std::size_t>(order[i])];
    if (left < 0) return order[i];
  }
  return order[count - 1];
}

void append(KeyValues& past, const KeyValues& fresh) {
  for (std::size_t i = 0; i < fresh.keys.size(); ++i) {
    if (past.length == 0) {
      past.keys.push_back(fresh.keys[i]);
      past.values.push_back(fresh.values[i]);
    } else {
      past.keys[i] = at::cat({past.keys[i], fresh.keys[i]}, 2);
      past.values[i] = at::cat({past.values[i], fresh.values[i]}, 2);
    }
  }
  past.length = fresh.length;
}

class Generation {
 public:
  Generation(const Net& net, const WhiteBoxGenerate& request, const HookPlan& plan)
      : net_(net), request_(request), plan_(plan) {}

  void add(std::size_t index, at::Tensor x) {
    Run run{index, {}, x.size(0), {}, Rng(stable_hash(std::to_string(index), request_.seed)),
            false};
    step({&run}, x);
    if (!run.done) runs_.push_back(std::move(run));
    finished(run);
  }
  Status all(std::vector<Tokens>& out);

 private:
  /// One pass over the new rows `x` of these runs (a run's rows together), and their next token.
  void step(const std::vector<Run*>& runs, const at::Tensor& x);
  void finished(Run& run) {
    if (run.done) ends_.emplace_back(run.index, std::move(run.tokens));
  }

  const Net& net_;
  const WhiteBoxGenerate& request_;
  const HookPlan& plan_;
  std::vector<Run> runs_;
  std::vector<std::pair<std::size_t, Tokens>> ends_;
};

void Generation::step(const std::vector<Run*>& runs, const at::Tensor& x) {
  Batch batch;
  std::vector<std::int64_t> order;
  std::vector<std::int64_t> lengths;
  std::vector<std::int64_t> rows;
  const std::int64_t length = x.size(0) / static_cast<std::int64_t>(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto at = static_cast<std::int64_t>(i);
    batch.segments.push_back({at * length, 1, length, runs[i]->past.length, at});
    batch.past.push_back(runs[i]->past.length > 0 ? &runs[i]->past : nullptr);
    order.push_back(static_cast<std::int64_t>(runs[i]->index));
    lengths.push_back(runs[i]->given);
    rows.push_back((at + 1) * length - 1);
  }
  batch.x = x;
  std::vector<KeyValues> fresh;
  Watch watch(net_.spec, plan_, batch.segments, order, lengths);
  Forward forward(net_, batch, plan_.empty() ? nullptr : &watch, &fresh);
  const at::Tensor last = forward.run();
  const auto wanted = at::tensor(at::ArrayRef<std::int64_t>(rows), at::kLong).to(net_.device);
  const at::Tensor logits = (plan_.watches_end() ? forward.logits(last).index_select(0, wanted)
                                                 : forward.logits(last.index_select(0, wanted)))
                                .to(at::kCPU)
                                .contiguous();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    Run& run = *runs[i];
    append(run.past, fresh[i]);
    const std::int32_t token =
        draw(logits.data_ptr<float>() + static_cast<std::int64_t>(i) * net_.spec.vocabulary,
             net_.spec.vocabulary, request_, run.rng);
    const auto& stops = request_.stop_tokens;
    run.done = std::find(stops.begin(), stops.end(), token) != stops.end();
    if (!run.done) run.tokens.push_back(token);
    run.done = run.done || static_cast<int>(run.tokens.size()) >= request_.max_tokens ||
               run.past.length >= net_.spec.context;
  }
}

Status Generation::all(std::vector<Tokens>& out) {
  while (!runs_.empty()) {
    if (request_.cancel != nullptr && request_.cancel->requested()) {
      return fail(ErrorKind::cancelled, "stopped", {}, "");
    }
    std::vector<Run*> live;
    std::vector<std::int64_t> last;
    for (Run& run : runs_) {
      live.push_back(&run);
      last.push_back(run.tokens.back());
    }
    const auto ids = at::tensor(at::ArrayRef<std::int64_t>(last), at::kLong).to(net_.device);
    step(live, Forward::embed(net_, ids));
    for (Run& run : runs_) finished(run);
    std::erase_if(runs_, [](const Run& run) { return run.done; });
  }
  for (auto& [index, tokens] : ends_) out[index] = std::move(tokens);
  return {};
}

}  // namespace

Result<std::vector<Tokens>> Engine::generate(const WhiteBoxGenerate& request) {
  return guarded([&]() -> Result<std::vector<Tokens>> {
    const at::NoGradGuard no_grad;
    if (request.max_tokens < 1 || request.temperature < 0 || !(request.top_p > 0)) {
      return fail(ErrorKind::usage, "max_tokens, temperature or top_p is out of range", {}, "");
    }
    ASSAY_TRY(const HookPlan plan, HookPlan::make(net_.spec, {}, {}, request.edits));
    Generation generation(net_, request, plan);
    for (std::size_t i = 0; i < request.prompts.size(); ++i) {
      const Tokens& prompt = request.prompts[i];
      const bool soft = request.soft_prompt.has_value();
      const Tensor* rows = soft ? &request.soft_prompt->rows : nullptr;
      if (soft && (rows->shape.size() != 2 || rows->shape[1] != net_.spec.width ||
                   request.soft_prompt->at < 0 ||
                   request.soft_prompt->at > static_cast<std::int64_t>(prompt.size()))) {
        return fail(ErrorKind::usage, "the soft prompt does not fit the prompt", {},
                    "Give rows [k, " + std::to_string(net_.spec.width) + "] and a place in it");
      }
      ASSAY_CHECK(check(prompt, soft ? rows->shape[0] : 0));
      at::Tensor x = Forward::embed(net_, ids(prompt));
      if (soft) {
        const std::int64_t at = request.soft_prompt->at;
        x = at::cat(
            {x.narrow(0, 0, at), from_plain(*rows, net_.device), x.narrow(0, at, x.size(0) - at)},
            0);
      }
      generation.add(i, std::move(x));
    }
    std::vector<Tokens> out(request.prompts.size());
    ASSAY_CHECK(generation.all(out));
    return out;
  });
}

}  // namespace assay::model::torch_engine
