// A deterministic stand-in at the boundary Model: its answers are a function of the request, so
// that the runner can be tested on every path (errors, cut answers, cancellation, kills) in
// milliseconds. The runner with a real model is in runner_model_test.cpp.
#pragma once

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "model/model.h"

namespace assay::eval {

class ScriptedModel : public model::Model {
 public:
  ScriptedModel() {
    info_.id = info_.name = "scripted";
    info_.digest = "d";
    info_.template_digest = "t";
    info_.has_chat_template = true;
    can_ = {true, true, true, false, false};
  }

  // What a test may set.
  model::ModelInfo info_;
  model::Capabilities can_;
  std::function<Result<model::GenerateResult>(const model::GenerateRequest&)> reply =
      [](const model::GenerateRequest& request) { return text("ok: " + last(request)); };
  std::function<Result<model::LoglikelihoodResult>(const model::LoglikelihoodRequest&)> judge =
      [](const model::LoglikelihoodRequest& request) -> Result<model::LoglikelihoodResult> {
    return model::LoglikelihoodResult{
        -static_cast<double>(request.continuation.size()), {1}, {}, false};
  };
  std::chrono::microseconds pause{0};  ///< taken by each request
  bool calls_sink = true;
  std::function<void(std::size_t)> on_request;  ///< number of requests answered so far

  // What it saw.
  std::vector<model::GenerateRequest> generated;
  std::vector<model::LoglikelihoodRequest> scored;
  std::vector<std::size_t> call_sizes;

  static Result<model::GenerateResult> text(std::string answer) {
    model::GenerateResult out;
    out.text = std::move(answer);
    out.completion_tokens = 3;
    return out;
  }
  static std::string last(const model::GenerateRequest& request) {
    return request.messages.empty() ? request.prompt : request.messages.back().content;
  }

  [[nodiscard]] const model::ModelInfo& info() const override { return info_; }
  [[nodiscard]] model::Capabilities can() const override { return can_; }
  Result<std::vector<std::int32_t>> tokenize(std::string_view bytes) override {
    return std::vector<std::int32_t>(bytes.begin(), bytes.end());
  }
  std::vector<Result<model::LoglikelihoodResult>> loglikelihood(
      std::span<const model::LoglikelihoodRequest> requests, const model::LoglikelihoodSink& sink,
      const model::CallOptions& options) override {
    return answer_all<model::LoglikelihoodResult>(requests, sink, options, judge, scored);
  }
  std::vector<Result<model::LoglikelihoodResult>> rolling(
      std::span<const model::RollingRequest> requests, const model::CallOptions&) override {
    return std::vector<Result<model::LoglikelihoodResult>>(requests.size());
  }
  std::vector<Result<model::GenerateResult>> generate(
      std::span<const model::GenerateRequest> requests, const model::GenerateSink& sink,
      const model::CallOptions& options) override {
    return answer_all<model::GenerateResult>(requests, sink, options, reply, generated);
  }
  [[nodiscard]] model::Ledger ledger() const override { return ledger_; }

 private:
  template <class Out, class In, class Sink, class Answer>
  std::vector<Result<Out>> answer_all(std::span<const In> requests, const Sink& sink,
                                      const model::CallOptions& options, const Answer& answer,
                                      std::vector<In>& seen) {
    call_sizes.push_back(requests.size());
    std::vector<Result<Out>> out(requests.size(),
                                 Result<Out>(fail(ErrorKind::cancelled, "cancelled")));
    // The last request ends first: callers may not rely on an order.
    for (std::size_t i = requests.size(); i-- > 0;) {
      if (options.cancel != nullptr && options.cancel->requested()) break;
      if (pause.count() > 0) std::this_thread::sleep_for(pause);
      seen.push_back(requests[i]);
      out[i] = answer(requests[i]);
      ++ledger_.requests;
      ledger_.computed_tokens += 10;
      ledger_.seconds += 1e-6 * static_cast<double>(pause.count());
      if (on_request) on_request(static_cast<std::size_t>(ledger_.requests));
      if (sink && calls_sink) sink(i, out[i]);
    }
    return out;
  }

  model::Ledger ledger_;
};

}  // namespace assay::eval
