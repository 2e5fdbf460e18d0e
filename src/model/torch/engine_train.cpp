// Adapters and their training.
#include <algorithm>
#include <torch/csrc/autograd/autograd.h>

#include "model/torch/engine.h"

namespace assay::model::torch_engine {
namespace {

Error no_adapter() {
  return {ErrorKind::usage, "the model has no adapter", {}, "Call add_lora() or load_lora() first"};
}

/// While it lives, the adapter's matrices are leaves of graphs.
class Training {
 public:
  explicit Training(std::vector<at::Tensor> parameters) : parameters_(std::move(parameters)) {
    for (auto& parameter : parameters_) parameter.set_requires_grad(true);
  }
  ~Training() {
    for (auto& parameter : parameters_) parameter.set_requires_grad(false);
  }
  Training(const Training&) = delete;
  Training& operator=(const Training&) = delete;
  [[nodiscard]] const std::vector<at::Tensor>& parameters() const { return parameters_; }

 private:
  std::vector<at::Tensor> parameters_;
};

}  // namespace

/// Mean -log p of the tokens from loss_from on, over all sequences.
Result<at::Tensor> Engine::batch_loss(const TrainStep& batch) {
  if (batch.sequences.empty() || batch.loss_from.size() != batch.sequences.size()) {
    return fail(ErrorKind::usage, "a training step needs sequences, and loss_from for each", {},
                "");
  }
  Tokens packed;
  Batch rows;
  std::vector<std::int64_t> wanted;
  Tokens expected;
  for (std::size_t i = 0; i < batch.sequences.size(); ++i) {
    const Tokens& tokens = batch.sequences[i];
    ASSAY_CHECK(check(tokens));
    const auto length = static_cast<std::int64_t>(tokens.size());
    if (batch.loss_from[i] < 1 || batch.loss_from[i] >= length) {
      return fail(ErrorKind::usage, "loss_from is not within its sequence", {},
                  "It is 1 to the length less 1");
    }
    const auto row = static_cast<std::int64_t>(packed.size());
    rows.segments.push_back({row, 1, length, 0, static_cast<std::int64_t>(i)});
    rows.past.push_back(nullptr);
    packed.insert(packed.end(), tokens.begin(), tokens.end());
    for (std::int64_t t = batch.loss_from[i]; t < length; ++t) {
      wanted.push_back(row + t - 1);
      expected.push_back(tokens[static_cast<std::size_t>(t)]);
    }
  }
  rows.x = Forward::embed(net_, ids(packed));
  Forward forward(net_, rows, nullptr, nullptr);
  const auto index = at::tensor(at::ArrayRef<std::int64_t>(wanted), at::kLong).to(net_.device);
  const at::Tensor logits = forward.logits(forward.run().index_select(0, index));
  const at::Tensor chosen = logits.gather(1, ids(expected).unsqueeze(1)).squeeze(1);
  return (at::logsumexp(logits, {1}) - chosen).mean();
}

Status Engine::add_lora(const LoraOptions& options) {
  return guarded([&]() -> Status {
    const at::NoGradGuard no_grad;
    ASSAY_TRY(adapter_, Adapter::make(net_, options));
    adapter_->attach(net_);
    return {};
  });
}

Result<double> Engine::train(const TrainStep& step) {
  return guarded([&]() -> Result<double> {
    if (!adapter_) return tl::unexpected(no_adapter());
    adapter_->attach(net_);
    std::vector<at::Tensor> gradients;
    double loss = 0;
    {
      const Training training(adapter_->parameters());
      ASSAY_TRY(const at::Tensor value, batch_loss(step));
      loss = value.item<double>();
      gradients = torch::autograd::grad({value}, training.parameters());
    }
    const at::NoGradGuard no_grad;
    adapter_->step(gradients, step);
    return loss;
  });
}

Result<Tensor> Engine::lora_gradient(const TrainStep& batch, const std::string& name) {
  return guarded([&]() -> Result<Tensor> {
    if (!adapter_) return tl::unexpected(no_adapter());
    const auto names = adapter_->names();
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) {
      return fail(ErrorKind::usage, "the adapter has no matrix `" + name + "`", {},
                  "Names are as " + names.front());
    }
    adapter_->attach(net_);
    const Training training(adapter_->parameters());
    ASSAY_TRY(const at::Tensor value, batch_loss(batch));
    const auto wanted = training.parameters()[static_cast<std::size_t>(at - names.begin())];
    return to_plain(torch::autograd::grad({value}, {wanted})[0]);
  });
}

Status Engine::save_lora(const std::filesystem::path& file) {
  return guarded([&]() -> Status {
    if (!adapter_) return tl::unexpected(no_adapter());
    return adapter_->write(file, gguf_architecture_, gguf_layout_);
  });
}

Status Engine::load_lora(const std::filesystem::path& file) {
  return guarded([&]() -> Status {
    const at::NoGradGuard no_grad;
    ASSAY_TRY(adapter_, Adapter::read(net_, file, gguf_layout_));
    adapter_->attach(net_);
    return {};
  });
}

Status Engine::merge_lora() {
  return guarded([&]() -> Status {
    if (!adapter_) return tl::unexpected(no_adapter());
    const at::NoGradGuard no_grad;
    adapter_->merge(net_);
    adapter_.reset();
    return {};
  });
}

Status Engine::use_lora(bool on) {
  if (!adapter_) return tl::unexpected(no_adapter());
  if (on) {
    adapter_->attach(net_);
  } else {
    Adapter::detach(net_);
  }
  return {};
}

}  // namespace assay::model::torch_engine
