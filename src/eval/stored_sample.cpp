#include "eval/stored_sample.h"

#include "eval/item_order.h"
#include "eval/json_fields.h"

namespace assay::eval {

store::NewSample as_stored(const Sample& sample, int epoch, const Trace& trace,
                           const Score& score) {
  store::NewSample out;
  out.scored.sample = sample.id;
  out.scored.epoch = epoch;
  out.scored.verdict = static_cast<int>(score.verdict);
  out.scored.value = score.value;
  out.scored.cluster = cluster_of(sample);
  out.scored.group = sample.group;
  out.scored.answer = score.answer;
  out.scored.explanation = score.explanation;
  if (!score.metadata.is_null()) out.scored.score_metadata = dump_json(score.metadata);
  if (!sample.metadata.is_null()) out.scored.sample_metadata = dump_json(sample.metadata);
  out.record = dump_json(
      Json{{"sample", to_json(sample)}, {"trace", to_json(trace)}, {"score", to_json(score)}});
  return out;
}

Result<StoredSample> stored_sample_from_json(const Json& record) {
  Fields fields(record, "record");
  StoredSample out;
  const Json& sample = fields.object("sample");
  const Json& trace = fields.object("trace");
  const Json& score = fields.object("score");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  ASSAY_TRY(out.sample, sample_from_json(sample));
  ASSAY_TRY(out.trace, trace_from_json(trace));
  ASSAY_TRY(out.score, score_from_json(score));
  return out;
}

}  // namespace assay::eval
