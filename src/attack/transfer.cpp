#include "attack/transfer.h"

#include <map>

#include "stats/clustered.h"

namespace assay::attack {
namespace {

struct Verdict {
  std::string behaviour;
  std::optional<bool> broken;
};
using Prompts = std::map<std::string, Verdict>;

std::map<std::string, Prompts> by_model(std::span<const TransferRecord> records) {
  std::map<std::string, Prompts> out;
  for (const TransferRecord& r : records) {
    const auto [found, fresh] = out[r.model].try_emplace(r.prompt, Verdict{r.behaviour, r.broken});
    if (fresh || !r.broken) continue;
    found->second.broken = found->second.broken.value_or(false) || *r.broken;
  }
  return out;
}

/// Verdicts of a model on some prompts, as observations clustered by behaviour.
class Group {
 public:
  void add(const Verdict& verdict) {
    if (!verdict.broken) {
      ++unassessed_;
      return;
    }
    observations_.push_back({*verdict.broken ? 1.0 : 0.0, clusters_.of(verdict.behaviour)});
  }
  [[nodiscard]] stats::Estimate share(double level) const {
    stats::ClusterOptions options;
    options.level = level;
    options.purpose = stats::Purpose::safety;
    options.unassessed = unassessed_;
    return clustered_mean(observations_, options);
  }

 private:
  stats::ClusterIds clusters_;
  std::vector<stats::Observation> observations_;
  std::int64_t unassessed_ = 0;
};

TransferCell cell_of(const Prompts& from, const Prompts& to, double level) {
  TransferCell out;
  Group broke;
  Group held;
  for (const auto& [prompt, verdict] : from) {
    const auto other = to.find(prompt);
    if (other == to.end() || !verdict.broken) continue;
    ++out.common;
    out.broke += *verdict.broken ? 1 : 0;
    (*verdict.broken ? broke : held).add(other->second);
  }
  out.share = broke.share(level);
  out.others = held.share(level);
  return out;
}

}  // namespace

std::vector<TransferCell> transfer_matrix(std::span<const TransferRecord> records, double level) {
  const auto models = by_model(records);
  std::vector<TransferCell> out;
  for (const auto& [from, prompts] : models) {
    for (const auto& [to, others] : models) {
      if (from == to) continue;
      TransferCell cell = cell_of(prompts, others, level);
      if (cell.common == 0) continue;
      cell.from = from;
      cell.to = to;
      out.push_back(std::move(cell));
    }
  }
  return out;
}

std::vector<TransferRecord> transfer_records(const Artifact& artifact) {
  std::vector<TransferRecord> out;
  for (const ArtifactAttempt& a : artifact.attempts) {
    if (a.prompt) out.push_back({*a.prompt, a.behavior, artifact.model, a.jailbroken});
  }
  return out;
}

std::vector<MethodTransfer> transfer_by_method(const MethodRecords& methods, double level) {
  std::vector<MethodTransfer> out;
  for (const auto& [method, records] : methods) {
    auto cells = transfer_matrix(records, level);
    if (!cells.empty()) out.push_back({method, std::move(cells)});
  }
  return out;
}

Json to_json(std::span<const TransferCell> cells) {
  Json out = Json::array();
  for (const TransferCell& cell : cells) {
    out.push_back({{"from", cell.from},
                   {"to", cell.to},
                   {"common", cell.common},
                   {"broke", cell.broke},
                   {"share", to_json(cell.share)},
                   {"others", to_json(cell.others)}});
  }
  return out;
}

}  // namespace assay::attack
