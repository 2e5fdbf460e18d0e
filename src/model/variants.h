// Variants: one model in several forms (weights as stored, BF16, Q8_0, ...) as a single Model. Each
// request says which form answers it (`variant`), so that an evaluation can ask the same items of
// all forms in one run and see what the form changes.
//
// The first form is the model of reference: info() and can() are its own, with the others named in
// the arguments. Legal call order and thread-safety: as model.h.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/model.h"

namespace assay::model {

struct Variant {
  std::string name;  ///< e.g. "q8_0"
  std::unique_ptr<Model> model;
};

class Variants : public Model {
 public:
  /// At least one form. A form must have the vocabulary of the first. Errors: usage.
  static Result<std::unique_ptr<Model>> open(std::vector<Variant> forms);

  [[nodiscard]] const ModelInfo& info() const override { return info_; }
  [[nodiscard]] Capabilities can() const override { return forms_.front().model->can(); }
  Result<std::vector<std::int32_t>> tokenize(std::string_view text) override {
    return forms_.front().model->tokenize(text);
  }
  Result<std::vector<std::int32_t>> prompt_tokens(const GenerateRequest& request) override {
    return forms_.front().model->prompt_tokens(request);
  }
  Result<std::string> text_of(std::span<const std::int32_t> tokens) override {
    return forms_.front().model->text_of(tokens);
  }
  std::vector<Result<LoglikelihoodResult>> loglikelihood(
      std::span<const LoglikelihoodRequest> requests, const LoglikelihoodSink& sink,
      const CallOptions& options) override;
  /// Of the first form.
  std::vector<Result<LoglikelihoodResult>> rolling(std::span<const RollingRequest> requests,
                                                   const CallOptions& options) override {
    return forms_.front().model->rolling(requests, options);
  }
  std::vector<Result<GenerateResult>> generate(std::span<const GenerateRequest> requests,
                                               const GenerateSink& sink,
                                               const CallOptions& options) override;
  [[nodiscard]] std::optional<Halt> halted() const override;
  [[nodiscard]] std::size_t preferred_batch() const override;
  [[nodiscard]] Ledger ledger() const override;

 private:
  explicit Variants(std::vector<Variant> forms);

  std::vector<Variant> forms_;
  ModelInfo info_;
};

}  // namespace assay::model
