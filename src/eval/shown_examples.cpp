#include "eval/shown_examples.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "base/random.h"
#include "eval/json_fields.h"
#include "eval/tool_form.h"

namespace assay::eval {
namespace {

constexpr std::size_t kShown = 4;

struct Candidate {
  std::string sample;
  std::int64_t bytes = 0;
};

/// The shorter half, in an order that a hash gives.
void arrange(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::pair(a.bytes, a.sample) < std::pair(b.bytes, b.sample);
  });
  candidates.resize(std::min(candidates.size(), std::max(kShown, (candidates.size() + 1) / 2)));
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::pair(stable_hash(a.sample), a.sample) < std::pair(stable_hash(b.sample), b.sample);
  });
}

/// Ids to show, in the order failure, success, unassessed.
std::vector<std::string> choose(std::array<std::vector<Candidate>, 3>& by_verdict) {
  constexpr std::array<std::size_t, 3> order{1, 0, 2};  // verdicts as numbers
  constexpr std::array<std::size_t, 3> wanted{1, 2, 1};
  std::array<std::size_t, 3> taken{};
  std::size_t total = 0;
  for (const std::size_t v : order) {
    arrange(by_verdict[v]);
    taken[v] = std::min(wanted[v], by_verdict[v].size());
    total += taken[v];
  }
  for (const std::size_t v : order) {
    const std::size_t more = std::min(kShown - total, by_verdict[v].size() - taken[v]);
    taken[v] += more;
    total += more;
  }
  std::vector<std::string> ids;
  for (const std::size_t v : order) {
    for (std::size_t i = 0; i < taken[v]; ++i) ids.push_back(by_verdict[v][i].sample);
  }
  return ids;
}

/// A choice by log-likelihood as two entries: what stood before, and each choice with its nats.
void append_choices(const Sample& sample, const Trace& trace,
                    std::vector<model::Message>& transcript) {
  if (sample.choices.empty()) return;
  if (!sample.context.empty()) transcript.push_back({"context", sample.context});
  std::string lines;
  for (std::size_t i = 0; i < sample.choices.size(); ++i) {
    lines += (i == 0 ? "" : "\n") + sample.choices[i];
    if (i >= trace.scores.size()) continue;
    std::array<char, 32> nats{};
    std::snprintf(nats.data(), nats.size(), " (%.2f nat)", trace.scores[i].total);
    lines += nats.data();
  }
  transcript.push_back({"choices", std::move(lines)});
}

}  // namespace

Result<ShownExample> shown_example(const store::SampleRecord& record, bool sensitive) {
  Fields fields(record.record, "record");
  ASSAY_TRY(const Sample sample, sample_from_json(fields.object("sample")));
  ASSAY_TRY(const Trace trace, trace_from_json(fields.object("trace")));
  ASSAY_TRY(Score score, score_from_json(fields.object("score")));
  ShownExample out;
  out.sample_id = sample.id;
  out.lang = sample.lang;
  out.verdict = score.verdict;
  for (const model::Message& message : trace.transcript) {
    out.transcript.push_back({message.role, text_with_calls(message)});
  }
  append_choices(sample, trace, out.transcript);
  out.answer = std::move(score.answer);
  out.explanation = std::move(score.explanation);
  out.sensitive = sensitive;
  return out;
}

Result<std::vector<ShownExample>> shown_examples(store::Store& store, const std::string& run,
                                                 const TaskInfo& task, Lang lang) {
  std::array<std::vector<Candidate>, 3> by_verdict;
  ASSAY_CHECK(store.for_each_scored(run, task.name, to_string(lang), [&](store::ScoredRow&& row) {
    if (row.epoch != 0 || row.verdict < 0 || row.verdict > 2) return;
    auto& list = by_verdict[static_cast<std::size_t>(row.verdict)];
    list.push_back({std::move(row.sample), row.record_bytes});
  }));
  std::vector<ShownExample> out;
  for (const std::string& id : choose(by_verdict)) {
    store::RecordFilter filter;
    filter.task = task.name;
    filter.lang = to_string(lang);
    filter.sample = id;
    filter.epoch = 0;
    ASSAY_TRY(const auto records, store.records(run, filter));
    for (const store::SampleRecord& record : records) {
      ASSAY_TRY(ShownExample example, shown_example(record, task.sensitive));
      out.push_back(std::move(example));
    }
  }
  return out;
}

}  // namespace assay::eval
