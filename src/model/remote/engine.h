// A served model as model::Model. Thread-safety: as model/model.h.
#pragma once

#include <memory>

#include "model/remote/client.h"
#include "model/remote/scoring.h"
#include "model/remote/server.h"

namespace assay::model::remote {

class Engine : public Model {
 public:
  Engine(Settings settings, std::unique_ptr<Client> client, Server server)
      : settings_(std::move(settings)),
        client_(std::move(client)),
        server_(std::move(server)),
        scoring_(*client_, settings_, server_) {}
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  [[nodiscard]] const ModelInfo& info() const override { return server_.info; }
  [[nodiscard]] Capabilities can() const override;
  Result<std::vector<std::int32_t>> tokenize(std::string_view text) override;
  std::vector<Result<LoglikelihoodResult>> loglikelihood(
      std::span<const LoglikelihoodRequest> requests, const LoglikelihoodSink& sink,
      const CallOptions& options) override;
  std::vector<Result<LoglikelihoodResult>> rolling(std::span<const RollingRequest> requests,
                                                   const CallOptions& options) override;
  std::vector<Result<GenerateResult>> generate(std::span<const GenerateRequest> requests,
                                               const GenerateSink& sink,
                                               const CallOptions& options) override;
  [[nodiscard]] std::optional<Halt> halted() const override;
  /// Requests are independent, and what is interrupted is only what is under way.
  [[nodiscard]] std::size_t preferred_batch() const override { return 16384; }
  [[nodiscard]] Ledger ledger() const override { return ledger_; }

 private:
  class Generation;

  [[nodiscard]] Status possible(const GenerateRequest& request) const;
  void count(const Usage& usage);
  void count_scores(const std::vector<Result<LoglikelihoodResult>>& results);

  Settings settings_;
  std::unique_ptr<Client> client_;
  Server server_;
  Scoring scoring_;
  Ledger ledger_;
};

}  // namespace assay::model::remote
