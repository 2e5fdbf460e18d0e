#include "logs/prepare.h"

#include <algorithm>

#include "eval/stored_sample.h"

namespace assay::logs {
namespace {

constexpr std::size_t kBatchBytes = std::size_t{8} << 20U;
constexpr std::size_t kBatchSamples = 256;

}  // namespace

store::NewSample stored(const eval::Sample& sample, int epoch, const eval::Trace& trace,
                        const eval::Score& score, const Json& extra) {
  store::NewSample out = eval::as_stored(sample, epoch, trace, score);
  if (!extra.is_object()) return out;
  Json record{{"sample", to_json(sample)}, {"trace", to_json(trace)}, {"score", to_json(score)}};
  record.update(extra);
  out.record = dump_json(record);
  return out;
}

Status Batches::add(const std::string& task, Lang lang, store::NewSample sample,
                    const model::Ledger& cost) {
  const Key key(task, lang);
  Batch& batch = batches_[key];
  bytes_ += sample.record.size();
  batch.samples.push_back(std::move(sample));
  batch.ledger += cost;
  if (bytes_ >= kBatchBytes) return flush();
  if (batch.samples.size() >= kBatchSamples) return write(key, batch);
  return {};
}

Status Batches::write(const Key& key, Batch& batch) {
  if (batch.samples.empty()) return {};
  ASSAY_CHECK(store_->append(run_, key.first, to_string(key.second), batch.samples,
                             model::to_json(batch.ledger)));
  for (const store::NewSample& sample : batch.samples) {
    bytes_ -= std::min(bytes_, sample.record.size());
  }
  batch.samples.clear();
  return {};
}

Status Batches::flush() {
  for (auto& [key, batch] : batches_) ASSAY_CHECK(write(key, batch));
  return {};
}

}  // namespace assay::logs
